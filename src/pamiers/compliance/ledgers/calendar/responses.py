"""Duties upon each event of a kind, or upon a breach."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pamiers.agreement.model import Clause, Reading, Verb
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.ledgers.act import Act
from pamiers.compliance.ledgers.calendar.duty import Occasion
from pamiers.compliance.ledgers.calendar.locks import lock
from pamiers.compliance.ledgers.calendar.owed import Owed, bearers_of
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import finding_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggered:
    """What a duty is owed upon, once."""

    key: str
    start: datetime
    end: datetime
    actor: str | None = None


def responses(clause: Clause, known: Known) -> Iterator[Owed]:
    """Yield what a clause demands upon each trigger on record.

    Where there was none, one duty waits for the first.
    """
    if clause.verb is not Verb.OBLIGE:
        return
    for reading in clause.readings:
        if reading.upon is not None or clause.upon:
            found = list(_triggers(clause, reading, known))
            for each in found:
                yield from _upon(clause, reading, each, known)
            if not found:
                yield from _waiting(clause, reading, known)


def _triggers(clause: Clause, reading: Reading, known: Known) -> Iterator[Triggered]:
    upon = reading.upon
    if upon is not None and upon.kinds:
        for act in known.acts:
            theirs = not upon.by or act.actor in known.agreement.meant_by(upon.by)
            if act.is_of(upon.kinds) and theirs and _in_force(reading, act):
                key = act.ref if "id" in reading.same and act.ref else act.key
                yield Triggered(key=key, start=act.start, end=act.end, actor=act.actor)
    breached = clause.upon or (upon.breach_of if upon is not None else ())
    yield from _breaches(breached, known)


def _in_force(reading: Reading, act: Act) -> bool:
    begun = reading.from_at is not None and act.end > reading.from_at
    return begun and (reading.until_at is None or act.start < reading.until_at)


def _breaches(clauses: tuple[str, ...], known: Known) -> Iterator[Triggered]:
    """Yield the episodes of breach of some clauses, as they stand first in the text."""
    for name in clauses:
        clause = known.agreement.clause(name)
        reading = finding_reading(clause, clause.default)
        found = [
            each
            for each in known.findings_on(name, reading)
            if each.verdict is Verdict.BREACHED
        ]
        yield from _episodes(found, timedelta(seconds=clause.gap_s))


def _episodes(found: list[Finding], gap: timedelta) -> Iterator[Triggered]:
    last: datetime | None = None
    for each in found:
        if last is None or each.start - last > gap:
            yield Triggered(key=each.key, start=each.start, end=each.end)
        last = each.end if last is None else max(last, each.end)


def _upon(
    clause: Clause, reading: Reading, trigger: Triggered, known: Known
) -> Iterator[Owed]:
    due = None
    if reading.lasting is not None:
        due = known.agreement.calendar.after(trigger.end, reading.lasting)
    locked = lock(clause, reading, known)
    for bearer in bearers_of(reading):
        if "party" in reading.same and trigger.actor not in (None, bearer):
            continue
        yield Owed(
            clause=clause,
            reading=reading,
            occasion=Occasion.RESPONSE,
            bearer=bearer,
            written=_written(clause, reading),
            due_at=due,
            since=trigger.start,
            locked_by=locked.locked_by,
            trigger=trigger.key,
        )


def _waiting(clause: Clause, reading: Reading, known: Known) -> Iterator[Owed]:
    locked = lock(clause, reading, known)
    for bearer in bearers_of(reading):
        yield Owed(
            clause=clause,
            reading=reading,
            occasion=Occasion.RESPONSE,
            bearer=bearer,
            written=_written(clause, reading),
            due_at=None,
            since=known.now,
            waits_for=_named(clause, reading),
            locked_by=locked.locked_by,
        )


def _named(clause: Clause, reading: Reading) -> tuple[str, ...]:
    upon = reading.upon
    breached = clause.upon or (upon.breach_of if upon is not None else ())
    kinds = upon.kinds if upon is not None else ()
    return (*kinds, *(f"a breach of {each}" for each in breached))


def _written(clause: Clause, reading: Reading) -> str:
    names = " or ".join(_named(clause, reading))
    allowed = f"within {reading.lasting} of" if reading.lasting is not None else "upon"
    return f"{allowed} {names}"
