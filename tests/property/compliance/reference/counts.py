# ruff: noqa: PLR0911 - brute force goes case by case
"""How many, how often, and how long something lasts."""

from dataclasses import replace
from datetime import datetime, timedelta

from pamiers.agreement.model import Bound, Verb
from pamiers.core.rows import LEVELS
from tests.property.compliance.reference.duties import acts, finished, unlocked
from tests.property.compliance.reference.facts import (
    HOUR,
    TICK,
    Bench,
    Fact,
    Truth,
    papers,
    shown,
    tallies,
    watched,
    worlds,
)


def frequency(bench: Bench) -> Truth:
    bound = bench.reading.bound or Bound()
    assert bound.per is not None
    assert bound.most is not None
    width = timedelta(seconds=bound.per.seconds or 0.0)
    rows = [row for fact in acts(bench) for row in _at_hours(bench, fact)]
    last = min(bench.period.end - TICK, bench.until)
    ends = {last, bench.period.start}
    for fact in rows:
        for at in (fact.first, fact.last):
            ends |= {at - TICK, at, at + TICK, at + width - TICK, at + width}
            ends |= {at + width + TICK}
    spans = [(max(e - width, bench.begun), e) for e in ends]
    spans = [s for s in spans if bench.period.start <= s[1] <= last]
    low = _over(rows, spans, bound.most, surely=True)
    high = max(low, _over(rows, spans, bound.most, surely=False))
    if low >= bench.limits.breached:
        return Truth("breached", "exceeded", low, high)
    if high > bench.limits.kept:
        return Truth("undetermined", "count", low, high)
    verdict, why = watched(bench, bench.period, bench.reading.kinds)
    return Truth(verdict, why, low, high if verdict == "kept" else 1.0)


def _at_hours(bench: Bench, fact: Fact) -> list[Fact]:
    """Return a fact whole, as one that may count, or not at all."""
    at, inside = fact.first, []
    while at <= fact.last:
        inside.append(shown(bench.reading, at))
        at += HOUR / 2
    if not any(inside):
        return []
    return [fact if all(inside) else replace(fact, low=0.0)]


def _over(
    rows: list[Fact],
    spans: list[tuple[datetime, datetime]],
    most: float,
    *,
    surely: bool,
) -> float:
    total = 0.0
    for weight, bits in worlds([f.low if surely else f.high for f in rows]):
        real = [f for f, bit in zip(rows, bits, strict=True) if bit]
        if any(_count(real, span, surely=surely) > most for span in spans):
            total += weight
    return total


def _count(real: list[Fact], span: tuple[datetime, datetime], *, surely: bool) -> float:
    found = 0.0
    for fact in real:
        if surely and span[0] <= fact.first and fact.last <= span[1]:
            found += fact.least
        if not surely and span[0] <= fact.last and fact.first <= span[1]:
            found += float("inf") if fact.most is None else fact.most
    return found


Level = tuple[float, float, bool]  #: surely, possibly, whether counters differ


def level(bench: Bench, at: datetime, only: set[str] | None = None) -> Level | None:
    """Return how many there are at an instant by tallies; None where none says."""
    status = bench.reading.status or "present"
    bound = bench.reading.bound or Bound()
    sums = []
    for counter in sorted({row.source for row in tallies(bench)}):
        if only is not None and counter not in only:
            continue
        own = [row for row in tallies(bench) if row.source == counter]
        parts = {}
        for site in {(row.place, row.party) for row in own}:
            told = [row for row in own if (row.place, row.party) == site]
            part = (
                _present(told, at, bound)
                if status in LEVELS
                else _summed(told, at, bench.begun)
            )
            if part is not None:
                parts[site] = part
        if parts:
            low = sum(
                max(part[0] for (_, whose), part in parts.items() if whose == party)
                for party in {whose for _, whose in parts}
            )  # what is said of no place may be of the depot
            sums.append((low, sum(p[1] for p in parts.values())))
    if not sums:
        return None
    apart = len(set(sums)) > 1
    return min(low for low, _ in sums), max(high for _, high in sums), apart


def _figures(row) -> tuple[float, float]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    low = row.count_low if row.count_low is not None else row.count
    high = row.count_high if row.count_high is not None else row.count
    return float(low or 0), float("inf") if high is None else float(high)


def _present(told, at: datetime, bound: Bound) -> tuple[float, float] | None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    held = [row for row in told if row.start <= at]
    if not held:
        return None
    row = held[-1]
    if bound.presence_lasts_s is not None:
        stays = max(row.start + timedelta(seconds=bound.presence_lasts_s), row.end)
        if at >= stays:
            return None
    return _figures(row)


