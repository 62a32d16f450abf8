"""What has to be done before a duty is due, and since when nothing hinders it.

What has to be verified hinders until it is, so time that runs from it runs from then.
What is known only to have been some time in an interval may have opened the way from
the first instant of it, and surely had by the last.
"""

from dataclasses import dataclass
from datetime import datetime

from pamiers.agreement.model import Clause, Matter, Reading, Requirement, Subject
from pamiers.compliance.clauses.acts import Completion, acts, completion
from pamiers.compliance.clauses.reached import reached_at, settled_at
from pamiers.compliance.evidence.register import Register, found_in
from pamiers.compliance.evidence.sought import Sought


@dataclass(frozen=True, slots=True)
class Locks:
    """What of a duty's requirements is open, and when the last was fulfilled."""

    open: tuple[str, ...]  #: clauses, events and gates that have to come first
    opened_at: datetime | None  #: UTC; None: nothing is required, or some is open
    may_open_at: datetime | None = None  #: first instant at which it may have been so


def locks(reading: Reading, register: Register, shut: tuple[str, ...] = ()) -> Locks:
    """Return what stands before the duty of a reading.

    Args:
        reading: Its requirements; all have to be fulfilled.
        register: What is on record.
        shut: Gates that are shut.

    Returns:
        The locks; none where nothing is required.
    """
    times = [(_named(each), _fulfilled_at(each, register)) for each in reading.requires]
    still = (*(name for name, (_, at) in times if at is None), *shut)
    if still or not times:
        return Locks(still, None)
    firsts = [first or at for _, (first, at) in times if at is not None]
    return Locks((), max(at for _, (_, at) in times if at is not None), max(firsts))


def _named(each: Requirement) -> str:
    return each.clause or each.event or ""


_When = tuple[datetime | None, datetime | None]  #: perhaps, and surely


def _fulfilled_at(each: Requirement, register: Register) -> _When:
    """Return from when a requirement may have been, and by when it surely was."""
    if each.clause is not None:
        return _settled_at(register.agreement.clause(each.clause), register)
    who = register.agreement.meant_by([each.by]) if each.by else None
    matter = Matter(subject=Subject.EVENT, kinds=(each.event or "",))
    rows = found_in(register, Sought(matter, who))
    sure = register.agreement.thresholds.breached
    first = min((row.earliest for row in rows), default=None)
    return first, min((row.there_by for row in rows if row.low >= sure), default=None)


def done_at(clause: Clause, register: Register) -> datetime | None:
    """Return when a duty was done by all who owe it; None where it is not.

    Args:
        clause: A duty, or a number that has to be reached.
        register: What is on record.

    Returns:
        The first instant at which it surely was, read as the text stands first.
    """
    reading = _standing(clause)
    if reading.bound is not None:
        return reached_at(reading, clause, register)
    return _completion(reading, clause, register).done_at


def verified_at(clause: Clause, register: Register) -> datetime | None:
    """Return when a duty was done and verified by all who have to verify it.

    Args:
        clause: A duty, or a number that has to be reached.
        register: What is on record.

    Returns:
        The first instant at which both surely were; None where one is not.
    """
    return _settled_at(clause, register)[1]


def _settled_at(clause: Clause, register: Register) -> _When:
    """Return when a duty was done, and verified by all who have to verify it."""
    reading = _standing(clause)
    if reading.bound is not None:
        at = settled_at(reading, clause, register)
        return at, at
    done = _completion(reading, clause, register)
    began = done.settled_at if clause.verified_by else done.begun_at
    return began, done.settled_at


def _completion(reading: Reading, clause: Clause, register: Register) -> Completion:
    by_act = reading.subject is Subject.EVENT or reading.state == "presence"
    rows = acts(reading, clause, register) if by_act else ()
    return completion(reading, clause, register, rows)


def _standing(clause: Clause) -> Reading:
    """Return the last version of the reading that stands first in the text."""
    same = [each for each in clause.readings if each.id == clause.default.id]
    known = [each for each in same if each.from_at is not None]
    return (known or same)[-1]
