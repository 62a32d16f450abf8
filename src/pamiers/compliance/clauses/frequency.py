"""Judge how often something happened over a time: at most, or at least, so often.

A window of so many hours slides and is closed at both ends; a unit of the calendar
is counted anew each time. A window counts as long as it ends in the period judged.
What surely lies in a window counts in the lower bound, what may lie in it in the
upper, and what lasts counts where it began. Sums of independent happenings are exact
(Poisson-binomial). That some window is over the limit is told exactly by a sweep over
time; where too many may be there at once for that, it is at least as probable as that
the worst window is, and at most as that any is (Boole). Of a clause with hours of the
day only what happened in them is counted; what lies in them in part, possibly. Too few
is a breach where it would have been seen: in a window that is itself short enough of
the limit; where none is, in all of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from math import ceil
from typing import Final

from pamiers.agreement.values.hours import open_hours
from pamiers.compliance.chance import reaches
from pamiers.compliance.clauses.acts import acts, conduct, receivers
from pamiers.compliance.clauses.case import Case, Court, absence, enough_coverage
from pamiers.compliance.clauses.said import Said, by_silence, finding_of
from pamiers.compliance.evidence.amounts import highest, total
from pamiers.compliance.evidence.exemption import left_by
from pamiers.compliance.evidence.happenings import OPEN, Happening
from pamiers.compliance.evidence.suspended import less, suspensions
from pamiers.compliance.evidence.units import units
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.passing import chance_over
from pamiers.core.instant import Interval

_TICK: Final = timedelta(microseconds=1)
#: as many unsure happenings are gone through world by world
_MOST_WORLDS: Final = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A window, closed at both ends, and how far it is over by what is known."""

    start: datetime
    end: datetime
    whole: bool = True  #: it is over, and the clause was in force in all of it
    runs: bool = False  #: it goes on after its end, which is what is known of it

    def surely(self, row: Happening) -> bool:
        """Tell whether a happening lies in it."""
        first, last = row.begins
        return self.start <= first and last <= self.end

    def possibly(self, row: Happening) -> bool:
        """Tell whether a happening may lie in it."""
        first, last = row.begins
        return self.start <= last and first <= self.end


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on how often something happened.

    Args:
        case: What is judged; its reading counts events.
        court: What is known.
        without: Keys of incidents and statements to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without)
    bound = case.reading.limit
    # what a party says that it did breaks a ceiling, and fills no floor
    counted = conduct if bound.most is not None else acts
    sought = counted(case.reading, case.clause, register)
    if bound.most is not None and receivers(case.clause):
        sought = [row.but(OPEN) if row.to is None else row for row in sought]
    told = _at_hours(case, court, sought)
    rows, taken = [], []
    for row in told:
        left, under = left_by(row, case.clause, register)
        if under is not None:
            taken.append((row.key, under))
        else:
            rows.append(left)
    begun = case.reading.from_at or case.period.start
    spans = list(windows(case, court, rows, begun))
    within = [row for row in rows if any(span.possibly(row) for span in spans)]
    said = (
        _at_most(case, court, within, spans)
        if bound.most is not None
        else (_at_least(case, court, within, spans))
    )
    exempt = tuple(e for e in taken if _near(e[0], told, spans))
    keys = tuple(row.key for row in within)
    return finding_of(case, court, replace(said, evidence=keys, exempt=exempt))


def _at_hours(case: Case, court: Court, rows: Sequence[Happening]) -> list[Happening]:
    """Return what may have been while a clause held; in part is possibly.

    What was at other hours, or while the clause was suspended, is not counted.
    """
    reading = case.reading
    gaps = suspensions(case.clause, court.register.papers, case.period.end)
    if not (reading.hours or reading.days or gaps):
        return list(rows)
    calendar, found = court.agreement.calendar, []
    for row in rows:
        first, last = row.begins
        whole = Interval(first, last + _TICK)
        parts = open_hours(reading.hours, reading.days, whole, calendar)
        held = [left for part in parts for left in less(part, gaps)]
        if held:
            found.append(row if held == [whole] else row.but(OPEN))
    return found


def _near(key: str, told: Sequence[Happening], spans: Sequence[Span]) -> bool:
    row = next(each for each in told if each.key == key)
    return any(span.possibly(row) for span in spans)


def windows(
    case: Case, court: Court, rows: Sequence[Happening], begun: datetime
) -> Iterator[Span]:
    """Yield the windows of a case at which a count can be highest or lowest.

    Args:
        case: Its reading says over which time it counts.
        court: Counts the calendar.
        rows: What is counted; a sliding window turns where one comes or goes.
        begun: Since when the clause counts.

    Yields:
        Windows that end in the period, no longer than the clause is in force.
    """
    per = case.reading.bound.per if case.reading.bound else None
    last = min(case.period.end - _TICK, case.until)
    if per is None:
        yield from _only(case, begun, last)
    elif per.calendar is not None:
        calendar = court.agreement.calendar
        for start, end in units(per.calendar, case.period, calendar):
            runs = end - _TICK > last
            whole = start >= begun and not runs
            since, shown = max(start, begun), min(end - _TICK, last)
            if since <= shown:  # what has not begun holds nothing
                yield Span(since, shown, whole=whole, runs=runs)
    else:
        width = per.width
        turns = {last, case.period.start, begun + width}
        for at in {t for row in rows for t in row.begins}:
            turns |= {at - _TICK, at, at + width, at + width + _TICK}
        for end in sorted(t for t in turns if case.period.start <= t <= last):
            yield Span(max(end - width, begun), end, whole=end - width >= begun)


