"""Exchange sites of a sure cover one for one, also for the worse, and keep the best.

What every exchange would bring is known at once: what the newcomer adds, less what
only the leaver sees, and again what the newcomer sees of that. These are kept up to
date: for few exchanges by looking through all rows for the points that change hands,
for many point by point, which wants the sites that see each point.

Source: Resende and Werneck (2007), A fast swap-based local search procedure for
location problems; Glover (1989), Tabu search, part I.
"""

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, inlined
from pamiers.deployment.loops import Ints, Longs, Reals, Rows, Switches, gains

#: sites that see each point: starts and sites
Turned = tuple[Longs, Ints]
#: of each point how many of the chosen see it, and the sum of their positions
Seen = tuple[Longs, Longs]
#: what each site would add, and what it sees of what only each position sees
Worths = tuple[Reals, NDArray[np.float64]]
#: sums by whose points are: of several, of nobody, then of each position
_SEVERAL, _NOBODY, _POSITIONS = 0, 1, 2
#: a share of what is exchanged that rounding may make
_SLIGHT = 1e-9


@inlined
def _spread(to: Reals, point: int, weight: float, turned: Turned) -> None:
    """Add a weight to every site that sees a point."""
    starts, sites = turned
    for i in range(starts[point], starts[point + 1]):
        to[sites[i]] += weight


@inlined
def _move(
    k: int,
    site: int,
    step: int,
    rows: tuple[Longs, Ints, Turned, Reals],
    state: tuple[Seen, Worths],
) -> None:
    """Put a site into the k-th position (step 1), or take it out of there (-1)."""
    starts, points, turned, weights = rows
    (count, who), (adds, both) = state
    for i in range(starts[site], starts[site + 1]):
        point = points[i]
        weight = step * weights[point]
        others = count[point] - (step < 0)
        if others == 0:
            _spread(adds, point, -weight, turned)
            _spread(both[k], point, weight, turned)
        elif others == 1:
            other = who[point] - k * (step < 0)
            _spread(both[other], point, -weight, turned)
        count[point] += step
        who[point] += step * k


@inlined
def _best(
    now: Longs, barred: Longs, turn: int, worths: Worths, room: tuple[float, float]
) -> tuple[int, int, float]:
    """Return the best exchange that is not barred, or that betters all so far.

    Args:
        now: The chosen sites, by position.
        barred: Until which turn each site may not move.
        turn: Which turn it is.
        worths: What exchanges bring.
        room: The value now, and the best so far.

    Returns:
        Position, newcomer, what it brings; position -1 where everything is barred.
    """
    adds, both = worths
    value, most = room
    position, newcomer, top = -1, -1, -np.inf
    for k in range(len(now)):
        for site in range(len(adds)):
            brings = adds[site] - both[k, now[k]] + both[k, site]
            free = barred[site] <= turn or value + brings > most
            if brings > top and free and barred[site] >= 0:
                position, newcomer, top = k, site, brings
    return position, newcomer, top


@inlined
def _owners(now: Longs, rows: Rows, many: int) -> Ints:
    """Return for each point where the weight of it is summed: whose it is."""
    starts, points, _ = rows
    owner = np.full(many, _NOBODY, np.int32)
    for k in range(len(now)):
        for i in range(starts[now[k]], starts[now[k] + 1]):
            alone = owner[points[i]] == _NOBODY
            owner[points[i]] = _POSITIONS + k if alone else _SEVERAL
    return owner


@inlined
def _caught_up(
    rows: Rows, weights: Reals, owners: tuple[Ints, Ints], worths: Worths
) -> None:
    """Bring what exchanges bring from the owners before to those now."""
    starts, points, _ = rows
    (before, after), (adds, both) = owners, worths
    moved = np.empty(len(before), np.bool_)  # small, for it is read for every point
    for point in range(len(before)):
        moved[point] = before[point] != after[point]
    sums = np.zeros(_POSITIONS + len(both))
    for site in range(len(adds)):
        sums[:] = 0.0
        for i in range(starts[site], starts[site + 1]):
            if moved[points[i]]:
                point = points[i]
                sums[after[point]] += weights[point]
                sums[before[point]] -= weights[point]
        adds[site] += sums[_NOBODY]
        both[:, site] += sums[_POSITIONS:]


