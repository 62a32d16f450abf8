"""The record in one SQLite file: write-ahead log, synchronous FULL.

An append is one transaction; it returns after SQLite has synced the log, so an
acknowledgement survives a power cut on a disk that honours flush.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import sqlalchemy as sa

from pamiers.core.errors import StoreError
from pamiers.ledger.entry import Draft
from pamiers.ledger.tree import Head
from pamiers.store.disk import DISK
from pamiers.store.keep import drop_sums, keep_sums
from pamiers.store.memory import out_of_order
from pamiers.store.migrate import ensure_current
from pamiers.store.tables import LAST, TableRecord, grown, insert, last, told

_UNGUARDED: Final = "DROP TRIGGER IF EXISTS entry_no_update"
_GUARDED: Final = (
    "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry "
    "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
)
_LEFT: Final = "UPDATE entry SET content = ?, salt = ? WHERE position = ?"
#: pages of the log before it is folded into the file; each folding costs two syncs
_LOG_PAGES: Final = 4_000
#: what SQLite says where the disk failed, and not for want of room
_FAILED: Final = "disk I/O error"


class SqliteRecord(TableRecord):
    """A record on disk; several processes may read while one appends."""

    def __init__(
        self, path: Path, now: datetime, driver: ModuleType | None = None
    ) -> None:
        """Open the file, creating or migrating it.

        Args:
            path: The file; its folder exists.
            now: Instant of opening, which names the copy before a migration.
            driver: Another driver of SQLite than Python's own.

        Raises:
            StoreError: It cannot be opened, or is of a newer version.
        """
        super().__init__(connect(path, driver))
        self._path, self._failed = path, ""
        self._lock = threading.Lock()
        self._line: sa.PoolProxiedConnection | None = None
        self._error: type[Exception] = self._engine.dialect.loaded_dbapi.Error
        fresh = not path.exists()
        with told(path.name):
            self.copied = ensure_current(self._engine, path, now)
        self._wrote = fresh or self.copied is not None
        if fresh and path.exists():
            # SQLite syncs the folder for its log, not for the file itself.
            DISK.sync_folder(path.parent)

    def close(self) -> None:
        """Let go of the file, and keep the sums of its pages if it was written to."""
        self._let_go()
        if self._wrote and not self._failed:
            with told("record"):
                keep_sums(self._engine, self._path)
        self._engine.dispose()

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        """Record drafts in order, all or none, durably."""
        if self._failed:
            raise _stopped(self._failed)
        with told("record", self._error), self._writing() as cursor:
            size = last(cursor.execute(LAST).fetchall())
            if after != size:
                raise out_of_order(after, size)
            drop_sums(self._path)
            known = grown(partial(_asked, cursor), self._frontier, size)
            insert(cursor, drafts, size)
        known = known.grown(draft.leaf for draft in drafts)
        self._frontier, self._wrote = known, True  # only what was committed
        return known.head

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """Open a transaction to write in; what is asked in it goes to the driver.

        SQLAlchemy would take longer to pass the statements on than SQLite to run them;
        so the connection is kept from one transaction to the next.
        """
        with self._lock:
            if self._line is None:
                self._line = self._engine.raw_connection()
            cursor = self._line.cursor()
            try:
                cursor.execute("BEGIN IMMEDIATE")
                yield cursor
                cursor.execute("COMMIT")
            except BaseException as error:
                self._let_go()
                # What the disk holds is not known any more: nothing more is written.
                # Source: Rebello et al. (2020), Can applications recover from fsync
                # failures?
                if isinstance(error, self._error) and _FAILED in str(error):
                    self._failed = str(error)
                raise
            finally:
                cursor.close()

    def _let_go(self) -> None:
        """Give the connection back, which takes back what was not committed."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def forget(self, index: int, content: bytes, salt: bytes) -> bool:
        """Put what is left of an entry in its place; no page keeps what is gone."""
        self._check_left(index, content, salt)
        with told("record", self._error), self._writing() as cursor:
            drop_sums(self._path)
            cursor.execute(_UNGUARDED)  # within the transaction alone
            cursor.execute(_LEFT, (content, salt, index))
            cursor.execute(_GUARDED)
        self._wrote = True
        with told("record", self._error):
            connection = self._engine.raw_connection()
            cursor = connection.cursor()
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
            cursor.close()
            connection.close()
        return not busy


def connect(path: Path, driver: ModuleType | None = None) -> sa.Engine:
    """Return an engine on a file, with the settings that make commits durable."""
    address = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(address, module=driver)

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
        # SQLAlchemy opens the transactions below, so that they begin at once
        # with the write lock and a concurrent append waits instead of failing.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "busy_timeout=10000",
            f"wal_autocheckpoint={_LOG_PAGES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _asked(cursor: Any, text: str, values: tuple[int, ...]) -> Any:  # noqa: ANN401 - rows of a driver
    return cursor.execute(text, values).fetchall()


def _stopped(why: str) -> StoreError:
    return StoreError(
        "record",
        expected="a disk that has not failed since the record was opened",
        got=why,
        remedy="Look at the disk, then open the record again: what was acknowledged "
        "is there.",
    )
