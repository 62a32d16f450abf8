"""Since when each of those whom a clause binds is bound: from its own signature on."""

from dataclasses import replace
from datetime import datetime

from pamiers.agreement.model import Agreement, Clause, Reading


def joined_at(
    clause: Clause, party: str | None, agreement: Agreement
) -> datetime | None:
    """Return since when a party is bound by a clause's instrument; None: all along."""
    return agreement.joined.get(clause.instrument, {}).get(party or "")


def as_joined(
    reading: Reading, clause: Clause, party: str | None, agreement: Agreement
) -> Reading:
    """Return a reading as it binds one party: in force from its own signature on.

    Args:
        reading: Bound.
        clause: Its clause.
        party: Whom it is judged for; None: several together.
        agreement: Says who signed when.

    Returns:
        The same where it signed in time. A deadline that had passed when it signed
        never bound it: what is owed is open, and never late.
    """
    at = joined_at(clause, party, agreement)
    if at is None or reading.from_at is None or at <= reading.from_at:
        return reading
    return replace(
        reading,
        from_at=at,
        since_at=max(at, reading.since_at) if reading.since_at else None,
        deadline=() if _passed(reading.by_at, at) else reading.deadline,
        by_at=_still(reading.by_at, at),
        first_at=_still(reading.first_at, at),
    )


def _passed(due: datetime | None, joined: datetime) -> bool:
    return due is not None and due <= joined


def _still(due: datetime | None, joined: datetime) -> datetime | None:
    """Return a time that was still to come when a party joined; None for none."""
    return None if _passed(due, joined) else due


def late_joiners(
    reading: Reading, clause: Clause, agreement: Agreement
) -> dict[str, datetime]:
    """Return the bearers who signed after a reading came into force, and when."""
    times = {one: joined_at(clause, one, agreement) for one in reading.bearers}
    begun = reading.from_at
    return {
        one: at
        for one, at in times.items()
        if at is not None and begun is not None and at > begun
    }
