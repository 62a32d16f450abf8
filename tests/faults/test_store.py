"""Power cuts, failing calls, full disks, killed processes: nothing acknowledged goes.

Every test of a promise has a twin in which the promise is broken on purpose, and which
has to be caught.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from types import ModuleType

import apsw
import pytest

from pamiers.core.errors import StoreError
from pamiers.ledger.entry import Draft, draft
from pamiers.store import sqlite as store
from pamiers.store.disk import Disk, write_durably
from pamiers.store.folder import FolderOriginals
from pamiers.store.sqlite import SqliteRecord
from tests.faults.disk import Log, Op, RecordingDisk, power_cuts
from tests.faults.driver import Connection, Cursor, driver
from tests.integration.recorder import NOW
from tests.shared import ROOT

pytestmark = pytest.mark.integration
STATES = int(os.environ.get("PAMIERS_CRASH_STATES", "2000"))
KILLS = int(os.environ.get("PAMIERS_KILLS", "200"))
#: power cuts are shared out among tests that can run beside one another
SHARDS = 4
PER_HISTORY = min(500, max(1, STATES // SHARDS))
HISTORIES = -(-STATES // PER_HISTORY)
APPENDS = 12
#: pages of the log before it is folded into the file: a few times in a history
LOG_PAGES = 30


def entry(n: int, size: int = 300) -> Draft:
    body = {"n": n}
    payload = {"rows": bytes([n % 256]) * size}
    salt = n.to_bytes(32, "big")
    return draft("rows", body, now=NOW, salt=salt, payload=payload)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a record with its tables and nothing in them."""
    path = tmp_path_factory.mktemp("empty") / "record.sqlite"
    SqliteRecord(path, NOW).close()
    return path


@pytest.fixture
def log() -> Iterator[tuple[Log, str]]:
    """Return the log of a disk, and the name under which SQLite knows it."""
    held = Log()
    disk = RecordingDisk(f"recording-{id(held)}", held)
    yield held, disk.name
    disk.unregister()


def careless(name: str) -> ModuleType:
    """Return a driver that does not sync each commit, whatever it is told."""

    class _Cursor(Cursor):
        def execute(self, text: str, values: object = ()) -> Cursor:
            return super().execute(text.replace("=FULL", "=NORMAL"), values)

    class _Connection(Connection):
        def cursor(self) -> Cursor:
            return _Cursor(self.base)

    found = driver(name)
    found.__dict__["connect"] = lambda path, **_: _Connection(path, name)
    return found


def worked(
    path: Path, log: Log, made: ModuleType, *, early: bool = False, size: int = 300
) -> list[Op]:
    """Return what a disk is asked for while entries are appended and acknowledged."""
    log.ops.append(Op("write", path.name, 0, path.read_bytes()))
    log.ops.append(Op("sync", path.name))
    record = SqliteRecord(path, NOW, made)
    for n in range(0, APPENDS * 2, 2):
        if early:
            log.ops.append(Op("ack", at=n + 2))
        record.append([entry(n, size), entry(n + 1, size)], after=n)
        log.ops.append(Op("ack", at=n + 2))
    ops = list(log.ops)
    record.close()
    return ops


def lost_after(ops: list[Op], states: int, folder: Path, seed: int) -> str | int:
    """Return the first promise that a power cut broke; where none did, how many cuts.

    Every cut leaves another disk; each is opened as it is once the power is back.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    expected = [(e.content, e.leaf) for e in map(entry, range(APPENDS * 2))]
    count = 0
    for count, left in enumerate(power_cuts(ops, states, rng), start=1):  # noqa: B007 - told below
        left.laid(folder)
        try:
            rows = _rows(folder / "record.sqlite")
        except sqlite3.DatabaseError as error:
            return f"corrupt: {error}"
        if len(rows) < left.acked or len(rows) % 2:
            return f"{left.acked} acknowledged, {len(rows)} there"
        if rows != expected[: len(rows)]:
            return "other entries"
    return count


def _rows(path: Path) -> list[tuple[bytes, bytes]]:
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA locking_mode=EXCLUSIVE")  # nobody else will ask: quicker
        return base.execute(
            "SELECT content, leaf FROM entry ORDER BY position"
        ).fetchall()


@pytest.fixture
def left(tmp_path: Path) -> Iterator[Path]:
    """Return a folder for disks as a cut leaves them: in memory where there is some."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as at:
        yield Path(at)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_power_cut_loses_nothing_acknowledged(
    empty: Path, tmp_path: Path, left: Path, monkeypatch: pytest.MonkeyPatch, shard: int
) -> None:
    """Many histories: in each the log is folded into the file now and then."""
    monkeypatch.setattr(store, "_LOG_PAGES", LOG_PAGES)
    states = 0
    for history in range(shard, HISTORIES, SHARDS):
        folder = tmp_path / str(history)
        folder.mkdir()
        path, log = folder / "record.sqlite", Log()
        shutil.copy(empty, path)
        disk = RecordingDisk(f"recording-{id(log)}", log)
        size = 50 + history * 997 % 3_000
        ops = worked(path, log, driver(disk.name), size=size)
        disk.unregister()
        assert sum(op.what == "sync" for op in ops) >= APPENDS
        assert any(op.what == "write" and op.name == path.name for op in ops[2:])
        found = lost_after(ops, PER_HISTORY, left, history)
        assert isinstance(found, int), found
        states += found
    print(f"{states} crash states")  # noqa: T201 - told with -s
    assert states >= STATES // SHARDS