@inlined
def _newcomer(k: int, held: int, inside: Switches, worths: Worths) -> int:
    """Return the site worth most in a position; -1 if none is worth its holder."""
    adds, both = worths
    best, most = -1, both[k, held]
    for site in range(len(adds)):
        if not inside[site] and adds[site] + both[k, site] > most:
            best, most = site, adds[site] + both[k, site]
    return best


@inlined
def _handed(site: int, step: int, rows: Rows, weights: Reals, count: Longs) -> float:
    """Count a site at its points (1), or no longer (-1); return what that changes."""
    starts, points, _ = rows
    total = 0.0
    for i in range(starts[site], starts[site + 1]):
        if count[points[i]] == (step < 0):
            total += step * weights[points[i]]
        count[points[i]] += step
    return total


@inlined
def _exchange(out: int, site: int, rows: Rows, weights: Reals, count: Longs) -> bool:
    """Exchange one site for another and tell whether that betters; else undo it."""
    gone = _handed(out, -1, rows, weights, count)
    come = _handed(site, 1, rows, weights, count)
    if come + gone > _SLIGHT * (come - gone):
        return True
    _handed(site, -1, rows, weights, count)
    _handed(out, 1, rows, weights, count)
    return False


@compiled
def descended(chosen: Longs, rows: Rows, weights: Reals, alone: Reals) -> Longs:
    """Return a choice that no exchange of one site for another betters.

    Every position in turn is given the site that seemed worth most in it when all rows
    were last looked through, if that betters the choice as it is by then. Sure covers
    only.

    Args:
        chosen: Sites to begin from, without repeats.
        rows: Points that each site sees, for sure.
        weights: Weight of each point.
        alone: What each site sees: `gains` of the weights.

    Returns:
        As many sites, in no order.
    """
    now, count = chosen.copy(), np.zeros(len(weights), np.int64)
    sites = len(rows[0]) - 1
    inside = np.zeros(sites, np.bool_)
    for k in range(len(now)):
        _handed(now[k], 1, rows, weights, count)
        inside[now[k]] = True
    worths = alone.copy(), np.zeros((len(now), sites))
    before = np.full(len(weights), _NOBODY, np.int32)
    better = True
    while better:
        after = _owners(now, rows, len(weights))
        _caught_up(rows, weights, (before, after), worths)
        before, better = after, False
        for k in range(len(now)):
            site = _newcomer(k, now[k], inside, worths)
            if site >= 0 and _exchange(now[k], site, rows, weights, count):
                inside[now[k]], inside[site], now[k] = False, True, site
                better = True
    return now


@compiled
def searched(
    chosen: Longs,
    by_site: Rows,
    by_point: Rows,
    weights: Reals,
    limits: tuple[float, int, Longs],
) -> Longs:
    """Return the best choice met while exchanging, sure covers only.

    Args:
        chosen: Sites to begin from, without repeats.
        by_site: Points that each site sees, for sure.
        by_point: Sites that see each point.
        weights: Weight of each point.
        limits: A value that is enough; turns without a better one after which to
            stop; for how many turns a site that left may not return, taken in order.

    Returns:
        As many sites, in no order.
    """
    sites = len(by_site[0]) - 1
    rows = (by_site[0], by_site[1], (by_point[0], by_point[1]), weights)
    seen = np.zeros(len(weights), np.int64), np.zeros(len(weights), np.int64)
    worths = gains(by_site, weights), np.zeros((len(chosen), sites))
    barred = np.zeros(sites, np.int64)  # below 0: among the chosen
    now, best = chosen.copy(), chosen.copy()
    value = 0.0
    for k in range(len(now)):
        value += worths[0][now[k]]
        _move(k, now[k], 1, rows, (seen, worths))
        barred[now[k]] = -1
    most, idle, turn = value, 0, 0
    enough, patience, terms = limits
    while idle < patience and most < enough:
        turn += 1
        idle += 1
        k, site, brings = _best(now, barred, turn, worths, (value, most))
        if k < 0:
            continue
        _move(k, now[k], -1, rows, (seen, worths))
        _move(k, site, 1, rows, (seen, worths))
        barred[now[k]] = turn + terms[turn % len(terms)]
        barred[site], now[k] = -1, site
        value += brings
        if value > most * (1.0 + 1e-12):
            most, idle = value, 0
            best[:] = now
    return best
