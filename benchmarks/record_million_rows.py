"""File a million rows durably, every row provable: rows per second, all in.

What is timed: reading the CSV, canonical rows, their digests and salted leaves,
the Merkle roots of the batches, and the commit that SQLite has synced to disk. The
yardstick is `pyarrow.csv` reading the same file in the same process.
"""

import io
import secrets
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow.csv as pv

from pamiers.ingest import registry
from pamiers.ledger.tree import Head, prove, verify_inclusion
from pamiers.mission.batch import leaves_of, unpack_lines
from pamiers.mission.mission import Mission
from pamiers.mission.reading import ReadOptions
from pamiers.mission.record import Submission, record
from pamiers.store.folder import FolderOriginals, FolderProjections
from pamiers.store.sqlite import SqliteRecord

ROWS = 1_000_000
GOAL_PER_S = 50_000
KINDS = ("burst", "explosion", "shot", "projectile")


def made(rows: int) -> bytes:
    """Return a CSV of good rows, always the same."""
    rng = np.random.default_rng(20_200_727)
    days, hours = rng.integers(1, 29, rows), rng.integers(0, 24, rows)
    lon, lat = 37 + rng.random(rows), 47.5 + rng.random(rows)
    kinds, counts = rng.integers(0, len(KINDS), rows), rng.integers(1, 60, rows)
    out = io.StringIO()
    out.write("key,source,time,lat,lon,radius_m,kind,count,means,place,text\n")
    for i in range(rows):
        out.write(
            f"{i},patrol-{i % 13},2020-07-{days[i]:02}T{hours[i]:02}:15:00+03:00,"
            f"{lat[i]:.5f},{lon[i]:.5f},800,{KINDS[kinds[i]]},{counts[i]},heard,"
            f"Avdiivka,heard from the road north of the post\n"
        )
    return out.getvalue().encode()


def main() -> int:
    """Print the figures; return 1 where the goal is missed."""
    data, now = made(ROWS), datetime(2020, 8, 1, tzinfo=UTC)
    began = time.process_time()
    pv.read_csv(io.BytesIO(data))
    bare = time.process_time() - began
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home = Path(folder)
        store = SqliteRecord(home / "record.sqlite", now)
        mission = Mission(
            name="benchmark",
            record=store,
            originals=FolderOriginals(home / "originals"),
            projections=FolderProjections(home / "projections"),
            entropy=secrets.token_bytes,
        )
        options = ReadOptions(file_name="million.csv", time_zone="Europe/Kyiv")
        cpu, wall = time.process_time(), time.perf_counter()
        reading = registry.get("pamiers-csv").read(data, options)
        read_cpu = time.process_time() - cpu
        submission = Submission(
            data=data, format="pamiers-csv", options=options, reading=reading
        )
        receipt = record(mission, submission, now=now)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        entry = next(iter(store.entries(("rows",))))
        leaves = leaves_of(entry, unpack_lines(store.payload(entry.index, "rows")))
        head = Head(len(leaves), bytes.fromhex(str(entry.body["root"])))
        verify_inclusion(leaves[4_321], 4_321, head, prove(leaves, 4_321))
        store.close()
    if receipt.accepted != ROWS:
        print(f"expected {ROWS} accepted rows, got {receipt.accepted}")
        return 1
    print(f"{ROWS} rows, {len(data) / 1e6:.0f} MB, {receipt.new_entries} entries")
    print(f"pyarrow.csv alone    {bare:6.2f} CPU s")
    print(f"read and validated   {read_cpu:6.2f} CPU s  ({read_cpu / bare:.2f} x)")
    print(f"read and recorded    {cpu:6.2f} CPU s, {wall:.2f} s of wall time")
    print(f"{ROWS / wall:,.0f} rows/s (goal {GOAL_PER_S:,})")
    return int(ROWS / wall < GOAL_PER_S)


if __name__ == "__main__":
    sys.exit(main())
