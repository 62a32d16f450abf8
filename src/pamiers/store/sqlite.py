"""The record in one SQLite file: write-ahead log, synchronous FULL.

An append is one transaction; it returns after SQLite has synced the log, so an
acknowledgement survives a power cut on a disk that honours flush.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import sqlalchemy as sa

from pamiers.core.errors import LedgerMismatchError, StoreError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.ledger.entry import Draft, Entry
from pamiers.ledger.frontier import Frontier
from pamiers.ledger.tree import Head
from pamiers.store.disk import DISK
from pamiers.store.keep import drop_sums, keep_sums
from pamiers.store.memory import no_entry, no_payload, out_of_order
from pamiers.store.migrate import ensure_current
from pamiers.store.schema import ENTRY, PAYLOAD

#: entries that are read at once
_AT_ONCE: Final = 2_000
#: what is asked with every append, as text: building it anew costs more than asking it
_LAST: Final = "SELECT max(position) FROM entry"
_LEAVES: Final = (
    "SELECT position, leaf FROM entry WHERE position >= ? ORDER BY position LIMIT ?"
)
_INTO: Final = (
    "INSERT INTO entry (position, kind, recorded_at, content, salt, leaf)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_BESIDE: Final = "INSERT INTO payload (position, name, data) VALUES (?, ?, ?)"
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


class SqliteRecord:
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
        self._path, self._engine = path, connect(path, driver)
        self._frontier, self._failed = Frontier(), ""
        self._error: type[Exception] = self._engine.dialect.loaded_dbapi.Error
        fresh = not path.exists()
        with _told(path.name):
            self.copied = ensure_current(self._engine, path, now)
        self._wrote = fresh or self.copied is not None
        if fresh and path.exists():
            # SQLite syncs the folder for its log, not for the file itself.
            DISK.sync_folder(path.parent)

    def close(self) -> None:
        """Let go of the file, and keep the sums of its pages if it was written to."""
        if self._wrote and not self._failed:
            with _told("record"):
                keep_sums(self._engine, self._path)
        self._engine.dispose()

    def head(self) -> Head:
        """Return the size and root of the tree over all entries."""
        with self._reading() as connection:
            known = _grown(partial(_read, connection), self._frontier)
        self._frontier = known
        return known.head

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with _told("record"), self._engine.connect() as connection:
            yield connection

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        """Record drafts in order, all or none, durably."""
        if self._failed:
            raise _stopped(self._failed)
        with _told("record", self._error), self._writing() as cursor:
            size = _last(cursor.execute(_LAST).fetchall())
            if after != size:
                raise out_of_order(after, size)
            drop_sums(self._path)
            _insert(cursor, drafts, size)
            known = _grown(partial(_asked, cursor), self._frontier)
        self._frontier, self._wrote = known, True  # only what was committed
        return known.head

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """Open a transaction to write in; what is asked in it goes to the driver.

        SQLAlchemy would take longer to pass the statements on than SQLite to run them.
        """
        connection = self._engine.raw_connection()
        cursor = connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            cursor.execute("COMMIT")
        except self._error as error:
            # What the disk holds is not known any more: nothing more is written.
            # Source: Rebello et al. (2020), Can applications recover from fsync
            # failures?
            if _FAILED in str(error):
                self._failed = str(error)
            raise
        finally:
            cursor.close()
            connection.close()  # which rolls back what was not committed

    def forget(self, index: int, content: bytes, salt: bytes) -> bool:
        """Put what is left of an entry in its place; no page keeps what is gone."""
        held = next(self.entries(start=index), None)
        if held is None or held.index != index:
            raise no_entry(index)
        replace(held, content=content, salt=salt).verify()
        with _told("record", self._error), self._writing() as cursor:
            drop_sums(self._path)
            cursor.execute(_UNGUARDED)  # within the transaction alone
            cursor.execute(_LEFT, (content, salt, index))
            cursor.execute(_GUARDED)
        self._wrote = True
        with _told("record", self._error):
            connection = self._engine.raw_connection()
            cursor = connection.cursor()
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
            cursor.close()
            connection.close()
        return not busy

    def entries(
        self, kinds: Sequence[str] | None = None, *, start: int = 0
    ) -> Iterator[Entry]:
        """Yield entries in order, of some kinds or all, from an index on.

        They are read some at a time; what is recorded meanwhile is not among them.
        """
        query = sa.select(ENTRY).order_by(ENTRY.c.position).limit(_AT_ONCE)
        if kinds is not None:
            query = query.where(ENTRY.c.kind.in_(tuple(kinds)))
        with self._reading() as connection:
            query = query.where(ENTRY.c.position < _size(connection))
        found = _AT_ONCE
        while found == _AT_ONCE:
            page = query.where(ENTRY.c.position >= start)
            with self._reading() as connection:
                rows = connection.execute(page).all()
            for row in rows:
                yield _entry(row)
            found = len(rows)
            start = rows[-1].position + 1 if rows else start

    def payload(self, index: int, name: str) -> bytes:
        """Return the named bytes beside an entry."""
        query = sa.select(PAYLOAD.c.data).where(
            PAYLOAD.c.position == index, PAYLOAD.c.name == name
        )
        with self._reading() as connection:
            data = connection.execute(query).scalar_one_or_none()
        if data is None:
            raise no_payload(index, name)
        return _bytes(data)

    def payloads(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield (index, bytes) of every entry that has a payload of that name."""
        query = (
            sa.select(PAYLOAD.c.position, PAYLOAD.c.data)
            .where(PAYLOAD.c.name == name)
            .order_by(PAYLOAD.c.position)
        )
        with self._reading() as connection:
            for row in connection.execute(query):
                yield row.position, _bytes(row.data)


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


