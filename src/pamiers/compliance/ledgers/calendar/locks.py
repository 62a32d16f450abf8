"""What has to be done before a duty is due, and since when it has been."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.agreement.model import Clause, Reading
from pamiers.compliance.clauses.locks import locks
from pamiers.compliance.ledgers.act import TICK
from pamiers.compliance.ledgers.gates import shut_by
from pamiers.compliance.ledgers.known import Known

_LAST_MICROSECOND: Final = 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What still locks a duty, or since when nothing does."""

    locked_by: tuple[str, ...]  #: clauses, events and gates; empty: not locked
    opened_at: datetime | None  #: when the last was done; None: locked, or no lock
    needs: tuple[str, ...]  #: everything that it asks for, done or not


def _whole(at: datetime | None) -> datetime | None:
    """Return the beginning of the next second for the last microsecond of one."""
    last = at is not None and at.microsecond == _LAST_MICROSECOND
    return at + TICK if at is not None and last else at


def lock(clause: Clause, reading: Reading, known: Known) -> Lock:
    """Return what locks a duty: what it requires, and gates that open it."""
    name = ("lock", clause.id, repr(reading.requires))
    return known.once(name, lambda: _lock(clause, reading, known))


def _lock(clause: Clause, reading: Reading, known: Known) -> Lock:
    shut = tuple(f"gate {gate}" for gate in shut_by(clause.id, known))
    held = locks(reading, known.register, shut)
    needs = tuple(each.clause or each.event or "" for each in reading.requires)
    return Lock(
        locked_by=held.open,
        opened_at=_whole(held.opened_at),
        needs=(*needs, *shut),
    )
