# ruff: noqa: C901, PLR0912 - brute force goes case by case
"""What must be done: once, upon each event, announced, again and again."""

from dataclasses import replace
from datetime import datetime, timedelta

from pamiers.agreement.model import Matter, Requirement, Subject
from pamiers.core.instant import Interval
from tests.property.compliance.reference.facts import (
    Bench,
    Fact,
    Truth,
    matching,
    papers,
    watched,
)


def acts(bench: Bench, matter: Matter | None = None) -> list[Fact]:
    alone = len(bench.reading.bearers) == 1
    return matching(bench, matter or bench.reading.matter, bench.who, alone=alone)


def done(bench: Bench, rows: list[Fact]) -> tuple[datetime | None, bool]:
    """Return when a duty was surely done, and whether it waits for verification."""
    certain = [fact.last for fact in rows if fact.low >= bench.limits.breached]
    first = min(certain, default=None)
    if not bench.clause.verified_by:
        return first, False
    checks: list[datetime] = []
    for name in bench.clause.verified_by:
        theirs = [
            paper.start
            for paper in papers(bench, "verified", bench.clause.id)
            if paper.start is not None
            and paper.actor == name
            and (paper.to is None or paper.to in bench.who)
        ]
        if not theirs:
            return None, bool(rows)
        checks.append(min(theirs))
    return first or max(checks), False


def not_done(bench: Bench) -> datetime | None:
    found = [
        paper.start
        for paper in papers(bench, "not-done", bench.clause.id)
        if paper.start is not None and (paper.to is None or paper.to in bench.who)
    ]
    return max(found, default=None)


def unlocked(bench: Bench) -> tuple[bool, datetime | None]:
    """Return whether something still has to come first, and when the last came."""
    times = []
    for each in bench.reading.requires:
        at = _fulfilled(bench, each)
        if at is None:
            return True, None
        times.append(at)
    return False, max(times, default=None)


def _fulfilled(bench: Bench, each: Requirement) -> datetime | None:
    matter = Matter(subject=Subject.EVENT, kinds=(each.event or "",))
    rows = matching(bench, matter, {each.by} if each.by else None, alone=False)
    sure = bench.agreement.thresholds.breached
    return min((f.last for f in rows if f.low >= sure), default=None)


def duty(bench: Bench) -> Truth:
    at_until = replace(bench, known_at=bench.until)
    rows = [f for f in acts(at_until) if bench.begun <= f.last <= bench.until]
    locked, opened = unlocked(at_until)
    due = bench.reading.by_at
    runs_from = opened if bench.reading.requires else bench.begun
    if bench.reading.lasting is not None and runs_from is not None:
        late = runs_from + timedelta(seconds=bench.reading.lasting.quantity.base)
        due = late if due is None else min(due, late)
    at, waits = done(at_until, rows)
    if at is not None:
        return _at_last(at, due, rows)
    if locked:
        return Truth("undetermined", "locked")
    return _unfinished(at_until, (due, waits, bool(rows)), bench.begun)


def _at_last(at: datetime, due: datetime | None, rows: list[Fact]) -> Truth:
    if due is not None and at > due and any(fact.first <= due for fact in rows):
        return Truth("undetermined", "low_probability")
    return finished(at, due)


def finished(at: datetime, due: datetime | None) -> Truth:
    if due is None or at <= due:
        return Truth("kept", "done")
    return Truth("breached", "late", late_s=(at - due).total_seconds())


def _unfinished(
    bench: Bench, told: tuple[datetime | None, bool, bool], since: datetime
) -> Truth:
    due, waits, some = told
    against = not_done(bench)
    if due is not None and against is not None and against >= due:
        late = (bench.known_at - due).total_seconds()
        return Truth("breached", "not_done", late_s=max(late, 0.0))
    if waits:
        return Truth("undetermined", "unverified")
    if due is None or bench.known_at < due:
        return Truth("undetermined", "pending")
    if some:
        return Truth("undetermined", "low_probability")
    over = Interval(since, due) if since < due else bench.period
    return _silent(bench, over, due)


def _silent(bench: Bench, over: Interval, due: datetime) -> Truth:
    verdict, why = watched(bench, over, bench.reading.kinds)
    if verdict == "kept":
        late = (bench.known_at - due).total_seconds()
        return Truth("breached", "late", late_s=max(late, 0.0))
    return Truth(verdict, why)


