"""How many there are by all who counted: rivals side by side, parts apart possible.

Two counters are rivals only of what both counted. Of what is not apart nobody is
believed over the other: surely there are no more than one says who counted all that the
other did, and possibly as many as the highest. Who counted a part of what another
counted does not gainsay a higher number of the whole; nor does one whose count is of
more than is asked for, while the other's number has room in it.

What is surely there is what one counter says, less what others gainsay. The sure
numbers of several are never added: what one counted here and another there may be the
same, by another name, beyond a line, or moved in between. Their sum is possible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pamiers.compliance.evidence.amounts import highest, total
from pamiers.compliance.evidence.levels import Step, heard, summed
from pamiers.compliance.evidence.mixed import together
from pamiers.compliance.evidence.sites import Lie, Sites


@dataclass(frozen=True, slots=True)
class Level:
    """How many there are at one instant, by all who counted; None: or more."""

    least: float
    most: float | None
    counters: int  #: how many counters tell of it
    apart: bool  #: whether counters of the same differ
    keys: tuple[str, ...] = ()


def level_at(told: Iterable[Step], instant: datetime, sites: Sites) -> Level | None:
    """Return how many there are at an instant by tallies; None where none holds.

    Args:
        told: Steps of all who count, at most one of each counter and site at a time.
        instant: When.
        sites: Tells what lies apart.

    Returns:
        Surely the most that one says and nobody gainsays; possibly what all come to.
    """
    here = heard(s for s in told if s.start <= instant < s.end)
    if not here:
        return None
    found = [_of_same(group, sites) for group in _overlapping(here, sites)]
    counters = list(dict.fromkeys(step.counter for step in here))
    return Level(
        least=max(sum(lows.get(name, 0.0) for lows, *_ in found) for name in counters),
        most=total(high for _, high, _ in found),
        counters=len(counters),
        apart=any(differ for *_, differ in found),
        keys=tuple(s.key for name in counters for s in here if s.counter == name),
    )


def _overlapping(here: Sequence[Step], sites: Sites) -> list[list[Step]]:
    """Return steps in groups, of which none shares anything with another."""
    if len({step.counter for step in here}) == 1:
        return [list(here)]
    found: list[list[Step]] = []
    for step in here:
        near = [g for g in found if any(_share(step, other, sites) for other in g)]
        rest = [group for group in found if group not in near]
        found = [*rest, [*(other for group in near for other in group), step]]
    return found


def _share(one: Step, other: Step, sites: Sites) -> bool:
    return sites.lie(one.site, other.site) is not Lie.APART


def _of_same(
    group: Sequence[Step], sites: Sites
) -> tuple[dict[str, float], float | None, bool]:
    """Return what there is of what is not apart, and whether rivals differ.

    Returns:
        What each counter says for sure and nobody gainsays; how many are possible.
    """
    by_counter: dict[str, list[Step]] = {}
    for step in group:
        by_counter.setdefault(step.counter, []).append(step)
    sums = {name: summed(held) for name, held in by_counter.items()}
    lows, differ = {}, False
    for name, held in by_counter.items():
        others = [theirs for o, theirs in by_counter.items() if o != name]
        rivals = [theirs for theirs in others if _counted_all(theirs, held, sites)]
        said = [_gainsaid(sums[name][0], theirs, held, sites) for theirs in rivals]
        lows[name] = min([sums[name][0], *said])
        fewer = any(_fewer(summed(o)[1], sums[name][1]) for o in rivals)
        differ = differ or fewer or lows[name] < sums[name][0]
    highs = [high for _, high in sums.values()]
    most = together(group, sites.agreement) if len(sums) > 1 else highs[0]
    return lows, highest([*highs, most]), differ


def _counted_all(rival: Sequence[Step], held: Sequence[Step], sites: Sites) -> bool:
    """Tell whether one may have counted all that another counted."""
    theirs = [step.site for step in rival]
    mine = [step.site for step in held if step.least > 0.0] or [s.site for s in held]
    return all(sites.covered(site, theirs) for site in mine)


def _fewer(one: float | None, other: float | None) -> bool:
    """Tell whether one upper bound is lower than another; None: or more."""
    return one is not None and (other is None or one < other)


def _gainsaid(
    low: float, rival: Sequence[Step], held: Sequence[Step], sites: Sites
) -> float:
    """Return how many are left of a number by one who counted all of it, or more."""
    exact = [step for step in rival if step.exact]
    if exact and _counted_all(exact, held, sites):
        return summed(exact)[0]
    least, most = summed(rival)
    return low if most is None or most >= low else least
