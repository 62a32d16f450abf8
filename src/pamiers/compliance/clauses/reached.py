"""When a number that has to be reached was reached, and verified where it has to be.

Of rival counters all have to tell that it was. One who had not counted yet does not
hinder the first, unless it tells of fewer once it does, while the other's count stands:
then neither is believed over the other, and the number is not surely reached.
"""

from collections.abc import Sequence
from datetime import datetime

from pamiers.agreement.model import Clause, Reading
from pamiers.compliance.clauses.acts import verified
from pamiers.compliance.evidence.levels import Step, level_at, steps
from pamiers.compliance.evidence.register import Register


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
    least = (reading.bound.least if reading.bound else None) or 0.0
    counted = _counted_at(steps(reading, clause, register), least)
    if not clause.verified_by:
        return counted
    checked = _checked_at(reading, clause, register)
    return None if checked is None else counted or checked


def _counted_at(told: Sequence[Step], least: float) -> datetime | None:
    """Return the first instant at which all who count tell that a number is reached."""
    turns = sorted({each.start for each in told})
    for at in turns:
        level = level_at(told, at)
        later = [each for each in turns if each > at]
        if level is None or level.least < least:
            continue
        if not any(_contested(told, at, when, least) for when in later):
            return at
    return None


def _contested(
    told: Sequence[Step], at: datetime, later: datetime, least: float
) -> bool:
    """Tell whether one who counts later tells of fewer, while the others stand."""
    before = {step.counter for step in told if step.start <= at < step.end}
    standing = [step for step in told if step.start <= later < step.end]
    theirs = level_at([s for s in standing if s.counter in before], later)
    others = [s for s in standing if s.counter not in before and s.free]
    rivals = level_at(others, later)
    if theirs is None or rivals is None:
        return False
    return rivals.least < least <= theirs.least


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
