"""Zones made from others that are drawn anew: one drawing for each time that all last.

A zone that unites, cuts or lies between others changes when one of them does. Where
one of them is drawn anew, or several at the same moments, the times are known without
knowing when events come; where they are drawn anew at other moments each, nobody can
say in which order, and the zone is refused.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from shapely.geometry.base import BaseGeometry

from pamiers.agreement.values.moment import Moment
from pamiers.core.errors import MalformedAgreementError


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How a zone or line is drawn, from when to when."""

    shape: BaseGeometry
    tolerance_m: float
    from_: Moment | None = None
    until: Moment | None = None


class UnlikeTimesError(MalformedAgreementError):
    """Parts of one zone that are drawn anew at different moments."""


Times = tuple[tuple[Moment | None, Moment | None], ...]
_ALWAYS: Final[Times] = ((None, None),)
Join = Callable[[Sequence[Drawing | None]], BaseGeometry | None]


def joined(name: str, parts: Sequence[Sequence[Drawing]], join: Join) -> list[Drawing]:
    """Return the drawings of a zone that is made from others.

    Args:
        name: Id of the zone.
        parts: What it is made from, each in its versions, at least one.
        join: Makes the shape; None stands for a part that is not there at a time,
            and for no shape at all.

    Returns:
        In order of time; what is drawn once is drawn once.

    Raises:
        UnlikeTimesError: Parts are drawn anew at different moments.
    """
    dated = {times(part) for part in parts} - {_ALWAYS}
    if len(dated) > 1:
        raise UnlikeTimesError(
            f"zones.{name}",
            expected="parts that are drawn anew at the same moments",
            got="parts that are drawn anew at different ones",
            remedy="Give each the same `from` and `until`, or draw the zone itself.",
        )
    found = []
    for at, (begin, end) in _slots(next(iter(dated), _ALWAYS)):
        now = [_then(part, at) for part in parts]
        shape = join(now)
        widest = max((each.tolerance_m for each in now if each), default=0.0)
        if shape is not None:
            found.append(
                Drawing(shape=shape, tolerance_m=widest, from_=begin, until=end)
            )
    return found


def _then(part: Sequence[Drawing], at: int | None) -> Drawing | None:
    """Return a part as it is drawn in a version; None where it is in none."""
    if times(part) == _ALWAYS:
        return part[0]
    return None if at is None else part[at]


def times(part: Sequence[Drawing]) -> Times:
    """Return from when to when each version of a drawing holds."""
    return tuple((each.from_, each.until) for each in part)


def _slots(
    held: Times,
) -> Iterator[tuple[int | None, tuple[Moment | None, Moment | None]]]:
    """Yield the times of versions, by their number, and the gaps around them."""
    before: Moment | None = None  #: end of what was drawn last
    open_ended = False  #: something drawn goes on where nothing else holds
    for at, (begin, end) in enumerate(held):
        if begin is not None and begin != before and not open_ended:
            yield None, (before, begin)
        yield at, (begin, end)
        before, open_ended = end, open_ended or end is None
    if not open_ended:
        yield None, (before, None)
