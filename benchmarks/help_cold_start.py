"""CPU seconds of `pamiers --help` in a fresh process, against an empty program.

Usage: `python benchmarks/help_cold_start.py [RUNS]`. Goal: at most 0.2 s.
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path

GOAL_S = 0.2
RUNS = 15
BIN = Path(sys.executable).parent
PROGRAMS = {
    "python -c pass": (BIN / "python", "-c", "pass"),
    "pamiers --help": (BIN / "pamiers", "--help"),
}


def cpu_s(command: tuple[str | Path, ...]) -> float:
    """Return the user and system seconds of one run of a command."""
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return (
        after.children_user
        + after.children_system
        - before.children_user
        - before.children_system
    )


def main(runs: int) -> int:
    """Print the median of each program; return 1 where the goal is missed."""
    medians = {}
    for name, command in PROGRAMS.items():
        cpu_s(command)  # the first run may write byte code
        found = [cpu_s(command) for _ in range(runs)]
        medians[name] = statistics.median(found)
        most = max(found)
        print(f"{name:16} median {medians[name]:.3f} CPU s of {runs}, max {most:.3f}")
    kept = medians["pamiers --help"] <= GOAL_S
    print(f"goal: at most {GOAL_S} CPU s: {'kept' if kept else 'missed'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
