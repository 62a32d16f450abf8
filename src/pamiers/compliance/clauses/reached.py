"""When a number that has to be reached was reached, and verified where it has to be."""

from datetime import datetime

from pamiers.agreement.model import Clause, Reading
from pamiers.compliance.clauses.acts import verified
from pamiers.compliance.evidence.levels import level_at, steps
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
    told = steps(reading, clause, register)
    turns = sorted({each.start for each in told})
    levels = ((at, level_at(told, at)) for at in turns)
    counted = next((t for t, lv in levels if lv and lv.least >= least), None)
    if not clause.verified_by:
        return counted
    checked = _checked_at(reading, clause, register)
    return None if checked is None else counted or checked


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
