"""What is to be judged over a period, case by case, and the judging of one case."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from pamiers.agreement.model import Agreement, Clause, Reading
from pamiers.compliance.clauses import (
    duty,
    flow,
    forbid,
    formula,
    frequency,
    goal,
    notify,
    ratio,
    response,
    rhythm,
    stock,
    upkeep,
)
from pamiers.compliance.clauses.against import against
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.clauses.said import Said, finding_of
from pamiers.compliance.compile import rules
from pamiers.compliance.either import under_both
from pamiers.compliance.evidence.ground import OUTSIDE, drawn_since, redrawn
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.gating import shut_by
from pamiers.compliance.rule import Form, Rule
from pamiers.compliance.spans import not_in_force, spans
from pamiers.core.instant import Interval
from pamiers.core.kind import KINDS

_JUDGES = {
    Form.PROHIBITION: forbid.judge,
    Form.ABSENCE: duty.judge_absence,
    Form.DUTY: duty.judge,
    Form.REACTION: duty.judge,
    Form.RESPONSE: response.judge,
    Form.ANNOUNCEMENT: notify.judge,
    Form.FREQUENCY: frequency.judge,
    Form.STOCK: stock.judge,
    Form.FLOW: flow.judge,
    Form.GOAL: goal.judge,
    Form.PROPORTION: ratio.judge,
    Form.UPKEEP: upkeep.judge,
    Form.RHYTHM: rhythm.judge,
    Form.FORMULA: formula.judge,
}
#: forms that speak of all of a period: what is to come in it may be otherwise
_ALL_THE_TIME = frozenset(
    {
        Form.PROHIBITION,
        Form.ABSENCE,
        Form.FREQUENCY,
        Form.STOCK,
        Form.FLOW,
        Form.PROPORTION,
        Form.UPKEEP,
        Form.FORMULA,
    }
)
#: forms by which something done counts before the clause is due
_DONE_EARLY = frozenset({Form.DUTY, Form.REACTION, Form.RESPONSE, Form.GOAL})
_TICK = timedelta(microseconds=1)
OCCASIONS = {
    Form.RESPONSE: response.occasions,
    Form.ANNOUNCEMENT: notify.occasions,
}


def owed_each_time(clause: Clause, agreement: Agreement) -> bool:
    """Tell whether a clause is judged once for each occasion, not day by day."""
    return any(rule.form in OCCASIONS for rule in rules(agreement, clause.id))


def not_judged(
    clause: Clause, court: Court, period: Interval, reading: str | None = None
) -> str | None:
    """Return why a clause is not judged over a period; None where it is.

    Args:
        clause: The clause.
        court: Agreement and what is known.
        period: Reporting interval.
        reading: Only in this reading; None for any.

    Returns:
        `not in force`, `outside hours`, `suspended`, or `no occasion` of a duty that
        nothing gave rise to.
    """
    found = cases(court, period, (clause.id,))
    if any(reading in {None, case.reading.id} for case in found):
        return None
    bound = court.agreement.clause(clause.id)
    return not_in_force(bound, court, period, reading) or "no occasion"


def judge(case: Case, court: Court, without: frozenset[str] = frozenset()) -> Finding:
    """Return the finding on one case.

    Args:
        case: What is judged.
        court: What is known.
        without: Keys of incidents, totals, tallies and statements to leave out.

    Returns:
        One finding.
    """
    if case.shut and case.rule.form not in _DONE_EARLY:
        return finding_of(case, court, _locked(case))
    found = _JUDGES[case.rule.form](case, court, without)
    return _so_far(found, court) if case.rule.form in _ALL_THE_TIME else found


def _so_far(finding: Finding, court: Court) -> Finding:
    """Return a finding on a period; before its end it is broken, or not yet kept."""
    ahead = court.known_at <= finding.start and finding.verdict is Verdict.UNOBSERVED
    runs = court.known_at < finding.end and finding.verdict is Verdict.KEPT
    if not (ahead or runs):
        return finding
    return replace(
        finding,
        verdict=Verdict.UNDETERMINED,
        why=Why.PENDING,
        probability_high=1.0,
        count_high=None,
    )


def _locked(case: Case) -> Said:
    return Said(verdict=Verdict.UNDETERMINED, why=Why.LOCKED, locked_by=case.shut)


def cases(
    court: Court, period: Interval, clauses: Sequence[str] | None = None
) -> Iterator[Case]:
    """Yield what is to be judged over a period, in the order of the agreement.

    Args:
        court: Agreement and what is known.
        period: Reporting interval.
        clauses: Ids of the clauses to judge; None for all.

    Yields:
        One case per rule in force and sector that it reaches, or per occasion. A
        duty to act is of no sector, nor is an event that only the agreement knows.
    """
    for rule in rules(court.agreement):
        if clauses is not None and rule.clause.id not in clauses:
            continue
        yield from cases_of(rule, court, period)


def cases_of(rule: Rule, court: Court, period: Interval) -> Iterator[Case]:
    """Yield what is to be judged by one rule over a period.

    Args:
        rule: Of the court's agreement.
        court: Agreement and what is known.
        period: Reporting interval.

    Yields:
        One case per part of the period and sector, or per occasion.
    """
    for case in _found(rule, court, period):
        yield _gated(case, court)


def findings_of(rule: Rule, court: Court, period: Interval) -> Iterator[Finding]:
    """Yield the findings on one rule over a period, whenever its anchors came.

    Args:
        rule: Of the court's agreement.
        court: Agreement and what is known.
        period: Reporting interval.

    Yields:
        One finding per case; where an anchor is known only to an interval, what is
        found under both its ends (`either`).
    """
    found = [judge(case, court) for case in cases_of(rule, court, period)]
    if court.late is None:
        yield from found
        return
    same = _bound_late(rule, court, court.late)
    later = [judge(case, court.late) for case in cases_of(same, court.late, period)]
    yield from under_both(found, later)


def _bound_late(rule: Rule, court: Court, late: Court) -> Rule:
    """Return a rule as it is where anchors came as late as they may have."""
    name = rule.clause.id
    pairs = zip(rules(court.agreement, name), rules(late.agreement, name), strict=True)
    return next(other for one, other in pairs if one == rule)


def _found(rule: Rule, court: Court, period: Interval) -> Iterator[Case]:
    if rule.form is Form.REACTION:
        return _owed(rule, court, period)
    if rule.form in OCCASIONS:
        return _each_time(rule, court, period)
    return _standing(rule, court, period)


def _gated(case: Case, court: Court) -> Case:
    """Return a case with the gates that keep its clause from being due."""
    shut = shut_by(case.clause.id, court, case.until, _on)
    return replace(case, shut=shut) if shut else case


def _on(clause: str, court: Court, period: Interval) -> list[Finding]:
    """Return the findings on a clause over a period, as it stands first in the text."""
    first = court.agreement.clause(clause).default.id
    return [
        finding
        for rule in rules(court.agreement, clause)
        if rule.reading.id == first
        for finding in findings_of(rule, court, period)
    ]


def _standing(rule: Rule, court: Court, period: Interval) -> Iterator[Case]:
    for span in _as_drawn(rule, court, period):
        drawn_at = drawn_since(court.agreement, span.start)
        within = False
        for sector in _sectors(rule, court):
            case = Case(
                rule=rule,
                sector=sector,
                period=span,
                until=min(span.end, court.known_at),
                drawn_at=drawn_at,
            )
            reached = _reached(case, court)
            within = within or reached
            if reached or (sector == OUTSIDE and not within):
                yield case


def _as_drawn(rule: Rule, court: Court, period: Interval) -> Iterator[Interval]:
    """Yield when a rule is in force; of a ban, each drawing of where by itself."""
    for span in spans(rule, court, period):
        if rule.form in {Form.PROHIBITION, Form.ABSENCE}:
            yield from redrawn(court.agreement, rule.reading.where, span)
        else:
            yield span


def _sectors(rule: Rule, court: Court) -> tuple[str | None, ...]:
    reading = rule.reading
    own = bool(reading.kinds) and not any(kind in KINDS for kind in reading.kinds)
    broken_down = rule.form in {Form.PROHIBITION, Form.ABSENCE}
    if not broken_down or own or rule.zone or not court.agreement.sectors:
        return (None,)
    return (*(sector.id for sector in court.agreement.sectors), OUTSIDE)


def _reached(case: Case, court: Court) -> bool:
    """Tell whether a clause has anything to say of a sector.

    What lies in no sector is judged where something may have happened there, exempt or
    not, and where the clause reaches no sector.
    """
    if case.sector == OUTSIDE:
        return _happened_outside(case, court)
    area = court.ground.area(case.site)
    return area is None or area.area > 0.0


def _happened_outside(case: Case, court: Court) -> bool:
    found, limits = against(case, court), court.limits(case)
    if forbid.probability(found, (), court)[1] > limits.kept:
        return True
    exempt = {key for key, _ in found.taken_out}
    facts = court.facts
    at = np.array(
        [i for i in range(len(facts)) if facts.key[i] in exempt], dtype=np.int64
    )
    there = court.ground.lies(case.site, at, by_control=False)[1]
    return bool((facts.probability[at] * there > limits.kept).any())


def _each_time(rule: Rule, court: Court, period: Interval) -> Iterator[Case]:
    """Yield a case for each occasion of a duty in a period, judged as known now."""
    for row in OCCASIONS[rule.form](rule, court.register):
        if not period.start <= row.earliest < period.end:
            continue
        first, last = row.begins
        whole = Interval(first, last + _TICK)
        held = list(spans(rule, court, whole))
        if held:
            yield Case(
                rule=rule,
                sector=None,
                period=Interval(row.start, row.end),
                until=court.known_at,
                occasion=row.key,
                doubtful=held != [whole],
            )


def _owed(rule: Rule, court: Court, period: Interval) -> Iterator[Case]:
    """Yield the duties that breaches in a period give rise to, judged as known now.

    It is owed for a breach while it is in force, and for none of before. It binds the
    party whose breach it is, where it may be said whose, else everybody who is bound.
    It runs from the beginning of the period, and its time is counted
    from the end of the first incident that goes into the breach, which may be known
    only to an interval; where no incident tells of it, from the end of the period.
    """
    for span in spans(rule, court, period):
        yield from _owed_in(rule, court, span)


def _owed_in(rule: Rule, court: Court, span: Interval) -> Iterator[Case]:
    breaches = [
        finding
        for name in rule.clause.upon
        for finding in _breaches(court.agreement.clause(name), court, span)
    ]
    whose = {b.attribution for b in breaches} & set(rule.clause.default.bearers)
    if not breaches or (rule.shared and whose and rule.party not in whose):
        return
    reading = rule.reading
    began = [_began(each, court, span) for each in breaches]
    early, late = (
        _allowed(reading, court, min(each[end] for each in began)) for end in (0, 1)
    )
    owed = replace(reading, from_at=span.start, since_at=None, by_at=late, lasting=None)
    yield Case(
        rule=replace(rule, reading=owed),
        sector=None,
        period=span,
        until=court.known_at,
        first_due_at=early,
    )


def _allowed(reading: Reading, court: Court, since: datetime) -> datetime | None:
    """Return by when something is due that a breach gives rise to; None: no time."""
    if reading.lasting is not None:
        return court.agreement.calendar.after(since, reading.lasting)
    return None


def _began(
    breach: Finding, court: Court, period: Interval
) -> tuple[datetime, datetime]:
    """Return when a breach was first there: the end of the first incident for it.

    Returns:
        At the earliest, and at the latest, both within the period.
    """
    told = [court.rows[key] for key in breach.evidence if key in court.rows]
    rows = [row for row in told if row.latest >= period.start]
    first = min((row.ends[0] for row in rows), default=period.end)
    last = min((row.latest for row in rows), default=period.end)
    return max(min(first, period.end), period.start), min(last, period.end)


def _breaches(clause: Clause, court: Court, period: Interval) -> list[Finding]:
    """Return the breaches of a clause, as it stands first in the text, anywhere."""
    found = _anywhere(clause, court, period)
    if court.late is not None:
        same = court.late.agreement.clause(clause.id)
        found = list(under_both(found, _anywhere(same, court.late, period)))
    return [each for each in found if each.verdict is Verdict.BREACHED]


def _anywhere(clause: Clause, court: Court, period: Interval) -> list[Finding]:
    return [
        judge(_gated(case, court), court)
        for rule in rules(court.agreement, clause.id)
        if rule.reading.id == clause.default.id and rule.form is not Form.REACTION
        for case in _unbroken(rule, court, period)
    ]


def _unbroken(rule: Rule, court: Court, period: Interval) -> Iterator[Case]:
    """Yield the cases of a rule over a period, not broken down by sector."""
    if rule.form in OCCASIONS:
        yield from _each_time(rule, court, period)
        return
    for span in spans(rule, court, period):
        until = min(span.end, court.known_at)
        yield Case(rule=rule, sector=None, period=span, until=until)
