# ruff: noqa: PLR0911 - brute force goes case by case
"""How many there are, and how long something lasts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from operator import le

from pamiers.agreement.model import Bound, Matter, Subject, Verb
from pamiers.core.rows import LEVELS, Tally
from tests.property.compliance.reference.duties import finished, unlocked
from tests.property.compliance.reference.fact import Fact
from tests.property.compliance.reference.facts import (
    HOUR,
    TICK,
    Bench,
    Truth,
    matching,
    papers,
    speaks,
    watched,
    worlds,
)
from tests.property.compliance.reference.sites import (
    Site,
    beside,
    covered,
    covers,
    exact,
    lie,
    tallies,
)

Level = tuple[float, float, bool]  #: surely, possibly, whether counters differ
Parts = dict[Site, tuple[float, float]]  #: what one counter tells of each site


def level(
    bench: Bench,
    at: datetime,
    only: set[str] | None = None,
    matter: Matter | None = None,
) -> Level | None:
    """Return how many there are at an instant by tallies; None where none says."""
    counted = matter or bench.reading.matter
    bound = bench.reading.bound or Bound()
    told = tallies(bench, counted)
    said: dict[str, Parts] = {}
    for counter in sorted({row.source for row in told}):
        if only is not None and counter not in only:
            continue
        own = [row for row in told if row.source == counter]
        for site in {(row.place, row.of, row.party) for row in own}:
            here = [row for row in own if (row.place, row.of, row.party) == site]
            part = (
                _present(here, at, bound)
                if (counted.status or "present") in LEVELS
                else _summed(here, at, bench.begun)
            )
            if part is not None:
                sure = exact(bench, counted, site)
                mine = said.setdefault(counter, {})
                mine[site] = part if sure else (0.0, part[1])
    if not said:
        return None
    levels = [_of_pool(pool, bench, counted) for pool in _pools(said, bench)]
    apart = any(differ for *_, differ in levels)
    least = max(sum(lows.get(name, 0.0) for lows, *_ in levels) for name in said)
    return least, sum(high for _, high, _ in levels), apart


def _pools(said: dict[str, Parts], bench: Bench) -> list[dict[str, Parts]]:
    """Return what is counted in pools that share nothing; one counter's is one pool."""
    if len(said) == 1:
        return [said]
    left = {site for parts in said.values() for site in parts}
    found = []
    while left:
        pool = {left.pop()}
        while near := {
            site for site in left if any(lie(bench, site, o) != "apart" for o in pool)
        }:
            pool |= near
            left -= near
        own = {
            name: {site: parts[site] for site in parts if site in pool}
            for name, parts in said.items()
        }
        found.append({name: parts for name, parts in own.items() if parts})
    return found


def _of_pool(
    pool: dict[str, Parts], bench: Bench, counted: Matter
) -> tuple[dict[str, float], float, bool]:
    """Return what each says of a pool that nobody gainsays, and how many can be."""
    sums = {name: added(parts, bench, counted) for name, parts in pool.items()}
    lows, apart = {}, False
    for name, (low, high) in sums.items():
        said, mine = [low], _some(pool[name])
        for other, parts in pool.items():
            if other == name or not covered(bench, mine, parts):
                continue
            apart = apart or sums[other][1] < high
            sure = {s: p for s, p in parts.items() if exact(bench, counted, s)}
            if sure and covered(bench, mine, sure):
                said.append(added(sure, bench, counted)[0])
            elif sums[other][1] < low:
                said.append(sums[other][0])
        lows[name] = min(said)
        apart = apart or lows[name] < low
    highs = [high for _, high in sums.values()]
    return lows, max(_possible(pool, bench, counted), *highs), apart


def _possible(pool: dict[str, Parts], bench: Bench, counted: Matter) -> float:
    """Return how many there can be in a pool where each counted another part."""
    best: Parts = {}
    for parts in pool.values():
        for site, part in parts.items():
            best[site] = max(part, best.get(site, part), key=lambda p: p[1])
    return _mixed(best, best, bench, counted) if len(pool) > 1 else 0.0


def _some(parts: Parts) -> set[Site]:
    """Return the sites where something was counted; all where nothing surely was."""
    return {site for site, (low, _) in parts.items() if low > 0.0} or set(parts)


