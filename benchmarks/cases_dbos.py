"""The first tier of the ladder on DBOS over SQLite; `cases.py` runs it.

Usage: `python cases_dbos.py FOLDER N [TOLD]`. For each of N cases a workflow whose time
has run out records the lapse and what follows it, each a durable step. Into the file
TOLD a step writes when it runs, so that one sees what is told twice.
"""

import json
import sqlite3
import sys
import time
from pathlib import Path

from dbos import (  # type: ignore[import-not-found] # in an environment of its own
    DBOS,
    DBOSConfig,
    SetWorkflowID,
)

FOLDER, N = Path(sys.argv[1]), int(sys.argv[2])
TOLD = Path(sys.argv[3]) if len(sys.argv) > 3 else None
URL = f"sqlite:///{FOLDER / 'dbos.sqlite'}"
CONFIG: DBOSConfig = {
    "name": "cases",
    "system_database_url": URL,
    "application_version": "1",
}
DBOS(config=CONFIG)


@DBOS.step()  # type: ignore[untyped-decorator] # not installed here
def told(case: int, what: str) -> str:
    """Record one thing that became so: the value is the effect."""
    said = f"{case}/{what}"
    if TOLD is not None:
        with TOLD.open("a", encoding="utf-8") as file:
            file.write(said + "\n")
    return said


@DBOS.workflow()  # type: ignore[untyped-decorator] # not installed here
def lapse(case: int) -> list[str]:
    """Let the time of the first step run out, and open what follows."""
    return [told(case, "step-lapsed"), told(case, "step-opened")]


def main() -> None:
    """Start what is not there yet, and wait until all is done."""
    DBOS.launch()
    start, cpu = time.perf_counter(), time.process_time()
    handles = []
    for case in range(N):
        with SetWorkflowID(f"case-{case}"):
            handles.append(DBOS.start_workflow(lapse, case))
    for handle in handles:
        handle.get_result()
    took, used = time.perf_counter() - start, time.process_time() - cpu
    with sqlite3.connect(FOLDER / "dbos.sqlite") as held:
        done = held.execute(
            "SELECT count(*) FROM workflow_status WHERE status = 'SUCCESS'"
        ).fetchone()[0]
        steps = held.execute("SELECT count(*) FROM operation_outputs").fetchone()[0]
    print(json.dumps({"wall_s": took, "cpu_s": used, "done": done, "steps": steps}))
    DBOS.destroy()


if __name__ == "__main__":
    main()
