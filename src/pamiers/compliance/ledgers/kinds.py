"""The ledgers by name, each as a circle of readers may see it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from pamiers.compliance.ledgers.access import access
from pamiers.compliance.ledgers.corridors import Uptime, corridors
from pamiers.compliance.ledgers.gates import Passage, gates
from pamiers.compliance.ledgers.holdings import (
    Account,
    Family,
    mines,
    persons,
    weapons,
)
from pamiers.compliance.ledgers.implementation import implementation
from pamiers.compliance.ledgers.known import Known
from pamiers.compliance.ledgers.notices import notices
from pamiers.compliance.ledgers.pledges import pledges
from pamiers.compliance.ledgers.visible import hidden, may_read, visible

Drawn = tuple[object, ...]  #: entries of a ledger, in its own order


def ledger(kind: str, known: Known, tier: str) -> Drawn:
    """Return a ledger as a circle of readers may see it.

    Args:
        kind: One of `KINDS`.
        known: Agreement, facts, findings and now.
        tier: One of `grammar.clause.TIERS`.

    Returns:
        Its entries; what a clause that they may not read asks for is left out.
    """
    return KINDS[kind](known, tier)


def _accounts(
    drawn: Callable[[Known], tuple[Account, ...]],
) -> Callable[[Known, str], Drawn]:
    def narrowed(known: Known, tier: str) -> Drawn:
        secret = hidden(known.agreement, tier)
        return tuple(_account(each, tier, secret) for each in drawn(known))

    return narrowed


def _account(account: Account, tier: str, secret: frozenset[str]) -> Account:
    """Return an account without secret targets; lists of persons lose their names.

    What a list is called may name a person, so only the commission reads it.
    """
    targets = tuple(each for each in account.targets if each.clause not in secret)
    stages = account.stages
    if account.family is Family.PERSONS and not may_read(tier, "commission"):
        stages = tuple(replace(each, ref=None) for each in stages)
    return replace(account, targets=targets, stages=stages)


def _implementation(known: Known, tier: str) -> Drawn:
    return visible(implementation(known), known.agreement, tier)


def _notices(known: Known, tier: str) -> Drawn:
    return visible(notices(known), known.agreement, tier)


def _pledges(known: Known, _: str) -> Drawn:
    return (pledges(known),)


def _access(known: Known, _: str) -> Drawn:
    return (access(known),)


def _corridors(known: Known, tier: str) -> Drawn:
    return tuple(_open(corridors(known), hidden(known.agreement, tier)))


def _open(found: Iterable[Uptime], secret: frozenset[str]) -> Iterator[Uptime]:
    for each in found:
        kept = tuple(name for name in each.clauses if name not in secret)
        if kept or not each.clauses:
            yield replace(each, clauses=kept)


def _gates(known: Known, tier: str) -> Drawn:
    secret = hidden(known.agreement, tier)
    return tuple(_passage(each, secret) for each in gates(known))


def _passage(gate: Passage, secret: frozenset[str]) -> Passage:
    return replace(
        gate,
        measures=tuple(m for m in gate.measures if m.clause not in secret),
        opens=tuple(name for name in gate.opens if name not in secret),
        turns=tuple(
            replace(turn, why="") if _names(turn.why, secret) else turn
            for turn in gate.turns
        ),
    )


def _names(text: str, secret: frozenset[str]) -> bool:
    return any(f"{name}:" in text for name in secret)


KINDS: Final[Mapping[str, Callable[[Known, str], Drawn]]] = {
    "weapons": _accounts(weapons),
    "persons": _accounts(persons),
    "mines": _accounts(mines),
    "pledges": _pledges,
    "corridors": _corridors,
    "implementation": _implementation,
    "access": _access,
    "notices": _notices,
    "gates": _gates,
}