def added(
    parts: dict[Site, tuple[float, float]], bench: Bench, counted: Matter
) -> tuple[float, float]:
    """Return what one counter tells of several sites: of no place may be of any.

    The whole has no fewer than its parts come to. What is told of more than is asked
    for says nothing where the same place has a count of just that.
    """
    told = {
        site: part
        for site, part in parts.items()
        if not any(beside(bench, counted, site, other) for other in parts)
    }
    tops = [a for a in told if not any(lie(bench, a, b) == "part" for b in told)]
    low = high = 0.0
    while tops:
        group = [tops.pop()]
        for one in group:
            near = [b for b in tops if lie(bench, one, b) in {"unknown", "same"}]
            group += near
            tops = [b for b in tops if b not in near]
        worth = [_worth(bench, counted, site, told) for site in group]
        low += max(part[0] for part in worth)
        high += sum(part[1] for part in worth)
    return low, high


def _worth(
    bench: Bench, counted: Matter, site: Site, told: dict[Site, tuple[float, float]]
) -> tuple[float, float]:
    low, high = told[site]
    parts = {a: told[a] for a in told if lie(bench, a, site) == "part"}
    least = added(parts, bench, counted)[0] if parts else 0.0
    return max(low, least), max(high, least)


def figures(row: Tally) -> tuple[float, float]:
    low = row.count_low if row.count_low is not None else row.count
    high = row.count_high if row.count_high is not None else row.count
    return float(low or 0), float("inf") if high is None else float(high)


def _present(
    told: list[Tally], at: datetime, bound: Bound
) -> tuple[float, float] | None:
    held = [row for row in told if row.start <= at]
    if not held:
        return None
    row = held[-1]
    if bound.presence_lasts_s is not None:
        stays = max(row.start + timedelta(seconds=bound.presence_lasts_s), row.end)
        if at >= stays:
            return None
    return figures(row)


def _summed(
    told: list[Tally], at: datetime, since: datetime
) -> tuple[float, float] | None:
    ordered = sorted(told, key=lambda r: (r.end, r.cumulative, f"{r.source}:{r.key}"))
    low = high = 0.0
    some = False
    for row in ordered:
        if row.end <= since or row.start > at:
            continue
        some = True  # begun: it may be done already, and surely is at its end
        a, b = figures(row)
        high = b if row.cumulative else high + b
        if max(row.start, row.end - TICK) <= at:
            low = a if row.cumulative else low + a
    return (low, high) if some else None


def hours(bench: Bench) -> list[datetime]:
    """Return every instant of the period at which a number may change."""
    found, at = [], bench.period.start
    last = min(bench.period.end, max(bench.known_at, bench.period.start + TICK))
    while at < last:
        found.append(at)
        at += HOUR / 2
    return found


def sightings(bench: Bench) -> list[Fact]:
    """Return what was seen of the things counted, by those who are bound."""
    reading = bench.reading
    if bench.rule.counter is not None or reading.status not in {"", "present"}:
        return []
    sought = Matter(subject=Subject.STATE, state="presence", classes=reading.classes)
    return matching(bench, sought, bench.who, alone=False)


Seen = list[list[Fact]]  #: what is there at each of some instants


def _there(bench: Bench, rows: list[Fact], *, surely: bool) -> Seen:
    """Return what is there at each instant; of what was some time, nowhere surely."""
    bound = bench.reading.bound or Bound()
    stays = timedelta(seconds=0.0 if surely else bound.presence_lasts_s or 0.0)
    told = [f for f in rows if f.lasts or not surely]
    return [[f for f in told if f.start <= t < f.end + stays] for t in hours(bench)]


def _at_once(bench: Bench, rows: list[Fact]) -> Seen:
    """Return what surely was there at once: also with what was, nobody knows when."""
    period, found = bench.period, _there(bench, rows, surely=True)
    for one in rows:
        if not one.lasts and period.start <= one.start and one.end <= period.end:
            spans = [f for f in rows if f.start <= one.start and one.end <= f.end]
            found.append([one, *(f for f in spans if f.lasts)])
    return found


def _worlds_with(
    rows: list[Fact], there: Seen, wrong: Callable[[float], bool], *, surely: bool
) -> float:
    """Return the weight of the worlds with an instant whose number is wrong."""
    total = 0.0
    for weight, bits in worlds([f.low if surely else f.high for f in rows]):
        real = [f for f, bit in zip(rows, bits, strict=True) if bit]
        for held in there:
            here = [f for f in held if f in real]
            tops = [float("inf") if f.most is None else f.most for f in here]
            if wrong(sum(f.least for f in here) if surely else sum(tops)):
                total += weight
                break
    return total


