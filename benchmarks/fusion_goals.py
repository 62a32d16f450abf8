"""Every goal of the fusion benchmark in one run: `fusion_goals.py TASK WORK SEED ...`.

TASK is a folder with `gen.py`, `genie.py` and `peers.py` of the task; WORK one for
files, kept between runs. Run by a Python that has what those need (scipy, scikit-learn,
fast_hdbscan, splink); `--ours` is the Python that has pamiers. Prints a table: seed,
line, figure, goal, and whether it holds. `--million` adds the lines at a million
reports. Peers have the settings that were the best on seed 99; the goal for kinds is
what the prototype of the task had. Without arguments it says how it is called.
"""

import argparse
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from fusion_task.score import brier, gap, kinds, pair_f1, place

HERE = Path(__file__).parent
Found = dict[str, Any]
#: points of an additive score by source, and the belief of so many points
POINTS = (4, 4, 4, 4, 2, 2.5, 4, 4, 2, 2, 1, 1, 1)
BANDS = ((8, 0.95), (5, 0.8), (3, 0.6), (0, 0.35))
#: settings of peers that were the best on seed 99
PEERS = {
    "dbscan": {"km": 5.0, "h": 1.0},
    "fast_hdbscan": {"km": 2.0, "h": 0.5},
    "splink": {"km": 6.0, "thr": 0.2, "mode": "best"},
}


class Runs:
    """Programs of the task and ours, each in a process of its own."""

    def __init__(self, task: Path, work: Path, ours: str) -> None:
        """Say where they are."""
        self.task, self.work, self.ours = task, work, ours
        work.mkdir(parents=True, exist_ok=True)

    def _told(self, *command: object) -> Found:
        words = [str(each) for each in command]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        found: Found = json.loads(done.stdout.strip().splitlines()[-1])
        return found

    def file(self, seed: int, n: int, scenario: str = "base") -> Path:
        """Return a file of reports, made if there is none."""
        path = self.work / f"{scenario}_{seed}_{n}.npz"
        if not path.exists():
            at = ("--seed", seed, "--n", n, "--scenario", scenario, "--out", path)
            self._told(sys.executable, "-B", self.task / "gen.py", *at)
        return path

    def fuse(self, obs: Path, *more: object) -> tuple[Found, Found]:
        """Return what pamiers writes and what it cost."""
        out = self.work / "out.npz"
        told = self._told(self.ours, HERE / "fusion.py", obs, out, *more)
        return dict(np.load(out)), told

    def follow(self, obs: Path) -> Found:
        """Return what one report more or less costs."""
        return self._told(self.ours, HERE / "fusion_follow.py", obs)

    def genie(self, obs: Path) -> float:
        """Return the F1 of a reader who knows all."""
        told = self._told(sys.executable, "-B", self.task / "genie.py", obs)
        return float(told["pair_F1"])

    def peer(self, name: str, obs: Path) -> Found:
        """Return how a peer did."""
        out, said = self.work / "peer.npz", json.dumps(PEERS[name])
        return self._told(
            sys.executable, "-B", self.task / "peers.py", name, obs, out, said
        )


