"""Cases by the thousand: next due, one case, and 10,000 steps that ran out.

Usage: `python benchmarks/cases.py [--cases 1000 10000 100000] [--due 10000]
[--dbos PYTHON]`. With --dbos, the Python of an environment that has DBOS: the same
ladder on SQLite, each step durable, and both killed midway and begun again.
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pamiers.app import wiring
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.case_values import cases_of
from pamiers.mission.case_index import Filed
from pamiers.mission.cases import EVENT, Cases, caught_up, line_of, load, work
from pamiers.mission.mission import begin, new_draft
from pamiers.procedure import Breach, Event, fold
from pamiers.procedure.writing import to_dict

START = datetime(2026, 5, 4, 5, tzinfo=UTC)
FOUND = START + timedelta(hours=2)
LATE = START + timedelta(hours=30)
PROCEDURE = "response"
HERE = Path(__file__).resolve().parent


def fill(folder: Path, n: int) -> None:
    """Begin a mission with n open cases, one finding each, all told of."""
    enter(folder, n)
    with cases_of(folder) as held:
        caught_up(held.cases, FOUND)
        work(held.cases, FOUND)


def enter(folder: Path, n: int) -> None:
    """Begin a mission, and put n findings on record, a case for each."""
    with wiring.created(folder) as mission:
        begin(mission, agreement_texts("paris-three-tiers"), FOUND)
        for start in range(0, n, 5000):
            drafts = [
                new_draft(mission, EVENT, opened(k), FOUND)
                for k in range(start, min(start + 5000, n))
            ]
            mission.record.append(drafts, after=mission.record.head().size)


def index_alike(folder: Path, n: int) -> None:
    """Index n cases as the first one stands: for questions, not for what is told."""
    with cases_of(folder) as held:
        cases = held.cases
        case = fold("case-0", cases.rules[PROCEDURE], [event_of(0)], FOUND)
        line = line_of(case, frozenset())
        due = START + timedelta(hours=24)
        size = cases.mission.record.head().size
        for start in range(0, n, 5000):
            filed = [
                Filed(
                    line=replace(
                        line, id=f"case-{k}", next_due=due + timedelta(seconds=k)
                    ),
                    events=((k + 1, to_dict(event_of(k))),),
                )
                for k in range(start, min(start + 5000, n))
            ]
            cases.index.put(filed, through=size)


def opened(k: int) -> dict[str, Any]:
    """Return the entry that opens one case."""
    event = to_dict(event_of(k))
    return {"case": f"case-{k}", "procedure": PROCEDURE, "event": event}


def event_of(k: int) -> Event:
    """Return the event that opens one case."""
    at = START + timedelta(seconds=k % 3600)
    breach = Breach(
        key=f"f{k}",
        clause="no-fire",
        party=("north", "south")[k % 2],
        breach_at=at,
        found_at=FOUND,
        severity=2,
        confidence=3,
    )
    return Event(kind="finding", at=FOUND, breaches=(breach,))


def timed(ask: Callable[[], object], times: int) -> float:
    """Return the median CPU time of a question [ms]."""
    took = []
    for _ in range(times):
        start = time.process_time()
        ask()
        took.append(time.process_time() - start)
    return round(sorted(took)[len(took) // 2] * 1000, 3)


def asked(cases: Cases, n: int) -> dict[str, Any]:
    """Return how long the next due, a list and one case take among n cases."""
    return {
        "cases": n,
        "next_due_ms": timed(lambda: cases.index.due(LATE, 1), 200),
        "list_50_ms": timed(lambda: cases.index.lines(status="open", limit=50), 100),
        "case_page_ms": timed(lambda: load(cases, f"case-{n // 2}", FOUND), 200),
    }


def scale(sizes: list[int]) -> list[dict[str, Any]]:
    """Return the times of questions for each number of open cases."""
    found = []
    for n in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "mission"
            enter(folder, n)
            index_alike(folder, n)
            with cases_of(folder) as held:
                found.append(asked(held.cases, n))
        print(json.dumps(found[-1]), flush=True)
    return found


def process(n: int) -> dict[str, Any]:
    """Return how long n steps that ran out take, durably on record."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "mission"
        opening = time.process_time()
        fill(folder, n)
        opening = time.process_time() - opening
        with cases_of(folder) as held:
            wall, cpu = time.perf_counter(), time.process_time()
            done = work(held.cases, LATE)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        lapses = [e["key"] for e in done.told if e["what"] == "step-lapsed"]
    right = len(lapses) == len(set(lapses)) == n
    return {
        "due": n,
        "wall_s": wall,
        "cpu_s": cpu,
        "opening_cpu_s": opening,
        "each_once": right,
    }