def stock(bench: Bench) -> Truth:
    bound = bench.reading.bound or Bound()
    levels = [level(bench, at) for at in hours(bench)]
    known = [lv for lv in levels if lv is not None]
    apart = any(lv[2] for lv in known)
    if bound.most is not None:
        return _ceiling(bench, known, apart=apart)
    least = bound.least or 0.0
    tops = [_top(bench, at) for at in hours(bench)]
    under = [top for top in tops if top is not None and top < least]
    if under:
        return Truth("breached", "short", margin=least - min(under))
    if known and len(known) == len(levels) and all(lv[0] >= least for lv in known):
        return Truth("kept", "counted")
    if known:
        return Truth("undetermined", "conflict" if apart else "count")
    return _seen(bench, least)


def _seen(bench: Bench, least: float) -> Truth:
    """Return what sightings say of a floor of which no tally tells."""
    rows = sightings(bench)
    may = _there(bench, rows, surely=False)
    sure = _there(bench, rows, surely=True)
    if _worlds_with(rows, sure, lambda n: n < least, surely=True) <= bench.limits.kept:
        return Truth("kept", "watched")
    if _worlds_with(rows, may, lambda n: n < least, surely=False) < (
        bench.limits.breached
    ):
        return Truth("undetermined", "count")
    verdict, why = watched(bench, bench.period, ("weapon_presence",))
    return Truth("breached", "short") if verdict == "kept" else Truth(verdict, why)


def _ceiling(bench: Bench, known: list[Level], *, apart: bool) -> Truth:
    bound = bench.reading.bound or Bound()
    most = bound.most or 0.0
    tops = [_top(bench, at) for at in hours(bench)]
    told = [level(bench, at) for at in hours(bench)]
    cans = [
        lv[1] if top is None else top
        for top, lv in zip(tops, told, strict=True)
        if lv is not None
    ]
    rows = sightings(bench)
    sure, may = _at_once(bench, rows), _there(bench, rows, surely=False)
    low = _worlds_with(rows, sure, lambda n: n > most, surely=True)
    high = _worlds_with(rows, may, lambda n: n > most, surely=False)
    low = 1.0 if any(lv[0] > most for lv in known) else low
    high = 1.0 if any(can > most for can in cans) else max(low, high)
    if low >= bench.limits.breached:
        surest = max([0.0, *(lv[0] for lv in known)])
        tried = range(1, 1 + sum(fact.least for fact in rows))
        for k in tried:
            over = _worlds_with(rows, sure, partial(le, k), surely=True)
            surest = max(surest, float(k) if over >= bench.limits.breached else 0.0)
        return Truth("breached", "exceeded", low, high, margin=max(surest - most, 0.0))
    if high > bench.limits.kept:
        return Truth("undetermined", "conflict" if apart else "count", low, high)
    if None not in tops:
        return Truth("kept", "counted", low, high)
    verdict, why = watched(bench, bench.period, ("weapon_presence",))
    if verdict == "unobserved" and known:
        verdict, why = "undetermined", "partial_coverage"
    return Truth(verdict, why, low, high if verdict == "kept" else 1.0)


def _top(bench: Bench, at: datetime) -> float | None:
    """Return how many there can be, by who counted it all; None where nobody did."""
    bound = bench.reading.bound or Bound()
    told = tallies(bench)
    alone = []
    best: dict[Site, tuple[float, float]] = {}
    for counter in sorted({row.source for row in told}):
        own = [row for row in told if row.source == counter]
        parts = {}
        for site in {(row.place, row.of, row.party) for row in own}:
            here = [row for row in own if (row.place, row.of, row.party) == site]
            part = _present(here, at, bound)
            if part is not None:
                if not exact(bench, bench.reading.matter, site):
                    part = 0.0, part[1]
                parts[site] = part
                best[site] = max(part, best.get(site, part), key=lambda p: p[1])
        alone.append((set(parts), parts))
    matter = bench.reading.matter
    if any(covers(bench, sites) for sites, _ in alone):
        return max(_mixed(parts, best, bench, matter) for _, parts in alone if parts)
    return _mixed(best, best, bench, matter) if covers(bench, set(best)) else None


