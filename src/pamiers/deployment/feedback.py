"""From a plan back to the agreement: what its monitoring plan may now say of itself.

What the placed means notice takes the place of what was stated of them, so that
whoever judges conduct prints the plan's detection beside every clause that was kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pamiers.agreement.complaint import Mark
from pamiers.agreement.model import Agreement, Detection

_DECIMALS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """A text with the plan's detections in it, and the means that state none."""

    text: str
    unstated: tuple[str, ...]  #: they have no `detection` to replace


def rounded(chance: float) -> float:
    """Return a detection as a monitoring plan states it."""
    return round(chance, _DECIMALS)


def fed_back(
    agreement: Agreement, found: Mapping[str, float], author: str
) -> Agreement:
    """Return an agreement whose monitoring plan states what a plan notices.

    Args:
        agreement: The agreement.
        found: Means -> detection, of the means that the plan places.
        author: On whose word.

    Returns:
        The agreement; means that the plan does not place are as they were, and so is
        the digest, which is that of the text.
    """
    monitoring = dict(agreement.monitoring)
    for name, chance in found.items():
        means = monitoring[name]
        held = means.detection
        monitoring[name] = replace(
            means,
            detection=Detection(
                probability=rounded(chance),
                author=author,
                on=held.on if held else "",
                source=held.source if held else "",
            ),
        )
    return replace(agreement, monitoring=monitoring)


def fed_text(
    text: str, marks: Mapping[str, Mark], found: Mapping[str, float], author: str
) -> Fed:
    """Return the text of an agreement with a plan's detections in place of its own.

    Args:
        text: The text of `agreement.yaml`.
        marks: Where its values stand, from reading it.
        found: Means -> detection.
        author: On whose word; in place of the author that stands there.

    Returns:
        The text, nothing else in it changed.
    """
    lines = text.split("\n")
    edits: list[tuple[int, int, str]] = []
    unstated = []
    for name, chance in found.items():
        where = f"monitoring.{name}.detection"
        if f"{where}.probability" not in marks:
            unstated.append(name)
            continue
        for key, new in (("probability", f"{rounded(chance):g}"), ("author", author)):
            mark = marks[f"{where}.{key}"]
            edits.append((mark.line - 1, mark.column - 1, new))
    for line, column, new in sorted(edits, reverse=True):
        held = lines[line]
        end = _end(held, column)
        lines[line] = held[:column] + new + held[end:]
    return Fed(text="\n".join(lines), unstated=tuple(unstated))


def _end(line: str, start: int) -> int:
    """Return where a value that begins in a line ends in it."""
    if line[start : start + 1] in {'"', "'"}:
        return line.index(line[start], start + 1) + 1
    ends = [at for at in (line.find(each, start) for each in ",}#") if at >= 0]
    end = min(ends, default=len(line))
    return start + len(line[start:end].rstrip())