def _bytes(value: bytes | str) -> bytes:
    """Return what a column of bytes holds; SQLite lets a forger put text there."""
    return value.encode() if isinstance(value, str) else value


def _size(connection: sa.Connection) -> int:
    return _last(connection.exec_driver_sql(_LAST).all())


def _last(rows: Sequence[Any]) -> int:
    ((last,),) = rows
    return 0 if last is None else int(last) + 1


#: asks a statement with values, and returns its rows
Ask = Callable[[str, tuple[int, ...]], Sequence[Any]]


def _read(connection: sa.Connection, text: str, values: tuple[int, ...]) -> Any:  # noqa: ANN401 - rows of a driver
    return connection.exec_driver_sql(text, values).all()


def _asked(cursor: Any, text: str, values: tuple[int, ...]) -> Any:  # noqa: ANN401 - rows of a driver
    return cursor.execute(text, values).fetchall()


def _grown(ask: Ask, known: Frontier) -> Frontier:
    """Return the frontier of all entries, reading only those after a known one."""
    size = _last(ask(_LAST, ()))
    if size < known.size:
        known = Frontier()  # somebody took entries away: what is left is read anew
    while known.size < size:
        rows = ask(_LEAVES, (known.size, _AT_ONCE))
        for expected, (position, _) in enumerate(rows, start=known.size):
            if position != expected:
                raise _missing(expected)
        known = known.grown(_bytes(leaf) for _, leaf in rows)
    return known


def _entry(row: sa.Row[tuple[object, ...]]) -> Entry:
    return Entry(
        index=row.position,
        kind=row.kind,
        recorded_at=parse_instant(row.recorded_at, f"entry {row.position}"),
        content=_bytes(row.content),
        salt=_bytes(row.salt),
        leaf=_bytes(row.leaf),
    )


def _missing(position: int) -> LedgerMismatchError:
    return LedgerMismatchError(
        f"entry {position}",
        expected="an entry",
        got="none, with later ones behind it",
        remedy="Restore the record from a copy that verifies.",
    )


def _stopped(why: str) -> StoreError:
    return StoreError(
        "record",
        expected="a disk that has not failed since the record was opened",
        got=why,
        remedy="Look at the disk, then open the record again: what was acknowledged "
        "is there.",
    )


def _insert(cursor: Any, drafts: Sequence[Draft], size: int) -> None:  # noqa: ANN401 - of a driver
    if not drafts:
        return
    rows = [
        (
            *(position, draft.kind, format_instant(draft.recorded_at)),
            *(draft.content, draft.salt, draft.leaf),
        )
        for position, draft in enumerate(drafts, start=size)
    ]
    payloads = [
        (position, name, data)
        for position, draft in enumerate(drafts, start=size)
        for name, data in draft.payload.items()
    ]
    cursor.executemany(_INTO, rows)
    if payloads:
        cursor.executemany(_BESIDE, payloads)


@contextmanager
def _told(what: str, *kinds: type[Exception]) -> Iterator[None]:
    """Tell what the database refuses as an error with a remedy."""
    refused: tuple[type[Exception], ...] = (sa.exc.SQLAlchemyError, *kinds)
    try:
        yield
    except refused as error:
        raise StoreError(
            what,
            expected="a record that can be read and written",
            got=str(getattr(error, "orig", None) or error),
            remedy=(
                "Check the space and the permissions; nothing was recorded. "
                "Where the file is damaged, restore it from a copy."
            ),
        ) from error
