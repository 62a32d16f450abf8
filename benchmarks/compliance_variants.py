"""Other measures of the task of `compliance.py`, each a line of JSON.

Usage: `python benchmarks/compliance_variants.py [WHAT ...]`, where WHAT is

* `numpy`: the passes without compiled loops;
* `geodesic`: the same rules, distances along the geodesic;
* `cold`: a fresh process, compiled code on disk or not;
* `arriving`: one new fact, one correction;
* `harder`: 100 rules, 300 zones, one fact in ten late, one in a hundred corrected;
* `stream [FACTS]`: facts one batch after another, at most 2 GB;
* `places EV SPEC OUT`: where each fact lies, for other engines.

Without arguments all but the last two.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from compliance import RUNS, measured, prepared
from compliance_task.facts import Scale, batch_of, batches, task_of, vocabulary
from compliance_task.wording import written

from pamiers.agreement import load_agreement
from pamiers.compliance.bulk.compiled import program_of
from pamiers.compliance.bulk.engine import Batch, Engine, engine_of
from pamiers.compliance.bulk.running import Running
from pamiers.compliance.bulk.standing import Standing
from pamiers.compliance.kernels.index import index_of
from pamiers.compliance.kernels.judging import Setting
from pamiers.compliance.kernels.sieve import Stream, sieves_of
from pamiers.compliance.kernels.taking import Sifter

MILLION = 1_000_000
SCALE = Scale()
HARD = Scale(zones=300, rules=34, classes=24, parties=4)


def median_s(run: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median CPU seconds of some runs, after one that is not counted."""
    run()
    spent = []
    for _ in range(runs):
        begin = time.process_time()
        run()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)


def own(scale: Scale = SCALE, many: int = MILLION) -> tuple[dict[str, Any], Batch]:
    """Return a task of seed 7 and its facts."""
    task = task_of(7, scale)
    (batch,) = batches(task, 7, many, each=many, scale=scale)
    return task, batch


def by_numpy() -> dict[str, Any]:
    """Measure both passes without compiled loops."""
    task, batch = own()
    _, engine, _ = prepared(task, batch)
    setting = Setting(known_s=int(batch.time[-1]))
    return {
        "cpu_s": median_s(lambda: engine.count(batch, setting), 3),
        "cpu_full_s": median_s(lambda: engine.judge(batch, setting), 3),
        "same_counts": engine.count(batch, setting)
        == engine.count(batch, Setting(known_s=setting.known_s, loops=True)),
    }


def geodesic() -> dict[str, Any]:
    """Measure the boolean pass with distances along the geodesic."""
    task, batch = own()
    codes = vocabulary(SCALE.classes, SCALE.parties)
    agreement = load_agreement(written(task, SCALE.classes, planar=False))
    begin = time.process_time()
    engine = engine_of(program_of(agreement, codes), codes)
    index_s = time.process_time() - begin
    setting = Setting(known_s=int(batch.time[-1]), loops=True)
    _, planar, _ = prepared(task, batch)
    at = len(task["rules"]) - SCALE.rules // 2
    return {
        "cpu_s": median_s(lambda: engine.count(batch, setting)),
        "index_s": index_s,
        "distance_counts": [n for n, _ in engine.count(batch, setting)[at:]],
        "on_the_map": [n for n, _ in planar.count(batch, setting)[at:]],
    }


def cold() -> dict[str, Any]:
    """Measure a fresh process: with loops, and what compiling them costs once."""
    script = (
        "import sys, time; sys.argv = ['x', 'first']; sys.path.insert(0, sys.path[0]);"
        "begin = time.process_time(); from compliance_variants import own;"
        "from compliance import measured; import compliance; compliance.RUNS = 1;"
        "measured(*own(many=300_000)); print(time.process_time() - begin)"
    )
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("compiling_s", "compiled_s"):
            done = subprocess.run(
                [sys.executable, "-c", script],
                cwd=Path(__file__).parent,
                env={"NUMBA_CACHE_DIR": folder, "PATH": ""},
                capture_output=True,
                text=True,
                check=True,
            )
            found[name] = float(done.stdout)
    return found