def additive(obs: Found, cluster: Any) -> Any:
    """Return the belief of an additive score in each report."""
    number = np.unique(cluster, return_inverse=True)[1].astype(np.int64)
    key = np.unique(number * len(POINTS) + obs["source"])
    points = np.array(POINTS)[key % len(POINTS)]
    score = np.bincount(key // len(POINTS), points)[number]
    return np.select([score >= b for b, _ in BANDS], [p for _, p in BANDS])


def row(seed: int, line: str, figure: float, goal: float, *, most: bool) -> bool:
    """Print one line; return whether it holds."""
    holds = figure <= goal if most else figure >= goal
    sign = "<=" if most else ">="
    said = "holds" if holds else "MISSED"
    print(f"| {seed} | {line} | {figure:.3f} | {sign} {goal:g} | {said} |", flush=True)
    return holds


def of_seed(seed: int, runs: Runs) -> list[bool]:
    """Print the lines of one seed at 100,000 reports."""
    file = runs.file(seed, 100_000)
    obs = dict(np.load(file, allow_pickle=False))
    found, told = runs.fuse(file)
    f1 = pair_f1(obs["incident"], found["cluster"])
    peers = {name: runs.peer(name, file) for name in PEERS}
    best = max(float(each["pair_F1"]) for each in peers.values())
    truth = runs.work / "truth.npz"
    np.savez(truth, cluster=obs["incident"])
    given, _ = runs.fuse(file, "--clusters", truth)
    real, own = obs["real"], found["cluster"]

    def over(belief: Any, cluster: Any) -> float:
        return brier(real, belief) / brier(real, additive(obs, cluster))

    sparse = runs.file(seed, 10_000, "sparse")
    thin = dict(np.load(sparse, allow_pickle=False))
    f1_thin = pair_f1(thin["incident"], runs.fuse(sparse)[0]["cluster"])
    follow = runs.follow(file)
    return [
        row(seed, "F1 / best peer", f1 / best, 1.8, most=False),
        row(seed, "F1 / genie", f1 / runs.genie(file), 0.87, most=False),
        row(seed, "F1 / genie, sparse", f1_thin / runs.genie(sparse), 0.91, most=False),
        row(seed, "Brier / additive, true", over(given["p_real"], obs["incident"]),
            0.72, most=True),
        row(seed, "Brier / additive, own", over(found["p_real"], own), 0.93, most=True),
        row(seed, "Brier / base", brier(real, found["p_real"]), 0.60, most=True),
        row(seed, "calibration error", gap(real, found["p_real"]), 0.03, most=True),
        row(seed, "place / raw", place(obs, found["x"], found["y"]), 0.35, most=True),
        row(seed, "kind", kinds(obs, found["type"]), 0.65, most=False),
        row(seed, "CPU / fast_hdbscan",
            told["cpu_s"] / peers["fast_hdbscan"]["cpu_s"], 0.4, most=True),
        row(seed, "adding, p99 [ms]", follow["added_cpu_ms"]["p99"], 5, most=True),
        row(seed, "losing, p99 [ms]", follow["withdrawn_cpu_ms"]["p99"], 5, most=True),
        row(seed, "same as all at once", follow["as_all_at_once"], 1, most=False),
    ]  # fmt: skip


def of_million(seed: int, runs: Runs) -> list[bool]:
    """Print the lines at a million reports."""
    few, many = runs.file(seed, 10_000), runs.file(seed, 1_000_000)
    (_, small), (_, large) = runs.fuse(few), runs.fuse(many)
    peer = runs.peer("dbscan", many)
    grows = math.log10(large["cpu_s"] / small["cpu_s"]) / 2.0
    return [
        row(seed, "million: CPU / peer", large["cpu_s"] / peer["cpu_s"], 3, most=True),
        row(seed, "million: peak MB", large["peak_mb"], 1_000, most=True),
        row(seed, "exponent", grows, 1.08, most=True),
    ]


def main() -> None:
    """Print the table; end with 1 where a line is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", type=Path, nargs="?")
    parser.add_argument("work", type=Path, nargs="?")
    parser.add_argument("seeds", type=int, nargs="*")
    parser.add_argument("--ours", default=sys.executable)
    parser.add_argument("--million", action="store_true")
    asked = parser.parse_args()
    if asked.task is None or asked.work is None:
        parser.print_usage()
        return
    runs = Runs(asked.task, asked.work, asked.ours)
    print("| seed | line | figure | goal | |\n|---|---|---|---|---|")
    each = [of_seed, of_million] if asked.million else [of_seed]
    held = [h for seed in asked.seeds for one in each for h in one(seed, runs)]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
