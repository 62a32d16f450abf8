"""The task of `compliance.py` by other engines, in the same run: CPU seconds, counts.

Usage: `python benchmarks/compliance_peers.py EV.npz SPEC.json PYTHON`, with a Python
that has polars, duckdb and shapely; PYTHON is the one that has pamiers. Each engine
has one thread. Polars and DuckDB are given where each fact lies, as found by our own
index, and its cost is added to theirs; shapely and numpy find it themselves.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

ROUNDS = 3
BESIDE = Path(__file__).parent
EAST_KM = 111.32 * np.cos(np.radians(48.4))
NORTH_KM = 110.57
Counts = dict[str, list[Any]]
Seconds = dict[str, list[float]]


def rules_of(task: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the rules of one type, in order."""
    return [rule for rule in task["rules"] if rule["type"] == kind]


def kin(rule: dict[str, Any]) -> int:
    """Return which third of the classes raises the alarm of a duty."""
    return int(rule["a_cls"]) % 3


def by_polars(columns: dict[str, Any], task: dict[str, Any]) -> Counts:
    """Count with Polars: expressions, rolling windows, an as-of join."""
    import polars as pl

    e = pl.DataFrame(columns)
    lazy, fire = e.lazy(), pl.col("kind") == 0

    def held(zones: list[int]) -> pl.Expr:
        mask = pl.lit(sum(1 << z for z in zones), pl.UInt64)
        return (pl.col("zones") & mask) != 0

    a = lazy.select(
        (held(r["zones"]) & pl.col("cls").is_in(r["classes"]) & fire)
        .and_(pl.col("t") >= r["t_from"])
        .sum()
        .alias(str(i))
        for i, r in enumerate(rules_of(task, "zone_prohib"))
    )
    b = [
        lazy.filter(held([r["zone"]]) & (pl.col("party") == r["party"]) & fire)
        .select("t")
        .with_columns(n=pl.len().rolling("t", period=f"{r['W'] + 1}i"))
        .filter(pl.col("n") > r["N"])
        .select(pl.len())
        .collect()
        .item()
        for r in rules_of(task, "window_count")
    ]
    acts = lazy.filter(pl.col("kind") == 3).select("oid", "t", came="t").sort("t")
    last = int(columns["t"][-1])
    c = []
    for r in rules_of(task, "respond"):
        asked = lazy.filter((pl.col("kind") == 2) & (pl.col("cls") % 3 == kin(r)))
        missed = (
            asked.select("oid", "t")
            .sort("t")
            .join_asof(
                acts,
                on="t",
                by="oid",
                strategy="forward",
                tolerance=r["W"],
                check_sortedness=False,
            )
            .filter(pl.col("came").is_null())
            .select(pl.len(), open=(pl.col("t") + r["W"] > last).sum())
            .collect()
            .row(0)
        )
        c.append([missed[0] - missed[1], missed[1]])
    d = lazy.select(
        (pl.col("cls").is_in(r["classes"]) & (pl.col("kind") <= 1))
        .and_((pl.col("bands") & pl.lit(1 << i, pl.UInt64)) != 0)
        .sum()
        .alias(str(i))
        for i, r in enumerate(rules_of(task, "distance"))
    )
    return {
        "A": list(a.collect().row(0)),
        "B": b,
        "C": c,
        "D": list(d.collect().row(0)),
    }


def by_duckdb(columns: dict[str, Any], task: dict[str, Any], con: Any) -> Counts:
    """Count with DuckDB: filters, range windows, an as-of join."""

    def one(query: str) -> Any:
        return con.execute(query).fetchall()[0]

    def among(values: list[int]) -> str:
        return ",".join(map(str, values))

    def held(zones: list[int]) -> str:
        return f"(zones & {sum(1 << z for z in zones)}::ubigint) <> 0"

    a = [
        one(
            f"select count(*) from e where kind = 0 and t >= {r['t_from']} and cls in"
            f" ({among(r['classes'])}) and {held(r['zones'])}"
        )[0]
        for r in rules_of(task, "zone_prohib")
    ]
    b = [
        one(
            "select count(*) from (select count(*) over (order by t range between"
            f" {r['W']} preceding and current row) n from e where kind = 0 and party ="
            f" {r['party']} and {held([r['zone']])}) where n > {r['N']}"
        )[0]
        for r in rules_of(task, "window_count")
    ]
    last = int(columns["t"][-1])
    c = []
    for r in rules_of(task, "respond"):
        missed = one(
            f"select count(*), count(*) filter (where a.t + {r['W']} > {last}) from"
            f" (select oid, t from e where kind = 2 and cls % 3 = {kin(r)}) a asof left"
            " join (select oid, t from e where kind = 3) b on a.oid = b.oid and b.t >="
            f" a.t where b.t is null or b.t - a.t > {r['W']}"
        )
        c.append([missed[0] - missed[1], missed[1]])
    d = [
        one(
            f"select count(*) from e where kind <= 1 and cls in ({among(r['classes'])})"
            f" and (bands & {1 << i}::ubigint) <> 0"
        )[0]
        for i, r in enumerate(rules_of(task, "distance"))
    ]
    return {"A": a, "B": b, "C": c, "D": d}


