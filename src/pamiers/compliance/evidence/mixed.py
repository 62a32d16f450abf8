"""How many there can be by counts of several, each of another part."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pamiers.agreement.model import Agreement
from pamiers.compliance.evidence.amounts import highest
from pamiers.compliance.evidence.levels import Step, laid, summed

if TYPE_CHECKING:
    from pamiers.compliance.evidence.sites import Counted


def together(here: Sequence[Step], agreement: Agreement) -> float | None:
    """Return what counts of several come to at most; of one site the highest is taken.

    So is, of a place, what others found in its parts, where that is more.

    Args:
        here: Counts that stand at one instant.
        agreement: Its zones, sectors and classes.

    Returns:
        The most that there are; None: or more.
    """
    held = best_of_each(here, agreement)
    return raised(held, held)


def best_of_each(here: Sequence[Step], agreement: Agreement) -> list[Step]:
    """Return of each site the highest count, with how it lies to the others."""
    by_site: dict[Counted, Step] = {}
    for step in here:
        known = by_site.setdefault(step.site, step)
        if known.most is not None and (step.most is None or step.most > known.most):
            by_site[step.site] = step
    return laid(list(by_site.values()), agreement)


def raised(own: Sequence[Step], held: Sequence[Step]) -> float | None:
    """Return what counts come to, none less than was found in parts of it."""
    return summed([_with_parts(step, held) for step in own])[1]


def _across(one: Step, other: Step) -> bool:
    """Tell whether a place may hold some of what was counted in another."""
    named = one.site.place is not None and other.site.place is not None
    return named and other.site in one.unsure


def _with_parts(step: Step, held: Sequence[Step]) -> Step:
    """Return a count, of no fewer than others may have found in parts of it."""
    parts = [each for each in held if step.site in each.part_of or _across(each, step)]
    if not parts:
        return step
    return replace(step, most=highest([step.most, summed(parts)[1]]))
