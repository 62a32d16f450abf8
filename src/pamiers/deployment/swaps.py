"""Exchange sites of a sure cover one for one, also for the worse, and keep the best.

What every exchange would bring is known at once: what the newcomer adds, less what
only the leaver sees, and again what both see. These three are kept up to date point by
point, so that one exchange costs what the points it touches cost.

Source: Resende and Werneck (2007), A fast swap-based local search procedure for
location problems; Glover (1989), Tabu search, part I.
"""

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, inlined
from pamiers.deployment.loops import Ints, Longs, Reals, Rows

#: sites that see each point: starts and sites
Turned = tuple[Longs, Ints]
#: of each point how many of the chosen see it, and the sum of their positions
Seen = tuple[Longs, Longs]
#: what each site would add, what only each chosen one sees, what both see
Worths = tuple[Reals, Reals, NDArray[np.float64]]


@inlined
def _spread(to: Reals, point: int, weight: float, turned: Turned) -> None:
    """Add a weight to every site that sees a point."""
    starts, sites = turned
    for i in range(starts[point], starts[point + 1]):
        to[sites[i]] += weight


@inlined
def _enter(
    k: int,
    site: int,
    rows: tuple[Longs, Ints, Turned, Reals],
    state: tuple[Seen, Worths],
) -> None:
    """Put a site into the k-th position."""
    starts, points, turned, weights = rows
    (count, who), (adds, alone, both) = state
    for i in range(starts[site], starts[site + 1]):
        point = points[i]
        weight = weights[point]
        if count[point] == 0:
            _spread(adds, point, -weight, turned)
            _spread(both[k], point, weight, turned)
            alone[k] += weight
        elif count[point] == 1:
            other = who[point]
            _spread(both[other], point, -weight, turned)
            alone[other] -= weight
        count[point] += 1
        who[point] += k


@inlined
def _leave(
    k: int,
    site: int,
    rows: tuple[Longs, Ints, Turned, Reals],
    state: tuple[Seen, Worths],
) -> None:
    """Take the site in the k-th position out."""
    starts, points, turned, weights = rows
    (count, who), (adds, alone, both) = state
    for i in range(starts[site], starts[site + 1]):
        point = points[i]
        weight = weights[point]
        count[point] -= 1
        who[point] -= k
        if count[point] == 0:
            _spread(adds, point, weight, turned)
            _spread(both[k], point, -weight, turned)
            alone[k] -= weight
        elif count[point] == 1:
            other = who[point]
            _spread(both[other], point, weight, turned)
            alone[other] += weight


@inlined
def _best(
    barred: Longs, turn: int, worths: Worths, room: tuple[float, float]
) -> tuple[int, int, float]:
    """Return the best exchange that is not barred, or that betters all so far.

    Args:
        barred: Until which turn each site may not move.
        turn: Which turn it is.
        worths: What exchanges bring.
        room: The value now, and the best so far.

    Returns:
        Position, newcomer, what it brings; position -1 where everything is barred.
    """
    adds, alone, both = worths
    value, most = room
    position, newcomer, top = -1, -1, -np.inf
    for k in range(len(alone)):
        for site in range(len(adds)):
            brings = adds[site] - alone[k] + both[k, site]
            free = barred[site] <= turn or value + brings > most
            if brings > top and free and barred[site] >= 0:
                position, newcomer, top = k, site, brings
    return position, newcomer, top


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
    adds, alone = np.zeros(sites), np.zeros(len(chosen))
    both = np.zeros((len(chosen), sites))
    for point in range(len(weights)):
        _spread(adds, point, weights[point], rows[2])
    barred = np.zeros(sites, np.int64)  # below 0: among the chosen
    now, best = chosen.copy(), chosen.copy()
    value = 0.0
    for k in range(len(now)):
        value += adds[now[k]]
        _enter(k, now[k], rows, (seen, (adds, alone, both)))
        barred[now[k]] = -1
    most, idle, turn = value, 0, 0
    enough, patience, terms = limits
    while idle < patience and most < enough:
        turn += 1
        idle += 1
        k, site, brings = _best(barred, turn, (adds, alone, both), (value, most))
        if k < 0:
            continue
        _leave(k, now[k], rows, (seen, (adds, alone, both)))
        _enter(k, site, rows, (seen, (adds, alone, both)))
        barred[now[k]] = turn + terms[turn % len(terms)]
        barred[site], now[k] = -1, site
        value += brings
        if value > most * (1.0 + 1e-12):
            most, idle = value, 0
            best[:] = now
    return best
