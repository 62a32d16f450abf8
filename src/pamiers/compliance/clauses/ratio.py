"""Judge how many there are of one thing for each of another.

Both sides are counted over the same time: what is there at each instant, or what was
done, or happened, since the clause began or within the agreement's window. It is too
much in a world in which the least of the one is over what the most of the other allows.
Events may have happened or not, so worlds are weighed; an event that both sides count
is one event. Events that nobody would have seen may be more than are on record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from math import prod
from typing import Final

from pamiers.agreement.model import Bound, Matter, Subject
from pamiers.compliance.clauses.acts import conduct
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.frequency import Span
from pamiers.compliance.clauses.said import Said, by_silence, finding_of
from pamiers.compliance.evidence.amounts import Amount, total
from pamiers.compliance.evidence.happenings import NO, Bounds, Happening
from pamiers.compliance.evidence.levels import Step, steps
from pamiers.compliance.evidence.portions import Portion, between, portions
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.rivals import level_at
from pamiers.compliance.evidence.sites import Sites
from pamiers.compliance.evidence.units import units
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.rows import LEVELS

_TICK: Final = timedelta(microseconds=1)
#: as many worlds are gone through one by one
_MOST_WORLDS: Final = 4096
#: weights below this are what rounding leaves
_NOTHING: Final = 1e-12
Window = tuple[datetime, datetime]
Pair = tuple[Amount, Amount]  #: of the one, and of the other
Told = tuple[Window, Pair]  #: a window, and what tallies say of both sides in it


@dataclass(frozen=True, slots=True)
class Side:
    """What is on record of one side of a ratio."""

    rows: Sequence[Happening]
    there: Sequence[Step]
    done: Sequence[Portion]
    events: bool
    begun: datetime  #: since when running totals count
    sites: Sites  #: tells what is counted apart

    def evidence(self) -> list[str]:
        """Return the keys of what tells of it."""
        return [
            *(row.key for row in self.rows),
            *(step.key for step in self.there),
            *(portion.key for portion in self.done),
        ]

    def turns(self) -> set[datetime]:
        """Return the instants at which its number may change."""
        rows = {t for row in self.rows for t in row.begins}
        there = {t for step in self.there for t in (step.start, step.end)}
        return rows | there | {t for p in self.done for t in (p.earliest, p.latest)}

    def counted(self, window: Window, *, surely: bool) -> Amount | None:
        """Return what tallies say is there, or was done; of events, none so far.

        What was counted over a time is held against the other side once that time is
        over; before, it may have been done, which only makes a breach unsure.
        """
        if self.events:
            return 0.0, 0.0
        if self.done:
            if surely:
                return between(self.done, *window, self.begun)
            return between([each.whole() for each in self.done], *window)
        level = level_at(self.there, window[1], self.sites)
        return None if level is None else (level.least, level.most)


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on a ratio.

    Args:
        case: What is judged; its reading measures one matter against another.
        court: What is known.
        without: Keys of incidents, statements and tallies to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without).until(case.until)
    sides = [
        _side(m, case, register) for m in (case.reading.matter, case.reading.other)
    ]
    said = _watched(case, court, _decided(case, court, (sides[0], sides[1])))
    keys = tuple(key for side in sides for key in side.evidence())
    return finding_of(case, court, replace(said, evidence=keys))


def _side(matter: Matter | None, case: Case, register: Register) -> Side:
    counted = matter or case.reading.matter
    told = (case.reading, case.clause, register, counted)
    events = counted.subject is Subject.EVENT
    there = not events and (counted.status or "present") in LEVELS
    return Side(
        conduct(*told) if events else (),
        steps(*told) if there else (),
        () if events or there else portions(*told),
        events=events,
        begun=_begun(case),
        sites=Sites(register.agreement),
    )


def _begun(case: Case) -> datetime:
    return case.reading.since_at or case.reading.from_at or case.period.start


def _windows(case: Case, court: Court, sides: Sequence[Side]) -> list[Window]:
    """Return since when, and at which instants, the sides are held together."""
    begun = _begun(case)
    last = min(case.period.end - _TICK, case.until)
    per = case.reading.bound.per if case.reading.bound else None
    if per is not None and per.calendar is not None:
        calendar = court.agreement.calendar
        whole = units(per.calendar, case.period, calendar)
        return [(max(a, begun), b - _TICK) for a, b in whole if b - _TICK <= last]
    width = None if per is None else per.width
    found = {t for side in sides for t in side.turns()} | {last, case.period.start}
    if width is not None:
        found |= {t + width + _TICK for t in found}
    at = sorted(t for t in found if case.period.start <= t <= last)
    return [(begun if width is None else max(t - width, begun), t) for t in at]


def _decided(case: Case, court: Court, sides: tuple[Side, Side]) -> Said:
    """Judge against the ceiling, the floor, or both at once; the worse is told."""
    both = _each_bound(case.reading.limit)
    windows = _windows(case, court, sides)
    found = [_against(bound, case, court, (sides, windows)) for bound in both]
    said = max(found, key=lambda each: (each.low, each.high))
    if len(found) == 1 or said.verdict is Verdict.UNOBSERVED:
        return said
    told = _told(sides, windows)
    low, high = (_outside(sides, told[n], both, surely=not n) for n in (0, 1))
    limits = court.limits(case)
    whole = replace(said, low=max(low, said.low), high=max(high, said.high))
    if whole.low >= limits.breached and said.verdict is not Verdict.BREACHED:
        why = Why.EXCEEDED if said is found[0] else Why.SHORT
        either = replace(whole, verdict=Verdict.BREACHED, why=why, margin=None)
        return _watched_both(case, court, either)
    if whole.low >= limits.breached or whole.high <= limits.kept:
        return whole
    return replace(whole, verdict=Verdict.UNDETERMINED, why=Why.COUNT, margin=None)


def _each_bound(bound: Bound) -> list[Bound]:
    """Return the ceiling and the floor of a ratio, each as a bound of its own."""
    most, least = replace(bound, least=None), replace(bound, most=None)
    if bound.most is None or bound.least is None:
        return [bound]
    return [most, least]


def _outside(
    sides: tuple[Side, Side],
    told: Sequence[Told],
    both: Sequence[Bound],
    *,
    surely: bool,
) -> float:
    """Return the weight of the worlds in which a ratio is beyond one of two limits."""
    each = [_weight(sides, told, bound, surely=surely) for bound in both]
    sure = all(row.low == row.high for side in sides for row in side.rows)
    if sure and not _rough(sides):
        return _weight(sides, told, both[0], surely=surely, other=both[1])
    return max(each) if surely else min(sum(each), 1.0)


def _told(sides: tuple[Side, Side], windows: Sequence[Window]) -> list[list[Told]]:
    """Return what tallies say, of what was surely done in time and of all that was."""
    return [list(_pairs(windows, sides, surely=surely)) for surely in (True, False)]


def _against(
    bound: Bound,
    case: Case,
    court: Court,
    on_record: tuple[tuple[Side, Side], Sequence[Window]],
) -> Said:
    sides, windows = on_record
    limits = court.limits(case)
    limit = bound.most if bound.most is not None else bound.least
    plain = Said(verdict=Verdict.UNOBSERVED, why=Why.NO_COVERAGE, limit=limit)
    strict, plainly = _told(sides, windows)
    if not plainly:
        return plain
    low = _weight(sides, strict, bound, surely=True)
    high = max(low, _weight(sides, plainly, bound, surely=False))
    pairs = [_surely(sides, each, limits.breached) for each in strict]
    last = _surely(sides, plainly[-1], limits.breached)
    said = replace(plain, low=low, high=high, measured=last[0], rough=_rough(sides))
    if low >= limits.breached:
        why = Why.EXCEEDED if bound.most is not None else Why.SHORT
        worst = max(pairs, key=lambda pair: _excess(pair, bound))
        over = _excess(worst, bound)
        breached = replace(said, verdict=Verdict.BREACHED, why=why, measured=worst[0])
        return replace(breached, margin=over if over > 0.0 else None)
    if high > limits.kept:
        return replace(said, verdict=Verdict.UNDETERMINED, why=Why.COUNT)
    return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED)


def _pairs(
    windows: Sequence[Window], sides: tuple[Side, Side], *, surely: bool
) -> Iterator[tuple[Window, Pair]]:
    """Yield what tallies say of both sides, in each window of which both tell."""
    for window in windows:
        of, to = (side.counted(window, surely=surely) for side in sides)
        if of is not None and to is not None:
            yield window, (of, to)


def _surely(sides: tuple[Side, Side], told: tuple[Window, Pair], sure: float) -> Pair:
    """Return what is surely and possibly there of both sides, by a threshold."""
    window, pair = told
    of, to = (
        _added(
            pair[i],
            [row for row in sides[i].rows if row.low >= sure],
            list(sides[i].rows),
            window,
        )
        for i in (0, 1)
    )
    return of, to


def _added(
    told: Amount, sure: list[Happening], may: list[Happening], window: Window
) -> Amount:
    span = Span(*window)
    low = sum(row.least for row in sure if span.surely(row))
    most = total([told[1], *(row.most for row in may if span.possibly(row))])
    return told[0] + low, most


Way = tuple[float, Happening | None, Happening | None]  #: weight, and what each counts


def _weight(
    sides: tuple[Side, Side],
    told: Sequence[tuple[Window, Pair]],
    bound: Bound,
    *,
    surely: bool,
    other: Bound | None = None,
) -> float:
    """Return the weight of the worlds in which a ratio is beyond its limit.

    Args:
        sides: What is on record of both.
        told: Windows, and what tallies say of each.
        bound: The limit.
        surely: Whether what is open speaks for the clause being kept.
        other: A second limit, beyond which it is as bad.

    Returns:
        Exact where worlds are few enough; else a bound in the same direction.
    """
    down = surely == (bound.most is not None)
    ways = list(_ways(sides, down=down))
    if _too_many(ways):
        ways = [[_rounded(each, down=down)] for each in ways]
    total = 0.0
    for world in product(*ways):
        mine = [row for _, row, _ in world if row is not None]
        theirs = [row for _, _, row in world if row is not None]
        pairs = (
            (_added(of, mine, mine, span), _added(to, theirs, theirs, span))
            for span, (of, to) in told
        )
        if any(
            _beyond(pair, each, surely=surely)
            for pair in pairs
            for each in (bound, other or bound)
        ):
            total += prod(weight for weight, _, _ in world)
    return min(total, 1.0)


def _too_many(ways: Sequence[Sequence[Way]]) -> bool:
    return prod(len(each) for each in ways) > _MOST_WORLDS


def _rough(sides: tuple[Side, Side]) -> bool:
    """Tell whether there are too many worlds to weigh each of them."""
    return any(_too_many(list(_ways(sides, down=down))) for down in (True, False))


def _ways(sides: tuple[Side, Side], *, down: bool) -> Iterator[list[Way]]:
    """Yield, of each event, how it may count: for both sides, for one, or for none.

    It was the act of one of those who may have done it: what counts for one side as
    the act of one counts for the other only as the act of the same.
    """
    of, to = ({row.key: row for row in side.rows} for side in sides)
    for key in dict.fromkeys((*of, *to)):
        one, other = of.get(key), to.get(key)
        ways: list[Way] = []
        for p, q in _theirs(one, other, down=down):
            shared = min(p, q)
            ways += [
                (shared, one, other),
                (p - shared, one, None),
                (q - shared, None, other),
            ]
        ways.append((1.0 - sum(weight for weight, *_ in ways), None, None))
        yield [way for way in ways if way[0] > _NOTHING]


def _theirs(
    one: Happening | None, other: Happening | None, *, down: bool
) -> Iterator[tuple[float, float]]:
    """Yield how surely an event counts for two sides, for each who may have done it."""
    known = one or other
    if known is None:
        return
    pairs = zip(*(_parts(row, known) for row in (one, other)), strict=True)
    for mine, theirs in pairs:
        yield mine[0 if down else 1], theirs[1 if down else 0]


def _parts(row: Happening | None, known: Happening) -> list[Bounds]:
    """Return bounds on an event as each one's act; of a side that lacks it, none."""
    many = len(known.alternatives())
    if row is None:
        return [NO] * many
    return [(each.low, each.high) for each in row.alternatives()]