def _summed(told, at: datetime, since: datetime) -> tuple[float, float] | None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    ordered = sorted(told, key=lambda r: (r.end, f"{r.source}:{r.key}"))
    low = high = 0.0
    some = False
    for row in ordered:
        if row.end <= since or row.start > at:
            continue
        some = True  # begun: it may be done already, and surely is at its end
        a, b = _figures(row)
        high = b if row.cumulative else high + b
        if max(row.start, row.end - TICK) <= at:
            low = a if row.cumulative else low + a
    return (low, high) if some else None


def hours(bench: Bench) -> list[datetime]:
    """Return every instant of the period at which a tally may begin or end."""
    found, at = [], bench.period.start
    last = min(bench.period.end, max(bench.known_at, bench.period.start + TICK))
    while at < last:
        found.append(at)
        at += HOUR
    return found


def stock(bench: Bench) -> Truth:
    bound = bench.reading.bound or Bound()
    levels = [level(bench, at) for at in hours(bench)]
    known = [lv for lv in levels if lv is not None]
    apart = any(lv[2] for lv in known)
    if bound.most is not None:
        return _ceiling(bench, levels, known, apart=apart)
    least = bound.least or 0.0
    under = [lv[1] for lv in known if lv[1] < least]
    if under:
        return Truth("breached", "short", margin=least - min(under))
    if known and len(known) == len(levels) and all(lv[0] >= least for lv in known):
        return Truth("kept", "counted")
    if known:
        return Truth("undetermined", "conflict" if apart else "count")
    verdict, why = watched(bench, bench.period, ("weapon_presence",))
    if verdict == "kept":
        return Truth("breached", "short")
    return Truth(verdict, why)


def _ceiling(
    bench: Bench, levels: list[Level | None], known: list[Level], *, apart: bool
) -> Truth:
    bound = bench.reading.bound or Bound()
    assert bound.most is not None
    surest = max((lv[0] for lv in known), default=0.0)
    if surest > bound.most:
        return Truth("breached", "exceeded", margin=surest - bound.most)
    if any(lv[1] > bound.most for lv in known):
        return Truth("undetermined", "conflict" if apart else "count")
    if levels and all(_all_counted(bench, at) for at in hours(bench)):
        return Truth("kept", "counted")
    verdict, why = watched(bench, bench.period, ("weapon_presence",))
    return Truth(verdict, why)


def _all_counted(bench: Bench, at: datetime) -> bool:
    """Tell whether a tally stands of each who is bound, or of everybody."""
    bound = bench.reading.bound or Bound()
    told = tallies(bench)
    standing = {
        party
        for party, place, by in {(r.party, r.place, r.source) for r in told}
        if _present(
            [r for r in told if (r.party, r.place, r.source) == (party, place, by)],
            at,
            bound,
        )
    }
    return None in standing or all(
        standing & {one, *bench.clause.answers_for} for one in bench.reading.bearers
    )


def goal(bench: Bench) -> Truth:
    at_until = replace(bench, known_at=bench.until)
    least = (bench.reading.bound or Bound()).least or 0.0
    held = bench.reading.status in LEVELS
    rows = tallies(at_until)
    done = set() if held else {max(r.start, r.end - TICK) for r in rows}
    starts = sorted({r.start for r in rows} | done)
    reached = [t for t in starts if (lv := level(at_until, t)) and lv[0] >= least]
    reached = [t for t in reached if not _contested(at_until, t, starts, least)]
    at = reached[0] if reached else None
    due = bench.reading.by_at
    if at is not None:
        early = [lv for t in starts if due and t <= due and (lv := level(at_until, t))]
        if due and at > due and any(lv[1] >= least for lv in early):
            return Truth("undetermined", "conflict")
        return finished(at, due)
    locked, _ = unlocked(at_until)
    if locked:
        return Truth("undetermined", "locked")
    if due is None or bench.until < due:
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
        theirs, rivals = (level(bench, later, who) for who in (first, names - first))
        if theirs and rivals and rivals[0] < least <= theirs[0]:
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
        if all(any(a < d and c < b for c, d, _ in so) for a, b, _ in sure):
            return Truth("undetermined", "conflict")
        return Truth("breached", "on_record")
    at, held = bench.period.start, bool(so)
    while at < last:
        held = held and any(a <= at < b and sure_so for a, b, sure_so in so)
        at += HOUR
    if held:
        return Truth("kept", "on_record")
    verdict, why = watched(bench, bench.period, (bench.reading.state,))
    if verdict == "unobserved" and so:
        return Truth("undetermined", "partial_coverage")
    return Truth(verdict, why)


def _state(
    bench: Bench, form: str, last: datetime
) -> list[tuple[datetime, datetime, bool]]:
    """Return from when to when a state is told of, and whether surely theirs."""
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
            found.append((start, end, paper.to is not None or not bench.rule.shared))
    return found
