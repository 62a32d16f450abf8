"""Notices that were due before each activity of a kind."""

from collections.abc import Iterator
from dataclasses import replace

from pamiers.agreement.model import Clause, Verb
from pamiers.compliance.ledgers.calendar.duty import Duty, Occasion, Status
from pamiers.compliance.ledgers.calendar.lateness import lateness, overdue
from pamiers.compliance.ledgers.calendar.owed import Owed, bearers_of
from pamiers.compliance.ledgers.calendar.settle import settle
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.notices import Notified, Rule, matched, rules
from pamiers.compliance.ledgers.remark import remark
from pamiers.core.instant import zone


def noticed(clause: Clause, known: Known) -> Iterator[Duty]:
    """Yield the notices that a clause asks for: of each activity, and in general.

    Only the text as it stands first is followed; rival readings of how long before
    differ in findings.
    """
    if clause.verb is not Verb.NOTIFY:
        return
    for rule in rules(clause, known.now):
        if rule.exemption is None:
            yield from _standing(rule, known)
            for each in matched(rule, known):
                if each.act is not None:
                    yield _notice(rule, each, known)


def _standing(rule: Rule, known: Known) -> Iterator[Duty]:
    clause, reading = rule.clause, rule.reading
    for bearer in bearers_of(reading):
        owed = Owed(
            clause=clause,
            reading=reading,
            occasion=Occasion.NOTICE,
            bearer=bearer,
            written=_written(rule),
            due_at=None,
            since=known.now,
            waits_for=rule.kinds,
        )
        yield replace(settle(owed, known), readings=())


def _written(rule: Rule) -> str:
    before = rule.reading.before
    kinds = " or ".join(rule.kinds)
    early = before is not None and before.quantity.base > 0.0
    return f"{before} before each {kinds}" if early else f"before each {kinds}"


def _notice(rule: Rule, each: Notified, known: Known) -> Duty:
    owed = Owed(
        clause=rule.clause,
        reading=rule.reading,
        occasion=Occasion.NOTICE,
        bearer=each.party,
        written=_written(rule),
        due_at=each.needed_by,
        trigger=each.act,
    )
    status, due = _status(each), each.needed_by
    late = None
    if due is not None and status in (Status.DONE_LATE, Status.MISSED):
        tz = zone(known.agreement.time_zone)
        at = each.given_at
        late = lateness(due, at, tz) if at is not None else overdue(due, known.now, tz)
    text = f"{each.outcome.value}: {'; '.join(each.overruns) or each.act}."
    return Duty(
        key=owed.key(known.agreement.id, ()),
        clause=rule.clause.id,
        readings=(),
        occasion=Occasion.NOTICE,
        bearer=each.party,
        binds=(each.party,) if each.party else (),
        to=rule.clause.to,
        title=rule.clause.title,
        written=owed.written,
        due_at=due,
        status=status,
        late=late,
        done_at=each.given_at,
        done_by=(each.notice,) if each.notice else (),
        sources=each.sources,
        trigger=each.act,
        visibility=rule.clause.visibility,
        cite=rule.clause.cite,
        why=(remark("calendar.notice", text, outcome=each.outcome.value),),
    )


def _status(each: Notified) -> Status:
    if each.given_at is None or each.needed_by is None:
        return Status.MISSED
    return Status.DONE if each.given_at <= each.needed_by else Status.DONE_LATE
