"""Placing labels so that none covers another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pamiers.render.frame import Box

#: average width of a letter, in heights of the type
_LETTER: Final = 0.56
_LINE: Final = 1.15
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
    """Yield where a label may stand: right, left, above, below."""
    wide, tall = len(label.text) * label.size * _LETTER, label.size * _LINE
    x, y, half = label.x, label.y, tall / 2
    beside = {
        "start": (x + _GAP, y + label.size * 0.35),
        "end": (x - _GAP, y + label.size * 0.35),
    }
    yield (
        _placed(label, "start", beside["start"]),
        Box(x + _GAP, y - half, x + _GAP + wide, y + half),
    )
    yield (
        _placed(label, "end", beside["end"]),
        Box(x - _GAP - wide, y - half, x - _GAP, y + half),
    )
    for sign in (-1, 1):
        middle = y + sign * (_GAP + half)
        box = Box(x - wide / 2, middle - half, x + wide / 2, middle + half)
        yield _placed(label, "middle", (x, middle + label.size * 0.35)), box


def _placed(label: Label, anchor: str, at: tuple[float, float]) -> Placed:
    return Placed(label=label, x=round(at[0], 1), y=round(at[1], 1), anchor=anchor)
