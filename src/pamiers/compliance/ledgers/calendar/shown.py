"""The calendar as a circle of readers may see it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.ledgers.calendar.duty import Duty
from pamiers.compliance.ledgers.remark import remark
from pamiers.compliance.ledgers.visible import hidden, visible

KEPT_BACK: Final = "a clause that is not shown"


def shown(duties: Iterable[Duty], agreement: Agreement, tier: str) -> tuple[Duty, ...]:
    """Return the duties that a circle of readers may see, in order.

    Args:
        duties: Of the whole calendar.
        agreement: Says how far each clause may be read.
        tier: One of `grammar.clause.TIERS`.

    Returns:
        Duties of clauses they may read. What such a duty waits for or is locked by,
        where it may not be read, is told as a clause that is not shown.
    """
    secret = hidden(agreement, tier)
    return tuple(_told(each, secret) for each in visible(duties, agreement, tier))


def _told(duty: Duty, secret: frozenset[str]) -> Duty:
    names = (*duty.locked_by, *duty.waits_for)
    if not any(_names(each, secret) for each in names):
        return duty
    return replace(
        duty,
        locked_by=_blurred(duty.locked_by, secret),
        waits_for=_blurred(duty.waits_for, secret),
        written=KEPT_BACK if _names(duty.written, secret) else duty.written,
        why=(remark("calendar.kept_back", f"It depends on {KEPT_BACK}."),),
    )


def _names(text: str, secret: frozenset[str]) -> bool:
    return any(word.strip(",") in secret for word in text.split())


def _blurred(names: tuple[str, ...], secret: frozenset[str]) -> tuple[str, ...]:
    told = (KEPT_BACK if _names(each, secret) else each for each in names)
    return tuple(dict.fromkeys(told))