def one_by_one(batch: Batch, begin: int, many: int) -> Iterator[Batch]:
    """Yield facts of a batch, each as a batch of its own."""
    for i in range(begin, begin + many):
        yield some(batch, slice(i, i + 1))


def some(batch: Batch, at: Any) -> Batch:
    """Return some facts of a batch."""
    return Batch._make([column[at] for column in batch])


def arriving() -> dict[str, Any]:
    """Measure one new fact in time, one late, and one correction; microseconds."""
    task, batch = own()
    _, engine, _ = prepared(task, batch)
    held, many = MILLION // 5, 2_000
    standing = Standing(engine, loops=True)
    begin = time.process_time()
    standing.put(some(batch, slice(0, held)))
    each = (time.process_time() - begin) / held
    fresh = [_timed(partial(standing.put, f)) for f in one_by_one(batch, held, many)]
    draw = np.random.default_rng(1)
    late, corrected = [], []
    for i in draw.integers(0, held, many).tolist():
        old = some(batch, slice(i, i + 1))
        moved = old._replace(lon=old.lon + 0.02, time=old.time + 600)
        standing.take_out(old)
        late.append(_timed(partial(standing.put, old)))
        corrected.append(_timed(partial(_exchange, standing, old, moved)))
        _exchange(standing, moved, old)
    whole = some(batch, slice(0, held + many))
    setting = Setting(known_s=int(whole.time[-1]), loops=True)
    return {
        "facts_held": held,
        "each_of_a_batch_us": each * 1e6,
        "new_us": statistics.median(fresh),
        "late_us": statistics.median(late),
        "corrected_us": statistics.median(corrected),
        "same_counts": standing.counts(setting.known_s) == engine.count(whole, setting),
    }


def _exchange(standing: Standing, old: Batch, new: Batch) -> None:
    standing.take_out(old)
    standing.put(new)


def _timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter_ns()
    run()
    return (time.perf_counter_ns() - begin) / 1e3


def harder() -> dict[str, Any]:
    """Measure 102 rules and 300 zones; then late and corrected facts among them."""
    task, batch = own(HARD)
    found = measured(task, batch)
    _, engine, _ = prepared(task, batch)
    held = MILLION // 5
    whole = some(batch, slice(0, held))
    draw = np.random.default_rng(2)
    late = draw.random(held) < 0.10
    wrong = np.flatnonzero(draw.random(held) < 0.01)
    delay = np.where(late, draw.integers(0, 20_000, held), 0)
    order = np.argsort(np.arange(held) + delay)
    standing = Standing(engine, loops=True)
    begin = time.process_time()
    mistaken = whole._replace(lon=whole.lon.copy())
    mistaken.lon[wrong] += 0.3
    for at in range(0, held, 1_000):
        standing.put(some(mistaken, order[at : at + 1_000]))
    standing.take_out(some(mistaken, wrong))
    standing.put(some(whole, wrong))
    spent = time.process_time() - begin
    setting = Setting(known_s=int(whole.time[-1]), loops=True)
    del found["counts"]
    return found | {
        "rules": len(task["rules"]),
        "arriving_facts": held,
        "late_share": float(late.mean()),
        "corrected": len(wrong),
        "arriving_cpu_s": spent,
        "same_counts": standing.counts(setting.known_s) == engine.count(whole, setting),
    }


