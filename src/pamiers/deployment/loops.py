"""Compiled loops of covering and choosing; called through `cover` and `choosing`."""

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, inlined

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Reals = NDArray[np.float64]
Singles = NDArray[np.float32]
Switches = NDArray[np.bool_]
Grid = tuple[float, float, float, int, int]
#: starts, others and figures of rows
Rows = tuple[Longs, Ints, Singles]


@inlined
def _window(
    at: float, low: float, wide: float, reach: float, last: int
) -> tuple[int, int]:
    """Return the first and last cell that a reach touches along one axis."""
    first = int(np.floor((at - reach - low) / wide))
    end = int(np.floor((at + reach - low) / wide))
    return max(first, 0), min(end, last - 1)


@compiled
def counted(
    places: tuple[Reals, Reals, Reals], cells: tuple[Longs, Grid], reach: float
) -> Longs:
    """Return how many points each site sees."""
    sites, x, y = places
    edges, grid = cells
    sizes = np.zeros(len(sites), np.int64)
    square = reach * reach
    west, south, wide, columns, rows = grid
    for j in range(len(sites)):
        a, b = sites[j, 0], sites[j, 1]
        left, right = _window(a, west, wide, reach, columns)
        low, high = _window(b, south, wide, reach, rows)
        found = 0
        for row in range(low, high + 1):
            if left > right:
                break
            for i in range(
                edges[row * columns + left], edges[row * columns + right + 1]
            ):
                far = (x[i] - a) * (x[i] - a) + (y[i] - b) * (y[i] - b)
                found += far <= square
        sizes[j] = found
    return sizes


@compiled
def filled(
    places: tuple[Reals, Reals, Reals],
    cells: tuple[Longs, Grid],
    reach: float,
    starts: Longs,
    order: Ints,
) -> Ints:
    """Return the points that each site sees, cell by cell.

    Args:
        places: Sites, and x and y of the points in the order of their cells [m].
        cells: Where each cell starts, and the grid.
        reach: How far a site sees [m].
        starts: Where the row of each site starts, from `counted`.
        order: Position of each sorted point in the caller's order.

    Returns:
        Positions of points, row after row.
    """
    sites, x, y = places
    edges, grid = cells
    west, south, wide, columns, rows = grid
    points = np.empty(starts[-1], np.int32)
    square = reach * reach
    for j in range(len(sites)):
        a, b = sites[j, 0], sites[j, 1]
        left, right = _window(a, west, wide, reach, columns)
        low, high = _window(b, south, wide, reach, rows)
        at = starts[j]
        for row in range(low, high + 1):
            if left > right:
                break
            for i in range(
                edges[row * columns + left], edges[row * columns + right + 1]
            ):
                far = (x[i] - a) * (x[i] - a) + (y[i] - b) * (y[i] - b)
                if far <= square:
                    points[at] = order[i]
                    at += 1
    return points


@inlined
def gain_of(site: int, rows: Rows, left: Reals) -> float:
    """Return what one more asset at a site adds: what is left, times its chances."""
    starts, points, chances = rows
    total = 0.0
    for i in range(starts[site], starts[site + 1]):
        total += left[points[i]] * chances[i]
    return total


@compiled
def gains(rows: Rows, left: Reals) -> Reals:
    """Return what one more asset at each site adds."""
    found = np.empty(len(rows[0]) - 1)
    for j in range(len(found)):
        found[j] = gain_of(j, rows, left)
    return found


@inlined
def take(site: int, rows: Rows, left: Reals) -> None:
    """Lower what is left of the points that a site sees."""
    starts, points, chances = rows
    for i in range(starts[site], starts[site + 1]):
        left[points[i]] *= 1.0 - chances[i]


@compiled
def lazily(rows: Rows, weights: Reals, most: int) -> Longs:
    """Return sites chosen one by one, each the one that adds most; ties to the first.

    What a site adds only falls, so that an old figure is a bound: only sites whose
    bound is above the best found are looked at again.
    """
    left = weights.copy()
    bounds = gains(rows, left)
    fresh = np.zeros(len(bounds), np.int64)
    chosen = np.empty(most, np.int64)
    for step in range(most):
        while True:
            best = int(np.argmax(bounds))
            if fresh[best] == step:
                break
            bounds[best] = gain_of(best, rows, left)
            fresh[best] = step
        if bounds[best] <= 0.0:
            return chosen[:step]
        chosen[step] = best
        take(best, rows, left)
        bounds[best] = -1.0
    return chosen