def killed(n: int) -> dict[str, Any]:
    """Return what stands on record after a kill midway and a restart."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "mission"
        fill(folder, n)
        command = [sys.executable, __file__, "--work", str(folder)]
        at = _kill(command, n, lambda: len(_told(folder)))
        subprocess.run(command, check=True)
        return {"due": n, "done_at_kill": at, **_counted(_told(folder), n)}


def _counted(keys: list[str], n: int) -> dict[str, int]:
    """Return how many of n were lost, and how many were told more than once."""
    return {"lost": n - len(set(keys)), "twice": len(keys) - len(set(keys))}


def _told(folder: Path) -> list[str]:
    """Return the keys of the lapses on record."""
    with wiring.opened(folder) as mission:
        entries = mission.record.entries(("notice",))
        bodies: list[Any] = [each.body for each in entries]
        return [
            told["key"]
            for body in bodies
            for told in body["told"]
            if told["what"] == "step-lapsed"
        ]


def _kill(command: list[str], n: int, done: Callable[[], int]) -> int:
    """Start a worker, and kill it when about a third is done; return how much was."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while child.poll() is None and done() < n // 3:
        time.sleep(0.05)
    if child.poll() is None:
        os.kill(child.pid, signal.SIGKILL)
    child.wait()
    return done()


def dbos(python: str, n: int) -> dict[str, Any]:
    """Return how long DBOS takes for the same."""
    script = str(HERE / "cases_dbos.py")
    with tempfile.TemporaryDirectory() as scratch:
        return _dbos([python, script, scratch, str(n)])


def dbos_killed(python: str, n: int) -> dict[str, Any]:
    """Return what a kill midway and a restart leave of the same on DBOS."""
    script = str(HERE / "cases_dbos.py")
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "told"
        command = [python, script, scratch, str(n), str(file)]
        at = _kill(command, n, lambda: _succeeded(Path(scratch)))
        again = _dbos(command)
        said = file.read_text(encoding="utf-8").splitlines()
    lapses = [each for each in said if each.endswith("/step-lapsed")]
    held = {"due": n, "done_at_kill": at, **_counted(lapses, n)}
    return {**held, "recorded": again["done"]}


def _succeeded(folder: Path) -> int:
    """Return how many workflows have come to their end; 0 before there are any."""
    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(f"file:{folder}/dbos.sqlite?mode=ro", uri=True)) as db,
    ):
        asked = "SELECT count(*) FROM workflow_status WHERE status = 'SUCCESS'"
        return int(db.execute(asked).fetchone()[0])
    return 0


def _dbos(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    """Measure, and print one line of JSON for each question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--dbos", help="Python of an environment that has it")
    parser.add_argument("--work", type=Path, help="one round on a mission, then leave")
    options = parser.parse_args()
    if options.work:
        with cases_of(options.work) as held:
            work(held.cases, LATE)
        return
    scale(options.cases)
    if options.due:
        mine = process(options.due)
        print(json.dumps({"pamiers": mine}), flush=True)
        print(json.dumps({"pamiers_killed": killed(options.due // 5)}), flush=True)
        if options.dbos:
            theirs = dbos(options.dbos, options.due)
            faster = {
                f"times_faster_{unit}": round(theirs[unit] / mine[unit], 1)
                for unit in ("wall_s", "cpu_s")
            }
            print(json.dumps({"dbos": theirs, **faster}), flush=True)
            left = dbos_killed(options.dbos, options.due // 5)
            print(json.dumps({"dbos_killed": left}))


if __name__ == "__main__":
    main()