def _only(case: Case, begun: datetime, last: datetime) -> Iterator[Span]:
    """Yield the one window of a clause that counts from its beginning on.

    It is over with the deadline, or when the clause ends; else it still runs. One whose
    deadline was before its beginning never was.
    """
    ends = [at for at in (case.reading.by_at, case.reading.until_at) if at is not None]
    over = bool(ends) and min(ends) - _TICK <= last
    shown = min(last, *ends) if ends else last
    if begun <= shown:
        yield Span(begun, shown, whole=over, runs=not over)


def _at_most(
    case: Case, court: Court, rows: Sequence[Happening], spans: Sequence[Span]
) -> Said:
    most = case.reading.limit.ceiling
    limits = court.limits(case)
    low, high, rough = over(rows, spans, most)
    surely = max((_fewest(rows, s, limits.breached) for s in spans), default=0)
    top = highest(_possible(rows, span) for span in spans)
    said = Said(
        verdict=Verdict.UNDETERMINED,
        why=Why.COUNT,
        low=low,
        high=high,
        limit=most,
        measured=(float(surely), top),
        count=(surely, None if top is None else int(top)),
        rough=rough,
    )
    if low >= limits.breached:
        margin = max(surely - most, 1.0)
        return replace(said, verdict=Verdict.BREACHED, why=Why.EXCEEDED, margin=margin)
    if high > limits.kept:
        return said
    seen = court.watch(case, case.period)
    verdict, why = absence(seen, enough_coverage(limits))
    return replace(said, verdict=verdict, why=why, seen=seen, high=_top(verdict, high))


def _top(verdict: Verdict, high: float) -> float:
    return high if verdict is Verdict.KEPT else 1.0


def _fewest(rows: Sequence[Happening], span: Span, sure: float) -> int:
    inside = [row for row in rows if span.surely(row)]
    chances = [row.low for row in inside]
    counts = [row.least for row in inside]
    top = sum(counts)
    return next(
        (k for k in range(top, 0, -1) if reaches(chances, counts, k) >= sure), 0
    )


def _possible(rows: Sequence[Happening], span: Span) -> float | None:
    return total(row.most for row in rows if span.possibly(row))


def over(
    rows: Sequence[Happening], spans: Sequence[Span], most: float
) -> tuple[float, float, bool]:
    """Return bounds on the probability that some window holds more than a number.

    Args:
        rows: What is counted.
        spans: Windows.
        most: Number that may be reached, not passed.

    Returns:
        Low from what surely counts, high from what may, and whether they are wider
        than that, for too many combinations.
    """
    lower = [(row.low, row.least, row) for row in rows]
    upper = [(row.high, row.most, row) for row in rows]
    low = any_over(lower, [[s.surely(r) for r in rows] for s in spans], most)
    high = any_over(upper, [[s.possibly(r) for r in rows] for s in spans], most)
    return low[0], max(low[0], high[1]), rough(low, high)


def rough(*bounds: tuple[float, float]) -> bool:
    """Tell whether some probability is known only to bounds."""
    return any(low < high for low, high in bounds)


def any_over(
    parts: Sequence[tuple[float, int | None, Happening]],
    inside: Sequence[Sequence[bool]],
    most: float,
) -> tuple[float, float]:
    """Return bounds on the probability that some set holds more than a number.

    Args:
        parts: Probability, number it stands for (None: or more), and row of each.
        inside: For each set, which of the rows are in it.
        most: Number that may be reached, not passed.

    Returns:
        Equal where it can be told exactly, by a sweep, or world by world where at most
        a dozen are unsure; else bounds, by the worst set and by Boole.
    """
    told = _Told.of(parts, int(most) + 1)
    exact = chance_over(told.chances, told.counts, inside, most)
    if exact is not None:
        return exact, exact
    return _any(told, inside, lambda n: n > most, most + 1)


def any_under(
    parts: Sequence[tuple[float, int | None, Happening]],
    inside: Sequence[Sequence[bool]],
    least: float,
) -> tuple[float, float]:
    """Return bounds on the probability that some set holds fewer than a number.

    Args:
        parts: Probability, number it stands for (None: or more), and row of each.
        inside: For each set, which of the rows are in it.
        least: Number that has to be reached.

    Returns:
        Equal where at most a dozen are unsure, else by the worst set and by Boole.
    """
    return _any(_Told.of(parts, ceil(least)), inside, lambda n: n < least, least)


