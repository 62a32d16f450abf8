"""What must not be: events, and the presence of things, also from a deadline on."""

from dataclasses import dataclass, replace
from datetime import datetime

from pamiers.agreement.model import Matter, Subject
from pamiers.core.instant import Interval
from pamiers.core.rows import Tally
from tests.property.compliance.reference.counts import figures, hours
from tests.property.compliance.reference.duties import (
    done_to,
    due_at,
    receivers,
    unlocked,
)
from tests.property.compliance.reference.fact import Fact, by_each
from tests.property.compliance.reference.facts import (
    TICK,
    Bench,
    Truth,
    matching,
    papers,
    speaks,
    watched,
    worlds,
)
from tests.property.compliance.reference.sites import covers, exact, tallies

Held = tuple[Fact, float, float]  #: what counts against a clause, how surely


_NONE = (0.0, 0.0, False, False)  #: what tallies say where there is none


def prohibition(bench: Bench) -> Truth:
    rows = against(bench)
    low = sum(w for w, bits in worlds(coins(rows)) if any(bits))
    high = sum(w for w, bits in worlds([p for _, _, p in rows]) if any(bits))
    count = counted(bench) if bench.reading.subject is Subject.STATE else _NONE
    low, most = max(low, count[0]), max(high, count[1])
    if low >= bench.limits.breached:
        return Truth("breached", "established", low)
    if count[1] > bench.limits.kept:
        return Truth("undetermined", "count", low)
    if high > bench.limits.kept:
        return Truth("undetermined", "", low)
    if count[2]:
        return Truth("kept", "counted", low, most)
    verdict, why = watched(bench, bench.period, families(bench.reading.matter))
    if verdict == "unobserved" and count[3]:
        verdict, why = "undetermined", "partial_coverage"
    return Truth(verdict, why, low, most if verdict == "kept" else 1.0)


def coins(rows: list[Held]) -> list[float]:
    """Return the chances that stand alone: claims by the same voices are one."""
    groups: dict[str, float] = {}
    for fact, low, _ in rows:
        voice = f"seen {fact.key}" if fact.claimed_by is None else fact.claimed_by
        groups[voice] = max(groups.get(voice, 0.0), low)
    return list(groups.values())


def families(matter: Matter) -> tuple[str, ...]:
    """Return the kinds that somebody has to watch for."""
    if matter.subject is Subject.EVENT:
        return matter.kinds
    return ("weapon_presence",) if matter.classes else ("presence",)


def against(bench: Bench) -> list[Held]:
    """Return what may count against a prohibition, with bounds on its chance.

    One of those who may have done a thing did it, so their chances add up.
    """
    rows = []
    for fact, ways in by_actor(bench):
        held = [way for _, way in ways if way is not None]
        if held:
            low, high = (round(sum(way[end] for way in held), 12) for end in (0, 1))
            rows.append((fact, low, high))
    return rows


Ways = list[tuple[str | None, tuple[float, float] | None]]  #: None: surely exempt


def by_actor(bench: Bench) -> list[tuple[Fact, Ways]]:
    """Return what may count, as the act of each who may have done it."""
    rows = []
    for fact in matching(bench, bench.reading.matter, None, alone=False, of_day=True):
        share = share_in(fact, bench.period)
        ways: Ways = []
        for one in by_each(fact) if share > 0.0 else []:
            low, high = theirs(bench, one)
            sure, maybe = exempt(bench, within(one, bench.period))
            found = (0.0 if maybe else low * share, high * share)
            ways.append((one.actor, None if sure and high > 0.0 else found))
        if any(way is None or way[1] > 0.0 for _, way in ways):
            rows.append((fact, ways))
    return rows


def theirs(bench: Bench, fact: Fact) -> tuple[float, float]:
    """Return how surely a fact, of which is known who did it, was by who is bound."""
    everyone = set(bench.reading.bearers) >= set(bench.agreement.party_ids)
    whom = receivers(bench)
    if fact.actor in bench.agreement.names and fact.actor not in bench.who:
        return 0.0, 0.0
    if whom and done_to(fact, whom) is False:
        return 0.0, 0.0
    sure = everyone or fact.actor in bench.who
    return (fact.low if sure and not (whom and fact.to is None) else 0.0), fact.high


def within(fact: Fact, period: Interval) -> Fact:
    """Return the part of what lasts that is in a period that it touches."""
    if not fact.lasts:
        return fact
    start, end = max(fact.start, period.start), min(fact.end, period.end)
    return replace(fact, start=start, end=end)


def share_in(fact: Fact, period: Interval) -> float:
    """Return the probability that it was in a period: what lasts is in each."""
    shared = min(fact.end, period.end) - max(fact.start, period.start)
    if fact.lasts:
        return float(shared > TICK * 0)
    return max(shared / (fact.end - fact.start), 0.0)


