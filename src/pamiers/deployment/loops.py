"""Compiled loops of covering and choosing; called through `cover` and `choosing`."""

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, dense, inlined

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Reals = NDArray[np.float64]
Singles = NDArray[np.float32]
Switches = NDArray[np.bool_]
Grid = tuple[float, float, float, int, int]
#: starts, others and figures of rows
Rows = tuple[Longs, Ints, Singles]


#: by what share of a cell windows are widened, so that rounding loses no point
_SLACK = 1e-6


@inlined
def _window(
    at: float, low: float, wide: float, reach: float, last: int
) -> tuple[int, int]:
    """Return the first and last cell that a reach touches along one axis."""
    first = int(np.floor((at - reach - low) / wide - _SLACK))
    end = int(np.floor((at + reach - low) / wide + _SLACK))
    return max(first, 0), min(end, last - 1)


@inlined
def _between(
    a: float, b: float, row: int, cells: tuple[Longs, Grid], reach: float
) -> tuple[int, int]:
    """Return which sorted points of one row of cells a site could see."""
    edges, (west, south, wide, columns, _) = cells
    low = south + row * wide
    off = max(low - b, b - low - wide, 0.0) - _SLACK * wide
    half = np.sqrt(max(reach * reach - off * max(off, 0.0), 0.0))
    left, right = _window(a, west, wide, half, columns)
    if left > right:
        return 0, 0
    return edges[row * columns + left], edges[row * columns + right + 1]


@inlined
def _rows_of(b: float, cells: tuple[Longs, Grid], reach: float) -> tuple[int, int]:
    """Return the first and last row of cells that a site could see."""
    _, south, wide, _, rows = cells[1]
    return _window(b, south, wide, reach, rows)


@dense
def seen_within(
    places: tuple[Reals, Reals, Reals], cells: tuple[Longs, Grid], reach: float
) -> tuple[Longs, Ints]:
    """Return the points that each site sees, cell by cell.

    Args:
        places: Sites, and x and y of the points in the order of their cells [m].
        cells: Where each cell starts, and the grid.
        reach: How far a site sees [m].

    Returns:
        Where the row of each site starts, and the places of points in the order of
        their cells, row after row.
    """
    sites, x, y = places
    most, square = 1, reach * reach  # one more: a point is written before it counts
    for j in range(len(sites)):
        low, high = _rows_of(sites[j, 1], cells, reach)
        for row in range(low, high + 1):
            first, end = _between(sites[j, 0], sites[j, 1], row, cells, reach)
            most += end - first
    points, starts = np.empty(most, np.int32), np.zeros(len(sites) + 1, np.int64)
    at = 0
    for j in range(len(sites)):
        a, b = sites[j, 0], sites[j, 1]
        low, high = _rows_of(b, cells, reach)
        for row in range(low, high + 1):
            first, end = _between(a, b, row, cells, reach)
            for i in range(first, end):
                far = (x[i] - a) * (x[i] - a) + (y[i] - b) * (y[i] - b)
                points[at] = i
                at += far <= square
        starts[j + 1] = at
    return starts, points[:at]


@inlined
def _cell(x: float, y: float, grid: Grid) -> int:
    """Return the cell that a point lies in."""
    west, south, wide, columns, rows = grid
    column, row = int((x - west) / wide), int((y - south) / wide)
    return min(row, rows - 1) * columns + min(column, columns - 1)


@compiled
def sorted_into(x: Reals, y: Reals, grid: Grid) -> tuple[Ints, Longs, Reals, Reals]:
    """Return points in the order of their cells.

    Args:
        x: East of each point [m], none before the west edge.
        y: North of each point [m], none before the south edge.
        grid: West edge, south edge, width of a cell [m], columns, rows.

    Returns:
        Positions of points, where each cell starts, and x and y in that order.
    """
    edges = np.zeros(grid[3] * grid[4] + 1, np.int64)
    for point in range(len(x)):
        edges[_cell(x[point], y[point], grid) + 1] += 1
    for each in range(len(edges) - 1):
        edges[each + 1] += edges[each]
    at = edges[:-1].copy()
    order = np.empty(len(x), np.int32)
    east, north = np.empty(len(x)), np.empty(len(x))
    for point in range(len(x)):
        cell = _cell(x[point], y[point], grid)
        place = at[cell]
        order[place], east[place], north[place] = point, x[point], y[point]
        at[cell] += 1
    return order, edges, east, north


