"""Begin an agreement from a template: a folder that checks clean, to be changed."""

import re
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from pamiers.app.agreement_files import worked_procedures
from pamiers.core.errors import UsageError
from pamiers.core.party import ID_PATTERN

_FILES: Final = ("agreement.yaml", "zones.geojson", "source.md")
_ID: Final = re.compile(r"^  id: .+$", re.MULTILINE)


def templates() -> list[str]:
    """Return the names of the templates, sorted."""
    return sorted(each.name for each in _shelf().iterdir() if each.is_dir())


def template_texts(name: str) -> dict[str, str]:
    """Return the files of a template.

    Raises:
        UsageError: There is no template of that name.
    """
    if name not in templates():
        raise UsageError(
            "--template",
            expected=f"one of {', '.join(templates())}",
            got=repr(name),
            remedy="Choose one of these.",
        )
    folder = _shelf() / name
    found = ((file, folder / file) for file in _FILES)
    return {file: path.read_text("utf-8") for file, path in found if path.is_file()}


def begin_procedure(folder: Path, name: str) -> dict[str, object]:
    """Write a worked procedure, with its scenarios, into a folder.

    Args:
        folder: New or empty; its name becomes the id of the agreement.
        name: Of the library.

    Returns:
        Folder, procedure and files written, as plain values.

    Raises:
        UsageError: No such procedure, or the folder holds something already.
    """
    if name not in worked_procedures():
        raise UsageError(
            "--procedure",
            expected=f"one of {', '.join(worked_procedures())}",
            got=repr(name),
            remedy="Choose one of these.",
        )
    shelf = files("pamiers") / "library" / name
    held = ((file, shelf / file) for file in _FILES)
    texts = {file: path.read_text("utf-8") for file, path in held if path.is_file()}
    written = _write(folder, _called(texts, folder.resolve().name))
    (folder / "scenarios").mkdir()
    for each in (shelf / "scenarios").iterdir():
        (folder / "scenarios" / each.name).write_text(each.read_text("utf-8"), "utf-8")
    return {"folder": str(folder), "procedure": name, "files": written}


def begin_agreement(folder: Path, template: str) -> dict[str, object]:
    """Write a template into a folder, under the folder's own name.

    Args:
        folder: New or empty; its name becomes the id of the agreement where it is
            one.
        template: Name of a template.

    Returns:
        Folder, template and files written, as plain values.

    Raises:
        UsageError: No such template, or the folder holds something already.
    """
    texts = _called(template_texts(template), folder.resolve().name)
    written = _write(folder, texts)
    return {"folder": str(folder), "template": template, "files": written}


def _write(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """Write files into a new or empty folder, and return their names."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            str(folder),
            expected="a new or empty folder",
            got="one that holds something",
            remedy="Give another name.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return list(texts)


def _called(texts: Mapping[str, str], name: str) -> dict[str, str]:
    if not ID_PATTERN.fullmatch(name):
        return dict(texts)
    first = _FILES[0]
    return {**texts, first: _ID.sub(f"  id: {name}", texts[first], count=1)}


def _shelf() -> Traversable:
    return files("pamiers") / "templates"