def response(bench: Bench, occasion: str) -> Truth:
    assert bench.reading.upon is not None
    assert bench.reading.lasting is not None
    everyone = matching(bench, bench.reading.upon, None, alone=False)
    trigger = next(f for f in everyone if f.key == occasion)
    due = trigger.last + timedelta(seconds=bench.reading.lasting.quantity.base)
    rows = []
    for fact in acts(bench):
        if fact.last < trigger.first or fact.key == trigger.key:
            continue
        low = fact.low
        if "id" in bench.reading.same:
            if fact.ref is None:
                low = 0.0
            elif fact.ref != trigger.key:
                continue
        if fact.first < trigger.last:
            low = 0.0
        rows.append(replace(fact, low=low))
    at, waits = done(bench, rows)
    if at is not None:
        truth = _at_last(at, due, rows)
    else:
        over = (due, waits, bool(rows))
        truth = _unfinished(replace(bench, period=_at(trigger)), over, trigger.start)
    if truth.verdict == "breached" and trigger.low < bench.limits.breached:
        return Truth("undetermined", "low_probability")
    return truth


def _at(fact: Fact) -> Interval:
    return Interval(fact.start, fact.end)


def announcement(bench: Bench, occasion: str) -> Truth:
    rows = acts(bench)
    fact = next(f for f in rows if f.key == occasion)
    assert bench.reading.before is not None
    due = fact.first - timedelta(seconds=bench.reading.before.quantity.base)
    best = (0.0, 0.0, 0.0)  # surely, possibly, minus how late
    over = late = 0.0
    for paper in papers(bench, "notice"):
        assert paper.start is not None
        assert paper.end is not None
        fits = paper.actor in bench.who and paper.kind in {None, fact.kind}
        if not fits or paper.start >= fact.end or paper.end <= fact.start:
            continue
        sure = float(paper.start <= fact.first < paper.end)
        if paper.given_at is None:
            told = (0.0, 1.0, 0.0)
        elif paper.given_at > due:
            told = (0.0, 0.0, -(paper.given_at - due).total_seconds())
        else:
            told = (sure, 1.0, 0.0)
        if told > best or late == over == best[1] == 0.0:
            best = max(best, told)
            if told == best:
                over = max((fact.last - paper.end).total_seconds(), 0.0)
    return _announced(bench, fact, (best[0], best[1]), over)


def _announced(
    bench: Bench, fact: Fact, told: tuple[float, float], over: float
) -> Truth:
    low, high = fact.low * (1.0 - told[1]), fact.high * (1.0 - told[0])
    if over > 0.0 and told[1] > 0.0:
        sure = fact.low >= bench.limits.breached
        return Truth("breached", "overrun") if sure else Truth("undetermined", "")
    if high <= bench.limits.kept:
        return Truth("kept", "announced")
    if low >= bench.limits.breached:
        return Truth("breached", "not_announced")
    return Truth("undetermined", "")


def rhythm(bench: Bench) -> Truth:
    at_until = replace(bench, known_at=bench.until)
    assert bench.reading.period is not None
    width = timedelta(seconds=bench.reading.period.seconds or 0.0)
    rows = [f for f in acts(at_until) if f.last >= bench.begun]
    sure = sorted(f.last for f in rows if f.low >= bench.limits.breached)
    turns = []
    starts = [bench.begun, *sure]
    for i, start in enumerate(starts):
        due = start + width
        ends = sure[i] if i < len(sure) else None
        if due < bench.period.end and (ends is None or ends > bench.period.start):
            turns.append((start, due))
    if not turns:
        turns = [(starts[-1], starts[-1] + width)]
    told = [_turn(at_until, turn, rows, sure) for turn in turns]
    order = ["breached", "undetermined", "unobserved", "kept"]
    return min(told, key=lambda t: order.index(t.verdict))


def _turn(
    bench: Bench,
    turn: tuple[datetime, datetime],
    rows: list[Fact],
    sure: list[datetime],
) -> Truth:
    start, due = turn
    after = [f for f in rows if f.last > start]
    first = min((t for t in sure if t > start), default=None)
    if first is not None and first <= due:
        return Truth("kept", "done")
    if bench.until <= due:
        begun = any(t == start for t in sure)
        return Truth("kept", "done") if begun else Truth("undetermined", "pending")
    against = not_done(bench)
    if first is not None and against is not None and against >= first:
        against = None
    if against is not None and against >= due:
        return Truth("breached", "not_done")
    if any(f.first <= due for f in after):
        return Truth("undetermined", "low_probability")
    verdict, why = watched(bench, Interval(start, due), bench.reading.kinds)
    return Truth("breached", "late") if verdict == "kept" else Truth(verdict, why)
