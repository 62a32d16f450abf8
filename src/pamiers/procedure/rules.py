"""Under what rules a case is run: the procedure, the bodies, and how time counts."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pamiers.agreement import Agreement, Mandate
from pamiers.agreement.model.procedure import Procedure
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import Duration
from pamiers.core.errors import UnknownTermError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What does not change while a case runs under one version of an agreement."""

    procedure: Procedure
    parties: tuple[str, ...]
    calendar: Calendar
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mandate: Mandate = Mandate.PERMITTED
    vacant: frozenset[str] = frozenset()  #: roles that nobody holds

    def speakers(self, names: Iterable[str]) -> frozenset[str]:
        """Return who speaks for roles and actors: themselves, or the one holder.

        A body of several members acts under its own name; a member alone does not.
        """
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                held = self.holders.get(name, ())
                waiting.extend(held if len(held) == 1 else ())
        return frozenset(found)

    def meant(self, names: Iterable[str]) -> frozenset[str]:
        """Return names, who holds them, and their members, to any depth."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.holders.get(name, ()))
        return frozenset(found)


def after(rules: Rules, start: datetime, time: Duration | None) -> datetime | None:
    """Return when a duration is over; None for none, or beyond the calendar."""
    if time is None:
        return None
    with suppress(OverflowError):
        return rules.calendar.after(start, time)
    return None


def later(at: datetime | None, by_s: float) -> datetime | None:
    """Return an instant so much later [s]; None for none, or beyond the calendar."""
    with suppress(OverflowError):
        return at and at + timedelta(seconds=by_s)
    return None


def rules_of(agreement: Agreement, procedure: str) -> Rules:
    """Return the rules of one procedure of an agreement.

    Args:
        agreement: In force.
        procedure: Id of one of its procedures.

    Returns:
        The rules.

    Raises:
        UnknownTermError: The agreement has no such procedure.
    """
    found = agreement.procedures.get(procedure)
    if found is None:
        raise UnknownTermError(
            agreement.id,
            expected="the id of a procedure",
            got=repr(procedure),
            remedy=f"Procedures: {', '.join(agreement.procedures) or 'none'}.",
        )
    return Rules(
        procedure=found,
        parties=agreement.party_ids,
        calendar=agreement.calendar,
        holders=agreement.holders,
        mandate=agreement.mandate,
        vacant=frozenset(
            name for name in agreement.names if agreement.holders.get(name) == ()
        ),
    )
