"""When a number that has to be reached was reached, and verified where it has to be.

Of rival counters all have to tell that it was. One who had not counted yet does not
hinder the first, unless it tells of fewer once it does, while the other's count stands:
then neither is believed over the other, and the number is not surely reached.
"""

from collections.abc import Sequence
from datetime import datetime

from pamiers.agreement.model import Clause, Matter, Reading, Subject
from pamiers.compliance.clauses.acts import verified
from pamiers.compliance.evidence.amounts import Amount
from pamiers.compliance.evidence.levels import Step, steps
from pamiers.compliance.evidence.portions import Portion, between, portions
from pamiers.compliance.evidence.register import Register
from pamiers.compliance.evidence.rivals import level_at
from pamiers.compliance.evidence.sites import Sites
from pamiers.core.rows import LEVELS


def reached_at(reading: Reading, clause: Clause, register: Register) -> datetime | None:
    """Return when a number was surely reached; None where it is not.

    Args:
        reading: Its bound says how many, of which status.
        clause: Says who has to verify it.
        register: What is on record.

    Returns:
        The first instant at which the least that all counters tell is enough, and
        all have verified it who have to; where no tally tells, that of the
        verification.
    """
    least = reading.limit.floor
    if reading.other is not None:
        counted = _share_at(reading, clause, register)
    else:
        told = steps(reading, clause, register)
        counted = _counted_at(told, least, Sites(register.agreement))
    if not clause.verified_by:
        return counted
    checked = _checked_at(reading, clause, register)
    return None if checked is None else counted or checked


def _counted_at(told: Sequence[Step], least: float, sites: Sites) -> datetime | None:
    """Return the first instant at which all who count tell that a number is reached."""
    turns = sorted({each.start for each in told})
    for at in turns:
        level = level_at(told, at, sites)
        later = [each for each in turns if each > at]
        if level is None or level.least < least:
            continue
        if not any(_contested(told, (at, when), least, sites) for when in later):
            return at
    return None


def _share_at(reading: Reading, clause: Clause, register: Register) -> datetime | None:
    """Return the first instant at which a share of what else is counted is reached.

    Only of tallies, and only where both sides are counted: a share of nothing is not
    reached, and of what may be more without end neither.
    """
    least = reading.bound.least if reading.bound else None
    sides = (reading.matter, reading.other or reading.matter)
    if least is None or any(side.subject is Subject.EVENT for side in sides):
        return None
    since = reading.since_at or reading.from_at
    sites = Sites(register.agreement)
    told = [_told(reading, clause, register, side) for side in sides]
    turns = {step.start for rows, _ in told for step in rows}
    turns |= {each.latest for _, rows in told for each in rows}
    for at in sorted(turns):
        part, whole = (_amount(rows, since, at, sites) for rows in told)
        if part is None or whole is None or not whole[1]:
            continue
        if part[0] >= least * whole[1]:
            return at
    return None


_Told = tuple[Sequence[Step], Sequence[Portion]]  #: of what is there, of what was done


def _told(reading: Reading, clause: Clause, register: Register, side: Matter) -> _Told:
    """Return what tallies tell of one side, of what is there or of what was done."""
    if (side.status or "present") in LEVELS:
        return steps(reading, clause, register, side), ()
    return (), portions(reading, clause, register, side)


def _amount(
    told: _Told, since: datetime | None, at: datetime, sites: Sites
) -> Amount | None:
    """Return how many there are at an instant, or were done until then, or nothing."""
    there, done = told
    if there:
        level = level_at(there, at, sites)
        return None if level is None else (level.least, level.most)
    if since is None or not any(each.earliest <= at for each in done):
        return None
    return between(done, since, at)


def _contested(
    told: Sequence[Step], when: tuple[datetime, datetime], least: float, sites: Sites
) -> bool:
    """Tell whether one who counts later tells of fewer, while the others stand."""
    at, later = when
    before = {step.counter for step in told if step.start <= at < step.end}
    theirs = level_at([s for s in told if s.counter in before], later, sites)
    everyone = level_at(
        [s for s in told if s.counter in before or s.free], later, sites
    )
    if theirs is None or everyone is None:
        return False
    return everyone.least < least <= theirs.least


def settled_at(reading: Reading, clause: Clause, register: Register) -> datetime | None:
    """Return when a number was reached and verified by all who have to verify it.

    Args:
        reading: Its bound says how many, of which status.
        clause: Says who has to verify it.
        register: What is on record.

    Returns:
        The later of the two; None where it is not reached, or not verified.
    """
    at = reached_at(reading, clause, register)
    if at is None or not clause.verified_by:
        return at
    return max(at, _checked_at(reading, clause, register) or at)


def _checked_at(
    reading: Reading, clause: Clause, register: Register
) -> datetime | None:
    return verified(clause, register, register.bound(reading, clause))[1]
