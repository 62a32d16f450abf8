"""The index of cases in one SQLite file beside the record; it can be made again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
import sqlalchemy as sa

from pamiers.core.errors import StoreError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.mission.case_index import CaseLine, Filed, Kept, Plain, Receipt
from pamiers.store.sqlite import connect

_METADATA: Final = sa.MetaData()
_CASE: Final = sa.Table(
    "case_line",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("procedure", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("clause", sa.Text, nullable=False),
    sa.Column("parties", sa.Text, nullable=False),
    sa.Column("opened_at", sa.Text),
    sa.Column("next_due", sa.Text),
    sa.Column("next_key", sa.Text, nullable=False),
    sa.Column("lapsed", sa.Integer, nullable=False),
    sa.Index("case_due", "next_due", "id"),
    sa.Index("case_by_status", "status", "next_due", "id"),
    sa.Index("case_alike", "procedure", "clause", "status"),
)
_EVENT: Final = sa.Table(
    "case_event",
    _METADATA,
    sa.Column("case_id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)
_TOLD: Final = sa.Table(
    "case_told",
    _METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("waits", sa.Integer, nullable=False),
    sa.Index("case_waits", "waits", "at", "key"),
)
_RECEIPT: Final = sa.Table(
    "case_receipt",
    _METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("by", sa.Text, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("means", sa.Text, nullable=False),
)
_COUNT: Final = sa.Table(
    "case_count",
    _METADATA,
    sa.Column("status", sa.Text, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
)
_MARK: Final = sa.Table(
    "mark",
    _METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)


class SqliteCases:
    """The index on disk."""

    def __init__(self, path: Path) -> None:
        """Open the file, creating it.

        Raises:
            StoreError: It cannot be opened.
        """
        self._engine = connect(path)
        with _told(path.name), self._engine.begin() as connection:
            if not sa.inspect(connection).has_table(_RECEIPT.name):
                _METADATA.drop_all(connection)  # of an older release: made again
            _METADATA.create_all(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with _told("cases"), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        writing = self._engine.execution_options(write=True)
        with _told("cases"), writing.begin() as connection:
            yield connection

    def through(self) -> int:
        """Return how many entries of the record it has taken in."""
        query = sa.select(_MARK.c.value).where(_MARK.c.name == "through")
        with self._reading() as connection:
            return connection.execute(query).scalar_one_or_none() or 0

    def put(self, filed: Sequence[Filed], *, through: int) -> None:
        """Take in entries, all or none, up to a size of the record."""
        with self._writing() as connection:
            _count(connection, filed)
            _insert(connection, _CASE, [_row(each.line) for each in filed])
            _insert(connection, _EVENT, list(_events(filed)))
            _keep(connection, _TOLD, list(_effects(filed)))
            _mark(connection, through)

    def kept(self, cases: Sequence[str]) -> dict[str, Kept]:
        """Return what is held of some cases; those not known are left out."""
        with self._reading() as connection:
            names = _of(connection, [_CASE.c.id, _CASE.c.procedure], _CASE.c.id, cases)
            events = _of(connection, list(_EVENT.c), _EVENT.c.case_id, cases)
            told = _of(
                connection, [_TOLD.c.case_id, _TOLD.c.key], _TOLD.c.case_id, cases
            )
        held: dict[str, list[tuple[int, Plain]]] = {each.id: [] for each in names}
        keys: dict[str, set[str]] = {each.id: set() for each in names}
        for row in sorted(events, key=lambda each: each.position):
            held[row.case_id].append((row.position, orjson.loads(row.body)))
        for row in told:
            keys[row.case_id].add(row.key)
        return {
            each.id: Kept(
                id=each.id,
                procedure=each.procedure,
                events=tuple(held[each.id]),
                told=frozenset(keys[each.id]),
            )
            for each in names
        }

    def due(self, before: datetime, limit: int) -> list[str]:
        """Return cases with a time that ran out before an instant, first the first."""
        query = (
            sa.select(_CASE.c.id)
            .where(_CASE.c.next_due < format_instant(before))
            .order_by(_CASE.c.next_due, _CASE.c.id)
            .limit(limit)
        )
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def lines(
        self, *, status: str | None, limit: int, start: int = 0
    ) -> list[CaseLine]:
        """Return cases, those that are due next first."""
        query = sa.select(_CASE).order_by(
            _CASE.c.next_due.is_(None), _CASE.c.next_due, _CASE.c.id
        )
        with self._reading() as connection:
            if status is not None:
                return _of_status(connection, status, limit, start)
            found = connection.execute(query.limit(limit).offset(start)).all()
        return [_line(each) for each in found]

    def line(self, case: str) -> CaseLine | None:
        """Return one case; None for none."""
        with self._reading() as connection:
            row = connection.execute(sa.select(_CASE).where(_CASE.c.id == case)).first()
        return None if row is None else _line(row)

    def counts(self) -> dict[str, int]:
        """Return how many cases there are of each status."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(_COUNT).where(_COUNT.c.n > 0)).all()
        return {row.status: row.n for row in rows}

    def alike(self, procedure: str, clause: str) -> list[str]:
        """Return open cases of a procedure that are about a clause."""
        query = sa.select(_CASE.c.id).where(
            _CASE.c.procedure == procedure,
            _CASE.c.clause == clause,
            _CASE.c.status == "open",
        )
        with self._reading() as connection:
            return sorted(connection.execute(query).scalars())

    def outbox(self, limit: int) -> list[Plain]:
        """Return effects on record that were not delivered, the earliest first."""
        query = (
            sa.select(_TOLD.c.body)
            .where(_TOLD.c.waits == 1)
            .order_by(_TOLD.c.at, _TOLD.c.key)
            .limit(limit)
        )
        with self._reading() as connection:
            return [orjson.loads(each) for each in connection.execute(query).scalars()]

    def received(self, receipts: Sequence[Receipt], *, through: int) -> None:
        """Take in receipts; what was delivered leaves the outbox."""
        with self._writing() as connection:
            for each in receipts:
                if not each.by:
                    told = sa.update(_TOLD).where(_TOLD.c.key == each.key)
                    connection.execute(told.values(waits=0))
            _keep(connection, _RECEIPT, [_receipt(each) for each in receipts])
            _mark(connection, through)

    def notices(self, case: str) -> list[tuple[Plain, tuple[Receipt, ...]]]:
        """Return the effects on record of a case, the earliest first, with receipts."""
        query = sa.select(_TOLD.c.key, _TOLD.c.body).where(_TOLD.c.case_id == case)
        with self._reading() as connection:
            told = connection.execute(query.order_by(_TOLD.c.at, _TOLD.c.key)).all()
            keys = [each.key for each in told]
            rows = _of(connection, list(_RECEIPT.c), _RECEIPT.c.key, keys)
        held: dict[str, list[Receipt]] = {each.key: [] for each in told}
        for row in sorted(rows, key=lambda each: (each.at, each.by)):
            at = parse_instant(row.at)
            held[row.key].append(
                Receipt(key=row.key, at=at, by=row.by, means=row.means)
            )
        return [(orjson.loads(e.body), tuple(held[e.key])) for e in told]


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        raise StoreError(
            name,
            expected="an index of cases that can be read and written",
            got=str(error).splitlines()[0],
            remedy="Remove the file; it is made again from the record.",
        ) from error


