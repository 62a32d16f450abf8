"""What has to be done before a duty is due, and since when it has been."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pamiers.agreement.model import Clause, Reading, Requirement
from pamiers.compliance.ledgers.calendar.discharge import done_by_all
from pamiers.compliance.ledgers.gates import shut_by
from pamiers.compliance.ledgers.known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What still locks a duty, or since when nothing does."""

    locked_by: tuple[str, ...]  #: clauses, events and gates; empty: not locked
    opened_at: datetime | None  #: when the last was done; None: locked, or no lock
    needs: tuple[str, ...]  #: everything that it asks for, done or not


def lock(clause: Clause, reading: Reading, known: Known) -> Lock:
    """Return what locks a duty."""
    needs = [_name(each) for each in reading.requires]
    met = [_met(each, known) for each in reading.requires]
    shut = shut_by(clause.id, known)
    still = [n for n, at in zip(needs, met, strict=True) if at is None]
    return Lock(
        locked_by=(*still, *(f"gate {gate}" for gate in shut)),
        opened_at=_latest(met) if not still and not shut else None,
        needs=(*needs, *(f"gate {gate}" for gate in shut)),
    )


def _name(requirement: Requirement) -> str:
    return requirement.clause or requirement.event or "what comes first"


def _latest(found: Iterable[datetime | None]) -> datetime | None:
    return max((at for at in found if at is not None), default=None)


def _met(requirement: Requirement, known: Known) -> datetime | None:
    """Return when a requirement was met; None while it is not."""
    if requirement.clause is not None:
        return done_by_all(known.agreement.clause(requirement.clause), known)
    event, by = requirement.event or "", requirement.by
    acts = (a for a in known.acts if a.is_of((event,)) and by in (None, a.actor))
    return next((act.end for act in acts), None)
