# ruff: noqa: C901, PLR0911, PLR0912 - brute force goes case by case
"""What must be done: once, upon each event, announced, again and again."""

from dataclasses import replace
from datetime import datetime, timedelta

from pamiers.agreement.model import Matter, Requirement, Subject, Verb
from pamiers.core.instant import Interval
from tests.property.compliance.reference.fact import Fact
from tests.property.compliance.reference.facts import (
    TICK,
    Bench,
    Truth,
    matching,
    papers,
    speaks,
    watched,
)
from tests.property.compliance.reference.windows import units


def conduct(
    bench: Bench, matter: Matter | None = None, *, alone: bool = False
) -> list[Fact]:
    """Return what those who are bound may have done, to whom the clause says.

    What names nobody may be theirs; where they are `alone`, it is.
    """
    rows = matching(bench, matter or bench.reading.matter, bench.who, alone=alone)
    whom = set() if matter else receivers(bench)
    return [row for row in rows if not whom or done_to(row, whom) is not False]


def acts(bench: Bench, matter: Matter | None = None) -> list[Fact]:
    """Return what does a duty; what a party says that it did itself is not sure."""
    alone = len(bench.clause.default.bearers) == 1
    return [
        replace(fact, low=0.0) if fact.interested & bench.who else fact
        for fact in conduct(bench, matter, alone=alone)
    ]


def receivers(bench: Bench) -> set[str]:
    return set() if bench.clause.verb is Verb.NOTIFY else set(bench.clause.to)


def done_to(fact: Fact, whom: set[str]) -> bool | None:
    """Tell whether it was done to one of some; None where it names nobody."""
    if fact.to is None:
        return None
    return bool({name.strip() for name in fact.to.split(";")} & whom)


def done(bench: Bench, rows: list[Fact]) -> tuple[datetime | None, bool]:
    """Return when a duty was surely done, and whether it waits for verification."""
    firsts = [_first_to(bench, rows, {one}) for one in receivers(bench)]
    firsts = firsts or [_first_to(bench, rows, None)]
    reached = [at for at in firsts if at is not None]
    first = max(reached) if len(reached) == len(firsts) else None
    if not bench.clause.verified_by:
        return first, False
    checks: list[datetime] = []
    for name in bench.clause.verified_by:
        theirs = [
            paper.start
            for paper in papers(bench, "verified", bench.clause.id)
            if paper.start is not None
            and paper.actor == name
            and speaks(bench, paper) <= {name}
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
        if paper.start is not None
        and (paper.to is None or paper.to in bench.who)
        and not speaks(bench, paper)
    ]
    return max(found, default=None)


def _first_to(bench: Bench, rows: list[Fact], whom: set[str] | None) -> datetime | None:
    """Return when it was first surely done, to one of some."""
    theirs = [f for f in rows if whom is None or done_to(f, whom) is not False]
    sure = [f.last for f in theirs if f.low >= bench.limits.breached]
    return min(sure, default=None)


def begun_for_all(bench: Bench, rows: list[Fact]) -> bool:
    """Tell whether something may be the act for each to whom it is owed."""
    whom = [{one} for one in receivers(bench)]
    return bool(rows) and all(
        any(done_to(f, one) is not False for f in rows) for one in whom
    )


When = tuple[datetime | None, datetime | None]  #: perhaps, and surely


def unlocked(bench: Bench) -> tuple[bool, When]:
    """Return whether something still has to come first, and when the last came."""
    if bench.shut:
        return True, (None, None)
    firsts, lasts = [], []
    for each in bench.reading.requires:
        first, last = _fulfilled(bench, each)
        if last is None or first is None:
            return True, (None, None)
        firsts.append(first)
        lasts.append(last)
    return False, (max(firsts, default=None), max(lasts, default=None))


def _fulfilled(bench: Bench, each: Requirement) -> When:
    if each.clause is not None:
        # two modules that need each other: a share is of amounts, and opens duties
        from tests.property.compliance.reference.amounts import (  # noqa: PLC0415
            share_reached,
        )

        at = share_reached(bench, each.clause)
        return at, at
    matter = Matter(subject=Subject.EVENT, kinds=(each.event or "",))
    rows = matching(bench, matter, {each.by} if each.by else None, alone=False)
    sure = bench.agreement.thresholds.breached
    first = min((f.first for f in rows), default=None)
    return first, min((f.last for f in rows if f.low >= sure), default=None)


def duty(bench: Bench) -> Truth:
    at_until = replace(bench, cut=bench.last)
    locked, opened = unlocked(at_until)
    waits = bench.reading.requires or bench.shut
    runs_from = opened if waits else (bench.begun, bench.begun)
    early, due = (due_at(bench, start) for start in runs_from)
    counts = before_its_time(bench)
    return owed(at_until, (early, due), bench.begun, locked=locked, counts=counts)


def before_its_time(bench: Bench) -> datetime:
    """Return since when what was done early counts: the first clause began."""
    others = [c for c in bench.agreement.clauses if c.id != bench.clause.id]
    for clause in others:
        asks = clause.verb in {Verb.OBLIGE, Verb.EVERY, Verb.AT_LEAST}
        if asks and set(clause.default.kinds) & set(bench.reading.kinds):
            return bench.begun
    begun = [r.from_at for c in others for r in c.readings if r.from_at is not None]
    return min([bench.begun, *begun])


