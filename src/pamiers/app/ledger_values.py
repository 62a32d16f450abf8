"""The ledgers of state of a mission or agreement, as values."""

from dataclasses import dataclass

from pamiers.app.plain import plain
from pamiers.app.standing import read_tier, standing
from pamiers.compliance.ledgers.kinds import KINDS, ledger
from pamiers.compliance.ledgers.known import Known
from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledgers:
    """Some ledgers, as drawn up for a circle of readers."""

    known: Known
    entries: dict[str, tuple[object, ...]]  #: by kind, in the order of `KINDS`


def ledgers(path: str, kind: str | None, at: str | None, tier: str) -> Ledgers:
    """Return the ledgers of a mission folder or an agreement.

    Args:
        path: Mission folder, agreement folder, or name of a bundled agreement.
        kind: One of `KINDS`; None for all.
        at: As of which instant or date; None for now.
        tier: Who will read it.

    Returns:
        Ledgers by kind.

    Raises:
        UsageError: There is no such ledger.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(
            "KIND",
            expected=f"one of {', '.join(KINDS)}",
            got=repr(kind),
            remedy="Name a ledger, or leave it out for an overview of all.",
        )
    reader = read_tier(tier)
    found = standing(path, at)
    wanted = KINDS if kind is None else (kind,)
    return Ledgers(
        known=found,
        entries={name: ledger(name, found, reader) for name in wanted},
    )


def values(found: Ledgers) -> dict[str, object]:
    """Return ledgers as plain values."""
    agreement = found.known.agreement
    return {
        "agreement": agreement.id,
        "digest": agreement.digest,
        "as_of": format_instant(found.known.now),
        "time_zone": agreement.time_zone,
        "ledgers": {name: plain(held) for name, held in found.entries.items()},
    }
