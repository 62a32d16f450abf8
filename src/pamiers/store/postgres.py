"""The record in PostgreSQL: for a team, with several services before one record.

An append is one transaction that holds a lock against other appends, so that positions
have no gaps and readers never see one. It returns after PostgreSQL has synced its log;
a server that was told not to sync is refused, at the start and at every append.
"""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa

from pamiers.core.errors import PamiersError, StoreError, UsageError
from pamiers.ledger.entry import Draft
from pamiers.ledger.frontier import Frontier
from pamiers.ledger.tree import Head
from pamiers.store.address import VARIABLE, Address
from pamiers.store.memory import out_of_order
from pamiers.store.migrate import ensure_tables
from pamiers.store.sqlite import SqliteRecord
from pamiers.store.tables import TableRecord, grown, insert, told

_MARK: Final = "%s"
#: others may read; whoever else appends waits until this transaction has ended
_LOCK: Final = "LOCK TABLE entry IN SHARE ROW EXCLUSIVE MODE"
#: what has to be as it is for a commit to be on the disk when it returns
_DURABLE: Final = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_apply"),
}
_ASKED: Final = ", ".join(f"current_setting('{name}')" for name in _DURABLE)
_SIZE: Final = f"SELECT (SELECT max(position) FROM entry), {_ASKED}"  # noqa: S608 - our names
#: a service that hangs holds others up so long, and no longer [s]
_PATIENCE_S: Final = 10
_IDLE_S: Final = 30
_SESSION: Final = (
    f"SET lock_timeout = '{_PATIENCE_S}s'",
    f"SET idle_in_transaction_session_timeout = '{_IDLE_S}s'",
)
#: entries that are copied in one transaction
_TOGETHER: Final = 1_000
_LEFT: Final = "UPDATE entry SET content = %s, salt = %s WHERE position = %s"
_REMEDY: Final = (
    "Look at the server and its log, then try again: what was acknowledged is there, "
    "and what is sent again is recorded once."
)


class PostgresRecord(TableRecord):
    """A record on a server; several processes may read and append."""

    def __init__(self, address: Address) -> None:
        """Connect, creating or migrating the tables.

        Args:
            address: Where.

        Raises:
            UsageError: The driver is not installed.
            StoreError: The server cannot be reached, does not sync what it commits,
                or its tables are of a newer version.
        """
        self._address = address
        super().__init__(_engine(address))
        self._error: type[Exception] = self._engine.dialect.loaded_dbapi.Error
        try:
            with self._reading() as connection:
                _check_durable(connection.exec_driver_sql(f"SELECT {_ASKED}").one())
            with self._told():
                ensure_tables(self._engine)
        except PamiersError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        """Record drafts in order, all or none, durably."""
        with self._told(), self._writing() as cursor:
            cursor.execute(_LOCK)
            found, *settings = cursor.execute(_SIZE).fetchone()
            _check_durable(settings)
            size = 0 if found is None else found + 1
            if after != size:
                raise out_of_order(after, size)
            before = self._frontier
            if before.size != size:
                before = self._reached(cursor)
            insert(cursor, drafts, size, _MARK)
            known = before.grown(each.leaf for each in drafts)
        self._frontier = known  # only what was committed
        return known.head

    def _reached(self, cursor: Any) -> Frontier:  # noqa: ANN401 - of a driver
        def ask(text: str, values: tuple[int, ...]) -> Any:  # noqa: ANN401 - rows of it
            return cursor.execute(text.replace("?", _MARK), values).fetchall()

        return grown(ask, self._frontier)

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """Open a transaction to write in; what is asked in it goes to the driver."""
        connection = self._engine.raw_connection()
        try:
            yield connection.cursor()
            connection.commit()
        except self._error:
            connection.invalidate()  # whatever state it is in: another is opened
            raise
        finally:
            connection.close()  # which rolls back what was not committed

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with told("record", self._error, remedy=_REMEDY):
                yield
        except StoreError as error:
            plain = self._address.unsaid(error.got)
            raise StoreError(
                error.where, expected=error.expected, got=plain, remedy=error.remedy
            ) from error

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._told(), self._engine.connect() as connection:
            yield connection

    def forget(self, index: int, content: bytes, salt: bytes) -> bool:
        """Put what is left of an entry in its place, and write the table anew.

        The server's log, its archive and standbys hold what is gone until they drop
        it, so this never says that all is clean.
        """
        self._check_left(index, content, salt)
        with self._told(), self._writing() as cursor:
            cursor.execute("ALTER TABLE entry DISABLE TRIGGER entry_no_update")
            cursor.execute(_LEFT, (content, salt, index))
            cursor.execute("ALTER TABLE entry ENABLE TRIGGER entry_no_update")
        with self._told():
            alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            with alone.connect() as connection:
                connection.exec_driver_sql("VACUUM FULL entry")
        return False

    def summed(self) -> bool:
        """Tell whether the server keeps sums of its pages, which flipped bits break."""
        with self._reading() as connection:
            return bool(
                connection.exec_driver_sql("SHOW data_checksums").scalar() == "on"
            )


AnyRecord = SqliteRecord | PostgresRecord


def open_empty(address: Address) -> PostgresRecord:
    """Open a record that has to be empty.

    Raises:
        UsageError: It holds entries.
    """
    record = PostgresRecord(address)
    if record.head().size:
        record.close()
        raise UsageError(
            "--database",
            expected="a database without a record in it",
            got="one of another mission",
            remedy="Make a database for each mission.",
        )
    return record


def pour(source: AnyRecord, target: AnyRecord) -> None:
    """Copy every entry of a record into an empty one, and close both."""
    try:
        drafts, size = source.drafts(), 0
        while some := list(itertools.islice(drafts, _TOGETHER)):
            size = target.append(some, after=size).size
    finally:
        source.close()
        target.close()


def _engine(address: Address) -> sa.Engine:
    try:
        engine = sa.create_engine(
            address.url, pool_pre_ping=True, max_overflow=15, hide_parameters=True
        )
    except ModuleNotFoundError as error:
        raise UsageError(
            "database",
            expected="the extra `postgres`",
            got="none installed",
            remedy="Install it: pip install 'pamiers[postgres]'.",
        ) from error

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: sa.engine.interfaces.DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        for each in _SESSION:
            cursor.execute(each)
        cursor.close()
        connection.commit()

    return engine


def _check_durable(found: Sequence[str]) -> None:
    """Pass where a commit is on the disk when it returns.

    Raises:
        StoreError: The server was told not to wait for the disk.
    """
    for (name, good), held in zip(_DURABLE.items(), found, strict=True):
        if held not in good:
            raise StoreError(
                "record",
                expected=f"a server with {name} = {good[0]}",
                got=f"{name} = {held}: what it commits may be lost",
                remedy=f"Set it in postgresql.conf, for the database and the role. "
                f"A receipt is given for what is on a disk; see {VARIABLE} for "
                "another server.",
            )
