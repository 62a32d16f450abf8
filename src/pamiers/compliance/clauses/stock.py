"""Judge how many there are, at every instant of a period.

What tallies say is a complete count; what was sighted is at least there, throughout its
interval where that is given by the hour, some time in it where only by a day. So a
ceiling is surely passed where the lowest of the tallies, or what was sighted at one
instant, is over it, and possibly where the highest, or what may be there, is;
what may be exempt of those counted is not surely there. It is kept only where all of it
is counted, or enough was watched, all the time. A floor is surely missed where the
highest of the tallies of all of it is under it; where nobody counted, what was seen may
be enough, or surely too little.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from pamiers.agreement.model import Bound, Subject
from pamiers.compliance.chance import surely_counted
from pamiers.compliance.clauses.acts import conduct
from pamiers.compliance.clauses.case import (
    Case,
    Court,
    absence,
    enough_coverage,
    of_a_part,
)
from pamiers.compliance.clauses.counted import presence_of, whole_of
from pamiers.compliance.clauses.frequency import any_over, any_under, rough
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.evidence.amounts import highest, total
from pamiers.compliance.evidence.exemption import excused, left_by
from pamiers.compliance.evidence.happenings import Happening
from pamiers.compliance.evidence.levels import Step, steps, turns
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.rivals import Level, level_at
from pamiers.compliance.evidence.sites import Sites
from pamiers.compliance.evidence.whole import Whole
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.instant import Interval

_TICK: Final = timedelta(microseconds=1)
_SIGHTED: Final = ("", "present")


@dataclass(frozen=True, slots=True)
class Present:
    """What tallies and sightings tell of one period."""

    told: Sequence[Step]
    seen: Sequence[Happening]
    stays: timedelta  #: how long what was seen is taken to stay
    at: Sequence[datetime]  #: instants at which a number may change
    taken: tuple[tuple[str, str], ...]  #: sightings that are exempt, under what
    period: Interval
    sites: Sites  #: tells what is counted apart

    def levels(self) -> list[Level | None]:
        """Return how many there are by tallies, at each of the instants."""
        return [level_at(self.told, at, self.sites) for at in self.at]

    def tops(self, whole: Whole) -> list[float | None]:
        """Return how many there can be at each instant; None: nobody counted it all."""
        return [whole.most(self.told, at) for at in self.at]

    def surely(self, at: datetime) -> list[bool]:
        """Tell which sightings are surely there at an instant."""
        return [row.lasts and row.start <= at < row.end for row in self.seen]

    def together(self) -> list[list[bool]]:
        """Tell which sightings are surely there at once, set by set.

        At each instant; and each alone that was there at one that nobody knows, for
        nothing that is given by the hour goes on throughout a day.
        """
        some_time = [row for row in self.seen if not row.lasts and self.holds(row)]
        return [self.surely(at) for at in self.at] + [
            [r is row for r in self.seen] for row in some_time
        ]

    def holds(self, row: Happening) -> bool:
        """Tell whether a sighting lies wholly in the period."""
        return self.period.start <= row.start and row.end <= self.period.end

    def possibly(self, at: datetime) -> list[bool]:
        """Tell which sightings may be there at an instant."""
        return [row.start <= at < row.end + self.stays for row in self.seen]


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on how many there are.

    Args:
        case: What is judged; its reading counts what is present.
        court: What is known.
        without: Keys of incidents and tallies to leave out.

    Returns:
        One finding.
    """
    present = present_in(case, court, court.register.without(without))
    bound = case.reading.limit
    said = (
        _ceiling(case, court, present)
        if bound.most is not None
        else (_floor(case, court, present))
    )
    keys = [key for level in present.levels() if level for key in level.keys]
    keys += [row.key for row in present.seen]
    told = replace(said, evidence=tuple(keys), exempt=present.taken)
    return finding_of(case, court, told)


