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
_DOT: Final = 2.0


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
        Labels beside their points, none over another or over another's point
        where there is a choice; a point under a text that stands is left out.
    """
    given, occupied, texts = list(labels), list(taken), list[Box]()
    for label in given:
        if _meets(_round(label, _DOT), texts):
            continue
        free = [
            (placed, box)
            for placed, box in _candidates(label)
            if box.inside(*page) and not _meets(box, occupied)
        ]
        dots = [_round(other, _DOT) for other in given if other is not label]
        clear = [each for each in free if not _meets(each[1], dots)]
        for placed, box in (clear or free)[:1]:
            occupied += (box.grown(_PAD), _round(label, _MARK))
            texts.append(box)
            yield placed


def _meets(box: Box, others: Iterable[Box]) -> bool:
    return any(box.overlaps(other) for other in others)


def _round(label: Label, reach: float) -> Box:
    return Box(label.x - reach, label.y - reach, label.x + reach, label.y + reach)


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
