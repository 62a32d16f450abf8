"""Placing labels so that none covers another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.render.frame import Box

#: average width of a letter, in heights of the type
_LETTER: Final = 0.56
_LINE: Final = 1.15
_BASELINE: Final = 0.35  # from the middle of a line of type down to its foot
_GAP: Final = 6.0
_PAD: Final = 2.0
_MARK: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text to be placed beside a point."""

    text: str
    x: float
    y: float
    size: float  #: height of the type
    room: float  #: height of the type that room is kept for, at least `size`
    major: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label with its place: the point it is beside, and where its text begins."""

    label: Label
    x: float
    y: float
    anchor: str  #: start, middle or end


def place_labels(
    labels: Iterable[Label], taken: Iterable[Box], page: tuple[float, float]
) -> Iterator[Placed]:
    """Yield labels that fit, the first given first; the others are left out.

    Args:
        labels: Labels, the most important first.
        taken: Rectangles that nothing may cover.
        page: Width and height.

    Yields:
        Labels beside their points, none over another.
    """
    occupied = list(taken)
    for label in labels:
        for placed, box in _candidates(label):
            free = not any(box.overlaps(other) for other in occupied)
            if free and box.inside(*page):
                occupied.append(box.grown(_PAD))
                occupied.append(_mark(label))
                yield placed
                break


def _mark(label: Label) -> Box:
    return Box(label.x - _MARK, label.y - _MARK, label.x + _MARK, label.y + _MARK)


def _candidates(label: Label) -> Iterator[tuple[Placed, Box]]:
    """Yield where a label may stand: right, left, above, below, at the corners."""
    wide, tall = len(label.text) * label.room * _LETTER, label.room * _LINE
    high = _GAP + tall / 2
    for up in (0.0, -high * 0.75, high * 0.75):
        yield _candidate(label, "start", (_GAP, up), (wide, tall))
        yield _candidate(label, "end", (-_GAP, up), (wide, tall))
        if not up:
            for middle in (-high, high):
                yield _candidate(label, "middle", (0.0, middle), (wide, tall))


def _candidate(
    label: Label, anchor: str, off: tuple[float, float], size: tuple[float, float]
) -> tuple[Placed, Box]:
    """Return a label with its text beginning, ending or centred at an offset."""
    (wide, tall), (x, y) = size, (label.x + off[0], label.y + off[1])
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    placed = Placed(
        label=label,
        x=round(x, 1),
        y=round(y + label.size * _BASELINE, 1),
        anchor=anchor,
    )
    return placed, Box(left, y - tall / 2, left + wide, y + tall / 2)
