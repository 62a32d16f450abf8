"""Cover and choice of sites, beside the same done plainly and beside a peer.

    deployment_speed.py cover [SITES] [POINTS] [REACH] [MOST]
    deployment_speed.py choose [SITES] [POINTS] [REACH] [MOST]
    deployment_speed.py plain [SITES] [POINTS] [REACH] [MOST]
    deployment_speed.py spopt [SITES] [POINTS] [REACH] [MOST]

Points and sites are drawn from a seed over a square of 100 km. `cover` and `choose`
are ours; `plain` is numpy and scipy as one would write it; `spopt` wants an environment
of its own with spopt in it. Each prints one line of JSON with CPU seconds, in which
compiling and importing are not counted.
"""

import json
import sys
import time
from typing import Any

import numpy as np

SIDE = 100_000.0


def drawn(sites: int, points: int) -> tuple[Any, Any, Any]:
    """Return sites, points and their weights."""
    rng = np.random.default_rng(11)
    return (
        rng.uniform(0, SIDE, (sites, 2)),
        rng.uniform(0, SIDE, (points, 2)),
        rng.integers(1, 100, points).astype(np.float64),
    )


def ours(task: tuple[Any, Any, Any], reach: float, most: int) -> dict[str, Any]:
    """Return what our cover, and our choice with its bound, take and reach."""
    from pamiers.deployment.choosing import choose
    from pamiers.deployment.cover import cover_within, merged, transposed
    from pamiers.deployment.loops import exchanged, lazily

    sites, points, weights = task
    small = cover_within(sites[:5], points[:100], reach)
    choose(small, weights[:100], 2)
    start = time.process_time()
    cover = cover_within(sites, points, reach)
    built = time.process_time() - start
    start = time.process_time()
    less, summed = merged(cover, weights)
    joined = time.process_time() - start
    by_site = (less.starts, less.points, less.chances)
    turned = transposed(less)
    by_point = (turned.starts, turned.points, turned.chances)
    start = time.process_time()
    first = lazily(by_site, summed, most)
    exchanged(first, by_site, by_point, summed)
    greedy = time.process_time() - start
    start = time.process_time()
    found = choose(cover, weights, most)
    return {
        "incidences": len(cover.points),
        "rows_after_joining": less.count,
        "build_cpu_s": built,
        "join_cpu_s": joined,
        "greedy_and_swap_cpu_s": greedy,
        "choose_with_bound_cpu_s": time.process_time() - start,
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap,
    }


def plain(task: tuple[Any, Any, Any], reach: float, most: int) -> dict[str, Any]:
    """Return what numpy and scipy take, written plainly: greedy, then swaps."""
    # peers bring no types
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # scipy ships no types
    from scipy.spatial import cKDTree  # type: ignore[import-untyped] # scipy ships no types

    sites, points, weights = task
    start = time.process_time()
    rows = cKDTree(points).query_ball_point(sites, reach)
    lengths = [len(row) for row in rows]
    indices = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    cover = csr_matrix(
        (np.ones(len(indices)), indices, starts), shape=(len(sites), len(points))
    )
    built = time.process_time() - start
    start = time.process_time()
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
    spent = time.process_time() - start
    value = weights[np.asarray(cover[chosen].sum(axis=0)).ravel() > 0].sum()
    return {
        "incidences": len(indices),
        "build_cpu_s": built,
        "greedy_and_swap_cpu_s": spent,
        "value": float(value),
    }


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
    task = drawn(int(sites), int(points))
    run = {"plain": plain, "spopt": peer}.get(what, ours)
    print(json.dumps(run(task, reach, int(most))))


def defaults(what: str) -> tuple[str, str, str, str]:
    """Return sites, points, reach [m] and how many may be taken."""
    if what == "spopt":
        return "100", "5000", "8000", "10"
    return "1000", "100000", "5000", "10"


if __name__ == "__main__":
    main(sys.argv[1:])