def by_shapely(columns: dict[str, Any], task: dict[str, Any]) -> Counts:
    """Count as most would write it: prepared polygons, shapely distance, numpy."""
    import shapely

    t, lon, lat, kind, cls = (columns[k] for k in ("t", "lon", "lat", "kind", "cls"))
    inside = []
    for ring in task["zones"]:
        polygon = shapely.Polygon(ring)
        shapely.prepare(polygon)
        inside.append(shapely.contains_xy(polygon, lon, lat))
    line = shapely.LineString(np.array(task["line"]) * [EAST_KM, NORTH_KM])
    shapely.prepare(line)
    away = shapely.distance(line, shapely.points(lon * EAST_KM, lat * NORTH_KM))
    a = [
        int(
            (
                np.any([inside[z] for z in r["zones"]], axis=0)
                & np.isin(cls, r["classes"])
                & (t >= r["t_from"])
                & (kind == 0)
            ).sum()
        )
        for r in rules_of(task, "zone_prohib")
    ]
    b = []
    for r in rules_of(task, "window_count"):
        times = t[inside[r["zone"]] & (columns["party"] == r["party"]) & (kind == 0)]
        begin = np.searchsorted(times, times - r["W"], side="left")
        held = np.searchsorted(times, times, side="right") - begin
        b.append(int((held > r["N"]).sum()))
    return {
        "A": a,
        "B": b,
        "C": [_answered(columns, r) for r in rules_of(task, "respond")],
        "D": [
            int((np.isin(cls, r["classes"]) & (away < r["km"]) & (kind <= 1)).sum())
            for r in rules_of(task, "distance")
        ],
    }


def _answered(columns: dict[str, Any], rule: dict[str, Any]) -> list[int]:
    t, kind, oid = columns["t"], columns["kind"], columns["oid"].astype(np.int64)
    asked = (kind == 2) & (columns["cls"] % 3 == kin(rule))
    keys = np.sort(oid[kind == 3] * (1 << 32) + t[kind == 3])
    wanted = oid[asked] * (1 << 32) + t[asked]
    at = np.searchsorted(keys, wanted)
    gap = keys[np.minimum(at, len(keys) - 1)] - wanted
    missed = (at == len(keys)) | (gap < 0) | (gap > rule["W"])
    open_ = missed & (t[asked] + rule["W"] > t[-1])
    return [int((missed & ~open_).sum()), int(open_.sum())]


def cpu_s(run: Callable[[], Counts]) -> tuple[float, Counts]:
    """Return the CPU seconds of one run, and what it counted."""
    begin = time.process_time()
    found = run()
    return time.process_time() - begin, found


def ours(python: str, script: str, *arguments: str) -> Any:
    """Return what a script of pamiers prints as JSON."""
    command = [python, str(BESIDE / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def measured(events: str, spec: str, python: str) -> tuple[Seconds, dict[str, Counts]]:
    """Return the CPU seconds of every round, and what each engine counted."""
    import duckdb
    import pyarrow as pa

    columns, task = dict(np.load(events)), json.loads(Path(spec).read_text())
    con = duckdb.connect()
    con.execute("set threads = 1")
    cpu: Seconds = defaultdict(list)
    counts: dict[str, Counts] = {}
    for _ in range(ROUNDS):
        own = ours(python, "compliance.py", events, spec)
        cpu["pamiers"].append(own["cpu_s"])
        cpu["pamiers, full"].append(own["cpu_full_s"])
        counts["pamiers"] = own["counts"]
        with tempfile.TemporaryDirectory() as folder:
            said = ("places", events, spec, f"{folder}/places.npz")
            found = ours(python, "compliance_variants.py", *said)
            cpu["our geometry"].append(found["cpu_s"])
            given = columns | dict(np.load(said[-1]))
        con.register("given", pa.table(given))
        con.execute("create or replace table e as select * from given")
        for name, run in {
            "polars": partial(by_polars, given, task),
            "duckdb": partial(by_duckdb, given, task, con),
            "shapely": partial(by_shapely, columns, task),
        }.items():
            spent, counts[name] = cpu_s(run)
            cpu[name].append(spent)
    return cpu, counts


def main(arguments: list[str]) -> int:
    """Print medians, ratios and whether all counts are the same."""
    wanted = ("polars", "duckdb", "pyarrow", "shapely")
    missing = [each for each in wanted if find_spec(each) is None]
    if len(arguments) != 3 or missing:
        print(f"skipped: wants EV SPEC PYTHON; missing here: {missing or 'nothing'}")
        return 0
    os.environ["POLARS_MAX_THREADS"] = "1"
    cpu, counts = measured(*arguments)
    medians = {name: statistics.median(each) for name, each in cpu.items()}
    located = dict.fromkeys(("polars", "duckdb"), medians["our geometry"])
    slower = {
        name: round((medians[name] + located.get(name, 0.0)) / medians["pamiers"], 1)
        for name in ("polars", "duckdb", "shapely")
    }
    same = all(each == counts["pamiers"] for each in counts.values())
    found = {"cpu_s": medians, "times_slower": slower, "same_counts": same}
    print(json.dumps(found | {"load": os.getloadavg()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
