"""Who may read what: clauses of a secret annex stay out of wider circles."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from pamiers.agreement.grammar.clause import TIERS
from pamiers.agreement.model import Agreement
from pamiers.core.errors import UnknownTermError


class _OfClause(Protocol):
    @property
    def clause(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_OfClause)


def may_read(tier: str, visibility: str) -> bool:
    """Tell whether a circle of readers may read a clause.

    Args:
        tier: One of `TIERS`, the widest circle first.
        visibility: Of the clause.

    Returns:
        True where the clause is meant for that circle or a wider one.

    Raises:
        UnknownTermError: There is no such circle.
    """
    if tier not in TIERS:
        raise UnknownTermError(
            "tier",
            expected=f"one of {', '.join(TIERS)}",
            got=repr(tier),
            remedy="Name who will read it.",
        )
    return visibility in TIERS[: TIERS.index(tier) + 1]


def hidden(agreement: Agreement, tier: str) -> frozenset[str]:
    """Return the clauses that a circle of readers may not read."""
    return frozenset(
        clause.id
        for clause in agreement.clauses
        if not may_read(tier, clause.visibility)
    )


def visible(
    entries: Iterable[_Entry], agreement: Agreement, tier: str
) -> tuple[_Entry, ...]:
    """Return the entries whose clause a circle of readers may read, in order."""
    kept_back = hidden(agreement, tier)
    return tuple(each for each in entries if each.clause not in kept_back)