def _of(
    connection: sa.Connection,
    columns: Sequence[Any],
    key: Any,  # noqa: ANN401 - a column of whichever table
    names: Sequence[str],
) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(names), 500):
        asked = list(names[start : start + 500])
        query = sa.select(*columns).where(key.in_(asked))
        found += connection.execute(query).all()
    return found


def _of_status(
    connection: sa.Connection, status: str, limit: int, start: int
) -> list[CaseLine]:
    """Return cases of a status: those that are due, then the others, by the index."""
    held = sa.select(_CASE).where(_CASE.c.status == status)
    due = held.where(_CASE.c.next_due.is_not(None))
    query = due.order_by(_CASE.c.next_due, _CASE.c.id)
    found = list(connection.execute(query.limit(limit).offset(start)).all())
    if len(found) < limit:
        idle = held.where(_CASE.c.next_due.is_(None)).order_by(_CASE.c.id)
        found += connection.execute(idle.limit(limit - len(found))).all()
    return [_line(each) for each in found]


def _insert(connection: sa.Connection, table: sa.Table, rows: list[Any]) -> None:
    if rows:
        connection.execute(sa.insert(table).prefix_with("OR REPLACE"), rows)


def _keep(connection: sa.Connection, table: sa.Table, rows: list[Any]) -> None:
    """Insert rows; of those with one key, what is there already stays as it is."""
    if rows:
        connection.execute(sa.insert(table).prefix_with("OR IGNORE"), rows)


def _count(connection: sa.Connection, filed: Sequence[Filed]) -> None:
    """Keep how many cases have each status, so that nobody has to count them."""
    last = {each.line.id: each.line.status for each in filed}
    was = _of(connection, [_CASE.c.id, _CASE.c.status], _CASE.c.id, list(last))
    moved: dict[str, int] = {}
    for row in was:
        moved[row.status] = moved.get(row.status, 0) - 1
    for status in last.values():
        moved[status] = moved.get(status, 0) + 1
    for status, n in moved.items():
        upsert = sa.text(
            "INSERT INTO case_count (status, n) VALUES (:status, :n) "
            "ON CONFLICT (status) DO UPDATE SET n = n + :n"
        )
        connection.execute(upsert, {"status": status, "n": n})


def _mark(connection: sa.Connection, through: int) -> None:
    _insert(connection, _MARK, [{"name": "through", "value": through}])


def _row(line: CaseLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "procedure": line.procedure,
        "status": line.status,
        "outcome": line.outcome,
        "clause": line.clause,
        "parties": " ".join(line.parties),
        "opened_at": line.opened_at and format_instant(line.opened_at),
        "next_due": line.next_due and format_instant(line.next_due),
        "next_key": line.next_key,
        "lapsed": line.lapsed,
    }


def _line(row: Any) -> CaseLine:  # noqa: ANN401 - a row of the table
    return CaseLine(
        id=row.id,
        procedure=row.procedure,
        status=row.status,
        outcome=row.outcome,
        clause=row.clause,
        parties=tuple(row.parties.split()),
        opened_at=row.opened_at and parse_instant(row.opened_at),
        next_due=row.next_due and parse_instant(row.next_due),
        next_key=row.next_key,
        lapsed=row.lapsed,
    )


def _events(filed: Sequence[Filed]) -> Iterator[dict[str, Any]]:
    for each in filed:
        for position, body in each.events:
            yield {
                "case_id": each.line.id,
                "position": position,
                "body": orjson.dumps(body),
            }


def _effects(filed: Sequence[Filed]) -> Iterator[dict[str, Any]]:
    for each in filed:
        for told in each.told:
            yield {
                "key": told["key"],
                "case_id": each.line.id,
                "body": orjson.dumps(told),
                "at": told["at"],
                "waits": 1,
            }


def _receipt(each: Receipt) -> dict[str, Any]:
    return {
        "key": each.key,
        "by": each.by,
        "at": format_instant(each.at),
        "means": each.means,
    }
