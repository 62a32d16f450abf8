"""A driver of SQLite on apsw, so that a disk of our own can lie below the real store.

Python's own driver cannot be given another file system; apsw can. Only what SQLAlchemy
asks of a driver is here.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from types import ModuleType
from typing import Any

import apsw


class Cursor:
    """What SQLAlchemy takes for a cursor."""

    def __init__(self, connection: apsw.Connection) -> None:
        """Begin on a connection."""
        self._cursor = connection.cursor()
        self._connection = connection
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount, self.lastrowid, self.arraysize = -1, 0, 100
        self._rows: list[tuple[Any, ...]] = []

    def execute(self, text: str, values: Any = ()) -> Cursor:  # noqa: ANN401 - DBAPI
        """Run one statement."""
        with told():
            before = self._connection.total_changes()
            self._rows = list(self._cursor.execute(text, tuple(values)))
            self.rowcount = self._connection.total_changes() - before
        found = self._described(text, values)
        self.description = found or None
        return self

    def _described(self, text: str, values: Any) -> tuple[tuple[Any, ...], ...]:  # noqa: ANN401
        if not text.lstrip()[:6].upper().startswith(("SELECT", "PRAGMA", "WITH")):
            return ()
        with told():
            seen: list[tuple[str, ...]] = []

            def trace(cursor: apsw.Cursor, _text: str, _values: Any) -> bool:  # noqa: ANN401
                seen.extend(cursor.get_description())
                return False

            look = self._connection.cursor()
            look.exec_trace = trace
            with suppress(apsw.ExecTraceAbort):
                look.execute(text, tuple(values))
        return tuple((row[0], None, None, None, None, None, None) for row in seen)

    def executemany(self, text: str, rows: Any) -> Cursor:  # noqa: ANN401 - DBAPI
        """Run one statement for each row of values."""
        with told():
            self._cursor.executemany(text, [tuple(row) for row in rows])
        self.description = None
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row."""
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 100) -> list[tuple[Any, ...]]:
        """Return the next rows."""
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""
        taken, self._rows = self._rows, []
        return taken

    def close(self) -> None:
        """Let go."""
        self._cursor.close()


class Connection:
    """What SQLAlchemy takes for a connection; it opens transactions itself."""

    isolation_level: str | None = None

    def __init__(self, path: str, vfs: str | None) -> None:
        """Open a file, below which lies the file system of a name."""
        with told():
            self.base = apsw.Connection(path, vfs=vfs)

    def cursor(self) -> Cursor:
        """Return a cursor."""
        return Cursor(self.base)

    def execute(self, text: str, values: Any = ()) -> Cursor:  # noqa: ANN401 - DBAPI
        """Run one statement."""
        return self.cursor().execute(text, values)

    def commit(self) -> None:
        """End a transaction, so that it is there."""
        if self.base.in_transaction:
            self.cursor().execute("COMMIT")

    def rollback(self) -> None:
        """End a transaction, so that it never was."""
        if self.base.in_transaction:
            self.cursor().execute("ROLLBACK")

    def create_function(self, *_: object, **__: object) -> None:
        """Take no functions: nothing asks for them."""

    def close(self) -> None:
        """Let go."""
        with told():
            self.base.close()


class told:  # noqa: N801 - read as a word
    """Tell what apsw refuses as Python's driver would."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _at: object) -> None:
        """Turn an error of apsw into one that SQLAlchemy knows."""
        if isinstance(error, apsw.IOError):
            raise sqlite3.OperationalError("disk I/O error") from error
        if isinstance(error, apsw.FullError):
            message = "database or disk is full"
            raise sqlite3.OperationalError(message) from error
        if isinstance(error, apsw.Error) and not isinstance(error, apsw.ExecTraceAbort):
            raise sqlite3.OperationalError(str(error)) from error


def driver(vfs: str | None) -> ModuleType:
    """Return a driver on a file system of a name, with the errors of Python's own."""
    found = ModuleType("apsw_driver")
    for name in dir(sqlite3):
        if not name.startswith("__"):
            setattr(found, name, getattr(sqlite3, name))
    found.__dict__["connect"] = lambda path, **_: Connection(path, vfs)
    return found
