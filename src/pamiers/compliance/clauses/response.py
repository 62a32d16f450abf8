"""Judge a duty that each event gives rise to: answered in time, late, or not at all.

Every event that may be the trigger is an occasion of its own. Where the agreement
says what act and trigger share, only an act that may be of that trigger counts; one
act may answer several. A trigger that is not sure leaves a breach no surer.

The time runs from the end of a trigger that lasts. Of one that is known only to have
been some time in an interval it may run from the first instant or from the last: in
time is what is in time from the first, late what is late from the last, and between the
two it is open. `due_at` is the later.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pamiers.agreement.model import Reading
from pamiers.compliance.clauses.acts import (
    Completion,
    acts,
    completion,
    own_state,
    shown,
    with_kinds,
)
from pamiers.compliance.clauses.case import Case, Court, occasion_of
from pamiers.compliance.clauses.duty import undone
from pamiers.compliance.clauses.locks import locks
from pamiers.compliance.clauses.said import GONE, Said, finding_of
from pamiers.compliance.evidence.happenings import (
    NO,
    OPEN,
    YES,
    Bounds,
    Happening,
    done_by,
)
from pamiers.compliance.evidence.notices import near
from pamiers.compliance.evidence.register import Register, found_in
from pamiers.compliance.evidence.sought import Sought
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.rule import Rule


def occasions(rule: Rule, register: Register) -> Iterator[Happening]:
    """Yield what may have given rise to a duty, in order of time.

    Args:
        rule: Its reading has a trigger.
        register: What is on record.

    Yields:
        Happenings that may be the trigger.
    """
    matter = rule.reading.upon
    if matter is None:
        return
    who = register.agreement.meant_by(matter.by) if matter.by else None
    to = register.agreement.meant_by(matter.to) if matter.to else None
    sought = Sought(with_kinds(matter), who, to)
    rows = shown(matter, register) if own_state(matter) else found_in(register, sought)
    for each in rows:
        row = _owed_upon(each, rule, register)
        if row.high > limits_kept(rule, register):
            yield row


def _owed_upon(row: Happening, rule: Rule, register: Register) -> Happening:
    """Return an event as far as a rule's party may owe an answer to it.

    Where act and event are of one party, to that of another it owes none.
    """
    if "party" not in rule.reading.same or rule.party is None:
        return row
    own = register.agreement.meant_by((rule.party, *rule.clause.answers_for))
    parts = [
        each.but(YES if each.actor is None else done_by(each.actor, own))
        for each in row.alternatives()
    ]
    return row.joined(parts)


def limits_kept(rule: Rule, register: Register) -> float:
    """Return the probability up to which an occasion is none."""
    limits = rule.clause.thresholds or register.agreement.thresholds
    return limits.kept


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on the answer to one event.

    Args:
        case: What is judged; its `occasion` is the event.
        court: What is known.
        without: Keys of incidents and statements to leave out.

    Returns:
        One finding.
    """
    register = court.register.without(without).until(case.until)
    row = occasion_of(case, occasions(case.rule, register))
    if row is None:
        return finding_of(case, court, GONE)
    locked = locks(case.reading, register, case.shut).open
    register = replace(
        register,
        papers=tuple(
            p for p in register.papers if p.ref is None or p.ref in names_of(row)
        ),
    )
    rows = answers(case.reading, acts(case.reading, case.clause, register), row)
    done = completion(case.reading, case.clause, register, rows)
    said = _decided(case, court, (row, locked), (rows, done))
    evidence = (row.key, *done.evidence)
    return finding_of(case, court, replace(said, evidence=evidence))


def due_at(case: Case, court: Court, since: datetime) -> datetime | None:
    """Return by when something had to be answered; None where no time is set."""
    if case.reading.lasting is None:
        return None
    return court.agreement.calendar.after(since, case.reading.lasting)


