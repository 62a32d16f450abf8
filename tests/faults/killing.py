"""Record in a child, kill it at a random instant, look, and go on: many times.

Usage: `python -m tests.faults.killing FOLDER KILLS SEED`. Children are forked, so that
a kill costs milliseconds. After some hundred kills a record is closed with a check of
all its chain, and the next is begun: opening one reads all its leaves. The first lies
on the disk of the folder, later ones in memory where there is some: a process that is
killed leaves the same bytes to either, and in memory the instants of its death lie in
its own work rather than in waiting for the disk. Cuts of power are tried elsewhere.

It prints how many kills there were, what was acknowledged and what is there, and leaves
with 1 at the first entry that was acknowledged and is not there.
"""

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from pamiers.ledger.entry import draft
from pamiers.ledger.tree import Head, root_of
from pamiers.store.sqlite import SqliteRecord
from tests.integration.recorder import NOW

_TOGETHER = 3
_A_RECORD = 250  #: kills
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
#: how long a child lives at most after its first acknowledgement [s]: a dozen appends
_ON_DISK_S, _IN_MEMORY_S = 0.04, 0.008


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


def killed_once(path: Path, rng: random.Random, at_most_s: float) -> int:
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
        assert said, "a child recorded nothing"
        time.sleep(rng.uniform(0.0, at_most_s))
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


def killed(path: Path, kills: int, rng: random.Random, at_most_s: float) -> int:
    """Kill again and again; return how much was acknowledged.

    Raises:
        AssertionError: Something that was acknowledged is not there.
    """
    acked = 0
    SqliteRecord(path, NOW).close()
    for at in range(kills):
        acked = max(acked, killed_once(path, rng, at_most_s))
        there = entries_in(path)
        assert there >= acked, f"kill {at}: {acked} acknowledged, {there} there"
    return acked


def checked(path: Path) -> int:
    """Return the size of a record, all the chain of which was checked."""
    record = SqliteRecord(path, NOW)
    leaves = []
    for at, entry in enumerate(record.entries()):
        entry.verify()
        assert entry.index == entry.body["n"] == at, (entry.index, at)
        leaves.append(entry.leaf)
    assert record.head() == Head(len(leaves), root_of(leaves))
    record.close()
    return len(leaves)


def main(folder: Path, kills: int, seed: int) -> int:
    """Kill again and again, one record after another."""
    rng, acked, there = random.Random(seed), 0, 0  # noqa: S311 - no secret
    for done in range(0, kills, _A_RECORD):
        in_memory = done > 0 and _MEMORY.is_dir()
        with tempfile.TemporaryDirectory(dir=_MEMORY if in_memory else folder) as home:
            path = Path(home) / "record.sqlite"
            lives_s = _IN_MEMORY_S if in_memory else _ON_DISK_S
            said = killed(path, min(_A_RECORD, kills - done), rng, lives_s)
            size = checked(path)
            assert size >= said, f"{said} acknowledged, {size} there"
        acked, there = acked + said, there + size
        sys.stderr.write(f"{done + _A_RECORD}: {acked} acknowledged, {there} there\n")
    sys.stdout.write(f"{kills} {acked} {there}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
