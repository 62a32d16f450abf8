"""What reading a million rows costs beside Arrow's bare CSV reader, in CPU seconds.

Writes a native table of twelve columns in memory, one row in a hundred spoiled in
one of several ways (seeded), and reads it three ways in the same process:

* `pyarrow.csv.read_csv` on one thread, and with its default threads;
* the format `pamiers-csv`: every cell checked, every row accounted for, the good
  ones in a table of the record, the others quarantined with line and remedy.

The figure is the least CPU time of the process over runs taken by turns: other work
on the machine, which competes for its cache and memory, can only add to it.
The goal is a ratio of 3.0 at most. Run: `python benchmarks/ingest_million_rows.py`.
"""

import argparse
import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from pamiers.ingest.formats.pamiers_csv import FORMAT
from pamiers.mission.reading import Reading, ReadOptions

GOAL: Final = 3.0
BAD_SHARE: Final = 0.01
PLACES: Final = ("Hnutove", "Vodyane", "Zolote-5", "Avdiivka", "Mine 6/7")
KINDS: Final = ("explosion", "burst", "shot", "projectile")
MEANS: Final = ("saw", "heard", "camera")
TEXTS: Final = (
    "undetermined explosions, 2-4km north-east",
    "bursts and shots of small-arms fire",
    "projectiles in flight from west to east",
)
NAMES: Final = (
    *("key", "time", "lat", "lon", "radius_m", "kind", "count", "means"),
    *("place", "source", "text", "cite"),
)
#: column -> what spoils it; None spoils the row as a whole
FAULTS: Final[tuple[tuple[str | None, str], ...]] = (
    ("time", "2020-13-45T10:00Z"),
    ("time", "yesterday"),
    ("lat", "148.5"),
    ("lat", "nan"),
    ("lon", "37,8"),
    ("count", "several"),
    ("count", "1.234"),
    ("kind", "kaboom"),
    ("key", ""),
    (None, "ragged"),
    (None, "quote"),
    (None, "control"),
)


def generate(n: int, seed: int = 1) -> tuple[bytes, int]:
    """Return a table of `n` rows as CSV, and how many of them are spoiled."""
    rng = np.random.default_rng(seed)
    minutes = rng.integers(0, 60 * 24 * 300, n).astype("timedelta64[m]")
    columns = {
        "key": np.char.add("R", np.char.zfill(np.arange(n).astype(str), 7)),
        "time": np.char.add(
            (np.datetime64("2020-07-27T00:00") + minutes).astype(str), "Z"
        ),
        "lat": np.char.mod("%.4f", 47.0 + 2.0 * rng.random(n)),
        "lon": np.char.mod("%.4f", 37.0 + 2.0 * rng.random(n)),
        "radius_m": rng.integers(50, 3_000, n).astype(str),
        "kind": np.array(KINDS)[rng.integers(0, len(KINDS), n)],
        "count": rng.integers(1, 99, n).astype(str),
        "means": np.array(MEANS)[rng.integers(0, len(MEANS), n)],
        "place": np.array(PLACES)[rng.integers(0, len(PLACES), n)],
        "source": np.array(("osce-smm", "jcc"))[rng.integers(0, 2, n)],
        "text": np.array(TEXTS)[rng.integers(0, len(TEXTS), n)],
        "cite": np.char.add(rng.integers(1, 300, n).astype(str), "/2020"),
    }
    cells = [columns[name].astype(object) for name in NAMES]
    cells[NAMES.index("text")] = np.char.replace(columns["text"], ",", ";").astype(
        object
    )
    bad = rng.choice(n, int(n * BAD_SHARE), replace=False)
    whole = {}
    for i, row in enumerate(bad.tolist()):
        name, fault = FAULTS[i % len(FAULTS)]
        if name is None:
            whole[row] = fault
        else:
            cells[NAMES.index(name)][row] = fault
    lines = [",".join(row) for row in zip(*cells, strict=True)]
    for row, fault in whole.items():
        lines[row] = _spoiled(lines[row], fault)
    return "\n".join([",".join(NAMES), *lines, ""]).encode(), len(bad)


def _spoiled(line: str, fault: str) -> str:
    if fault == "ragged":
        return f"{line},one too many"
    return line.replace("R", '"R' if fault == "quote" else "\x00", 1)


def cpu_s(calls: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Return the least CPU time of each call [s], run by turns."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(repeats):
        for name, call in calls.items():
            gc.collect()
            begin = time.process_time()
            call()
            taken[name].append(time.process_time() - begin)
    return {name: min(each) for name, each in taken.items()}


def bare(data: bytes, *, threads: bool) -> pa.Table:
    """Return the table as Arrow alone reads it, leaving out ragged rows."""
    return pv.read_csv(
        pa.BufferReader(data),
        pv.ReadOptions(use_threads=threads),
        pv.ParseOptions(quote_char=False, invalid_row_handler=lambda _: "skip"),
    )


def check(reading: Reading, n: int, bad: int) -> None:
    """Refuse a result that does not account for every row."""
    accepted = len(reading.tables["observation"])
    assert reading.rows_read == n
    assert len(reading.quarantined) == bad
    assert accepted == n - bad


def main() -> int:
    """Run the benchmark and print one line of JSON; 1 when the goal is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--repeats", type=int, default=7)
    chosen = arguments.parse_args()
    data, bad = generate(chosen.rows)
    options = ReadOptions(file_name="benchmark.csv")
    reading = FORMAT.read(data, options)
    check(reading, chosen.rows, bad)
    codes = dict(sorted(Counter(each.code for each in reading.quarantined).items()))
    del reading
    taken = cpu_s(
        {
            "arrow_one_thread_cpu_s": lambda: bare(data, threads=False),
            "arrow_default_cpu_s": lambda: bare(data, threads=True),
            "pamiers_cpu_s": lambda: FORMAT.read(data, options),
        },
        chosen.repeats,
    )
    ratio = taken["pamiers_cpu_s"] / taken["arrow_one_thread_cpu_s"]
    print(
        json.dumps(
            {
                "rows": chosen.rows,
                "megabytes": round(len(data) / 1e6, 1),
                "quarantined": codes,
                **{name: round(each, 3) for name, each in taken.items()},
                "ratio": round(ratio, 2),
                "goal": GOAL,
            }
        )
    )
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