def present_in(case: Case, court: Court, register: Register) -> Present:
    """Return what tallies and sightings tell of a case.

    Args:
        case: What is judged.
        court: What is known.
        register: What is on record.

    Returns:
        Steps, sightings that are not exempt, and the instants at which they turn.
    """
    bound = case.reading.limit
    end = min(case.period.end, max(court.known_at, case.period.start + _TICK))
    counts = steps(case.reading, case.clause, register)
    told = [_left(step, case, register) for step in counts]
    stays = bound.stays
    seen = [
        row
        for row in _sighted(case, register, bound)
        if row.start < end and row.end + stays > case.period.start
    ]
    rows, taken = _excused(seen, case, register)
    cuts = set(turns(told, case.period.start, end))
    cuts |= {t for r in rows for t in (r.start, r.end, r.end + stays)}
    at = sorted(t for t in cuts if case.period.start <= t < end)
    sites = Sites(register.agreement)
    return Present(told, rows, stays, at, taken, case.period, sites)


def _sighted(case: Case, register: Register, bound: Bound) -> list[Happening]:
    if bound.counter is not None or case.reading.status not in _SIGHTED:
        return []
    matter = replace(
        case.reading.matter, subject=Subject.STATE, state="presence", kinds=()
    )
    return conduct(case.reading, case.clause, register, matter)


def _excused(
    seen: Sequence[Happening], case: Case, register: Register
) -> tuple[list[Happening], tuple[tuple[str, str], ...]]:
    rows, taken = [], []
    for row in seen:
        left, under = left_by(row, case.clause, register)
        if under is not None:
            taken.append((row.key, under))
        else:
            rows.append(left)
    return rows, tuple(taken)


def _left(step: Step, case: Case, register: Register) -> Step:
    """Return a count less what may be exempt of it, which may be all.

    Nobody says how many of those counted are; of a floor nothing is taken out.
    """
    if not case.clause.unless or case.reading.limit.most is None:
        return step
    out = excused(presence_of(step, case), case.clause, register)
    return replace(step, least=0.0) if out.bounds[1] > 0.0 else step


def _ceiling(case: Case, court: Court, present: Present) -> Said:
    most = case.reading.limit.ceiling
    limits = court.limits(case)
    tops = present.tops(_whole(case, court))
    levels = _capped(present.levels(), tops)
    low, high, bounds = _over(present, levels, most)
    measured = _measured(present, levels, limits.breached)
    said = Said(
        verdict=Verdict.UNDETERMINED,
        why=Why.COUNT,
        low=low,
        high=high,
        limit=most,
        measured=measured,
        rough=bounds,
    )
    if low >= limits.breached:
        margin = max((measured or (0.0, None))[0] - most, 0.0)
        return replace(said, verdict=Verdict.BREACHED, why=Why.EXCEEDED, margin=margin)
    if high > limits.kept:
        apart = any(level is not None and level.apart for level in levels)
        return replace(said, why=Why.CONFLICT if apart else Why.COUNT)
    if tops and None not in tops:
        return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED)
    return _by_watch(case, court, said, counted=any(levels))


def _whole(case: Case, court: Court) -> Whole:
    """Return all that is meant; of things without a class, more than can be counted."""
    anything = not case.reading.classes and case.reading.limit.unit != "persons"
    return whole_of(case, court.register, anything=anything)


def _capped(
    levels: Sequence[Level | None], tops: Sequence[float | None]
) -> list[Level | None]:
    """Return levels with no more than there can be by those who counted it all."""
    pairs = zip(levels, tops, strict=True)
    return [
        lv if top is None or lv is None else replace(lv, most=top) for lv, top in pairs
    ]


def _over(
    present: Present, levels: Sequence[Level | None], most: float
) -> tuple[float, float, bool]:
    lower = [(row.low, row.least, row) for row in present.seen]
    upper = [(row.high, row.most, row) for row in present.seen]
    low = any_over(lower, present.together(), most)
    high = any_over(upper, [present.possibly(at) for at in present.at], most)
    if any(level is not None and level.least > most for level in levels):
        low = (1.0, 1.0)
    if any(lv is not None and (lv.most is None or lv.most > most) for lv in levels):
        high = (1.0, 1.0)
    return low[0], max(low[0], high[1]), rough(low, high)


