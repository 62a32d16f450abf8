"""How two zones lie to one another, as far as their definitions tell."""

from collections.abc import Sequence
from enum import Enum

from shapely import union_all
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.resolve.ground import Surveyor
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written import Band, Buffer, Drawn, Written
from pamiers.core.errors import MalformedAgreementError

#: share of the smaller zone that a drawing may be off without a meaning
_SLIVER = 0.02


class Lie(Enum):
    """How one zone lies to another; what cannot be told counts as apart."""

    SAME = "the same"
    INSIDE = "inside"  #: the first within the second
    AROUND = "around"  #: the second within the first
    ACROSS = "across"  #: each has a part the other has not
    APART = "apart"


def lie(written: Written, first: str, second: str) -> Lie:
    """Return how one zone lies to another.

    Args:
        written: The agreement.
        first: Id of a zone.
        second: Id of a zone.

    Returns:
        By bands and buffers where both have one of the same line, else by their
        drawings; `APART` where neither tells.
    """
    if first == second:
        return Lie.SAME
    one, two = written.zones.get(first), written.zones.get(second)
    if not isinstance(one, Drawn) or not isinstance(two, Drawn):
        return Lie.APART
    if first in two.any_of or second in one.any_of:
        return Lie.INSIDE if first in two.any_of else Lie.AROUND
    spans = _span(one), _span(two)
    if spans[0] is not None and spans[1] is not None:
        return _spans_lie(spans[0], spans[1])
    return _shapes_lie(_shape(written, first, one), _shape(written, second, two))


def lie_of(written: Written, first: Sequence[str], second: Sequence[str]) -> Lie:
    """Return how a union of zones lies to another, by what they draw.

    Args:
        written: The agreement.
        first: Ids of zones, at least one.
        second: Ids of zones, at least one.

    Returns:
        `APART` where one of the zones cannot be drawn.
    """
    return _shapes_lie(_union(written, first), _union(written, second))


def _union(written: Written, names: Sequence[str]) -> BaseGeometry | None:
    surveyor = Surveyor(written)
    try:
        return union_all([surveyor.zone(name).shape for name in names])
    except (MalformedAgreementError, ShapelyError, KeyError):
        return None  # its own faults are named elsewhere


Span = tuple[tuple[str, str], float, float]  #: line and side; edges [m]


def _span(drawn: Drawn) -> Span | None:
    band, buffer = drawn.band, drawn.buffer
    if isinstance(band, Band) and isinstance(band.to, Quantity):
        near = band.from_.base if isinstance(band.from_, Quantity) else 0.0
        return (str(band.of), str(band.side)), near, band.to.base
    if isinstance(buffer, Buffer) and isinstance(buffer.each_side, Quantity):
        return (str(buffer.of), "both"), 0.0, buffer.each_side.base
    if isinstance(buffer, Buffer) and isinstance(buffer.width, Quantity):
        return (str(buffer.of), "both"), 0.0, buffer.width.base / 2
    return None


def _spans_lie(one: Span, two: Span) -> Lie:
    if one[0] != two[0] or one[1] >= two[2] or two[1] >= one[2]:
        return Lie.APART
    if one[1:] == two[1:]:
        return Lie.SAME
    if one[1] >= two[1] and one[2] <= two[2]:
        return Lie.INSIDE
    if two[1] >= one[1] and two[2] <= one[2]:
        return Lie.AROUND
    return Lie.ACROSS


def _shape(written: Written, name: str, drawn: Drawn) -> BaseGeometry | None:
    held = written.drawings.get(str(drawn.feature) or name)
    geometry = held.get("geometry") if isinstance(held, dict) else None
    if not isinstance(geometry, dict):
        return None
    try:
        found = shape(geometry)
    except (ShapelyError, ValueError, TypeError, AttributeError, IndexError):
        return None
    return found if found.is_valid and found.area > 0 else None


def _shapes_lie(one: BaseGeometry | None, two: BaseGeometry | None) -> Lie:
    if one is None or two is None:
        return Lie.APART
    shared = one.intersection(two).area
    if shared <= _SLIVER * min(one.area, two.area):
        return Lie.APART
    inside = shared >= (1 - _SLIVER) * one.area
    around = shared >= (1 - _SLIVER) * two.area
    if inside and around:
        return Lie.SAME
    return Lie.INSIDE if inside else Lie.AROUND if around else Lie.ACROSS
