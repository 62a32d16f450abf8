"""Record in a child, kill it at a random instant, look, and go on: many times.

Usage: `python -m tests.faults.killing RECORD KILLS SEED`. Children are forked, so that
a kill costs milliseconds. It prints what was acknowledged and what is there, and leaves
with 1 at the first entry that was acknowledged and is not there.
"""

import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from pamiers.ledger.entry import draft
from pamiers.store.sqlite import SqliteRecord
from tests.integration.recorder import NOW

_TOGETHER = 3


def record_until_killed(path: Path, pipe: int) -> None:
    """Append three entries at a time; say the size after each acknowledgement."""
    record = SqliteRecord(path, NOW)
    size = record.head().size
    while True:
        entries = [
            draft(
                "rows",
                {"n": size + i},
                now=NOW,
                salt=(size + i).to_bytes(32, "big"),
                payload={"rows": bytes(500)},
            )
            for i in range(_TOGETHER)
        ]
        size = record.append(entries, after=size).size
        os.write(pipe, b"%d\n" % size)


def killed_once(path: Path, rng: random.Random) -> int:
    """Return what a child said was acknowledged before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with suppress(BaseException):
            record_until_killed(path, writing)
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.readline()
        time.sleep(rng.uniform(0.0, 0.04))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += pipe.read()
    return max((int(line) for line in said.split()), default=0)


def entries_in(path: Path) -> int:
    """Return how many entries a record has; they have to be in order, without a gap."""
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("SELECT count(*), max(position) FROM entry").fetchone()
        held = base.execute("SELECT count(*) FROM payload").fetchone()[0]
    count, last = rows
    assert (last or 0) + bool(count) == count == held, (rows, held)
    assert count % _TOGETHER == 0, count
    return int(count)


def main(path: Path, kills: int, seed: int) -> int:
    """Kill again and again; return 1 where something acknowledged was lost."""
    rng, acked = random.Random(seed), 0  # noqa: S311 - no secret
    SqliteRecord(path, NOW).close()
    for at in range(kills):
        acked = max(acked, killed_once(path, rng))
        if (there := entries_in(path)) < acked:
            sys.stdout.write(f"kill {at}: {acked} acknowledged, {there} there\n")
            return 1
    record = SqliteRecord(path, NOW)
    for entry in record.entries():
        entry.verify()
    sys.stdout.write(f"{kills} {acked} {record.head().size}\n")
    record.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
