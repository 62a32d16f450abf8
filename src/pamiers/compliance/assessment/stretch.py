"""Stretches of time that a change may touch, closed at both ends or endless."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

Stretch = tuple[datetime, datetime]  #: first and last instant, both in it

BEGINNING: Final = datetime.min.replace(tzinfo=UTC)
END: Final = datetime.max.replace(tzinfo=UTC)
ALWAYS: Final[Stretch] = (BEGINNING, END)


def onward(at: datetime) -> Stretch:
    """Return an instant and all that comes after."""
    return (at, END)


def before(at: datetime) -> Stretch:
    """Return an instant and all that came before."""
    return (BEGINNING, at)


def widened(
    stretch: Stretch, back: timedelta = timedelta(0), ahead: timedelta = timedelta(0)
) -> Stretch:
    """Return a stretch with time added before and after, as far as time goes."""
    start, end = stretch
    return (
        BEGINNING if start - BEGINNING <= back else start - back,
        END if END - end <= ahead else end + ahead,
    )


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the same instants as stretches in order that do not meet."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def reached(stretches: Sequence[Stretch], start: datetime, end: datetime) -> bool:
    """Tell whether an interval has an instant, or an end, in one of some stretches."""
    return any(first <= end and start <= last for first, last in stretches)
