"""Fuse synthetic reports: `fusion.py OBS.npz OUT.npz [--clusters FILE]`.

OBS has one value per report in `source, t_start, t_end, x, y, loc_sigma, label, count,
actor, received`, and `meta`, JSON text with `sources, families, labels, types` and
perhaps `taxonomy` (family -> kind -> label -> P(kind | label)); truth is not read. OUT
gets `cluster, p_real, type, x, y, t` in the same order. `--clusters` keeps the array
`cluster` of a file and estimates the rest. Prints JSON with CPU seconds. Without
arguments it says how it is called, as `make bench` runs every file without.
"""

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np

from pamiers.fusion.columns import Columns, Taxonomy, taxonomy_of
from pamiers.fusion.lexicon import evened, prior_of
from pamiers.fusion.solving import Solved, solve

_TABLE_WORTH = 100.0


def columns_of(obs: Any) -> Columns:
    """Return the public columns of a benchmark file."""
    start = obs["t_start"].astype(np.float64)
    return Columns(
        x=obs["x"].astype(np.float64),
        y=obs["y"].astype(np.float64),
        sigma_m=np.maximum(obs["loc_sigma"].astype(np.float64), 1.0),
        start_s=start,
        end_s=np.maximum(obs["t_end"].astype(np.float64), start + 1.0),
        received_s=obs["received"].astype(np.float64),
        source=obs["source"].astype(np.int64),
        label=obs["label"].astype(np.int64),
        count=np.maximum(obs["count"].astype(np.int64), 0),
        side=np.clip(obs["actor"].astype(np.int64), -1, 1),
    )


def taxonomy(meta: dict[str, Any]) -> Taxonomy:
    """Return what the labels of a benchmark file may mean."""
    kinds = meta["types"]
    priors, weights = [], []
    told = meta.get("taxonomy") or {}
    given = {family: np.asarray(table, np.float64) for family, table in told.items()}
    tables = dict(zip(given, evened(list(given.values())), strict=True))
    for family in meta["families"]:
        labels = meta["labels"][family]
        if family in tables:
            rows = tables[family].T + 1e-3
            priors.append(rows / rows.sum(axis=1, keepdims=True))
            weights.append(np.full(len(labels), _TABLE_WORTH))
            continue
        found = [prior_of(str(label), kinds) for label in labels]
        priors.append(np.array([prior for prior, _ in found]).reshape(-1, len(kinds)))
        weights.append(np.array([weight for _, weight in found]))
    return taxonomy_of(len(kinds), priors, weights)


def write(path: str, found: Solved) -> None:
    """Write the result, one value per report."""
    np.savez(
        path,
        cluster=found.group,
        p_real=found.real,
        type=found.kind,
        x=found.x,
        y=found.y,
        t=found.t,
    )


def main() -> None:
    """Fuse one file and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("obs", type=Path, nargs="?")
    parser.add_argument("out", nargs="?")
    parser.add_argument("--clusters", type=Path)
    asked = parser.parse_args()
    if asked.obs is None or asked.out is None:
        parser.print_usage()
        return
    with np.load(asked.obs, allow_pickle=False) as obs:
        columns, meta = columns_of(obs), json.loads(str(obs["meta"]))
    given = np.load(asked.clusters)["cluster"] if asked.clusters else None
    few = columns.take(np.arange(min(len(columns), 300)))
    solve(few, taxonomy(meta))  # compile outside the clock
    n, held = len(columns), [columns]
    del columns  # solving needs room
    start = time.process_time()
    found = solve(held.pop(), taxonomy(meta), given=given)
    spent = time.process_time() - start
    write(asked.out, found)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"n": n, "cpu_s": round(spent, 3), "peak_mb": most}))


if __name__ == "__main__":
    main()
