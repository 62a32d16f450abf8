"""Read an agreement's folder into texts: a folder of yours, or a bundled one."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from pamiers.agreement.migrate import Edit, newest
from pamiers.core.errors import MalformedAgreementError, UsageError, Where

#: file name -> most bytes read; other files of the folder are passed over
LIMITS: Final = {
    "agreement.yaml": 8_000_000,
    "zones.geojson": 80_000_000,
    "places.csv": 20_000_000,
    "source.md": 2_000_000,
    "incentives.yaml": 8_000_000,
    "deployment.yaml": 8_000_000,
    "terrain.asc": 80_000_000,
}
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def bundled() -> list[str]:
    """Return the names of the agreements that come with the program, sorted."""
    return sorted(each.name for each in _shelf().iterdir() if each.is_dir())


def worked_procedures() -> list[str]:
    """Return the names of the worked procedures of the library, sorted."""
    library = files("pamiers") / "library"
    return sorted(each.name for each in library.iterdir() if each.is_dir())


def agreement_texts(agreement: str) -> dict[str, str]:
    """Return the texts of an agreement's folder.

    Args:
        agreement: Path of a folder, or the name of a bundled agreement such as
            `donbas-2020`; a folder that exists goes first.

    Returns:
        File name -> text, of the files named in `LIMITS` that are there.

    Raises:
        UsageError: Neither a folder nor a bundled name, or nothing in it.
        MalformedAgreementError: A file too large, or not UTF-8.
    """
    texts = dict(_texts(agreement_folder(agreement)))
    if not texts:
        raise UsageError(
            agreement,
            expected=f"a folder with {', '.join(LIMITS)}",
            got="none of these files",
            remedy="Give the folder that holds agreement.yaml.",
        )
    return texts


def _shelf() -> Traversable:
    return files("pamiers") / "agreements"


def agreement_folder(agreement: str) -> Traversable | Path:
    """Return the folder that a path, or the name of a bundled agreement, means.

    Raises:
        UsageError: Neither.
    """
    path = Path(agreement)
    if path.is_dir():
        return path
    if path.name == "agreement.yaml" and path.parent.is_dir():
        return path.parent
    # `agreements/NAME` names a bundled one where the working folder has no such link
    if path.name in bundled() and str(path.parent) in {".", "agreements"}:
        return _shelf() / path.name
    if agreement in worked_procedures():
        return files("pamiers") / "library" / agreement
    raise UsageError(
        agreement,
        expected="a folder, or the name of a bundled agreement",
        got="neither",
        remedy=f"Bundled are: {', '.join(bundled())}.",
    )


def rewrite_agreement(agreement: str, *, write: bool) -> tuple[Edit, ...]:
    """Carry the text of an agreement to the newest version of the language.

    Args:
        agreement: Path of a folder of the user's own, or of its agreement.yaml.
        write: Write the file, if anything changes; else only say what would.

    Returns:
        What changed, in the order of the text.

    Raises:
        UsageError: Not a folder with an agreement.yaml.
        MalformedAgreementError: Not YAML, too large, or not UTF-8.
    """
    folder = Path(agreement)
    folder = folder.parent if folder.is_file() else folder
    file = folder / "agreement.yaml"
    if not file.is_file():
        raise UsageError(
            agreement,
            expected="a folder of yours with agreement.yaml",
            got="none",
            remedy="Give the folder; bundled agreements are not rewritten.",
        )
    carried = newest(agreement_texts(str(folder))[file.name])
    if write and carried.edits:
        file.write_bytes(carried.text.encode())
    return carried.edits


def _texts(folder: Traversable | Path) -> Iterator[tuple[str, str]]:
    for name, limit in LIMITS.items():
        file = folder / name
        if file.is_file():
            yield name, _text(file, name, limit)


def _text(file: Traversable | Path, name: str, limit: int) -> str:
    with file.open("rb") as stream:
        raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise MalformedAgreementError(
            name,
            expected=f"at most {limit:,} bytes",
            got="more",
            remedy="Simplify it, or split the agreement.",
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise MalformedAgreementError(
            Where(name, line=line),
            expected="text in UTF-8",
            got="UTF-16" if raw[:2] in _UTF16 else f"byte 0x{raw[error.start]:02x}",
            remedy="Save the file as UTF-8.",
        ) from error