def _mixed(
    own: dict[Site, tuple[float, float]],
    best: dict[Site, tuple[float, float]],
    bench: Bench,
    matter: Matter,
) -> float:
    """Return what counts come to; in a place may be all that was found in its parts."""
    raised = {}
    for site, (low, high) in own.items():
        parts = {a: best[a] for a in best if _may_add(bench, a, site)}
        raised[site] = low, max(high, added(parts, bench, matter)[1])
    return added(raised, bench, matter)[1]


def _may_add(bench: Bench, one: Site, place: Site) -> bool:
    """Tell whether some of what is counted at one site may lie in another."""
    how = lie(bench, one, place)
    named = one[0] is not None and place[0] is not None
    across = named and one != place and how in {"unknown", "same"}
    return how == "part" or across


def goal(bench: Bench) -> Truth:
    at_until = replace(bench, cut=bench.last)
    least = (bench.reading.bound or Bound()).least or 0.0
    held = bench.reading.status in LEVELS
    rows = tallies(at_until)
    done = set() if held else {max(r.start, r.end - TICK) for r in rows}
    starts = sorted({r.start for r in rows} | done)
    reached = [t for t in starts if (lv := level(at_until, t)) and lv[0] >= least]
    reached = [t for t in reached if not _contested(at_until, t, starts, least)]
    at = reached[0] if reached else None
    due = bench.reading.by_at
    if at is not None and not (bench.shut and due and at > due):
        early = [lv for t in starts if due and t <= due and (lv := level(at_until, t))]
        if due and at > due and any(lv[1] >= least for lv in early):
            return Truth("undetermined", "conflict")
        return finished(at, due)
    locked, _ = unlocked(at_until)
    if locked:
        return Truth("undetermined", "locked")
    if due is None or bench.last < due:
        return Truth("undetermined", "pending")
    now = level(at_until, bench.until)
    if now is None:
        verdict, why = watched(bench, bench.period, ("weapon_presence",))
        return Truth("breached", "short") if verdict == "kept" else Truth(verdict, why)
    if now[1] < least:
        return Truth("breached", "short", margin=least - now[1])
    return Truth("undetermined", "conflict" if now[2] else "count")


def _contested(
    bench: Bench, at: datetime, starts: list[datetime], least: float
) -> bool:
    """Tell whether one who had not counted yet tells of fewer, while others stand."""
    names = {row.source for row in tallies(bench)}
    first = {name for name in names if level(bench, at, {name})}
    for later in (t for t in starts if t > at):
        theirs, everyone = (level(bench, later, who) for who in (first, names))
        if theirs and everyone and everyone[0] < least <= theirs[0]:
            return True
    return False


def upkeep(bench: Bench) -> Truth:
    last = min(bench.period.end, max(bench.known_at, bench.period.start + TICK))
    names = ["state", "not-state"]
    if bench.clause.verb is Verb.FORBID:
        names.reverse()
    so, off = (_state(bench, name, last) for name in names)
    sure = [each for each in off if each[2]]
    if off and not sure:
        return Truth("undetermined", "low_probability")
    if off:
        free = [each for each in so if each[3]]
        if all(any(a < d and c < b for c, d, *_ in free) for a, b, *_ in sure):
            return Truth("undetermined", "conflict")
        return Truth("breached", "on_record")
    at, held = bench.period.start, bool(so)
    while at < last:
        held = held and any(a <= at < b and sure_so for a, b, sure_so, _ in so)
        at += HOUR
    if held:
        return Truth("kept", "on_record")
    verdict, why = watched(bench, bench.period, (bench.reading.state,))
    if verdict == "unobserved" and so:
        return Truth("undetermined", "partial_coverage")
    return Truth(verdict, why)


def _state(
    bench: Bench, form: str, last: datetime
) -> list[tuple[datetime, datetime, bool, bool]]:
    """Return from when to when a state is told of, whether surely, and freely."""
    found = []
    for paper in papers(
        replace(bench, known_at=datetime.max.replace(tzinfo=last.tzinfo)),
        form,
        bench.reading.state,
    ):
        assert paper.start is not None
        start = max(paper.start, bench.period.start)
        end = min(paper.end or last, last)
        if start < end and (paper.to is None or paper.to in bench.who):
            free = not speaks(bench, paper)
            theirs = paper.to is not None or not bench.rule.shared
            found.append((start, end, theirs and free, free))
    return found