def _rounded(ways: Sequence[Way], *, down: bool) -> Way:
    """Return one way that is no better for a ratio, or no worse, than any of some."""
    ones = [one for _, one, _ in ways]
    others = [other for _, _, other in ways]
    few, many = (ones, others) if down else (others, ones)
    least = None if None in few else few[0]
    most = next((row for row in many if row is not None), None)
    return (1.0, least, most) if down else (1.0, most, least)


def _beyond(pair: Pair, bound: Bound, *, surely: bool) -> bool:
    """Tell whether a ratio is surely, or may be, beyond its limit."""
    of, to = pair
    if bound.most is not None:
        if surely:
            return to[1] is not None and of[0] > bound.most * to[1]
        return of[1] is None or of[1] > bound.most * to[0]
    least = bound.floor
    if surely:
        return of[1] is not None and of[1] < least * to[0]
    return to[1] is None or of[0] < least * to[1]


def _excess(pair: Pair, bound: Bound) -> float:
    """Return by how many a ratio is surely beyond its limit; 0 for not."""
    of, to = pair
    if bound.most is not None:
        return 0.0 if to[1] is None else max(of[0] - bound.most * to[1], 0.0)
    return 0.0 if of[1] is None else max(bound.floor * to[0] - of[1], 0.0)


def _watched(case: Case, court: Court, said: Said) -> Said:
    """Return a verdict only where more events than are told of would have been seen.

    What is kept rests on no more of the one than are on record, what is breached on
    no more of the other; tallies are complete, events on record are not.
    """
    if said.verdict not in {Verdict.KEPT, Verdict.BREACHED}:
        return said
    for matter in _rests_on(case, said):
        if said.verdict in {Verdict.KEPT, Verdict.BREACHED}:
            said = _seen(matter, case, court, said)
    return said


