"""Agreements written in an older version of the language, carried to the newest.

Version 1 wrote a duration that runs from a breach as `deadline: 24 h`; version 2
keeps `deadline` for moments and writes `within: 24 h`. Versions 1 and 2 wrote
`within` also for a distance from a line; version 3 keeps it for times, and writes
`near: {of: LINE, distance: 5 km}`. Nothing else has changed its meaning. Reading
does this by itself; `newest` does it to the text, and leaves every comment, blank
line, quotation mark and order as it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Mark, Notes
from pamiers.agreement.text.node import Node
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.core.errors import MalformedAgreementError, Where

NEWEST: Final = 3
_OLDER: Final = (1, 2)
_VERBS: Final = (
    *("forbid", "oblige", "at_most", "at_least", "ratio", "notify", "maintain"),
    *("every", "upon"),
)
_FILE: Final = "agreement.yaml"
_DURATION: Final = re.compile(r"\s*\d+(\.\d+)?\s*[a-z]+(\s+[a-z_]+)?\s*")
_LINE_END: Final = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One word of a text to be replaced by another; lines and columns as `Mark`."""

    at: Mark
    path: str
    old: str
    new: str

    def __str__(self) -> str:
        """Return `file:line:col: path: old -> new`."""
        at = self.at
        place = f"{at.file}:{at.line}:{at.column}"
        return f"{place}: {self.path}: {self.old} -> {self.new}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A text in the newest version of the language, and what had to change."""

    text: str
    edits: tuple[Edit, ...]  #: in the order of the text; none: it was the newest


def newest(text: str) -> Carried:
    """Return the text of an agreement in the newest version of the language.

    Args:
        text: `agreement.yaml`, of any version that is read.

    Returns:
        The same text but for the edits.

    Raises:
        MalformedAgreementError: It is no YAML that is read.
    """
    notes = Notes()
    root = read_yaml(text, _FILE, notes)
    stops = [each for each in notes.complaints if each.severity == "error"]
    if root is None or stops:
        first = stops[0]
        raise MalformedAgreementError(
            Where(_FILE, line=first.line, field=first.path),
            expected="YAML that is read without errors",
            got=first.message,
            remedy=first.remedy,
        )
    found = tuple(edit for _, edit in _edits(root))
    return Carried(text=rewritten(text, found), edits=found)


def upgrade(root: Node) -> None:
    """Give the keys of an older document their names in the newest version.

    The number of the version stays as written: it is what the file says of itself.
    """
    for node, edit in list(_edits(root)):
        if node is not root:
            _rename(node, edit.old, edit.new)


def _edits(root: Node) -> Iterator[tuple[Node, Edit]]:
    """Yield each mapping that has to change, and how; an alias only once."""
    version = _held(root).get("pamiers")
    if version is None or isinstance(version.value, bool):
        return
    if version.value not in _OLDER:
        return
    stated = str(version.value)
    yield root, Edit(at=version.mark, path="pamiers", old=stated, new=str(NEWEST))
    done: set[int] = set()
    for node, path in _clauses(root):
        at = _lasting(node) if version.value == 1 else None
        if at is not None and id(node) not in done:
            done.add(id(node))
            yield node, Edit(at=at, path=path, old="deadline", new="within")
        for matter, here in _matters(node, path):
            if "within" in _held(matter) and id(matter) not in done:
                done.add(id(matter))
                at = matter.keys.get("within", matter.mark)
                yield matter, Edit(at=at, path=here, old="within", new="near")


def _matters(clause: Node, path: str) -> Iterator[tuple[Node, str]]:
    """Yield what a clause is about, and upon what, in the order of the text."""
    for verb, node in _held(clause).items():
        if verb in _VERBS:
            yield node, f"{path}.{verb}"
            for side in ("of", "to") if verb == "ratio" else ():
                if side in _held(node):
                    yield _held(node)[side], f"{path}.{verb}.{side}"


def _clauses(root: Node) -> Iterator[tuple[Node, str]]:
    """Yield clauses and the options of their readings, in the order of the text."""
    for index, clause in enumerate(_items(_held(root).get("clauses"))):
        path = f"clauses[{index}]"
        yield clause, path
        for number, question in enumerate(_items(_held(clause).get("readings"))):
            for name, option in _held(_held(question).get("options")).items():
                yield option, f"{path}.readings[{number}].options.{name}"


def _lasting(node: Node) -> Mark | None:
    """Return where a key `deadline` stands that holds a duration; None for none."""
    held = _held(node)
    deadline = held.get("deadline")
    if deadline is None or "within" in held or not isinstance(deadline.value, str):
        return None
    if _DURATION.fullmatch(deadline.value) is None:
        return None
    return node.keys.get("deadline", node.mark)


def rewritten(text: str, edits: tuple[Edit, ...]) -> str:
    """Return a text with words replaced; all else is as it was.

    Args:
        text: As it was read.
        edits: What to replace, in any order; none may overlap another.

    Returns:
        The text.
    """
    pieces = _LINE_END.split(text)  # rows and their ends, by turns
    for edit in sorted(edits, key=lambda e: (e.at.line, e.at.column), reverse=True):
        row = 2 * (edit.at.line - 1)
        before, after = pieces[row][: edit.at.column - 1], pieces[row]
        tail = after[len(before) :].replace(edit.old, edit.new, 1)
        pieces[row] = before + tail
    return "".join(pieces)


def _held(node: Node | None) -> dict[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _items(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return node.value if isinstance(node.value, list) else [node]


def _rename(node: Node, old: str, new: str) -> None:
    held = _held(node)
    node.value = {new if key == old else key: each for key, each in held.items()}
    if old in node.keys:
        node.keys[new] = node.keys.pop(old)
