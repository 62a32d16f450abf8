"""How many there are by all who counted: rivals side by side, parts apart added.

Two counters are rivals only of what both counted. What they count apart (in places, of
classes or of parties that share nothing) is added up, as if one had counted it. Of what
is not apart nobody is believed over the other: surely there are no more than one says
who counted all that the other did, and possibly as many as the highest. Who counted a
part of what another counted does not gainsay a higher number of the whole; nor does one
whose count is of more than is asked for, while the other's number has room in it.

What two counters call by different names, or place at different points, may be one
site: neither gainsays the other, and only the higher is sure, the sum possible. So may
what one counted here, and another there when the first had left: it may have moved,
unless it is of another class or party, or somebody counted in both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pamiers.compliance.evidence.amounts import Amount, highest, total
from pamiers.compliance.evidence.levels import Step, heard, summed
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
        What is surely counted apart added up; of the same the lowest and the highest.
    """
    here = heard(s for s in told if s.start <= instant < s.end)
    if not here:
        return None
    groups = _overlapping(here, sites)
    found = [_of_same(group, sites) for group in groups]
    counters = list(dict.fromkeys(step.counter for step in here))
    return Level(
        least=_surely(groups, [low for (low, _), _ in found], (sites, instant)),
        most=total(high for (_, high), _ in found),
        counters=len(counters),
        apart=any(differ for _, differ in found),
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


def _surely(
    groups: Sequence[Sequence[Step]],
    lows: Sequence[float],
    known: tuple[Sites, datetime],
) -> float:
    """Return how many there are at least in groups, of which some may be the same."""
    unsure = {
        i: {j for j, other in enumerate(groups) if j != i and _same(one, other, *known)}
        for i, one in enumerate(groups)
    }
    return _best(frozenset(unsure), lows, unsure)


def _same(
    one: Sequence[Step], other: Sequence[Step], sites: Sites, at: datetime
) -> bool:
    """Tell whether two counters may have counted the same things."""
    pairs = [(a, b) for a in one for b in other if a.counter != b.counter]
    both = {step.counter for step in one} & {step.counter for step in other}
    moved = not both and any(
        (_left(a, at) or _left(b, at)) and not sites.of_others(a.site, b.site)
        for a, b in pairs
    )
    return moved or any(not sites.surely_apart(a.site, b.site) for a, b in pairs)


def _left(step: Step, at: datetime) -> bool:
    """Tell whether a counter had left by then, so that things may have moved."""
    return step.counted_to is not None and step.counted_to <= at


def _best(
    left: frozenset[int], lows: Sequence[float], unsure: Mapping[int, set[int]]
) -> float:
    """Return the highest sum of those of which no two may be the same."""
    most = max(sorted(left), key=lambda i: len(unsure[i] & left), default=None)
    if most is None or not unsure[most] & left:
        return sum(lows[i] for i in sorted(left))
    rest = left - {most}
    taken = lows[most] + _best(rest - unsure[most], lows, unsure)
    return max(taken, _best(rest, lows, unsure))


def _of_same(group: Sequence[Step], sites: Sites) -> tuple[Amount, bool]:
    """Return how many there are of what is not apart, and whether rivals differ."""
    by_counter: dict[str, list[Step]] = {}
    for step in group:
        by_counter.setdefault(step.counter, []).append(step)
    sums = {name: summed(held) for name, held in by_counter.items()}
    if len(sums) == 1:
        return next(iter(sums.values())), False
    lows, differ = [], False
    for name, held in by_counter.items():
        others = [o for o in by_counter if o != name]
        rivals = [o for o in others if _counted_all(by_counter[o], held, sites)]
        said = [_gainsaid(sums[name][0], by_counter[o], sums[o]) for o in rivals]
        lows.append(min([sums[name][0], *said]))
        fewer = any(_fewer(sums[o][1], sums[name][1]) for o in rivals)
        differ = differ or fewer or lows[-1] < sums[name][0]
    return (max(lows), highest(high for _, high in sums.values())), differ


def _counted_all(rival: Sequence[Step], held: Sequence[Step], sites: Sites) -> bool:
    """Tell whether one may have counted all that another counted."""
    theirs = [step.site for step in rival]
    mine = [step.site for step in held if step.least > 0.0] or [s.site for s in held]
    return all(sites.covered(site, theirs) for site in mine)


def _fewer(one: float | None, other: float | None) -> bool:
    """Tell whether one upper bound is lower than another; None: or more."""
    return one is not None and (other is None or one < other)


def _gainsaid(low: float, rival: Sequence[Step], said: Amount) -> float:
    """Return how many are left of a number by one who counted all of it, or more."""
    room = said[1] is None or said[1] >= low
    return low if room and not all(step.exact for step in rival) else said[0]
