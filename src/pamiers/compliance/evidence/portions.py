"""How many were done over a time, by tallies, whatever way they can have been done.

A tally of what is done says how many in its own time, not when in it. So it lies
surely in a window that holds all of that time, and possibly in one that meets it. A
running total says how many by its end; what the same counter tells of that end, or of
before, is part of it. What it says more than the total before it was done at some time
between the two. A total that is lower than what it counted before adds nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.model import Clause, Matter, Reading
from pamiers.compliance.evidence.amounts import Amount, highest, total
from pamiers.compliance.evidence.levels import (
    Laid,
    Step,
    done_by,
    done_order,
    figures,
    summed,
    told_of,
)
from pamiers.compliance.evidence.register import Register, tally_key

_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """How many one counter says were done at one site in some time."""

    laid: Laid  #: whose count it is, and of where and what
    exact: bool  #: whether it surely counts what is asked for
    earliest: datetime
    latest: datetime
    least: float
    most: float | None
    running: bool  #: whether it counts everything up to `latest`
    key: str

    def whole(self) -> "Portion":
        """Return the same as done all at once, by the end of its time."""
        return replace(self, earliest=self.latest)

    def surely(self, since: datetime, at: datetime) -> float:
        """Return how many it says were surely done from one instant to another."""
        return self.least if since <= self.earliest and self.latest <= at else 0.0

    def possibly(self, since: datetime, at: datetime) -> float | None:
        """Return how many it says may have been done from one instant to another."""
        return self.most if self.earliest <= at and since <= self.latest else 0.0


def portions(
    reading: Reading,
    clause: Clause,
    register: Register,
    matter: Matter | None = None,
) -> list[Portion]:
    """Return what tallies say was done of what a reading counts.

    Args:
        reading: What is counted, whose, where, of which status.
        clause: Says whose things count as the bearers'.
        register: Tallies on record.
        matter: Another matter than the reading's, for the other side of a ratio.

    Returns:
        Portions, ordered by their end; those over before the clause began left out.
    """
    since = reading.since_at or reading.from_at
    found = []
    told = [
        (laid, row, bounds)
        for laid, rows in told_of(reading, clause, register, matter)
        for row, bounds in rows
        if since is None or row.end > since
    ]
    for laid, row, bounds in sorted(told, key=lambda each: done_order(each[1])):
        least, most = figures(row, bounds) if laid.free else (0.0, None)
        found.append(
            Portion(
                laid=laid,
                exact=bounds[0] >= 1.0,
                earliest=done_by(row) if row.cumulative else row.start,
                latest=done_by(row),
                least=least,
                most=most,
                running=row.cumulative,
                key=tally_key(row),
            )
        )
    return found


def between(
    told: Sequence[Portion],
    since: datetime,
    at: datetime,
    begun: datetime | None = None,
) -> Amount:
    """Return how many were done from one instant to another, by all who counted.

    Args:
        told: Portions, ordered by their end.
        since: The first instant that counts.
        at: The last.
        begun: Since when running totals count; None: each as if all that it says more
            than the one before it was done at its end.

    Returns:
        Surely and possibly, of rival counters the lowest and the highest; None: or
        more. Counts of somebody with an interest are heard where nobody else counted.
    """
    sums = []
    heard = [each for each in told if each.laid.free] or told
    for counter in sorted({each.laid.counter for each in heard}):
        by_site: dict[Laid, list[Portion]] = {}
        for each in heard:
            if each.laid.counter == counter:
                by_site.setdefault(each.laid, []).append(each)
        held = [_step(own, since, at, begun) for own in by_site.values()]
        sums.append(summed(held))
    return min((low for low, _ in sums), default=0.0), highest(top for _, top in sums)


def _step(
    own: Sequence[Portion], since: datetime, at: datetime, begun: datetime | None
) -> Step:
    """Return what one counter says was done at one site as if it were there."""
    least, most = _at_site(own, since, at, begun)
    laid = own[0].laid
    return laid.lay(
        Step(
            counter=laid.counter,
            site=laid.site,
            start=since,
            end=at,
            least=least,
            most=most,
            key=own[0].key,
            exact=all(each.exact for each in own),
        )
    )


def _at_site(
    own: Sequence[Portion], since: datetime, at: datetime, begun: datetime | None
) -> Amount:
    """Return how many one counter says were done at one site.

    The last running total of each of the two instants says how many were done
    between them; what is told of later adds to it.
    """
    now = _last(own, lambda each: each.latest <= at)
    before = _last(own, lambda each: each.latest < since)
    single = [each for each in own[now + 1 :] if not each.running]
    low = sum(each.surely(since, at) for each in single)
    top = total(each.possibly(since, at) for each in single)
    if now == before:
        return low, top
    part = [each for each in own[before + 1 : now] if not each.running]
    least = (own[before].least if before >= 0 else 0.0) + sum(
        each.least for each in part if each.latest < since
    )
    last = own[now]
    surely = _surely_risen(own, (before, now), since, begun)
    possibly = None if last.most is None else max(last.most - least, 0.0)
    return surely + low, total([possibly, top])


def _surely_risen(
    own: Sequence[Portion],
    ends: tuple[int, int],
    since: datetime,
    begun: datetime | None,
) -> float:
    """Return how many, at least, the last of running totals says were done in a window.

    Args:
        own: What one counter says of one site, ordered by its end.
        ends: Positions of the last total before the window (-1: none), and of the last
            one in it.
        since: When the window begins.
        begun: Since when totals count; None: they rise at their ends.

    Returns:
        What the first total in the window says more than the one before it may all have
        been done before the window, but for what was counted by itself within.
    """
    before, now = ends
    start = own[before] if before >= 0 else None
    part = [each for each in own[before + 1 : now] if not each.running]
    earlier = [
        start.most if start else 0.0,
        *(each.most for each in part if each.earliest < since),
    ]
    most = total(earlier)
    if begun is None or since <= (start.latest + _TICK if start else begun):
        return _more(own[now], most)
    first = next(i for i in range(before + 1, now + 1) if own[i].running)
    inside = sum(
        each.least
        for each in own[before + 1 : first]
        if not each.running and since <= each.earliest
    )
    if first == now:
        return min(inside, _more(own[now], most))
    by_then = own[first].most
    if most is None or by_then is None:
        return 0.0
    return _more(own[now], max(by_then - inside, most))


def _more(later: Portion, most: float | None) -> float:
    """Return how many a total surely says more than were there at most before."""
    return 0.0 if most is None else max(later.least - most, 0.0)


def _last(own: Sequence[Portion], fits: Callable[[Portion], bool]) -> int:
    """Return the position of the last running total that fits; -1 for none."""
    found = [i for i, each in enumerate(own) if each.running and fits(each)]
    return found[-1] if found else -1
