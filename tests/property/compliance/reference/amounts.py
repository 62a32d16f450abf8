# ruff: noqa: PLR0911 - brute force goes case by case
"""How many were done over a time, and how many of one thing for each of another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from math import prod

from pamiers.agreement.model import Bound, Matter, Subject
from pamiers.compliance.rule import Form, Rule
from pamiers.core.rows import LEVELS, Tally
from tests.property.compliance.reference.counts import figures, level
from tests.property.compliance.reference.duties import conduct
from tests.property.compliance.reference.fact import Fact, by_each
from tests.property.compliance.reference.facts import (
    TICK,
    Bench,
    Truth,
    watched,
)
from tests.property.compliance.reference.often import inside, touches
from tests.property.compliance.reference.sites import Site, tallies
from tests.property.compliance.reference.windows import Span, spans

Amount = tuple[float, float]  #: surely, possibly
Pair = tuple[Span, Amount, Amount]  #: what tallies say of both sides of a ratio


def flow(bench: Bench) -> Truth:
    told = done_of(replace(bench, cut=bench.last), bench.reading.matter)
    windows = spans(bench, turns_of(told))
    bound = bench.reading.bound or Bound()
    if bound.most is None:
        return _at_least(bench, told, windows)
    if not told or not windows:
        return Truth(*watched(bench, bench.period, ("weapon_presence",)))
    amounts = [done_within(told, span, bench.begun) for span in windows]
    surely = max(low for low, _ in amounts)
    if surely > bound.most:
        return Truth("breached", "exceeded", margin=surely - bound.most)
    if any(high > bound.most for _, high in amounts):
        return Truth("undetermined", "count")
    return Truth("kept", "counted")


def _at_least(bench: Bench, told: list[Tally], windows: list[Span]) -> Truth:
    least = (bench.reading.bound or Bound()).least or 0.0
    ended = [span for span in windows if span.over]
    judged = ended or [span for span in windows if span.runs]
    if not told and ended:
        verdict, why = watched(bench, bench.period, ("weapon_presence",))
        return Truth("breached", "short") if verdict == "kept" else Truth(verdict, why)
    if not told or not judged:
        return Truth("undetermined", "pending")
    amounts = [done_within(told, span, bench.begun) for span in judged]
    if min(low for low, _ in amounts) >= least:
        return Truth("kept", "counted")
    if not ended:
        return Truth("undetermined", "pending")
    most = min(high for _, high in amounts)
    if most < least:
        return Truth("breached", "short", margin=least - most)
    return Truth("undetermined", "count")


def done_of(bench: Bench, matter: Matter) -> list[Tally]:
    """Return tallies of what was done, less those from before the clause began."""
    told = [row for row in tallies(bench, matter) if row.end > bench.begun]
    return sorted(told, key=lambda r: (r.end, r.cumulative, f"{r.source}:{r.key}"))


def last_of(row: Tally) -> datetime:
    return max(row.start, row.end - TICK)


def turns_of(told: list[Tally]) -> list[datetime]:
    return [t for row in told for t in (row.start, last_of(row))]


def done_within(told: list[Tally], span: Span, begun: datetime | None = None) -> Amount:
    """Return the fewest and the most done in a window, of all completions.

    Of a running total, what it says more than the one before it (or since `begun`) was
    done at any time between; without `begun`, at its end.
    """
    sums = []
    for counter in {row.source for row in told}:
        own = [row for row in told if row.source == counter]
        sites = {(row.place, row.of, row.party) for row in own}
        parts = {
            site: _at_site(
                [r for r in own if (r.place, r.of, r.party) == site], span, begun
            )
            for site in sites
        }
        sums.append(_added(parts))
    lows, highs = [low for low, _ in sums], [high for _, high in sums]
    return min(lows, default=0.0), max(highs, default=0.0)


def _added(parts: dict[Site, Amount]) -> Amount:
    """Return what one counter tells of several sites: of no place may be of any."""
    low = sum(
        max(part[0] for (*_, whose), part in parts.items() if whose == party)
        for party in {whose for *_, whose in parts}
    )
    return low, sum(part[1] for part in parts.values())


def _at_site(own: list[Tally], span: Span, begun: datetime | None) -> Amount:
    """Go through every way in which what was counted can have been done."""
    told = []
    for row in own:
        told.append(_ways(row, span, begun))
        if row.cumulative and begun is not None:
            begun = last_of(row) + TICK
    found = [_one_way(list(way), span) for way in product(*told)]
    return min(found), max(found)


@dataclass(frozen=True)
class Done:
    """One way in which something was done."""

    at: datetime  #: of a total: when what it says more was done
    n: float
    total: bool
    told: datetime  #: the end of what was counted


def _ways(row: Tally, span: Span, begun: datetime | None) -> list[Done]:
    """Return when it may have been done, and how many there may be, at the extremes."""
    last, low_high = last_of(row), set(figures(row))
    within = min(max(row.start, span.start), last)
    when = {last} if row.cumulative else {row.start, within, last}
    if row.cumulative and begun is not None:
        when.add(min(begun, last))
    return [
        Done(at, min(n, 1e9), row.cumulative, last) for at in when for n in low_high
    ]


def _one_way(way: list[Done], span: Span) -> float:
    """Return how many were done in a window, where it is known when each was."""
    before = within = 0.0
    for each in way:
        if each.total and each.told < span.start:
            before, within = each.n, 0.0
        elif each.total and each.told <= span.end:
            more = each.n - before - within
            if more < 0.0:
                within = max(each.n - before, 0.0)
            elif each.at < span.start:
                before += more
            else:
                within += more
        elif not each.total:
            before += each.n if each.at < span.start else 0.0
            within += each.n if span.start <= each.at <= span.end else 0.0
    return within


@dataclass(frozen=True)
class Side:
    """One side of a ratio: events, or tallies of what is there or was done."""

    bench: Bench
    matter: Matter

    @property
    def events(self) -> bool:
        return self.matter.subject is Subject.EVENT

    @property
    def done(self) -> bool:
        return not self.events and (self.matter.status or "present") not in LEVELS

    def rows(self) -> list[Fact]:
        return conduct(self.bench, self.matter) if self.events else []

    def turns(self) -> Iterator[datetime]:
        for fact in self.rows():
            yield from (fact.first, fact.begun)
        for row in [] if self.events else tallies(self.bench, self.matter):
            yield from (row.start, row.end, last_of(row))
            lasts = (self.bench.reading.bound or Bound()).presence_lasts_s
            if lasts is not None:
                yield row.start + timedelta(seconds=lasts)

    def counted(self, span: Span, *, surely: bool) -> Amount | None:
        """Return what tallies say of a window, or of its end; None for nothing.

        What was done over a time is set against the other side when that is over;
        that it may have been done before makes a breach unsure, and no more.
        """
        if self.events:
            return 0.0, 0.0
        if self.done:
            told = done_of(self.bench, self.matter)
            if not surely:
                told = [replace(row, start=last_of(row)) for row in told]
            begun = self.bench.begun if surely else None
            return done_within(told, span, begun) if told else None
        at = level(self.bench, span.end, matter=self.matter)
        return None if at is None else (at[0], at[1])


def share_reached(bench: Bench, name: str) -> datetime | None:
    """Return the first instant at which a clause's share surely is reached."""
    clause = bench.agreement.clause(name)
    rule = Rule(clause=clause, reading=clause.default, form=Form.PROPORTION)
    plain = replace(bench, rule=rule)
    other, least = plain.reading.other, (plain.reading.bound or Bound()).least
    assert other is not None
    assert least is not None
    of, to = Side(plain, plain.reading.matter), Side(plain, other)
    for at in sorted({*of.turns(), *to.turns()}):
        span = Span(plain.begun, at, over=True)
        part, whole = of.counted(span, surely=True), to.counted(span, surely=True)
        if part is not None and whole is not None:
            if not 0.0 < whole[1] < float("inf"):
                continue
            if part[0] >= least * whole[1]:
                return at
    return None


