"""From the texts of an agreement's folder to the agreement as written.

Reading never stops at the first fault: what cannot be taken becomes a complaint
and a blank, so that one run names everything. Nothing is loaded by half: only an
agreement without errors and blanks is ever resolved into one that runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pamiers.agreement.complaint import Complaint, Mark, Notes, Severity
from pamiers.agreement.drawing import FILE as DRAWINGS
from pamiers.agreement.drawing import UNREADABLE, read_drawings
from pamiers.agreement.grammar.forms import TimeZone
from pamiers.agreement.grammar.whole import AGREEMENT, LANGUAGE_VERSION, READABLE
from pamiers.agreement.migrate import upgrade
from pamiers.agreement.text.json_text import read_json
from pamiers.agreement.text.node import Node, Plain, from_plain
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.agreement.values.blank import Blank
from pamiers.agreement.written import Written
from pamiers.core.canonical import digest as canonical_digest
from pamiers.core.errors import MalformedAgreementError

TEXT: Final = "agreement.yaml"
#: most characters per file; a long treaty is a tenth of this
MAX_CHARS: Final = {TEXT: 2_000_000, DRAWINGS: 20_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An agreement as written, and everything that is wrong with it.

    `written` is None only where the text could not be read on; a value that could
    not be taken is a blank in it, and a complaint beside it.
    """

    written: Written | None
    complaints: tuple[Complaint, ...]
    marks: Mapping[str, Mark]  #: path -> where it stands

    @property
    def runnable(self) -> bool:
        """Tell whether there are neither errors nor blanks."""
        stops = {Severity.ERROR, Severity.BLANK}
        return self.written is not None and not any(
            each.severity in stops for each in self.complaints
        )


def read(texts: Mapping[str, str]) -> Read:
    """Return the agreement that the texts of a folder state.

    Args:
        texts: File name -> text: `agreement.yaml`, and `zones.geojson` where the
            agreement has zones or lines. Other names are passed over.

    Returns:
        The agreement and the complaints of reading; `check` adds its own.
    """
    notes = Notes()
    root = _root(texts, notes)
    drawings = _drawings(texts, notes)
    written = None if root is None else _written(root, notes)
    if written is not None:
        written = replace(written, drawings=drawings)
    return Read(
        written=written,
        complaints=in_order(notes.complaints),
        marks=dict(notes.marks),
    )


def unreadable(error: MalformedAgreementError) -> Read:
    """Return the outcome of files whose bytes are no text: one complaint."""
    notes = Notes()
    place = Mark(file=error.where.source, line=error.where.line or 1, column=1)
    code = "F-FILE-SIZE" if "bytes" in error.expected else "F-TEXT-CHAR"
    message = f"expected {error.expected}, got {error.got}"
    notes.complain(code, "", message, error.remedy, mark=place)
    return Read(written=None, complaints=tuple(notes.complaints), marks={})


def _root(texts: Mapping[str, str], notes: Notes) -> Node | None:
    if TEXT not in texts:
        _missing(TEXT, notes)
        return None
    if _too_large(TEXT, texts[TEXT], notes):
        return None
    root = read_yaml(texts[TEXT], TEXT, notes)
    if root is not None:
        notes.marks[""] = root.mark
    return root


def _drawings(texts: Mapping[str, str], notes: Notes) -> dict[str, Plain]:
    text = texts.get(DRAWINGS)
    if text is None or _too_large(DRAWINGS, text, notes):
        return {}
    notes.marks[DRAWINGS] = Mark(file=DRAWINGS, line=1, column=1)
    root = read_json(text, DRAWINGS, notes)
    if root is None:
        notes.marks[UNREADABLE] = notes.marks[DRAWINGS]
    return read_drawings(root, notes)


def _written(root: Node, notes: Notes) -> Written | None:
    notes.time_zone = _time_zone(root)
    upgrade(root)
    found = AGREEMENT.read(root, notes, "")
    if not isinstance(found, Written):
        return None
    _check_version(found, notes)
    return found


def _time_zone(root: Node) -> str | None:
    """Return the agreement's zone ahead of reading, for the remedies of times."""
    heading = root.value.get("agreement") if isinstance(root.value, dict) else None
    held = heading.value if heading and isinstance(heading.value, dict) else {}
    node = held.get("time_zone")
    found = TimeZone().take(node, Notes(), "") if node is not None else None
    return found if isinstance(found, str) else None


def _check_version(found: Written, notes: Notes) -> None:
    if not isinstance(found.pamiers, Blank) and found.pamiers not in READABLE:
        notes.complain(
            "F-SCHEMA-VERSION",
            "pamiers",
            f"expected version {LANGUAGE_VERSION} of the language, got "
            f"{found.pamiers:g}",
            "Use a release of pamiers that knows this version.",
        )


def _missing(file: str, notes: Notes) -> None:
    notes.complain(
        "F-FILE-MISSING",
        "",
        f"expected {file} in the folder, got none",
        "Give a folder that holds it, or the name of a bundled agreement.",
        mark=Mark(file=file),
    )


def _too_large(file: str, text: str, notes: Notes) -> bool:
    if len(text) <= MAX_CHARS[file]:
        return False
    notes.complain(
        "F-FILE-SIZE",
        "",
        f"expected at most {MAX_CHARS[file]:,} characters, got {len(text):,}",
        "Simplify the drawings, or split the agreement.",
        mark=Mark(file=file, line=1, column=1),
    )
    return True


def in_order(complaints: list[Complaint]) -> tuple[Complaint, ...]:
    """Return complaints by file, line and column, each once."""
    unique = list(dict.fromkeys(complaints))
    return tuple(sorted(unique, key=lambda c: (c.file, c.line, c.column, c.code)))


def to_dict(written: Written) -> dict[str, Plain]:
    """Return an agreement as plain values, losing nothing.

    Keys that are at their default are left out; unknown keys are kept. The features
    of zones.geojson stand under the key `zones.geojson`.
    """
    plain = AGREEMENT.write(written)
    held = plain if isinstance(plain, dict) else {}
    drawings = {DRAWINGS: dict(written.drawings)} if written.drawings else {}
    return {**held, **drawings}


def from_dict(plain: Mapping[str, object]) -> Read:
    """Return the agreement that plain values state; the inverse of `to_dict`.

    Args:
        plain: What `to_dict` gave, perhaps through JSON.

    Returns:
        The agreement and the complaints of reading, without lines.
    """
    notes = Notes()
    body = {key: value for key, value in plain.items() if key != DRAWINGS}
    held = plain.get(DRAWINGS, {})
    features = list(held.values()) if isinstance(held, Mapping) else []
    collection = {"type": "FeatureCollection", "features": features}
    drawings = read_drawings(from_plain(collection, DRAWINGS), notes)
    written = _written(from_plain(body, TEXT), notes)
    return Read(
        written=None if written is None else replace(written, drawings=drawings),
        complaints=in_order(notes.complaints),
        marks=dict(notes.marks),
    )


def digest(written: Written) -> str:
    """Return the SHA-256 of the RFC 8785 bytes of an agreement, zones included.

    Comments, line ends, a BOM, the order of keys and the Unicode form of letters
    leave it unchanged; the order of lists does not, for a lawyer may number them.
    """
    return canonical_digest(to_dict(written))