def stream(many: int) -> dict[str, Any]:
    """Measure facts that come one batch after another; drawing them is not counted.

    A million at once are counted before each tenth batch, so that both are measured on
    the same machine at the same load.
    """
    task = task_of(7, SCALE)
    codes = vocabulary(SCALE.classes, SCALE.parties)
    agreement = load_agreement(written(task, SCALE.classes))
    engine: Engine = engine_of(program_of(agreement, codes), codes)
    (warm,) = batches(task, 8, MILLION, each=MILLION, scale=SCALE)
    at_once = Setting(known_s=int(warm.time[-1]), loops=True)
    median_s(lambda: engine.count(warm, at_once), 1)
    running, spent, last = Running(engine, loops=True), 0.0, 0
    whole = []
    for number, batch in enumerate(batches(task, 7, many, each=MILLION, scale=SCALE)):
        if number % 10 == 0:
            begin = time.process_time()
            engine.count(warm, at_once)
            whole.append(time.process_time() - begin)
        begin = time.process_time()
        running.put(batch)
        spent += time.process_time() - begin
        last = int(batch.time[-1])
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "facts": many,
        "cpu_s": spent,
        "per_fact_against_a_million_at_once": spent
        / many
        / (statistics.mean(whole) / MILLION),
        "most_memory_gb": used,
        "breaches": sum(n for n, _ in running.counts(last)),
    }


def places(events: str, spec: str, out: str) -> dict[str, Any]:
    """Write where each fact lies, as bits, and measure finding it."""
    task = json.loads(Path(spec).read_text())
    batch = batch_of(dict(np.load(events)))
    program, _, _ = prepared(task, batch)
    every = [frozenset(range(64)) for _ in range(3)]
    index = index_of(program.areas)
    streams = [
        Stream(kinds=every[0], groups=every[1], actors=every[2], places=frozenset({i}))
        for i in range(len(program.areas))
    ]
    sifters = [
        Sifter(each, index, loops=True) for each in sieves_of(streams, index, (64,) * 3)
    ]
    words = [each.words_of(batch.columns).copy() for each in sifters]
    spent = median_s(lambda: [each.words_of(batch.columns) for each in sifters], 3)
    np.savez(out, **_masks(task, program, words))
    return {"cpu_s": spent}


def _masks(task: dict[str, Any], program: Any, words: list[Any]) -> dict[str, Any]:
    """Return words whose bits are the zones, and the distances, of a task."""
    zones = np.zeros(len(words[0]), dtype=np.uint64)
    bands = np.zeros(len(words[0]), dtype=np.uint64)
    distances = 0
    for rule, demand in zip(task["rules"], program.demands, strict=True):
        places = sorted(program.streams[demand.check.stream].places or ())
        named = sorted(rule.get("zones", [rule["zone"]] if "zone" in rule else []))
        if rule["type"] == "distance":
            bands |= _bit(words, places[0]) << np.uint64(distances)
            distances += 1
        elif named:
            numbers = _numbers(program, task, named)
            for zone, place in zip(named, numbers, strict=True):
                zones |= _bit(words, place) << np.uint64(zone)
    return {"zones": zones, "bands": bands}


def _numbers(program: Any, task: dict[str, Any], named: list[int]) -> list[int]:
    """Return the numbers of the areas that some zones are, by their outlines."""
    corners = [tuple(task["zones"][zone][0]) for zone in named]
    found = []
    for corner in corners:
        for number, area in enumerate(program.areas):
            rim = getattr(area, "exterior", None)
            if rim is not None and tuple(rim.coords[0]) == corner:
                found.append(number)
                break
    return found


def _bit(words: list[Any], number: int) -> Any:
    return words[number // 64] >> np.uint64(number % 64) & np.uint64(1)


PLAIN: dict[str, Callable[[], dict[str, Any]]] = {
    "numpy": by_numpy,
    "geodesic": geodesic,
    "cold": cold,
    "arriving": arriving,
    "harder": harder,
}


def main(arguments: list[str]) -> int:
    """Print each measure asked for."""
    if arguments[:1] == ["places"]:
        print(json.dumps(places(*arguments[1:])))
    elif arguments[:1] == ["stream"]:
        many = int(arguments[1]) if len(arguments) > 1 else 100 * MILLION
        print(json.dumps(stream(many)))
    else:
        for name in arguments or PLAIN:
            print(json.dumps({name: PLAIN[name]()}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