@compiled
def missed_by(chosen: Longs, rows: Rows, weights: Reals) -> Reals:
    """Return weight times the chance that a choice of sites misses each point."""
    left = weights.copy()
    for k in range(len(chosen)):
        take(int(chosen[k]), rows, left)
    return left


@compiled
def exchanged(
    chosen: Longs,
    by_site: Rows,
    by_point: Rows,
    weights: Reals,
) -> Longs:
    """Return a choice that no exchange of one site for another betters.

    Site by site the best exchange is made, until a whole round betters nothing.

    Args:
        chosen: Sites, without repeats.
        by_site: Points that each site sees.
        by_point: Sites that see each point.
        weights: Weight of each point.

    Returns:
        As many sites, in no order.
    """
    starts = by_site[0]
    chosen = chosen.copy()
    inside = np.zeros(len(starts) - 1, np.bool_)
    for k in range(len(chosen)):
        inside[chosen[k]] = True
    least = 1e-9 * (1.0 + weights.sum())
    left = missed_by(chosen, by_site, weights)
    anyhow = gains(by_site, left)
    unchanged = 0
    k = 0
    while unchanged < len(chosen):
        site = _exchange(
            k, chosen, inside, (by_site, by_point), (weights, left, anyhow)
        )
        unchanged += 1
        if site >= 0 and _value(k, site, chosen, by_site, (weights, left)) > least:
            inside[chosen[k]], inside[site] = False, True
            chosen[k] = site
            left = missed_by(chosen, by_site, weights)
            anyhow = gains(by_site, left)
            unchanged = 0
        k = (k + 1) % len(chosen)
    return chosen


@compiled
def _exchange(
    k: int,
    chosen: Longs,
    inside: Switches,
    rows: tuple[Rows, Rows],
    held: tuple[Reals, Reals, Reals],
) -> int:
    """Return the site to put in place of the k-th; -1 if none adds anything.

    Taking a site out frees some of its points: whoever sees one of these gains by it,
    and everybody gains what it would have gained anyhow.
    """
    (starts, points, _), (seen, who, how) = rows
    weights, left, anyhow = held
    freed = _freed(k, chosen, rows[0], weights)
    total = anyhow.copy()
    for i in range(len(freed)):
        point = points[starts[chosen[k]] + i]
        add = freed[i] - left[point]
        if add > 0.0:
            for at in range(seen[point], seen[point + 1]):
                total[who[at]] += add * how[at]
    best, most = -1, 0.0
    for j in range(len(inside)):
        if not inside[j] and total[j] > most:
            best, most = j, total[j]
    return best


@compiled
def _value(
    k: int,
    site: int,
    chosen: Longs,
    by_site: Rows,
    held: tuple[Reals, Reals],
) -> float:
    """Return by how much an exchange betters a choice."""
    weights, left = held
    other = chosen.copy()
    other[k] = site
    after = missed_by(other, by_site, weights)
    return float(left.sum() - after.sum())


@compiled
def _freed(k: int, chosen: Longs, by_site: Rows, weights: Reals) -> Reals:
    """Return what is left of the points of one chosen site when it is taken out."""
    starts, points, _ = by_site
    left = weights.copy()
    for other in range(len(chosen)):
        if other != k:
            take(int(chosen[other]), by_site, left)
    site = chosen[k]
    freed = np.empty(starts[site + 1] - starts[site])
    for i in range(len(freed)):
        freed[i] = left[points[starts[site] + i]]
    return freed


@compiled
def seen_by(rows: Rows, held: Reals) -> Reals:
    """Return for every row the sum of what it holds of others, times its figures."""
    starts, others, figures = rows
    total = np.zeros(len(starts) - 1)
    for row in range(len(total)):
        for at in range(starts[row], starts[row + 1]):
            total[row] += figures[at] * held[others[at]]
    return total


@compiled
def summed_words(
    count: int,
    points: Ints,
    site: NDArray[np.int64],
    bits: NDArray[np.uint64],
    words: NDArray[np.uint64],
) -> NDArray[np.uint64]:
    """Return two words per point: sums over its sites, each mixed with its chance.

    Args:
        count: How many points there are.
        points: Point of each incidence.
        site: Site of each incidence.
        bits: The chance of each incidence, as bits.
        words: Two random words per site.

    Returns:
        Shape (count, 2); noughts for a point that nobody sees.
    """
    keys = np.zeros((count, 2), np.uint64)
    for i in range(len(points)):
        for k in range(2):
            word = words[site[i], k] ^ (bits[i] * np.uint64(0x9E3779B97F4A7C15))
            word = (word ^ (word >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
            keys[points[i], k] += word ^ (word >> np.uint64(29))
    return keys
