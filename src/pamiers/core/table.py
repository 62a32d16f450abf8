"""Columns for engines: one Arrow table per kind of row, with its row view.

The schema of a table is read off the row's own fields, so the two views cannot
drift apart. Engines work on `columns`; people, ledger and tests on `views()`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from types import UnionType
from typing import Final, get_args, get_type_hints

import pyarrow as pa

from pamiers.core.errors import UnknownTermError
from pamiers.core.rows import (
    Coverage,
    Incident,
    Observation,
    Row,
    Statement,
    Tally,
    Total,
)

ROW_TYPES: Final[dict[str, type[Row]]] = {
    "observation": Observation,
    "total": Total,
    "coverage": Coverage,
    "statement": Statement,
    "tally": Tally,
    "incident": Incident,
}
#: the kinds that enter the record from outside, in the order they are written
RECORDED: Final = ("observation", "total", "coverage", "statement", "tally")
INSTANT: Final = pa.timestamp("us", tz="UTC")
_ARROW: Final = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: INSTANT,
}


def _schema(row_type: type[Row]) -> pa.Schema:
    hints = get_type_hints(row_type)
    columns = []
    for field in fields(row_type):
        hint = hints[field.name]
        optional = isinstance(hint, UnionType)
        plain = next(t for t in get_args(hint) or (hint,) if t is not type(None))
        columns.append(pa.field(field.name, _ARROW[plain], nullable=optional))
    return pa.schema(columns)


SCHEMAS: Final = {kind: _schema(row_type) for kind, row_type in ROW_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind, as columns.

    Invariant: `columns.schema` equals `SCHEMAS[kind]`.
    """

    kind: str
    columns: pa.Table

    def __post_init__(self) -> None:
        """Refuse an unknown kind and columns of another schema."""
        if self.kind not in SCHEMAS:
            raise UnknownTermError(
                "table",
                expected=f"one of {', '.join(SCHEMAS)}",
                got=repr(self.kind),
                remedy="Name a kind of row.",
            )
        if not self.columns.schema.equals(SCHEMAS[self.kind]):
            raise UnknownTermError(
                f"table of {self.kind}",
                expected="the columns of its schema, in order",
                got=", ".join(self.columns.schema.names),
                remedy="Build it with `table_of` or `from_columns`.",
            )

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self.columns.num_rows)

    def views(self) -> Iterator[Row]:
        """Yield the rows as frozen records, in order."""
        row_type = ROW_TYPES[self.kind]
        for batch in self.columns.to_batches():
            for values in batch.to_pylist():
                yield row_type(**values)

    def take(self, index: pa.Array) -> "Table":
        """Return the rows at some positions, in that order."""
        return Table(self.kind, self.columns.take(index))

    def where(self, mask: pa.Array | pa.ChunkedArray) -> "Table":
        """Return the rows where a boolean mask is true, in order."""
        return Table(self.kind, self.columns.filter(mask))

    def ordered(self) -> "Table":
        """Return the rows in an order that does not depend on their arrival."""
        names = ("source", "key", "release")
        keys = [(name, "ascending") for name in names]
        return Table(self.kind, self.columns.sort_by(keys))


def empty(kind: str) -> Table:
    """Return a table of a kind with no rows."""
    return Table(kind, SCHEMAS[kind].empty_table())


def table_of(kind: str, rows: Iterable[Row]) -> Table:
    """Return rows as columns, in their order.

    Args:
        kind: Kind of row.
        rows: Rows of that kind; may be empty.

    Returns:
        Table with one row each.
    """
    names = SCHEMAS[kind].names
    values = [{name: getattr(row, name) for name in names} for row in rows]
    return Table(kind, pa.Table.from_pylist(values, schema=SCHEMAS[kind]))


def from_columns(
    kind: str, columns: dict[str, pa.Array | pa.ChunkedArray], n: int
) -> Table:
    """Return a table from some columns; the others hold their default.

    Args:
        kind: Kind of row.
        columns: Columns by name, cast to the schema's types; each of length `n`.
        n: Number of rows.

    Returns:
        Table of `n` rows.
    """
    defaults = {f.name: f.default for f in fields(ROW_TYPES[kind])}
    arrays = []
    for field in SCHEMAS[kind]:
        column = columns.get(field.name)
        if column is None:
            arrays.append(pa.repeat(pa.scalar(defaults[field.name], field.type), n))
        else:
            arrays.append(column.cast(field.type))
    return Table(kind, pa.table(arrays, schema=SCHEMAS[kind]))


def upgraded(kind: str, columns: pa.Table) -> Table:
    """Return a table kept by an earlier version, with the columns added since.

    Args:
        kind: Kind of row.
        columns: Columns of the kind's schema as it was; unknown ones are dropped.

    Returns:
        The table; what was not known of then holds its default.
    """
    named = {name: columns.column(name) for name in columns.schema.names}
    return from_columns(kind, named, columns.num_rows)


def concatenate(kind: str, tables: Iterable[Table]) -> Table:
    """Return several tables of one kind below one another.

    Args:
        kind: Kind of row.
        tables: Tables of that kind; with none, the result is empty.

    Returns:
        One table, in the order given.
    """
    parts = [table.columns for table in tables]
    return Table(kind, pa.concat_tables(parts)) if parts else empty(kind)
