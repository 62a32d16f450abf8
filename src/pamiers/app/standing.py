"""Take a mission folder, or a bare agreement, and say where the agreement stands."""

from pathlib import Path

from pamiers.agreement import load_agreement
from pamiers.agreement.grammar.clause import TIERS
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.dates import read_instant
from pamiers.app.wiring import is_mission, now, opened
from pamiers.compliance.ledgers.known import Known, known_of
from pamiers.compliance.world import World
from pamiers.core.errors import UsageError
from pamiers.mission.stands import known


def standing(path: str, at: str | None) -> Known:
    """Return what is known of an agreement.

    Args:
        path: Mission folder, agreement folder, or the name of a bundled agreement.
        at: Instant with its offset, or a date in the agreement's zone (its end);
            None for now.

    Returns:
        Of a bare agreement no facts: every duty as its text dates it.

    Raises:
        UsageError: Neither a mission nor an agreement, or no such instant.
        MalformedAgreementError: The agreement has errors or blanks.
    """
    if is_mission(Path(path)):
        with opened(Path(path)) as mission:
            return _at(known(mission, now()), at)
    agreement = load_agreement(agreement_texts(path))
    return _at(known_of(agreement, World(), (), now()), at)


def _at(found: Known, at: str | None) -> Known:
    if at is None:
        return found
    instant = read_instant(at, "--at", found.agreement.time_zone)
    return known_of(found.agreement, found.world, found.findings, instant)


def read_tier(tier: str) -> str:
    """Return a tier of readers unchanged.

    Raises:
        UsageError: There is no such tier.
    """
    if tier not in TIERS:
        raise UsageError(
            "--tier",
            expected=f"one of {', '.join(TIERS)}",
            got=repr(tier),
            remedy="Name who will read it.",
        )
    return tier
