"""Duties by a moment, or some time after what locks them was done."""

from collections.abc import Iterator
from datetime import datetime

from pamiers.agreement.model import Clause, Reading, Verb
from pamiers.compliance.clauses.acts import owed_since
from pamiers.compliance.joining import as_joined
from pamiers.compliance.ledgers.calendar.duty import Occasion
from pamiers.compliance.ledgers.calendar.locks import Lock, lock
from pamiers.compliance.ledgers.calendar.owed import Owed, bearers_of, replaced_by
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.reckon import (
    deciding,
    earliest,
    unknown,
    written,
)


def deadlines(clause: Clause, known: Known) -> Iterator[Owed]:
    """Yield what a clause demands by a moment, for each reading and bearer."""
    for reading in clause.readings:
        if _is_dated(clause, reading):
            yield from _of(clause, reading, known)


def _is_dated(clause: Clause, reading: Reading) -> bool:
    if clause.verb is Verb.OBLIGE:
        return reading.upon is None and not (clause.upon or owed_at_once(reading))
    return clause.verb is Verb.AT_LEAST and bool(reading.deadline or reading.by_at)


def owed_at_once(reading: Reading) -> bool:
    """Tell whether absence is owed from the beginning: no time is given for it."""
    timed = reading.deadline or reading.by_at or reading.lasting or reading.requires
    return reading.state == "absence" and not timed


def _of(clause: Clause, reading: Reading, known: Known) -> Iterator[Owed]:
    locked = lock(clause, reading, known)
    replaced = replaced_by(clause, reading)
    for bearer in bearers_of(reading):
        own = as_joined(reading, clause, bearer, known.agreement)
        yield Owed(
            clause=clause,
            reading=reading,
            occasion=_occasion(clause),
            bearer=bearer,
            written=_written(reading, locked),
            told=_told(reading, locked, known),
            due_at=_due(own, locked, known),
            since=owed_since(own, clause, known.agreement),
            waits_for=unknown((*reading.deadline, *reading.from_), known.agreement),
            locked_by=locked.locked_by,
            until=reading.until_at if replaced else None,
            replaced_by=replaced,
        )


def _occasion(clause: Clause) -> Occasion:
    return Occasion.TOTAL if clause.verb is Verb.AT_LEAST else Occasion.DEADLINE


def _due(reading: Reading, locked: Lock, known: Known) -> datetime | None:
    """Return the earliest of the deadlines and of the time allowed from the start."""
    dated = earliest(reading.deadline, known.agreement) or reading.by_at
    begun = reading.since_at or reading.from_at
    runs_from = locked.opened_at if locked.needs else begun
    allowed = None
    if reading.lasting is not None and runs_from is not None:
        allowed = known.agreement.calendar.after(runs_from, reading.lasting)
    return min((at for at in (dated, allowed) if at is not None), default=None)


def _written(reading: Reading, locked: Lock) -> str:
    parts = [written(reading.deadline), *_allowed(reading, locked)]
    return ", or ".join(part for part in parts if part)


def _told(reading: Reading, locked: Lock, known: Known) -> str:
    """Return the dates that may decide, as written."""
    dated = deciding(reading.deadline, known.agreement)
    parts = [dated, *_allowed(reading, locked)]
    return " / ".join(part for part in parts if part)


def _allowed(reading: Reading, locked: Lock) -> Iterator[str]:
    if reading.lasting is not None:
        start = ", ".join(locked.needs) or written(reading.from_) or "it is owed"
        yield f"within {reading.lasting} of {start}"
