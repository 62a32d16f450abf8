"""Places of habit: coordinates a source gives again and again, such as towns.

A report at such a place does not say where an incident was, but which of the places
was near. Sources that use the same places share one gazetteer; it is learned from the
reports, and names nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from shapely import STRtree, points

from pamiers.fusion.columns import Floats, Ints, Mask

#: reports at one point that make it a place of habit, and the share of a mode's
#: reports at such places that makes it a habit
OFTEN, MOSTLY = 3, 0.6
#: share of places in common that makes two gazetteers one
IN_COMMON: Final = 0.2
FEWEST: Final = 10  #: places of a gazetteer
NEIGHBOURS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """The places of habit, and which reports are at one.

    Invariant: `town[i]` is a row of `xy`, or -1.
    """

    town: Ints  #: of each report, shape (n,)
    xy: Floats  #: shape (m, 2) [m]
    near: Ints  #: the nearest others of the same gazetteer, shape (m, 8); -1: none
    area: Floats  #: what each stands for, shape (m,) [m2]
    book: Ints  #: number of the gazetteer of each place, shape (m,)
    uses: Ints  #: the gazetteer of each mode, or -1, shape (modes,)


def habits_of(x: Floats, y: Floats, mode: Ints) -> Habits:
    """Return the places of habit of some reports.

    Args:
        x: Eastings [m], shape (n,).
        y: Northings [m].
        mode: How each states its error: source and stated error, numbered.

    Returns:
        Habits; with none, one place that no report is at.
    """
    spots, spot, often = _spots(x, y)
    town = np.full(len(x), -1, dtype=np.int64)
    xy: list[Floats] = []
    near: list[Ints] = []
    area: list[Floats] = []
    book: list[Ints] = []
    uses = np.full(int(mode.max(initial=-1)) + 1, -1, dtype=np.int64)
    base = 0
    for modes, places in _gazetteers(mode, spot, often):
        here = spots[places]
        number = np.full(len(spots), -1, dtype=np.int64)
        number[places] = np.arange(len(places)) + base
        at = np.isin(mode, modes) & (number[spot] >= 0)
        town[at] = number[spot[at]]
        neighbours, apart = _nearest(here)
        xy.append(here)
        near.append(np.where(neighbours >= 0, neighbours + base, -1))
        area.append(apart)
        uses[modes] = len(book)
        book.append(np.full(len(places), len(book), dtype=np.int64))
        base += len(places)
    if not xy:
        return Habits(
            town=town,
            xy=np.zeros((1, 2)),
            near=np.full((1, NEIGHBOURS), -1),
            area=np.ones(1),
            book=np.zeros(1, dtype=np.int64),
            uses=uses,
        )
    return Habits(
        town=town,
        xy=np.concatenate(xy),
        near=np.concatenate(near),
        area=np.concatenate(area),
        book=np.concatenate(book),
        uses=uses,
    )


def towns_at(habits: Habits, x: Floats, y: Floats, mode: Ints) -> Ints:
    """Return the place of habit that each report is at, or -1.

    Args:
        habits: What was learned; its `town` is not read.
        x: Eastings [m], shape (n,).
        y: Northings [m].
        mode: Mode of each report; -1 where it was never seen.

    Returns:
        Rows of `habits.xy`, shape (n,).
    """
    used = np.append(habits.uses, -1)[mode]
    known = _keys(habits.book, habits.xy[:, 0], habits.xy[:, 1])
    order = np.argsort(known, kind="stable")
    asked = _keys(used, x, y)
    at = order[np.minimum(np.searchsorted(known[order], asked), len(order) - 1)]
    return np.where((used >= 0) & (known[at] == asked), at, -1)


def _keys(book: Ints, x: Floats, y: Floats) -> Ints:
    """Return one number for a gazetteer and a metre of the plane."""
    east, north = np.rint(x).astype(np.int64), np.rint(y).astype(np.int64)
    return (book << 52) + (east << 26) + north


def _spots(x: Floats, y: Floats) -> tuple[Floats, Ints, Mask]:
    """Return the points to the metre, each report's, and which are frequent."""
    east, north = np.rint(x).astype(np.int64), np.rint(y).astype(np.int64)
    order = np.lexsort((north, east))
    new = np.ones(len(x), dtype=bool)
    new[1:] = (np.diff(east[order]) != 0) | (np.diff(north[order]) != 0)
    spot = np.empty(len(x), dtype=np.int64)
    spot[order] = np.cumsum(new) - 1
    at = order[new]
    spots = np.column_stack((east[at], north[at])).astype(np.float64)
    return spots, spot, np.bincount(spot, minlength=len(spots)) >= OFTEN


def _gazetteers(mode: Ints, spot: Ints, often: Mask) -> Iterator[tuple[Ints, Ints]]:
    """Yield groups of modes that share their places, with those places."""
    modes = int(mode.max(initial=-1)) + 1
    frequent = often[spot]
    share = np.bincount(mode, frequent, modes) / np.maximum(
        np.bincount(mode, minlength=modes), 1
    )
    places = {
        int(m): set(spot[(mode == m) & frequent].tolist())
        for m in np.flatnonzero(share > MOSTLY)
    }
    left = sorted(places)
    while left:
        group = [left.pop(0)]
        known = set(places[group[0]])
        for other in list(left):
            common = len(known & places[other])
            if common > IN_COMMON * min(len(known), len(places[other])):
                group.append(other)
                known |= places[other]
                left.remove(other)
        if len(known) >= FEWEST:
            yield np.array(group, np.int64), np.array(sorted(known), np.int64)


def _nearest(xy: Floats) -> tuple[Ints, Floats]:
    """Return the nearest neighbours of each place, and the area it stands for."""
    wanted = min(NEIGHBOURS, len(xy) - 1)
    tree = STRtree(points(xy))
    reach = 2.0 * np.sqrt(np.prod(np.ptp(xy, axis=0) + 1.0) / len(xy))
    near = np.full((len(xy), NEIGHBOURS), -1, dtype=np.int64)
    todo = np.arange(len(xy))
    while todo.size:
        one, two = tree.query(points(xy[todo]), predicate="dwithin", distance=reach)
        found = np.bincount(one, minlength=todo.size) - 1
        _fill(near, todo, xy, (one, two))
        todo = todo[found < wanted]
        reach *= 2.0
    fourth = near[:, min(4, wanted) - 1]
    apart = np.hypot(*(xy[fourth] - xy).T)
    return near, np.pi * apart**2 / min(4, wanted)


def _fill(near: Ints, todo: Ints, xy: Floats, pairs: tuple[Ints, Ints]) -> None:
    one, two = todo[pairs[0]], pairs[1]
    other = one != two
    one, two = one[other], two[other]
    apart = np.hypot(*(xy[one] - xy[two]).T)
    order = np.lexsort((two, apart, one))
    one, two = one[order], two[order]
    start = np.searchsorted(one, one, side="left")
    rank = np.arange(len(one)) - start
    keep = rank < NEIGHBOURS
    near[one[keep], rank[keep]] = two[keep]
