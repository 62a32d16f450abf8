"""Another way to match reports, for comparison: hard windows, one kind, one to one.

The rule of MELTT, as its program has it, written anew: lists come one after another.
Two entries of different lists may be one where both begin and both end within a number
of days, lie within a distance, and share a category of every taxonomy at some level.
Where several may, those that share the finest levels are taken first, each entry once.
What lasts several days is matched with its like alone.

Source: the published program `meltt`, of Donnay, Dunford, McGrath, Backer and
Cunningham (2019), Integrating conflict event data.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pamiers.core.geodesy import distance_m


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a list."""

    of: int  #: which list, from 1
    key: int  #: which row of it, from 1
    begins: int  #: day
    ends: int  #: day
    lat: float
    lon: float
    categories: tuple[tuple[str, ...], ...]  #: of each taxonomy, the finest level first

    @property
    def lasts(self) -> bool:
        """Tell whether it ends on another day than it began."""
        return self.begins != self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How far apart two entries of one thing may be."""

    km: float
    days: int

    def hold(self, one: Entry, other: Entry) -> bool:
        """Tell whether two entries are near enough."""
        apart = abs(one.begins - other.begins), abs(one.ends - other.ends)
        if max(apart) > self.days:
            return False
        metres = distance_m(one.lon, one.lat, other.lon, other.lat)
        return float(metres) <= 1_000.0 * self.km


def misfit(one: Entry, other: Entry) -> float | None:
    """Return how coarse the finest categories are that two entries share.

    Returns:
        0 where all share the finest, 1 where all share the coarsest only; None where
        they share none of a taxonomy.
    """
    pairs = zip(one.categories, other.categories, strict=True)
    levels = [_first_shared(mine, theirs) for mine, theirs in pairs]
    found = [level for level in levels if level is not None]
    return sum(found) / len(found) if len(found) == len(levels) else None


def _first_shared(mine: Sequence[str], theirs: Sequence[str]) -> float | None:
    same = [i for i, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a == b]
    return same[0] / max(1, len(mine) - 1) if same else None


def matched(lists: Sequence[Sequence[Entry]], within: Windows) -> list[list[Entry]]:
    """Return what entries tell of, one group a thing, those alone among them.

    A group is compared by the entry that was in it first.
    """
    groups = [[entry] for entry in lists[0]]
    for entries in lists[1:]:
        left = {entry.key: entry for entry in entries}
        free = list(groups)
        for group, entry in _best_first(groups, entries, within):
            if entry.key in left and any(each is group for each in free):
                group.append(left.pop(entry.key))
                free = [each for each in free if each is not group]
        groups += [[entry] for entry in left.values()]
    return groups


def _best_first(
    groups: Sequence[list[Entry]], entries: Sequence[Entry], within: Windows
) -> list[tuple[list[Entry], Entry]]:
    found = []
    for (i, group), entry in itertools.product(enumerate(groups), entries):
        first = group[0]
        if first.lasts == entry.lasts and within.hold(first, entry):
            miss = misfit(first, entry)
            if miss is not None:
                found.append((miss, i, entry.key, group, entry))
    return [(group, entry) for _, _, _, group, entry in sorted(found, key=_rank)]


def _rank(each: tuple[float, int, int, list[Entry], Entry]) -> tuple[float, int, int]:
    return each[:3]
