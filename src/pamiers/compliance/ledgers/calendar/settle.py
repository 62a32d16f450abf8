"""How a duty stands: done, late, due, overdue, or held up, and why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pamiers.agreement.model import Clause, Reading, Verb
from pamiers.compliance.ledgers.act import TICK
from pamiers.compliance.ledgers.calendar.discharge import (
    Asked,
    Discharge,
    acts_of,
    breach_after,
    by_counter,
    completed,
    discharge,
)
from pamiers.compliance.ledgers.calendar.duty import Duty, Late, Occasion, Status
from pamiers.compliance.ledgers.calendar.lateness import day_until, lateness, overdue
from pamiers.compliance.ledgers.calendar.owed import Owed
from pamiers.compliance.ledgers.gates import shut_by
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.remark import Remark, remark
from pamiers.compliance.ledgers.tallied import figure
from pamiers.core.instant import format_instant, zone

_LATE: Final = frozenset({Status.DONE_LATE, Status.OVERDUE, Status.MISSED})
#: occasions on which nothing is to be done: a date passes, and that is all
_PASSING: Final = {
    Occasion.BEGINS: Status.IN_FORCE,
    Occasion.ENDS: Status.ENDED,
    Occasion.EXEMPTION: Status.ENDED,
}


def settle(owed: Owed, known: Known) -> Duty:
    """Return how a duty stands.

    Args:
        owed: What is owed.
        known: What is on record, and now.

    Returns:
        The duty, of the one reading of `owed`.
    """
    found = discharge(_asked(owed), known) if _may_be_done(owed) else None
    status = _status(owed, found, known)
    return Duty(
        key=owed.key(known.agreement.id, (owed.reading.id,)),
        clause=owed.clause.id,
        readings=(owed.reading.id,),
        version=owed.reading.version,
        replaced_by=owed.replaced_by or "",
        occasion=owed.occasion,
        bearer=owed.bearer,
        binds=owed.reading.bearers,
        to=owed.to or owed.clause.to,
        title=owed.clause.title,
        written=_written(owed),
        due_at=owed.due_at,
        status=status,
        late=_late(owed, status, found, known),
        done_at=found.end if found else None,
        done_by=found.keys if found else (),
        sources=found.sources if found else (),
        waits_for=owed.waits_for if status is Status.WAITING else (),
        locked_by=owed.locked_by if status is Status.LOCKED else (),
        trigger=owed.trigger,
        times=owed.times,
        visibility=owed.clause.visibility,
        cite=owed.clause.cite,
        why=(*owed.why, *_why(owed, status, found, known)),
    )


def _written(owed: Owed) -> str:
    """Return by when it is owed as written; how soon, where no day is given."""
    urgency, told = owed.clause.urgency, owed.told or owed.written
    if owed.due_at is not None or not urgency:
        return told
    soon = urgency.get("en") or next(iter(urgency.values()))
    return f"{told}, {soon}" if told else soon


def _may_be_done(owed: Owed) -> bool:
    """Tell whether there is something to do, and it has begun to be owed."""
    begun = owed.since is not None or not owed.reading.from_
    return begun and owed.occasion not in _PASSING


def _asked(owed: Owed) -> Asked:
    return Asked(
        clause=owed.clause,
        reading=owed.reading,
        bearer=owed.bearer,
        since=owed.since,
        until=owed.until,
        due_at=owed.due_at,
        upon=owed.upon,
    )


def _status(owed: Owed, found: Discharge | None, known: Known) -> Status:
    if found is not None and not _late_behind_gate(owed, found, known):
        return _done(owed.due_at, found)
    held = _held_up(owed, known)
    if held is not None:
        return held
    if owed.due_at is None:
        return _PASSING.get(owed.occasion, Status.OPEN)
    if known.now < owed.due_at:
        return Status.COMING if owed.occasion in _PASSING else Status.DUE
    return _passed(owed)


def _late_behind_gate(owed: Owed, found: Discharge, known: Known) -> bool:
    """Tell whether what is done late was not yet due, for a gate that is shut."""
    late = _done(owed.due_at, found) is not Status.DONE
    return late and bool(shut_by(owed.clause.id, known))


def _passed(owed: Owed) -> Status:
    lapsed = owed.lapses or not owed.clause.perdurant
    late = Status.MISSED if lapsed else Status.OVERDUE
    return _PASSING.get(owed.occasion, late)


def _done(due: datetime | None, found: Discharge) -> Status:
    """Return whether what is done was in time; on the stroke it still is."""
    if due is None or found.end <= due + TICK:
        return Status.DONE
    return Status.DONE_LATE if found.start >= due else Status.DONE_UNTIMED


def _held_up(owed: Owed, known: Known) -> Status | None:
    """Return what keeps a duty from being due; None where nothing does."""
    if _suspended(owed, known):
        return Status.SUSPENDED
    if owed.locked_by:
        return Status.LOCKED
    if owed.waits_for and owed.due_at is None:
        return Status.WAITING
    return _over(owed, known)


def _over(owed: Owed, known: Known) -> Status | None:
    """Return how a duty stands whose reading has ended, or was replaced.

    One that ended before its instant never came due. One that was late by then was
    missed under that reading.
    """
    until, due = owed.reading.until_at, owed.due_at
    if owed.occasion is Occasion.BEGINS and until is not None and until <= known.now:
        return Status.ENDED
    if until is None or owed.occasion in _PASSING:
        return None
    if due is not None and due < until:
        return Status.MISSED if until <= known.now else None
    replaced = owed.replaced_by is not None and due is not None
    return Status.ENDED if replaced or until <= known.now else None


def _suspended(owed: Owed, known: Known) -> bool:
    now = known.now
    for each in owed.clause.suspended:
        start, end = each.from_at, each.until_at
        if start is not None and start <= now and (end is None or now < end):
            return True
    for row in known.statements:
        if row.category == f"suspension:{owed.clause.id}":
            begun = row.start or row.given_at
            lasts = row.end is None or now < row.end
            if begun is not None and begun <= now and lasts:
                return True
    return False


def _late(
    owed: Owed, status: Status, found: Discharge | None, known: Known
) -> Late | None:
    if status not in _LATE or owed.due_at is None:
        return None
    tz = zone(known.agreement.time_zone)
    if found is None:
        until = owed.reading.until_at
        over = until is not None and until <= known.now
        return overdue(owed.due_at, until if over and until else known.now, tz)
    return lateness(owed.due_at, found.end, tz)


def _why(
    owed: Owed, status: Status, found: Discharge | None, known: Known
) -> Iterator[Remark]:
    if found is not None:
        yield _by(found)
    elif status in (Status.OVERDUE, Status.MISSED):
        yield _silence(owed, known)
    elif status is Status.WAITING:
        names = ", ".join(owed.waits_for)
        yield remark("calendar.waits", f"Waits for {names}.", waits_for=names)
    elif status is Status.LOCKED:
        names = ", ".join(owed.locked_by)
        yield remark("calendar.locked", f"Locked until {names}.", locked_by=names)
    if owed.replaced_by is not None:
        text = f"Amended by {owed.replaced_by}."
        yield remark("calendar.amended", text, instrument=owed.replaced_by)
    if found is None and owed.occasion is Occasion.TOTAL:
        yield from _so_far(owed, known)


def _by(found: Discharge) -> Remark:
    keys, sources = ", ".join(found.keys), ", ".join(found.sources)
    at = format_instant(found.end)
    return remark(
        "calendar.done",
        f"Done by {at}, according to {sources} ({keys}).",
        at=at,
        sources=sources,
        keys=keys,
    )


def _silence(owed: Owed, known: Known) -> Remark:
    """Return what an overdue duty rests on: a finding, or that nothing shows it."""
    breach = breach_after(_asked(owed), known)
    if breach is not None:
        return remark(
            "calendar.breached", f"Finding {breach.key} says so.", finding=breach.key
        )
    perhaps = _perhaps(owed, known)
    if perhaps:
        text = f"{perhaps} may be it: whose act it was, or whether it was, is open."
        return remark("calendar.perhaps", text, keys=perhaps)
    return remark(
        "calendar.not_reported",
        "Nothing on record shows it done; that is not evidence that it was not.",
    )


def _perhaps(owed: Owed, known: Known) -> str:
    """Return what may be the act; nothing where it waits to be verified."""
    asked = _asked(owed)
    if owed.clause.verb is not Verb.OBLIGE or completed(asked, known).unverified:
        return ""
    return ", ".join(row.key for row in acts_of(asked, known))


def _so_far(owed: Owed, known: Known) -> Iterator[Remark]:
    bound = owed.reading.bound
    least = None if bound is None else bound.least
    told = False
    for rows in by_counter(_asked(owed), known):
        found = figure(rows)
        if found is not None and least is not None:
            told = True
            at = format_instant(found.as_of)
            day = day_until(found.as_of, known.agreement)
            yield remark(
                "calendar.so_far",
                f"{found} of {least:g} according to {found.counter}, as of {day}.",
                count=str(found),
                of=least,
                counter=found.counter,
                as_of=at,
            )
    if not told:
        yield remark("calendar.no_tally", "Not reported: nobody has counted.")


def total_share(duty: Duty, known: Known) -> float | None:
    """Return how much of a duty of so many is done, by the counter that says least.

    Args:
        duty: Of occasion TOTAL.
        known: What is on record.

    Returns:
        Share in [0, 1]; None where nobody has counted.
    """
    clause = known.agreement.clause(duty.clause)
    named = [r for r in clause.readings if not duty.readings or r.id in duty.readings]
    shares = [
        min(1.0, found.low / bound.least)
        for reading in named[:1]
        if (bound := reading.bound) is not None and bound.least
        for rows in by_counter(_of(clause, reading, duty.bearer), known)
        if (found := figure(rows)) is not None
    ]
    return min(shares, default=None)


def _of(clause: Clause, reading: Reading, bearer: str | None) -> Asked:
    return Asked(clause=clause, reading=reading, bearer=bearer)