def _watched_both(case: Case, court: Court, said: Said) -> Said:
    """Return a breach of one of two limits, where more of either would have been seen.

    Neither limit alone is surely passed, so that it rests on the events of both sides.
    """
    for matter in (case.reading.matter, case.reading.other):
        broken = said.verdict is Verdict.BREACHED
        if broken and matter is not None and matter.subject is Subject.EVENT:
            said = _seen(matter, case, court, said)
    return said


def _rests_on(case: Case, said: Said) -> list[Matter]:
    """Return the events of which a verdict holds only if there were no more of them."""
    bound, kept = case.reading.limit, said.verdict is Verdict.KEPT
    of, to = case.reading.matter, case.reading.other
    capped = bound.most is not None and (kept or said.why is Why.EXCEEDED)
    floored = bound.least is not None and (kept or said.why is Why.SHORT)
    sides = [of if kept else to] * capped + [to if kept else of] * floored
    return [
        each for each in sides if each is not None and each.subject is Subject.EVENT
    ]


def _seen(matter: Matter, case: Case, court: Court, said: Said) -> Said:
    reading = replace(case.reading, kinds=matter.kinds, subject=Subject.EVENT)
    rule = replace(case.rule, reading=replace(reading, where=matter.where))
    seen = court.watch(replace(case, rule=rule), case.period)
    spoken = absence(seen, enough_coverage(court.limits(case)))
    return by_silence(seen, spoken, said)
