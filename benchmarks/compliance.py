"""CPU seconds of judging an agreement over columns of facts.

Usage: `python benchmarks/compliance.py [EV.npz SPEC.json]`. Prints one line of JSON:
`counts` by type of rule (A bans, B ceilings, C duties as [breached, undetermined], D
distances), `cpu_s` of the boolean pass, `cpu_full_s` with bounds, episodes and
evidence, `index_s` of the areas from nothing. Without arguments it draws its own
task and fails where the full pass costs more than it may.

The rules are written as an agreement, read, checked and resolved as any other.
"""

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from compliance_task.facts import Scale, batch_of, batches, task_of, vocabulary
from compliance_task.wording import written

from pamiers.agreement import load_agreement
from pamiers.compliance.bulk.compiled import Program, program_of
from pamiers.compliance.bulk.engine import Batch, Engine, engine_of
from pamiers.compliance.kernels.jit import available
from pamiers.compliance.kernels.judging import Setting

RUNS = 7
GOAL_FULL = 1.6  # times the boolean pass
OWN = 1_000_000
LETTERS = {"zone_prohib": "A", "window_count": "B", "respond": "C", "distance": "D"}


def prepared(task: dict[str, Any], batch: Batch) -> tuple[Program, Engine, float]:
    """Return the rules of a task, ready, and what laying its areas cost [CPU s]."""
    named = [c + 1 for rule in task["rules"] for c in rule.get("classes", [])]
    classes = max(int(batch.group.max(initial=0)) + 1, *named)
    agreement = load_agreement(written(task, classes))
    codes = vocabulary(classes, int(batch.actor.max(initial=0)) + 1)
    program = program_of(agreement, codes)
    begin = time.process_time()
    engine = engine_of(program, codes)
    return program, engine, time.process_time() - begin


def counts_of(
    task: dict[str, Any], found: list[tuple[int, int]]
) -> dict[str, list[Any]]:
    """Return breaches by type of rule, in the order of the task."""
    counts: dict[str, list[Any]] = {letter: [] for letter in "ABCD"}
    for rule, (breached, open_) in zip(task["rules"], found, strict=True):
        letter = LETTERS[rule["type"]]
        counts[letter].append([breached, open_] if letter == "C" else breached)
    return counts


def measured(task: dict[str, Any], batch: Batch) -> dict[str, Any]:
    """Return counts, and medians of CPU seconds, the two passes taking turns."""
    _, engine, index_s = prepared(task, batch)
    setting = Setting(known_s=int(batch.time[-1]), loops=available())
    found = engine.count(batch, setting)
    engine.judge(batch, setting)
    boolean, full = [], []
    for _ in range(RUNS):
        begin = time.process_time()
        engine.count(batch, setting)
        middle = time.process_time()
        engine.judge(batch, setting)
        boolean.append(middle - begin)
        full.append(time.process_time() - middle)
    return {
        "counts": counts_of(task, found),
        "cpu_s": statistics.median(boolean),
        "cpu_full_s": statistics.median(full),
        "index_s": index_s,
    }


def main(arguments: list[str]) -> int:
    """Print what was measured; of the own task, return 1 where a goal is missed."""
    if arguments:
        columns = dict(np.load(arguments[0]))
        task = json.loads(Path(arguments[1]).read_text())
        print(json.dumps(measured(task, batch_of(columns))))
        return 0
    scale = Scale()
    task = task_of(7, scale)
    (batch,) = batches(task, 7, OWN, each=OWN, scale=scale)
    found = measured(task, batch)
    print(json.dumps(found))
    return 0 if found["cpu_full_s"] <= GOAL_FULL * found["cpu_s"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
