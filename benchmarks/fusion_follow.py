"""What one report more or less costs: `fusion_follow.py OBS.npz [REPORTS]`.

All but the last REPORTS to arrive, 1,000 unless said, are associated at once; the
others are added one by one as they arrived, and as many drawn from all are withdrawn
one by one. The end has to be what all left at once would give. Prints JSON: CPU
milliseconds a report, adding and withdrawing, at the median, at 99 in 100 and at most.
Without arguments it says how it is called.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from fusion import columns_of, taxonomy

from pamiers.fusion.associating import Association
from pamiers.fusion.columns import Columns
from pamiers.fusion.solving import calibrate
from pamiers.fusion.told import Change, Reports

REPORTS = 1_000


def some(columns: Columns, at: Any) -> Reports:
    """Return some reports under their numbers."""
    ids = tuple(f"r{i:07}" for i in at.tolist())
    return Reports(ids=ids, columns=columns.take(at))


def costs(state: Association, changes: list[Change]) -> dict[str, float]:
    """Apply changes one by one; return what each cost [CPU ms]."""
    spent = np.zeros(len(changes))
    for k, change in enumerate(changes):
        start = time.thread_time()
        state.apply(change)
        spent[k] = 1e3 * (time.thread_time() - start)
    half, most = np.quantile(spent, (0.5, 0.99)).tolist()
    told = {"median": half, "p99": most, "most": float(spent.max())}
    return {name: round(value, 3) for name, value in told.items()}


def main() -> None:
    """Print what following costs."""
    if len(sys.argv) == 1:
        print("usage: fusion_follow.py OBS.npz [REPORTS]")
        return
    with np.load(Path(sys.argv[1]), allow_pickle=False) as obs:
        columns, meta = columns_of(obs), json.loads(str(obs["meta"]))
    many = int(sys.argv[2]) if len(sys.argv) > 2 else REPORTS
    order = np.argsort(columns.received_s, kind="stable")
    first, last = order[:-many], order[-many:]
    calibration = calibrate(columns, taxonomy(meta))
    warm = Association(calibration)  # compile outside the clock
    warm.apply(Change(add=some(columns, first[:500])))
    warm.apply(Change(add=some(columns, last[:1])))
    warm.apply(Change(withdraw=some(columns, last[:1]).ids))
    state = Association(calibration)
    state.apply(Change(add=some(columns, first)))
    added = costs(
        state, [Change(add=some(columns, last[k : k + 1])) for k in range(many)]
    )
    lost = np.random.default_rng(5).choice(len(columns), many, replace=False)
    gone = [Change(withdraw=some(columns, lost[k : k + 1]).ids) for k in range(many)]
    withdrawn = costs(state, gone)
    again = Association(calibration)
    again.apply(Change(add=some(columns, np.setdiff1d(order, lost))))
    told = {
        "n": len(columns),
        "added_cpu_ms": added,
        "withdrawn_cpu_ms": withdrawn,
        "as_all_at_once": state.incidents() == again.incidents(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
