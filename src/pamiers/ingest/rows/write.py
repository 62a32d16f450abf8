"""Rows of the record as a native table, which reading turns into the same rows.

A text cell that a spreadsheet would run as a formula gets an apostrophe before it
(OWASP ASVS 1.2.10); reading takes exactly that apostrophe away again.
"""

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import Final

import pyarrow as pa

from pamiers.core.instant import format_instant
from pamiers.core.table import SCHEMAS, Table

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "'")
#: fewer decimals would be read as a coarser place [digits, about a centimetre]
_DECIMALS: Final = 7


def write_rows(table: Table) -> bytes:
    """Return a table as CSV in UTF-8, with the columns that say anything.

    Args:
        table: Rows of one kind; reading them back needs `row:` in a mapping unless
            they are observations.

    Returns:
        The file; only a header of the needed columns where there is no row.
    """
    table_columns = table.columns
    fields = [
        field
        for field in SCHEMAS[table.kind]
        if not field.nullable
        or table_columns.column(field.name).null_count < len(table)
    ]
    columns = [
        [_written(field, value) for value in table_columns[field.name].to_pylist()]
        for field in fields
    ]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(field.name for field in fields)
    writer.writerows(zip(*columns, strict=True))
    return file.getvalue().encode()


def _written(field: pa.Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value, _DECIMALS if field.name in {"lon", "lat"} else 0)
    return guarded(str(value)) if pa.types.is_string(field.type) else str(value)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples:
        >>> guarded("=1+1"), guarded("plain")
        ("'=1+1", 'plain')
    """
    return f"'{text}" if text.startswith(_RISKY) else text


def _number(value: float, decimals: int) -> str:
    """Return the shortest digits that mean a number, without an exponent."""
    text = format(Decimal(repr(value)), "f")
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(decimals, '0')}" if decimals else text