def of_events(real: list[Fact], span: Span) -> Amount:
    """Return how many events there surely and possibly were, of those that are real."""
    low = sum(f.least for f in real if inside(span, f.first, f.begun))
    may = [f.most for f in real if touches(span, f.first, f.begun)]
    return float(low), sum(float("inf") if n is None else float(n) for n in may)


def proportion(bench: Bench) -> Truth:
    both = _each_limit(bench)
    told = [_outside(one) for one in both]
    if told[0] is None or told[-1] is None:
        return Truth("unobserved", "no_coverage")
    lows, highs = zip(*(each for each in told if each), strict=True)
    low, high = max(lows), max(highs)
    if len(both) > 1:
        low, high = _outside_either(both, lows, highs)
    of, to = _sides(bench)
    tried = range(len(both))
    if low >= bench.limits.breached:
        alone = [i for i in tried if lows[i] >= bench.limits.breached]
        whys = [
            "exceeded" if _limit(both[i]).most is not None else "short" for i in tried
        ]
        said = Truth("breached", whys[alone[0]] if len(alone) == 1 else "", low)
        rests = [to if whys[i] == "exceeded" else of for i in alone[:1] or tried]
    elif high > bench.limits.kept:
        return Truth("undetermined", "count", low, high)
    else:
        said = Truth("kept", "counted")
        rests = [of if _limit(one).most is not None else to for one in both]
    for side in rests:
        said = _by_watch(bench, said, side) if said.verdict in _DECIDED else said
    return said


_DECIDED = ("kept", "breached")


def _limit(bench: Bench) -> Bound:
    return bench.reading.bound or Bound()


def _each_limit(bench: Bench) -> list[Bench]:
    """Return a bench for the ceiling and one for the floor, where there are both."""
    bound = _limit(bench)
    if bound.most is None or bound.least is None:
        return [bench]
    found = []
    for one in (replace(bound, least=None), replace(bound, most=None)):
        reading = replace(bench.reading, bound=one)
        found.append(replace(bench, rule=replace(bench.rule, reading=reading)))
    return found