@pytest.mark.parametrize("early", [False, True], ids=["sync-normal", "ack-first"])
def test_a_broken_promise_is_caught(
    empty: Path, tmp_path: Path, left: Path, log: tuple[Log, str], *, early: bool
) -> None:
    path = tmp_path / "record.sqlite"
    shutil.copy(empty, path)
    made = driver(log[1]) if early else careless(log[1])
    ops = worked(path, log[0], made, early=early)
    assert isinstance(lost_after(ops, 300, left, 7), str)


@pytest.mark.parametrize("error", [apsw.IOError, apsw.FullError])
def test_any_call_may_fail(
    empty: Path, tmp_path: Path, log: tuple[Log, str], error: type[apsw.Error]
) -> None:
    held, made = log[0], driver(log[1])
    path = tmp_path / "record.sqlite"
    for fail_at in range(1, 40):
        for old in tmp_path.glob("record.sqlite*"):
            old.unlink()
        shutil.copy(empty, path)
        held.calls, held.fail_at, held.error = 0, -1, error
        record = SqliteRecord(path, NOW, made)
        held.calls, held.fail_at = 0, fail_at
        acked = appended(record, 6)
        held.fail_at = -1
        later = appended(record, 1, after=acked)
        if error is apsw.IOError and acked < 12 and later == acked:
            with pytest.raises(StoreError, match="open the record again"):
                record.append([entry(acked), entry(acked + 1)], after=acked)
        with suppress(StoreError):
            record.close()
        again = SqliteRecord(path, NOW)
        assert again.head().size >= max(acked, later)
        assert [e.body["n"] for e in again.entries()] == [*range(again.head().size)]
        again.close()


def appended(record: SqliteRecord, times: int, *, after: int = 0) -> int:
    """Return how many entries were acknowledged before the disk refused."""
    size = after
    for _ in range(times):
        try:
            size = record.append([entry(size), entry(size + 1)], after=size).size
        except StoreError:
            break
    return size


def test_a_full_disk_is_written_to_again_once_there_is_room(
    empty: Path, tmp_path: Path, log: tuple[Log, str]
) -> None:
    path = tmp_path / "record.sqlite"
    shutil.copy(empty, path)
    held, record = log[0], SqliteRecord(path, NOW, driver(log[1]))
    before = appended(record, 3)
    held.calls, held.fail_at, held.error, held.forever = 0, 1, apsw.FullError, True
    with pytest.raises(StoreError, match="full"):
        record.append([entry(6), entry(7)], after=6)
    assert record.head().size == before == 6  # what is there can still be read
    held.fail_at = -1
    assert appended(record, 1, after=6) == 8
    record.close()


def test_a_record_that_may_not_be_written_is_still_read(
    empty: Path, tmp_path: Path
) -> None:
    path = tmp_path / "record.sqlite"
    shutil.copy(empty, path)
    record = SqliteRecord(path, NOW)
    appended(record, 2)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA busy_timeout=0")
        other.execute("BEGIN IMMEDIATE")  # somebody holds it
        assert len(list(record.entries())) == 4
    record.close()


class _Folders(Disk):
    """A disk of files, of which only what was synced is sure to be there later."""

    def __init__(self, *, syncs: bool) -> None:
        self.ops: list[tuple[str, Path]] = []
        self._syncs = syncs

    def make(self, folder: Path) -> None:
        super().make(folder)
        self.ops.append(("entry", folder))

    def rename(self, path: Path, target: Path) -> None:
        super().rename(path, target)
        self.ops.append(("entry", target))

    def sync_folder(self, folder: Path) -> None:
        if self._syncs:
            super().sync_folder(folder)
            self.ops.append(("synced", folder))

    def sure(self, root: Path) -> set[Path]:
        """Return the paths that a power cut now would leave, at the least."""
        held, waiting = {root}, set[Path]()
        for what, path in self.ops:
            if what == "entry":
                waiting.add(path)
            else:
                held |= {each for each in waiting if each.parent == path}
        return {p for p in held if all(up in held for up in parents(p, root))}


def parents(path: Path, root: Path) -> list[Path]:
    return [up for up in path.parents if up.is_relative_to(root)]


@pytest.mark.parametrize("syncs", [True, False])
def test_a_file_is_sure_to_be_in_its_folder(tmp_path: Path, *, syncs: bool) -> None:
    disk = _Folders(syncs=syncs)
    originals = FolderOriginals(tmp_path / "originals", disk)
    for n in range(20):
        digest = originals.put(b"%d" % n)
        path = tmp_path / "originals" / digest[:2] / digest
        assert (path in disk.sure(tmp_path)) == syncs  # without syncs it is caught
    write_durably(tmp_path / "a" / "b" / "c", b"deep", disk)
    assert (tmp_path / "a" / "b" / "c" in disk.sure(tmp_path)) == syncs


def test_a_refused_file_leaves_nothing_behind(tmp_path: Path) -> None:
    class _Refusing(Disk):
        def rename(self, path: Path, target: Path) -> None:
            raise OSError(28, f"No space left on device: {path.name} {target.name}")

    with pytest.raises(StoreError, match="No space"):
        write_durably(tmp_path / "x", b"data", _Refusing())
    assert list(tmp_path.iterdir()) == []


def test_kills_at_random_instants_lose_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults.killing"),
            *(tmp_path, str(KILLS), "11"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kills, acked, there = map(int, done.stdout.split())
    assert kills == KILLS
    assert there >= acked > 0