def _decided(
    case: Case,
    court: Court,
    occasion: tuple[Happening, tuple[str, ...]],
    told: tuple[list[Happening], Completion],
) -> Said:
    row, locked = occasion
    rows, done = told
    due = due_at(case, court, row.latest)
    plain = Said(verdict=Verdict.UNDETERMINED, why=Why.PENDING, due_at=due)
    if done.done_at is not None and (due is None or done.done_at <= due):
        return _in_time(case, court, replace(plain, done_at=done.done_at), (row, done))
    if locked:
        return replace(plain, why=Why.LOCKED, locked_by=locked)
    said = _late(case, court, plain, (row, rows, done))
    return _as_sure(said, row, case, court)


def _in_time(
    case: Case, court: Court, plain: Said, told: tuple[Happening, Completion]
) -> Said:
    """Return what is said of an answer in time, if the event came as late as it may."""
    row, done = told
    early = due_at(case, court, row.ends[0])
    if early is not None and done.done_at is not None and done.done_at > early:
        return replace(plain, why=Why.TIME)
    undone = row.high * (1.0 - done.probability)
    return replace(plain, verdict=Verdict.KEPT, why=Why.DONE, high=undone)


def _late(
    case: Case,
    court: Court,
    plain: Said,
    told: tuple[Happening, list[Happening], Completion],
) -> Said:
    row, rows, done = told
    if done.done_at is not None:
        if plain.due_at is not None and done.perhaps_by(plain.due_at):
            return replace(plain, why=Why.LOW_PROBABILITY, done_at=done.done_at)
        late = replace(plain, verdict=Verdict.BREACHED, why=Why.LATE, low=1.0)
        return replace(late, done_at=done.done_at).late(case.until)
    may_be = rows if done.begun_at is not None else []
    return undone(case, court, plain, (may_be, done, row.start))


def _as_sure(said: Said, row: Happening, case: Case, court: Court) -> Said:
    """Return a breach made no surer than the event that gave rise to the duty."""
    if said.verdict is not Verdict.BREACHED:
        return said
    bounded = replace(said, low=said.low * row.low, high=said.high * row.high)
    if bounded.low >= court.limits(case).breached:
        return bounded
    why = Why.LOW_PROBABILITY
    return replace(bounded, verdict=Verdict.UNDETERMINED, why=why, late_s=None)


def answers(
    reading: Reading, rows: list[Happening], trigger: Happening
) -> list[Happening]:
    """Return the acts that may answer an event, with that probability.

    Args:
        reading: Says what act and trigger share.
        rows: Acts.
        trigger: The event; what was over before it began does not answer it.

    Returns:
        Acts in order of time; empty for none.
    """
    told = []
    for row in rows:
        if row.latest < trigger.earliest or row.key == trigger.key:
            continue
        for name in reading.same:
            parts = row.alternatives()
            same = [each.but(_SAME[name](each, trigger)) for each in parts]
            row = row.joined(same)  # noqa: PLW2901 - by factors
        if row.earliest < trigger.begins[1]:
            row = row.but(OPEN)  # noqa: PLW2901 - it may have come first
        if row.high > 0.0:
            told.append(row)
    return told


def _same_id(row: Happening, trigger: Happening) -> Bounds:
    if row.ref is None:
        return OPEN
    return YES if row.ref in names_of(trigger) else NO


def names_of(row: Happening) -> set[str | None]:
    """Return every identifier under which others refer to a happening."""
    return {row.ref, row.key, row.key.rpartition(":")[2]} - {None}


def _same_party(row: Happening, trigger: Happening) -> Bounds:
    if row.actor is None or (trigger.actor is None and not trigger.shares):
        return OPEN
    return trigger.share_of(frozenset({row.actor}))


def _same_place(row: Happening, trigger: Happening) -> Bounds:
    return near(row.place, trigger.place, (row.region, trigger.region))


_SAME = {"id": _same_id, "party": _same_party, "place": _same_place}