@dataclass(frozen=True, slots=True)
class _Told:
    """How probable some things are, and how many each stands for."""

    chances: Sequence[float]
    counts: Sequence[int]

    @classmethod
    def of(
        cls, parts: Sequence[tuple[float, int | None, Happening]], many: int
    ) -> "_Told":
        """Return parts, those without an upper limit as so many."""
        counts = [many if count is None else count for _, count, _ in parts]
        return cls([chance for chance, _, _ in parts], counts)


def _any(
    told: _Told,
    inside: Sequence[Sequence[bool]],
    wrong: Callable[[int], bool],
    number: float,
) -> tuple[float, float]:
    """Return bounds on the probability that the number of some set is wrong."""
    if sum(0.0 < p < 1.0 for p in told.chances) <= _MOST_WORLDS:
        exact = _worlds(told.chances, told.counts, inside, wrong)
        return exact, exact
    each = []
    for held in inside:
        here = [i for i, there in enumerate(held) if there]
        chance = reaches(
            [told.chances[i] for i in here], [told.counts[i] for i in here], number
        )
        each.append(1.0 - chance if wrong(0) else chance)
    return max(each, default=0.0), min(1.0, sum(each))


def _worlds(
    chances: Sequence[float],
    counts: Sequence[int],
    inside: Sequence[Sequence[bool]],
    wrong: Callable[[int], bool],
) -> float:
    """Return the exact probability, going through every world of what is unsure."""
    unsure = [i for i, p in enumerate(chances) if 0.0 < p < 1.0]
    sure = [p >= 1.0 for p in chances]
    total = 0.0
    for bits in product((False, True), repeat=len(unsure)):
        real, weight = list(sure), 1.0
        for i, bit in zip(unsure, bits, strict=True):
            real[i] = bit
            weight *= chances[i] if bit else 1.0 - chances[i]
        if any(wrong(_count(real, counts, held)) for held in inside):
            total += weight
    return min(total, 1.0)


def _count(real: Sequence[bool], counts: Sequence[int], held: Sequence[bool]) -> int:
    both = zip(real, counts, held, strict=True)
    return sum(count for there, count, here in both if there and here)


def _at_least(
    case: Case, court: Court, rows: Sequence[Happening], spans: Sequence[Span]
) -> Said:
    """Judge the windows that are over and were wholly in force.

    Where none is over, one that still runs is kept once it holds enough.
    """
    least = case.reading.limit.floor
    limits = court.limits(case)
    ended = [span for span in spans if span.whole]
    whole = ended or [span for span in spans if span.runs]
    plain = Said(verdict=Verdict.UNDETERMINED, why=Why.PENDING, limit=least)
    if not whole:
        return plain
    low, high, bounds = _short(rows, whole, least)
    alone = [_short(rows, [span], least) for span in whole]
    worst = whole[max(range(len(whole)), key=lambda i: alone[i])]
    surely, top = _fewest(rows, worst, limits.breached), _possible(rows, worst)
    measured = (float(surely), top)
    said = replace(plain, why=Why.COUNT, high=high, measured=measured, rough=bounds)
    if high <= limits.kept:
        return replace(said, verdict=Verdict.KEPT, why=Why.COUNTED)
    if not ended:
        return replace(said, why=Why.PENDING)
    if low < limits.breached:
        return said
    short = replace(said, verdict=Verdict.BREACHED, why=Why.SHORT, low=low)
    short = replace(short, margin=least - (top or 0))
    itself = [
        s for s, each in zip(ended, alone, strict=True) if each[0] >= limits.breached
    ]
    return _best_seen(case, court, itself or _hull(ended), short)


def _hull(spans: Sequence[Span]) -> list[Span]:
    """Return one span from the beginning of the first to the end of the last."""
    return [Span(min(s.start for s in spans), max(s.end for s in spans))]


#: what silence says, from what says most to what says least
_SAYS: Final = (
    Why.WATCHED,
    Why.DETECTION_UNSTATED,
    Why.PARTIAL_COVERAGE,
    Why.ACCESS_DENIED,
    Why.NO_COVERAGE,
)


def _best_seen(case: Case, court: Court, spans: Sequence[Span], short: Said) -> Said:
    """Return what silence says of the one of some windows that was best watched."""
    enough = enough_coverage(court.limits(case))
    looked = [court.watch(case, Interval(s.start, s.end + _TICK)) for s in spans]
    told = [(absence(seen, enough), seen) for seen in looked]
    spoken, seen = min(told, key=lambda each: _SAYS.index(each[0][1]))
    return by_silence(seen, spoken, short)


def _short(
    rows: Sequence[Happening], spans: Sequence[Span], least: float
) -> tuple[float, float, bool]:
    """Return bounds on the probability that some window holds fewer than a number."""
    lower = [(row.high, row.most, row) for row in rows]
    upper = [(row.low, row.least, row) for row in rows]
    low = any_under(lower, [[s.possibly(r) for r in rows] for s in spans], least)
    high = any_under(upper, [[s.surely(r) for r in rows] for s in spans], least)
    return low[0], max(low[0], high[1]), rough(low, high)