def _sides(bench: Bench) -> tuple[Side, Side]:
    at_until = replace(bench, cut=bench.last)
    other = bench.reading.other
    assert other is not None
    return Side(at_until, bench.reading.matter), Side(at_until, other)


def _pairs(bench: Bench, *, surely: bool) -> list[Pair]:
    of, to = _sides(bench)
    return [
        (span, mine, theirs)
        for span in _held_together(bench, [*of.turns(), *to.turns()])
        for mine in [of.counted(span, surely=surely)]
        for theirs in [to.counted(span, surely=surely)]
        if mine is not None and theirs is not None
    ]


def _outside(bench: Bench) -> Amount | None:
    """Return how probably a ratio is beyond one limit; None where nobody counted."""
    strict, pairs = _pairs(bench, surely=True), _pairs(bench, surely=False)
    if not pairs:
        return None
    low = _weight([bench], _sides(bench), strict, surely=True)
    return low, max(low, _weight([bench], _sides(bench), pairs, surely=False))


def _outside_either(
    both: list[Bench], lows: tuple[float, ...], highs: tuple[float, ...]
) -> Amount:
    """Return how probably it is beyond one of two limits: of worlds that are known.

    Where it is open how surely a thing counts, no more is known than of each limit.
    """
    sides = _sides(both[0])
    known = all(
        one.low == one.high
        for side in sides
        for fact in side.rows()
        for one in by_each(fact)
    )
    if not known:
        return max(lows), min(sum(highs), 1.0)
    low, high = (
        _weight(both, sides, _pairs(both[0], surely=surely), surely=surely)
        for surely in (True, False)
    )
    return max(low, *lows), max(high, *highs)


def _held_together(bench: Bench, turns: list[datetime]) -> list[Span]:
    """Return the windows that both sides are counted over."""
    bound = bench.reading.bound or Bound()
    last = min(bench.period.end - TICK, bench.until)
    if bound.per is not None:
        return [span for span in spans(bench, turns) if not span.runs]
    ends = {bench.period.start, last, *turns, *(t - TICK for t in turns)}
    return [
        Span(bench.begun, end, over=False)
        for end in sorted(ends)
        if bench.period.start <= end <= last
    ]


def _weight(
    limits: list[Bench], sides: tuple[Side, Side], pairs: list[Pair], *, surely: bool
) -> float:
    """Return the weight of the worlds in which one side is beyond one of some limits.

    An event that both sides count is one event: it happened for both, or for neither.
    """
    more = _limit(limits[0]).most is not None
    of, to = ({fact.key: fact for fact in side.rows()} for side in sides)
    told = []
    for key in {**of, **to}:
        ways, left = [], 1.0
        for who in _doers(of.get(key) or to[key]):
            p = _chance(of.get(key), who, low=surely == more)
            q = _chance(to.get(key), who, low=surely != more)
            shared = min(p, q)
            ways += [
                (shared, of.get(key), to.get(key)),
                (p - shared, of.get(key), None),
            ]
            ways += [(q - shared, None, to.get(key))]
            left -= max(p, q)
        ways.append((left, None, None))
        told.append([way for way in ways if way[0] > 1e-12])
    total = 0.0
    for world in product(*told):
        mine = [fact for _, fact, _ in world if fact is not None]
        theirs = [fact for _, _, fact in world if fact is not None]
        if any(
            _beyond(one, pair, (mine, theirs), surely=surely)
            for one in limits
            for pair in pairs
        ):
            total += prod(weight for weight, _, _ in world)
    return total


def _doers(fact: Fact) -> list[str | None]:
    """Return who may have done something; it was one of them."""
    return [one.actor for one in by_each(fact)]


def _chance(fact: Fact | None, who: str | None, *, low: bool) -> float:
    """Return how surely something counts as the act of one who may have done it."""
    if fact is None:
        return 0.0
    one = next(each for each in by_each(fact) if each.actor == who)
    return one.low if low else one.high


def _beyond(
    bench: Bench, pair: Pair, world: tuple[list[Fact], list[Fact]], *, surely: bool
) -> bool:
    span, *told = pair
    seen = [of_events(real, span) for real in world]
    of, to = ((t[0] + s[0], t[1] + s[1]) for t, s in zip(told, seen, strict=True))
    bound = bench.reading.bound or Bound()
    if bound.most is not None:
        return of[0] > bound.most * to[1] if surely else of[1] > bound.most * to[0]
    least = bound.least or 0.0
    return of[1] < least * to[0] if surely else of[0] < least * to[1]


def _by_watch(bench: Bench, said: Truth, rests_on: Side) -> Truth:
    """Return a verdict only where more events would have been seen, if it is events."""
    if not rests_on.events:
        return said
    verdict, why = watched(bench, bench.period, rests_on.matter.kinds)
    return said if verdict == "kept" else Truth(verdict, why)
