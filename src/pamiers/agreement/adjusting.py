"""Figures of an agreement's text that are tried at other values: times, and thresholds.

A time is what stands after `within` or `reply` in a procedure, and after `within` in a
clause; a threshold is how probable a breach has to be. Only the number is replaced:
unit, manner of reckoning, comments and order stay as they were written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pamiers.agreement.complaint import Mark, Notes
from pamiers.agreement.migrate import Edit, rewritten
from pamiers.agreement.text.node import Node
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.agreement.values.quantity import decimal
from pamiers.core.errors import UsageError

_FILE: Final = "agreement.yaml"
_TIMES: Final = frozenset({"within", "reply"})
_THRESHOLDS: Final = ("breached", "kept")
_LASTING: Final = re.compile(r"(\d+(?:\.\d+)?) (min|h|d)((?: [a-z_]+)*)")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
#: what YAML lets stand before a value: a name for it, a quote
_BEFORE: Final = re.compile(r"(?:&\S+\s+)?['\"]?")
#: the longest that a time may be set to, in its own unit
MOST: Final = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustable:
    """One figure of a text.

    Invariant: `number` is positive; a threshold has no unit and is below 1.
    """

    path: str  #: where it stands, such as `procedures.response.steps[0].within`
    title: Mapping[str, str]  #: of the step, clause or procedure, by language
    number: float
    unit: str  #: `min`, `h` or `d`; empty for a threshold
    written: str  #: the figure as it stands, such as `24 h elapsed`
    at: Mark

    @property
    def is_time(self) -> bool:
        """Tell whether it is a time, and no threshold."""
        return bool(self.unit)


def adjustable(text: str) -> tuple[Adjustable, ...]:
    """Return the figures of an agreement that may be tried at other values.

    Args:
        text: `agreement.yaml`.

    Returns:
        Thresholds, then times in the order of the text; empty where the text is no
        YAML that is read. What is shared through an alias is listed once;
        a number that is written in another manner, such as `.9`, is left out.
    """
    root = read_yaml(text, _FILE, Notes())
    if root is None:
        return ()
    held = _held(root)
    times = (
        found
        for part in ("procedures", "clauses")
        for found in _times(held.get(part), part, {}, set())
    )
    in_order = sorted(times, key=lambda each: (each.at.line, each.at.column))
    rows = _LINE_END.split(text)
    found = (*_thresholds(held.get("agreement")), *in_order)
    return tuple(each for each in found if _stands(each, rows))


def _stands(figure: Adjustable, rows: Sequence[str]) -> bool:
    """Tell whether a figure is written where it was read, as it is told."""
    if figure.at.line > len(rows):
        return False
    rest = rows[figure.at.line - 1][figure.at.column - 1 :]
    return _BEFORE.sub("", rest, count=1).startswith(figure.written)


def adjusted(text: str, changes: Mapping[str, float]) -> str:
    """Return an agreement's text with other figures.

    Args:
        text: `agreement.yaml`.
        changes: New numbers by the path of the figure, in the unit that is written.

    Returns:
        The text; the same where nothing is changed.

    Raises:
        UsageError: A path that names no figure, or a number that it cannot have.
    """
    found = {each.path: each for each in adjustable(text)}
    edits = tuple(_edit(found, path, number) for path, number in changes.items())
    return rewritten(text, edits)


def _edit(found: Mapping[str, Adjustable], path: str, number: float) -> Edit:
    figure = found.get(path)
    if figure is None:
        raise UsageError(
            path,
            expected=f"one of {', '.join(found) or 'no figure at all'}",
            got="none of these",
            remedy="Name a figure as the text has it.",
        )
    most = MOST if figure.is_time else 1.0
    if not 0 < number < most:
        raise UsageError(
            path,
            expected=f"a number between 0 and {most:g}",
            got=f"{number:g}",
            remedy="Keep within what the figure can mean.",
        )
    written = decimal(number)
    new = _LASTING.sub(rf"{written} \2\3", figure.written) if figure.unit else written
    return Edit(at=figure.at, path=path, old=figure.written, new=new)


def _thresholds(agreement: Node | None) -> Iterator[Adjustable]:
    given = _held(_held(agreement).get("thresholds"))
    for name in _THRESHOLDS:
        node = given.get(name)
        if node is None or isinstance(node.value, bool):
            continue
        if isinstance(node.value, float) and 0 < node.value < 1:
            yield Adjustable(
                path=f"agreement.thresholds.{name}",
                title={},
                number=node.value,
                unit="",
                written=f"{node.value}",
                at=node.mark,
            )


def _times(
    node: Node | None, path: str, title: Mapping[str, str], done: set[int]
) -> Iterator[Adjustable]:
    """Yield the times below a node, each with the title nearest above it."""
    if node is None or id(node) in done:
        return
    done.add(id(node))
    if isinstance(node.value, list):
        for at, each in enumerate(node.value):
            yield from _times(each, f"{path}[{at}]", title, done)
    held = _held(node)
    title = _titled(held) or title
    for key, each in held.items():
        if key in _TIMES and isinstance(each.value, str) and id(each) not in done:
            done.add(id(each))
            yield from _time(each, f"{path}.{key}", title)
        else:
            yield from _times(each, f"{path}.{key}", title, done)


def _time(node: Node, path: str, title: Mapping[str, str]) -> Iterator[Adjustable]:
    fits = _LASTING.fullmatch(str(node.value))
    if fits is None or float(fits[1]) == 0:
        return
    yield Adjustable(
        path=path,
        title=title,
        number=float(fits[1]),
        unit=fits[2],
        written=fits[0],
        at=node.mark,
    )


def _titled(held: Mapping[str, Node]) -> dict[str, str]:
    for key in ("do", "title", "substance"):
        words = _held(held.get(key))
        if words:
            return {name: str(each.value) for name, each in words.items()}
    return {}


def _held(node: Node | None) -> dict[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}
