"""Whether two values of an agreement mean the same, however they are written."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import At, DayEdge, Relative
from pamiers.agreement.values.quantity import Quantity

Value: TypeAlias = Any  #: what a form of the grammar reads


def same(one: Value, other: Value) -> bool:
    """Tell whether two values mean the same.

    `1 km` is `1000 m`, one instant is itself in any zone; of several values in a
    list the order does not matter. A day is not 24 hours: it may be counted by the
    calendar.

    Args:
        one: A value as a form of the grammar reads it.
        other: Another of the same form.

    Returns:
        True where the difference is one of writing only.
    """
    match one, other:
        case tuple(), tuple():
            return len(one) == len(other) and _matched(one, other)
        case Mapping(), Mapping():
            alike = one.keys() == other.keys()
            return alike and all(same(one[key], other[key]) for key in one)
        case _:
            return _same_one(one, other)


def _same_one(one: Value, other: Value) -> bool:
    match one, other:
        case Quantity(), Quantity():
            return _alike(one, other)
        case Duration(), Duration():
            return one.reckoning == other.reckoning and _alike_times(one, other)
        case At(), At():
            return one.instant == other.instant
        case (Relative(), Relative()) | (DayEdge(), DayEdge()):
            return _moved_alike(one, other)
        case _:
            return bool(one == other)


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.dimension == other.dimension and abs(one.base - other.base) < 1e-9  # noqa: PLR2004 - rounding


def _alike_times(one: Duration, other: Duration) -> bool:
    exact = {"s", "min", "h"}
    if {one.quantity.unit, other.quantity.unit} <= exact:
        return _alike(one.quantity, other.quantity)
    return one.quantity == other.quantity


def _moved_alike(one: Value, other: Value) -> bool:
    if isinstance(one, DayEdge):
        return bool(one.edge == other.edge and same(one.of, other.of))
    if one.anchor != other.anchor or one.backward != other.backward:
        return False
    return same(one.offset, other.offset)


def _matched(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    left = list(other)
    for each in one:
        at = next((i for i, held in enumerate(left) if same(each, held)), None)
        if at is None:
            return False
        left.pop(at)
    return True