def owed(
    bench: Bench,
    by: When,
    since: datetime,
    *,
    locked: bool,
    counts: datetime | None = None,
) -> Truth:
    """Judge an act owed since an instant, by one that may be open."""
    rows = []
    counts = counts or since
    for fact in acts(bench):
        if fact.first > bench.by or fact.last < counts:
            continue
        whole = counts <= fact.first and fact.last <= bench.by
        rows.append(fact if whole else replace(fact, low=0.0))
    early, due = by
    at, waits = done(bench, rows)
    if at is not None and not (bench.shut and due is not None and at > due):
        if early is not None and due is not None and early < at <= due:
            return Truth("undetermined", "time")
        return _at_last(at, due, rows)
    if locked:
        return Truth("undetermined", "locked")
    return _unfinished(bench, (due, waits, begun_for_all(bench, rows)), since)


def due_at(bench: Bench, start: datetime | None) -> datetime | None:
    due = bench.reading.by_at
    if bench.reading.lasting is not None and start is not None:
        late = start + timedelta(seconds=bench.reading.lasting.quantity.base)
        due = late if due is None else min(due, late)
    return due


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
        late = (bench.ended - due).total_seconds()
        return Truth("breached", "not_done", late_s=max(late, 0.0))
    if waits:
        return Truth("undetermined", "unverified")
    if due is None or bench.by < due:
        return Truth("undetermined", "pending")
    if some:
        return Truth("undetermined", "low_probability")
    over = Interval(since, due) if since < due else bench.period
    return _silent(bench, over, due)


def _silent(bench: Bench, over: Interval, due: datetime) -> Truth:
    verdict, why = watched(bench, over, bench.reading.kinds)
    if verdict == "kept":
        late = (bench.ended - due).total_seconds()
        return Truth("breached", "late", late_s=max(late, 0.0))
    return Truth(verdict, why)


def response(bench: Bench, occasion: str) -> Truth:
    assert bench.reading.upon is not None
    assert bench.reading.lasting is not None
    everyone = matching(bench, bench.reading.upon, None, alone=False)
    trigger = while_in_force(bench, next(f for f in everyone if f.key == occasion))
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
    if bench.shut and (at is None or at > due):
        return Truth("undetermined", "locked")
    if at is not None and due - (trigger.last - trigger.first) < at <= due:
        truth = Truth("undetermined", "time")
    elif at is not None:
        truth = _at_last(at, due, rows)
    else:
        over = (due, waits, begun_for_all(bench, rows))
        truth = _unfinished(replace(bench, period=_at(trigger)), over, trigger.start)
    if truth.verdict == "breached" and trigger.low < bench.limits.breached:
        return Truth("undetermined", "low_probability")
    return truth


def while_in_force(bench: Bench, fact: Fact) -> Fact:
    """Return an occasion, unsure where it may have been while nothing was owed."""
    at = fact.first
    while at <= fact.begun:
        if not bench.holds(at):
            return replace(fact, low=0.0)
        at += timedelta(minutes=30)
    return fact


def _at(fact: Fact) -> Interval:
    return Interval(fact.start, fact.end)


Turn = tuple[datetime, datetime, datetime, datetime]
"""After when an act is owed, perhaps by when, surely by when, and since when."""


def rhythm(bench: Bench) -> Truth:
    at_until = replace(bench, cut=bench.last)
    period = bench.reading.period
    assert period is not None
    rows = [_to_all(bench, f) for f in acts(at_until) if f.last >= bench.begun]
    certain = sorted((f.last, f.first) for f in rows if f.low >= bench.limits.breached)
    if period.calendar is not None:
        whole = units(period.calendar, bench.period, bench.agreement.time_zone)
        turns = [
            (a - TICK, b - TICK, b - TICK, a) for a, b in whole if a >= bench.begun
        ]
        if not turns:
            return Truth("undetermined", "pending")
    else:
        width = timedelta(seconds=period.seconds or 0.0)
        turns = _one_after_another(bench, width, certain)
    told = [
        _turn(at_until, turn, rows, [last for last, _ in certain]) for turn in turns
    ]
    order = ["breached", "undetermined", "unobserved", "kept"]
    return min(told, key=lambda t: order.index(t.verdict))


def _to_all(bench: Bench, fact: Fact) -> Fact:
    """Return an act, unsure where it names but some of those to whom it is owed."""
    missed = [one for one in receivers(bench) if done_to(fact, {one}) is False]
    return replace(fact, low=0.0) if missed else fact


def _one_after_another(
    bench: Bench, width: timedelta, certain: list[tuple[datetime, datetime]]
) -> list[Turn]:
    """Return from when and by when an act was owed: each runs from the one before."""
    begun = bench.begun
    first_due = bench.reading.first_at or begun + width
    every = [(begun, first_due, first_due, begun)]
    every += [(at, over + width, at + width, at) for at, over in certain]
    found = []
    for i, turn in enumerate(every):
        ends = certain[i][0] if i < len(certain) else None
        early = turn[1] < bench.period.end
        if early and (ends is None or ends > bench.period.start):
            found.append(turn)
    return found or [every[-1]]


def _turn(
    bench: Bench,
    turn: Turn,
    rows: list[Fact],
    sure: list[datetime],
) -> Truth:
    start, early, due, since = turn
    after = [f for f in rows if f.last > start]
    first = min((t for t in sure if t > start), default=None)
    if first is not None and first <= due:
        sure_so = first <= early
        return Truth("kept", "done") if sure_so else Truth("undetermined", "time")
    if early < bench.until <= due:
        return Truth("undetermined", "time")
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
    over = Interval(since, due) if since < due else bench.period
    verdict, why = watched(bench, over, bench.reading.kinds)
    return Truth("breached", "late") if verdict == "kept" else Truth(verdict, why)
