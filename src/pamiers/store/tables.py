"""What is read of a record's tables, whichever database holds them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from pamiers.core.errors import LedgerMismatchError, StoreError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.ledger.entry import Draft, Entry
from pamiers.ledger.frontier import Frontier
from pamiers.ledger.tree import Head
from pamiers.store.memory import no_entry, no_payload
from pamiers.store.schema import ENTRY, PAYLOAD

#: entries that are read at once
AT_ONCE: Final = 2_000
#: what is asked with every append, as text: building it anew costs more than asking it
LAST: Final = "SELECT max(position) FROM entry"
_LEAVES: Final = (
    "SELECT position, leaf FROM entry WHERE position >= ? ORDER BY position LIMIT ?"
)
_INTO: Final = (
    "INSERT INTO entry (position, kind, recorded_at, content, salt, leaf)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_BESIDE: Final = "INSERT INTO payload (position, name, data) VALUES (?, ?, ?)"
_CHECK: Final = "Check the space and the permissions; nothing was recorded. "
_DAMAGED: Final = "Where the file is damaged, restore it from a copy."

#: asks a statement with values, and returns its rows
Ask = Callable[[str, tuple[int, ...]], Sequence[Any]]


class TableRecord:
    """The reading half of a record; how it is written to is each database's own."""

    def __init__(self, engine: sa.Engine) -> None:
        """Read through an engine, whose tables are there when first asked."""
        self._engine, self._frontier = engine, Frontier()

    def head(self) -> Head:
        """Return the size and root of the tree over all entries."""
        with self._reading() as connection:
            known = grown(_asking(connection), self._frontier)
        self._frontier = known
        return known.head

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with told("record"), self._engine.connect() as connection:
            yield connection

    def entries(
        self, kinds: Sequence[str] | None = None, *, start: int = 0
    ) -> Iterator[Entry]:
        """Yield entries in order, of some kinds or all, from an index on.

        They are read some at a time; what is recorded meanwhile is not among them.
        """
        query = sa.select(ENTRY).order_by(ENTRY.c.position).limit(AT_ONCE)
        if kinds is not None:
            query = query.where(ENTRY.c.kind.in_(tuple(kinds)))
        with self._reading() as connection:
            size = last(connection.exec_driver_sql(LAST).all())
        query = query.where(ENTRY.c.position < size)
        found = AT_ONCE
        while found == AT_ONCE:
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

    def drafts(self, start: int = 0) -> Iterator[Draft]:
        """Yield entries with what lies beside them, as another record takes them."""
        query = sa.select(PAYLOAD.c.name, PAYLOAD.c.data)
        for entry in self.entries(start=start):
            one = query.where(PAYLOAD.c.position == entry.index)
            with self._reading() as connection:
                rows = connection.execute(one)
                beside = {row.name: _bytes(row.data) for row in rows}
            yield Draft(
                kind=entry.kind,
                recorded_at=entry.recorded_at,
                content=entry.content,
                salt=entry.salt,
                leaf=entry.leaf,
                payload=beside,
            )

    def _check_left(self, index: int, content: bytes, salt: bytes) -> None:
        """Pass where something may stand in the place of an entry."""
        held = next(self.entries(start=index), None)
        if held is None or held.index != index:
            raise no_entry(index)
        replace(held, content=content, salt=salt).verify()


def _asking(connection: sa.Connection) -> Ask:
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"

    def ask(text: str, values: tuple[int, ...]) -> Any:  # noqa: ANN401 - rows of a driver
        return connection.exec_driver_sql(text.replace("?", mark), values).all()

    return ask


def last(rows: Sequence[Any]) -> int:
    """Return the size of a record from what `LAST` gave."""
    ((found,),) = rows
    return 0 if found is None else int(found) + 1


def grown(ask: Ask, known: Frontier, size: int | None = None) -> Frontier:
    """Return the frontier of all entries, reading only those after a known one.

    Args:
        ask: Asks the database.
        known: A frontier from before.
        size: How many entries there are; None: that is asked.

    Returns:
        The frontier.

    Raises:
        LedgerMismatchError: One is not there, and later ones are.
    """
    size = last(ask(LAST, ())) if size is None else size
    if size < known.size:
        known = Frontier()  # somebody took entries away: what is left is read anew
    while known.size < size:
        rows = ask(_LEAVES, (known.size, AT_ONCE))
        for expected, (position, _) in enumerate(rows, start=known.size):
            if position != expected:
                raise _missing(expected)
        known = known.grown(_bytes(leaf) for _, leaf in rows)
    return known


def insert(cursor: Any, drafts: Sequence[Draft], size: int, mark: str = "?") -> None:  # noqa: ANN401 - of a driver
    """Put drafts into the tables behind the entries that are there.

    Args:
        cursor: Of the driver, in a transaction.
        drafts: New entries.
        size: How many entries there are.
        mark: What the driver writes for a value.
    """
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
    cursor.executemany(_INTO.replace("?", mark), rows)
    if payloads:
        cursor.executemany(_BESIDE.replace("?", mark), payloads)


@contextmanager
def told(
    what: str, *kinds: type[Exception], remedy: str = _CHECK + _DAMAGED
) -> Iterator[None]:
    """Tell what the database refuses as an error with a remedy.

    Raises:
        StoreError: In the place of what was raised within.
    """
    refused: tuple[type[Exception], ...] = (sa.exc.SQLAlchemyError, *kinds)
    try:
        yield
    except refused as error:
        raise StoreError(
            what,
            expected="a record that can be read and written",
            got=str(getattr(error, "orig", None) or error),
            remedy=remedy,
        ) from error


def _bytes(value: bytes | str) -> bytes:
    """Return what a column of bytes holds; SQLite lets a forger put text there."""
    return value.encode() if isinstance(value, str) else value


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
