"""A table to be written: named columns with unit, tag and meaning, and plain cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pyarrow as pa

from pamiers.core.instant import format_instant
from pamiers.core.table import Table
from pamiers.render.tabular.dictionary import COLUMNS, Meaning
from pamiers.report.coarsen import CONFIDENTIAL
from pamiers.report.redaction import Edition

Plain = str | int | float | bool | None
#: letters with which a spreadsheet takes a text for a formula (OWASP, CSV injection)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_QUOTE: Final = "'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table.

    Invariants: each row has a cell for each column; a cell is text, a number, a truth
    value, or None where nothing is stated. Instants are UTC text with a `Z`.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Plain, ...], ...]

    def meanings(self) -> Iterator[Meaning]:
        """Yield what each column means, in order."""
        yield from (COLUMNS[name] for name in self.columns)


def sheet_of(table: Table, edition: Edition) -> Sheet:
    """Return a table as a sheet, less the columns that an edition may never hold."""
    names = [
        name
        for name in table.columns.schema.names
        if edition.confidential or name not in CONFIDENTIAL
    ]
    cells = [_cells(table.columns.column(name)) for name in names]
    return Sheet(
        name=table.kind, columns=tuple(names), rows=tuple(zip(*cells, strict=True))
    )


def sheet_of_lines(name: str, lines: Sequence[dict[str, Any]]) -> Sheet:
    """Return flat JSON objects as a sheet; lists are joined by `; `."""
    names = [n for n in COLUMNS if any(n in line for line in lines)]
    rows = (tuple(_flat(line.get(n)) for n in names) for line in lines)
    return Sheet(name=name, columns=tuple(names), rows=tuple(rows))


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples:
        >>> guarded("=1+1"), guarded("'tis"), guarded("quiet")
        ("'=1+1", "''tis", 'quiet')
    """
    return _QUOTE + text if text.startswith((*_FORMULA, _QUOTE)) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if text.startswith(_QUOTE) else text


def _cells(column: pa.ChunkedArray) -> list[Plain]:
    values: list[Any] = column.to_pylist()
    if pa.types.is_timestamp(column.type):
        return [None if each is None else format_instant(each) for each in values]
    return values


def _flat(value: object) -> Plain:
    if isinstance(value, list):
        return "; ".join(_word(each) for each in value)
    if isinstance(value, datetime):
        return format_instant(value)
    return value if isinstance(value, str | int | float | bool) else None


def _word(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return str(value)
