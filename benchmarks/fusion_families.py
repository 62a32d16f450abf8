"""How fusion does in other worlds: `fusion_families.py OBS.npz [--keep DIR]`.

OBS is a file with truth. It is fused as it is and as each of `fusion_task.families`
disturbs it. Prints a table: F1 of pairs, Brier score over the base rate's, calibration
error, median error of fused places over the reports', share of kinds found. With --keep
the disturbed files are written, so that others can be held against them. Without
arguments it says how it is called.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from fusion import columns_of, taxonomy
from fusion_task.families import FAMILIES, World
from fusion_task.score import brier, gap, kinds, pair_f1, place

from pamiers.fusion.solving import solve


def row(name: str, world: World) -> str:
    """Fuse a world; return one row of the table."""
    obs, meta = world
    found = solve(columns_of(obs), taxonomy(meta))
    figures = (
        pair_f1(obs["incident"], found.group),
        brier(obs["real"], found.real),
        gap(obs["real"], found.real),
        place(obs, found.x, found.y),
        kinds(obs, found.kind),
    )
    told = " | ".join(f"{value:.3f}" for value in figures)
    return f"| {name} | {len(obs['x'])} | {told} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("obs", type=Path, nargs="?")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    if asked.obs is None:
        parser.print_usage()
        return
    with np.load(asked.obs, allow_pickle=False) as held:
        obs = {name: held[name] for name in held.files if name != "meta"}
        world = World(obs, json.loads(str(held["meta"])))
    print("| World | reports | F1 | Brier / base | gap | place | kind |")
    print("|---|---|---|---|---|---|---|")
    print(row("as it is", world), flush=True)
    for number, (name, disturbed) in enumerate(FAMILIES.items()):
        other = disturbed(world, np.random.default_rng((number, len(obs["x"]))))
        print(row(name, other), flush=True)
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            file = asked.keep / f"{disturbed.__name__}.npz"
            np.savez(file, meta=json.dumps(other.meta), **other.obs)


if __name__ == "__main__":
    main()
