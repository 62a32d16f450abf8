"""Agreements written in an older version of the language, carried to the newest.

Version 1 wrote a duration that runs from a breach as `deadline: 24 h`; version 2
keeps `deadline` for moments and writes `within: 24 h`. Nothing else has changed its
meaning. Reading does this by itself; `rewritten` does it to the text, and leaves
every comment, blank line and order as it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Mark
from pamiers.agreement.text.node import Node

NEWEST: Final = 2
_DURATION: Final = re.compile(r"\s*\d+(\.\d+)?\s*[a-z]+(\s+[a-z_]+)?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One word of a text to be replaced by another. Counts from 1, as `Mark`."""

    at: Mark
    path: str
    old: str
    new: str

    def __str__(self) -> str:
        """Return `file:line:col: path: old -> new`."""
        at = self.at
        return f"{at.file}:{at.line}:{at.column}: {self.path}: {self.old} -> {self.new}"


def edits(root: Node) -> tuple[Edit, ...]:
    """Return what has to change in a document of an older version, in its order.

    Args:
        root: The document as read; left as it is.

    Returns:
        The edits; none for a document of the newest version, or of no known one.
    """
    version = _held(root).get("pamiers")
    if version is None or version.value != 1:
        return ()
    first = Edit(at=version.mark, path="pamiers", old="1", new=str(NEWEST))
    return (first, *_renamed(root))


def upgrade(root: Node) -> None:
    """Give the keys of an older document their names in the newest version.

    The number of the version stays as written: it is what the file says of itself.
    """
    for edit in edits(root)[1:]:
        _rename(_at(root, edit.path), edit.old, edit.new)


def rewritten(text: str, root: Node) -> str:
    """Return the text of a document in the newest version of the language.

    Args:
        text: Text that `root` was read from.
        root: The document as read.

    Returns:
        The same text but for the edits; unchanged where there are none.
    """
    lines = text.splitlines(keepends=True)
    for edit in sorted(edits(root), key=lambda each: _place(each.at), reverse=True):
        line, column = edit.at.line - 1, edit.at.column - 1
        row = lines[line]
        at = row.index(edit.old, column)
        lines[line] = row[:at] + edit.new + row[at + len(edit.old) :]
    return "".join(lines)


def _place(mark: Mark) -> tuple[int, int]:
    return mark.line, mark.column


def _held(node: Node | None) -> dict[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _items(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return node.value if isinstance(node.value, list) else [node]


def _renamed(root: Node) -> Iterator[Edit]:
    for index, clause in enumerate(_items(_held(root).get("clauses"))):
        path = f"clauses[{index}]"
        yield from _lasting(clause, path)
        for number, question in enumerate(_items(_held(clause).get("readings"))):
            for name, option in _held(_held(question).get("options")).items():
                here = f"{path}.readings[{number}].options.{name}"
                yield from _lasting(option, here)


def _lasting(node: Node, path: str) -> Iterator[Edit]:
    held = _held(node)
    deadline = held.get("deadline")
    if deadline is None or "within" in held or not isinstance(deadline.value, str):
        return
    if _DURATION.fullmatch(deadline.value):
        at = node.keys.get("deadline", node.mark)
        yield Edit(at=at, path=path, old="deadline", new="within")


def _at(root: Node, path: str) -> Node:
    """Return the mapping at a path of `edits`."""
    node = root
    for step in re.findall(r"\w[\w-]*|\[\d+\]", path):
        if step.startswith("["):
            node = _items(node)[int(step[1:-1])]
        else:
            node = _held(node)[step]
    return node


def _rename(node: Node, old: str, new: str) -> None:
    held = _held(node)
    node.value = {new if key == old else key: each for key, each in held.items()}
    if old in node.keys:
        node.keys[new] = node.keys.pop(old)