def _measured(
    present: Present, levels: Sequence[Level | None], sure: float
) -> tuple[float, float | None] | None:
    known = [level for level in levels if level is not None]
    if not known and not present.seen:
        return None
    seen = [
        total(row.most for row, here in _both(present, present.possibly(at)) if here)
        for at in present.at
    ]
    top = highest([*(level.most for level in known), *seen])
    return _largest(present, levels, sure), top


def _both(present: Present, here: Sequence[bool]) -> list[tuple[Happening, bool]]:
    return list(zip(present.seen, here, strict=True))


def _largest(present: Present, levels: Sequence[Level | None], sure: float) -> float:
    """Return the most there surely are at one instant, by the agreement's limit."""
    counted = [level.least for level in levels if level is not None]
    seen = []
    for held in present.together():
        here = [row for row, there in _both(present, held) if there]
        chances = np.array([row.low for row in here])
        seen.append(surely_counted(chances, [row.least for row in here], sure))
    return max([*counted, *(float(n) for n in seen)], default=0.0)


def _floor(case: Case, court: Court, present: Present) -> Said:
    least = case.reading.limit.floor
    levels = present.levels()
    said = Said(
        verdict=Verdict.UNDETERMINED,
        why=Why.COUNT,
        limit=least,
        measured=_lowest(levels),
    )
    tops = present.tops(_whole(case, court))
    under = [top for top in tops if top is not None and top < least]
    if under:
        short = replace(said, verdict=Verdict.BREACHED, why=Why.SHORT, low=1.0)
        return replace(short, margin=least - min(under))
    if levels and all(level is not None and level.least >= least for level in levels):
        return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED, high=0.0)
    if any(level is not None for level in levels):
        apart = any(level is not None and level.apart for level in levels)
        return replace(said, why=Why.CONFLICT if apart else Why.COUNT)
    return _seen(case, court, present, said)


def _seen(case: Case, court: Court, present: Present, said: Said) -> Said:
    """Return what sightings say of a floor of which no tally tells."""
    least, limits = case.reading.limit.floor, court.limits(case)
    lower = [(row.high, row.most, row) for row in present.seen]
    upper = [(row.low, row.least, row) for row in present.seen]
    lower_bounds = any_under(lower, [present.possibly(at) for at in present.at], least)
    upper_bounds = any_under(upper, [present.surely(at) for at in present.at], least)
    low, high = lower_bounds[0], upper_bounds[1]
    said = replace(said, rough=rough(lower_bounds, upper_bounds))
    if high <= limits.kept:
        return replace(said, verdict=Verdict.KEPT, why=Why.WATCHED, high=high)
    if low < limits.breached:
        return said
    return _by_watch(case, court, said, missing=True)


def _lowest(levels: Sequence[Level | None]) -> tuple[float, float | None] | None:
    known = [level for level in levels if level is not None]
    if not known:
        return None
    tops = [level.most for level in known if level.most is not None]
    lowest = min(level.least for level in known)
    return lowest, min(tops) if tops else None


def _by_watch(
    case: Case,
    court: Court,
    said: Said,
    *,
    missing: bool = False,
    counted: bool = False,
) -> Said:
    """Return what silence says: of a ceiling that it is kept, of a floor missed."""
    seen = court.watch(case, case.period)
    verdict, why = absence(seen, enough_coverage(court.limits(case)))
    if counted:
        verdict, why = of_a_part((verdict, why))
    if verdict is not Verdict.KEPT:
        return replace(said, verdict=verdict, why=why, seen=seen, high=1.0)
    if missing:
        return replace(
            said, verdict=Verdict.BREACHED, why=Why.SHORT, low=1.0, seen=seen
        )
    return replace(said, verdict=verdict, why=why, seen=seen)
