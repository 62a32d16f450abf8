"""Cover and choice of sites, beside the same done plainly and beside a peer.

    deployment_speed.py [choose|plain|spopt] [SITES] [POINTS] [REACH] [MOST] [SEED]

Points and sites are drawn from SEED (11 unless told) over a square of 100 km.
`choose` is ours; `plain` is numpy and scipy as one would write it, in the quicker of
two ways for the cover; `spopt` is the peer. The latter two want an environment of
their own with scipy or spopt in it, and nothing of ours. Each prints one line of JSON
with CPU seconds, the least of a few runs, in which compiling and importing are not
counted. Greedy choice and swaps start from the cover: nothing that either needs
besides is left out.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

SIDE = 100_000.0


def drawn(sites: int, points: int, seed: int) -> tuple[Any, Any, Any]:
    """Return sites, points and their weights."""
    rng = np.random.default_rng(seed)
    return (
        rng.uniform(0, SIDE, (sites, 2)),
        rng.uniform(0, SIDE, (points, 2)),
        rng.integers(1, 100, points).astype(np.float64),
    )


def quickest(run: Callable[[], Any], times: int = 5) -> tuple[Any, float]:
    """Return what a run gives, and the least CPU seconds of a few."""
    found, least = None, np.inf
    for _ in range(times):
        start = time.process_time()
        found = run()
        least = min(least, time.process_time() - start)
    return found, float(least)


def ours(task: tuple[Any, Any, Any], reach: float, most: int) -> dict[str, Any]:
    """Return what our cover, and our choice with its bound, take and reach."""
    from pamiers.deployment.choosing import choose, quickly
    from pamiers.deployment.cover import cover_within

    sites, points, weights = task
    small = cover_within(sites[:5], points[:100], reach)
    choose(small, weights[:100], 2)
    quickly(small, weights[:100], 2)
    cover, built = quickest(lambda: cover_within(sites, points, reach))
    quick, greedy = quickest(lambda: quickly(cover, weights, most))
    found, chosen = quickest(lambda: choose(cover, weights, most), times=1)
    seen = np.zeros(cover.count, bool)
    for site in quick:
        seen[cover.points[cover.starts[site] : cover.starts[site + 1]]] = True
    return {
        "incidences": len(cover.points),
        "build_cpu_s": built,
        "greedy_and_swap_cpu_s": greedy,
        "greedy_and_swap_value": float(weights[cover.order[seen]].sum()),
        "choose_with_bound_cpu_s": chosen,
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap,
    }


def plain(task: tuple[Any, Any, Any], reach: float, most: int) -> dict[str, Any]:
    """Return what numpy and scipy take, written plainly: greedy, then swaps."""
    sites, points, weights = task
    cover, by_lists = quickest(lambda: listed(sites, points, reach), times=3)
    _, by_pairs = quickest(lambda: paired(sites, points, reach), times=3)
    chosen, spent = quickest(lambda: swapped(cover, weights, most), times=3)
    value = weights[np.asarray(cover[chosen].sum(axis=0)).ravel() > 0].sum()
    return {
        "incidences": cover.nnz,
        "build_cpu_s": min(by_lists, by_pairs),
        "build_by_lists_cpu_s": by_lists,
        "greedy_and_swap_cpu_s": spent,
        "greedy_and_swap_value": float(value),
    }


def listed(sites: Any, points: Any, reach: float) -> Any:
    """Return the cover as a sparse matrix, from lists of neighbours."""
    # peers bring no types
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # scipy ships no types
    from scipy.spatial import cKDTree  # type: ignore[import-untyped] # scipy ships no types

    rows = cKDTree(points).query_ball_point(sites, reach)
    lengths = [len(row) for row in rows]
    indices = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    shape = (len(sites), len(points))
    return csr_matrix((np.ones(len(indices)), indices, starts), shape=shape)


def paired(sites: Any, points: Any, reach: float) -> Any:
    """Return the cover as a sparse matrix of distances, from pairs of two trees."""
    from scipy.spatial import cKDTree

    trees = cKDTree(sites), cKDTree(points)
    return (
        trees[0]
        .sparse_distance_matrix(trees[1], reach, output_type="coo_matrix")
        .tocsr()
    )


def swapped(cover: Any, weights: Any, most: int) -> list[int]:
    """Return sites taken one by one, then exchanged while that betters."""
    chosen: list[int] = []
    left = weights.copy()
    for _ in range(most):
        best = int(np.argmax(cover @ left))
        chosen.append(best)
        left[cover.indices[cover.indptr[best] : cover.indptr[best + 1]]] = 0.0
    better = True
    while better:
        better = False
        for k in range(most):
            rest = [each for i, each in enumerate(chosen) if i != k]
            seen = np.asarray(cover[rest].sum(axis=0)).ravel() > 0
            gains = cover @ np.where(seen, 0.0, weights)
            best = int(np.argmax(gains))
            if gains[best] > gains[chosen[k]] + 1e-9:
                chosen[k], better = best, True
    return chosen


def peer(task: tuple[Any, Any, Any], reach: float, most: int) -> dict[str, Any]:
    """Return what spopt takes from coordinates to the optimum, its solver included."""
    import resource

    # peers are installed in an environment of their own
    from scipy.spatial.distance import cdist  # type: ignore[import-untyped] # scipy ships no types
    from spopt.locate import MCLP  # type: ignore[import-not-found] # in an environment of its own

    sites, points, weights = task
    start = time.process_time()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    model = MCLP.from_cost_matrix(cdist(points, sites), weights, reach, most)
    import pulp  # type: ignore[import-not-found] # in an environment of its own

    model.solve(pulp.PULP_CBC_CMD(msg=False))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return {
        "cpu_s": time.process_time() - start + children,
        "value": float(model.problem.objective.value()),
    }


def main(given: list[str]) -> None:
    """Print the figures asked for."""
    what = given[0] if given else "choose"
    sites, points, reach, most = (
        float(each) for each in (given[1:5] if len(given) >= 5 else defaults(what))
    )
    task = drawn(int(sites), int(points), int(given[5]) if len(given) > 5 else 11)
    run = {"plain": plain, "spopt": peer}.get(what, ours)
    print(json.dumps(run(task, reach, int(most))))


def defaults(what: str) -> tuple[str, str, str, str]:
    """Return sites, points, reach [m] and how many may be taken."""
    if what == "spopt":
        return "100", "5000", "8000", "10"
    return "1000", "100000", "5000", "10"


if __name__ == "__main__":
    main(sys.argv[1:])