def exempt(bench: Bench, fact: Fact) -> tuple[bool, bool]:
    """Return whether an approval surely, or possibly, takes a fact out."""
    sure = maybe = False
    for one in bench.clause.unless:
        if one.id in bench.reading.without:
            continue
        for paper in papers(bench, "approval", one.id):
            assert paper.start is not None
            assert paper.end is not None
            named = paper.to is not None
            if paper.actor not in one.approved_by:
                continue
            if named and fact.actor is not None and paper.to != fact.actor:
                continue
            whole = paper.start <= fact.start and fact.end <= paper.end
            part = paper.start < fact.end and fact.start < paper.end
            decides = speaks(bench, paper) <= set(one.approved_by)
            if whole and decides and (not named or fact.actor is not None):
                sure = True
            maybe = maybe or whole or part
    return sure, maybe


def counted(bench: Bench) -> tuple[float, float, bool, bool]:
    """Return whether some are there by tallies, may be; who tell of all, or of a part.

    A count of more than none is a presence. What an approval covers for all of the
    time for which the count stands in the period is taken out.
    """
    told, low, high = [], False, False
    for row, start, end in standing(bench):
        site = (row.place, row.of, row.party)
        told.append((start, end, site))
        least, most = figures(row)
        least = least if exact(bench, bench.reading.matter, site) else 0.0
        whole = _presence_of(bench, row, start, end)
        if exempt(bench, whole)[0] and most > 0.0:
            continue
        low = low or least > 0.0
        high = high or most > 0.0
    sites = [{site for a, b, site in told if a <= t < b} for t in hours(bench)]
    every = bool(told) and all(covers(bench, each) for each in sites)
    return float(low), float(high), every, bool(told)


def standing(bench: Bench) -> list[tuple[Tally, datetime, datetime]]:
    """Return the tallies of a period, each with when it stands in it."""
    last = min(bench.period.end, max(bench.known_at, bench.period.start + TICK))
    rows, found = tallies(bench), []
    for row in rows:
        same = [
            other
            for other in rows
            if (other.source, other.place, other.of, other.party)
            == (row.source, row.place, row.of, row.party)
        ]
        if row is not [other for other in same if other.start == row.start][-1]:
            continue  # its counter said something else of the same instant, later
        after = [other.start for other in same if other.start > row.start]
        start = max(row.start, bench.period.start)
        end = min([*after, bench.period.end])
        if start < min(end, last):
            found.append((row, start, end))
    return found


def _presence_of(bench: Bench, row: Tally, start: datetime, end: datetime) -> Fact:
    return Fact(
        key=row.key,
        kind="weapon_presence",
        first=start,
        last=end - TICK,
        start=start,
        end=end,
        low=1.0,
        high=1.0,
        actor=row.party or bench.rule.party,
        ref=None,
        least=1,
        most=None,
    )


def absence(bench: Bench) -> Truth:
    """Judge a duty of absence: presence is forbidden once it is due and unlocked."""
    locked, opened = unlocked(replace(bench, cut=bench.last))
    if locked:
        return Truth("undetermined", "locked")
    runs_from = opened if bench.reading.requires else (bench.begun, bench.begun)
    told = [
        _absent_from(
            bench, max((t for t in (at, due_at(bench, start)) if t), default=None)
        )
        for at, start in zip(opened, runs_from, strict=True)
    ]
    first, last = told
    if first.verdict == last.verdict:
        return last
    if "breached" in (first.verdict, last.verdict):
        return Truth("undetermined", "time")
    order = ["undetermined", "unobserved", "kept"]
    return min(told, key=lambda t: order.index(t.verdict))


def _absent_from(bench: Bench, start: datetime | None) -> Truth:
    if start is None or start <= bench.period.start:
        return prohibition(bench)
    if start >= bench.period.end:
        return Truth("undetermined", "pending")
    return prohibition(replace(bench, period=Interval(start, bench.period.end)))


@dataclass(frozen=True)
class Breach:
    """When a breach was first there, at the earliest and at the latest, and whose."""

    began: tuple[datetime, datetime]
    whose: str | None


def breach_of(bench: Bench) -> Breach | None:
    """Return a breach of a prohibition that a duty may answer; None for none."""
    if prohibition(bench).verdict != "breached":
        return None
    rows = [(fact, (low + high) / 2, high) for fact, low, high in against(bench)]
    strong = [fact for fact, _, high in rows if high >= 0.001]
    assert bench.day is not None
    day = bench.day
    strong = [fact for fact in strong if fact.last >= day.start]
    last = min([day.end, *(fact.last for fact in strong)])
    ends = (fact.last if fact.lasts else fact.first for fact in strong)
    first = max(min([day.end, *ends]), day.start)
    began = first, last
    total = sum(chance for _, chance, _ in rows)
    told = [each for _, ways in by_actor(bench) for each in ways]
    for name in bench.agreement.party_ids:
        own = sum(sum(way) / 2 for who, way in told if way and who == name)
        if own / total >= bench.agreement.thresholds.breached:
            return Breach(began, name)
    return Breach(began, None)