@inlined
def gain_of(site: int, rows: Rows, left: Reals) -> float:
    """Return what one more asset at a site adds: what is left, times its chances.

    Four sums side by side: one alone would wait for each addition in turn.
    """
    starts, points, chances = rows
    first, end = starts[site], starts[site + 1]
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    last = first + (end - first) // 4 * 4
    for i in range(first, last, 4):
        a += left[points[i]] * chances[i]
        b += left[points[i + 1]] * chances[i + 1]
        c += left[points[i + 2]] * chances[i + 2]
        d += left[points[i + 3]] * chances[i + 3]
    for i in range(last, end):
        a += left[points[i]] * chances[i]
    return (a + b) + (c + d)


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
def lazily(rows: Rows, weights: Reals, alone: Reals, most: int) -> Longs:
    """Return sites chosen one by one, each the one that adds most; ties to the first.

    What a site adds only falls, so that an old figure is a bound: only sites whose
    bound is above the best found are looked at again.

    Args:
        rows: Points that each site sees.
        weights: Weight of each point.
        alone: What each site sees: `gains` of the weights.
        most: How many to choose at most.

    Returns:
        Sites in the order of choice; fewer where more would add nothing.
    """
    left, bounds = weights.copy(), alone.copy()
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


@inlined
def _mixed(word: np.uint64, bits: np.uint64) -> np.uint64:
    """Return a word that has nothing in common with either of two."""
    word ^= bits * np.uint64(0x9E3779B97F4A7C15)
    word = (word ^ (word >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return word ^ (word >> np.uint64(29))


@compiled
def summed_words(
    rows: Rows, bits: NDArray[np.uint32], words: NDArray[np.uint64], count: int
) -> NDArray[np.uint64]:
    """Return two words per point: sums over its sites, each mixed with its chance.

    Args:
        rows: Points that each site sees.
        bits: The chances of the rows, as bits.
        words: Two random words per site.
        count: How many points there are.

    Returns:
        Shape (count, 2); noughts for a point that nobody sees.
    """
    starts, points, _ = rows
    keys = np.zeros((count, 2), np.uint64)
    for site in range(len(starts) - 1):
        held, one, other = np.uint32(0), np.uint64(0), np.uint64(0)
        for i in range(starts[site], starts[site + 1]):
            if i == starts[site] or bits[i] != held:
                held = bits[i]
                one = _mixed(words[site, 0], np.uint64(held))
                other = _mixed(words[site, 1], np.uint64(held))
            keys[points[i], 0] += one
            keys[points[i], 1] += other
    return keys


@compiled
def grouped(keys: NDArray[np.uint64]) -> tuple[Ints, Longs]:
    """Return which points have the same two words, and the first point of each group.

    Args:
        keys: Two words per point, shape (n, 2), mixed well; noughts: in no group.

    Returns:
        Group of each point, -1 for none, groups in the order in which they first
        appear; and the first point of each.
    """
    size = 2
    while size < 2 * len(keys):
        size *= 2
    table = np.full(size, -1, np.int32)
    group, firsts = np.full(len(keys), -1, np.int32), np.empty(len(keys), np.int64)
    many = 0
    for point in range(len(keys)):
        one, other = keys[point, 0], keys[point, 1]
        if one == 0 and other == 0:
            continue
        at = np.int64(one & np.uint64(size - 1))
        while table[at] >= 0:
            held = firsts[table[at]]
            if keys[held, 0] == one and keys[held, 1] == other:
                break
            at = (at + 1) & (size - 1)
        if table[at] < 0:
            table[at] = many
            firsts[many] = point
            many += 1
        group[point] = table[at]
    return group, firsts[:many]


@compiled
def only_firsts(rows: Rows, group: Ints, firsts: Longs) -> Rows:
    """Return rows in which each group stands for its points.

    Args:
        rows: Points that each site sees; a site that sees one of a group sees all.
        group: Group of each point, -1 for none.
        firsts: The first point of each group.

    Returns:
        Groups that each site sees, in the order of their first points in the row.
    """
    starts, points, chances = rows
    first = np.zeros(len(group), np.bool_)
    for each in range(len(firsts)):
        first[firsts[each]] = True
    ends = np.zeros(len(starts), np.int64)
    others, figures = np.empty(len(points), np.int32), np.empty(len(points), np.float32)
    at = 0
    for site in range(len(starts) - 1):
        for i in range(starts[site], starts[site + 1]):
            if first[points[i]]:
                others[at], figures[at] = group[points[i]], chances[i]
                at += 1
        ends[site + 1] = at
    return ends, others[:at], figures[:at]


@compiled
def turned(rows: Rows, count: int) -> Rows:
    """Return the rows of the others: what holds each of them, ascending.

    Args:
        rows: Rows that hold others.
        count: How many others there are.

    Returns:
        A row per other.
    """
    starts, others, figures = rows
    ends = np.zeros(count + 1, np.int64)
    for i in range(len(others)):
        ends[others[i] + 1] += 1
    for each in range(count):
        ends[each + 1] += ends[each]
    at = ends[:-1].copy()
    back, held = np.empty(len(others), np.int32), np.empty(len(others), np.float32)
    for row in range(len(starts) - 1):
        for i in range(starts[row], starts[row + 1]):
            other = others[i]
            back[at[other]], held[at[other]] = row, figures[i]
            at[other] += 1
    return ends, back, held
