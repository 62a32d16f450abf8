"""Rows whose cells come by name and not by column: features, submissions.

They are put into a table for each kind of row and read as any table is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from pamiers.ingest.codes import CODES
from pamiers.ingest.mapping import Mapping, RowKind
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.rows.account import empty_file
from pamiers.ingest.rows.read import Recipe, read_table
from pamiers.ingest.text_table.dialect import Dialect
from pamiers.ingest.text_table.header import Header
from pamiers.ingest.text_table.reader import TextTable
from pamiers.mission.reading import Note, Quarantined, Reading, ReadOptions

Cells = dict[str, str]
KINDS: Final[tuple[RowKind, ...]] = ("observation", "coverage", "total")


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row that is intact: its cells, and where it stands."""

    number: int
    line: int
    kind: str
    cells: Cells
    raw: str
    notes: tuple[str, ...] = ()  #: codes


def quarantined(error: RefusedError, number: int, line: int, raw: str) -> Quarantined:
    """Return a row that could not be taken apart, with the reason.

    Args:
        error: Why.
        number: Of the row in the file, from 1.
        line: Where it begins, from 1.
        raw: The row as received.

    Returns:
        The row, quarantined.
    """
    return Quarantined(
        row=number,
        line=line,
        column=error.column,
        code=error.code,
        message=error.message,
        remedy=error.remedy,
        raw=raw,
    )


def read_loose(
    rows: Sequence[LooseRow],
    refused: Sequence[Quarantined],
    options: ReadOptions,
    mappings: dict[str, Mapping],
) -> Reading:
    """Return the reading of rows by kind, with those refused before.

    Args:
        rows: Intact rows, in the order of the file.
        refused: Rows that could not be taken apart.
        options: Of the file.
        mappings: Mapping for each of `KINDS`.

    Returns:
        One reading; of a file without a row, that it is empty.
    """
    n = len(rows) + len(refused)
    if not n:
        return empty_file()
    joined = Reading(tables={}, origins={}, rows_read=n)
    faults = list(refused)
    for kind in KINDS:
        chosen = [row for row in rows if row.kind == kind]
        if chosen:
            recipe = Recipe(mapping=mappings[kind])
            each = read_table(_table(chosen), options, recipe)
            faults += each.quarantined
            joined = replace(
                joined,
                tables={**joined.tables, **each.tables},
                origins={**joined.origins, **each.origins},
                notes=(*joined.notes, *each.notes, *_remarks(chosen)),
                counts={**joined.counts, **each.counts},
            )
    ordered = sorted(faults, key=lambda each: each.row)
    return replace(joined, quarantined=tuple(ordered))


def _remarks(rows: Iterable[LooseRow]) -> Iterable[Note]:
    for row in rows:
        for code in row.notes:
            message = CODES[code].meaning
            yield Note(code=code, message=message, row=row.number, line=row.line)


def _table(rows: Sequence[LooseRow]) -> TextTable:
    names = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    columns = tuple(
        pa.array([row.cells.get(name, "") for row in rows], pa.string())
        for name in names
    )
    return TextTable(
        header=Header(names),
        dialect=Dialect(),
        columns=columns,
        rows=np.array([row.number for row in rows], np.int64),
        lines=np.array([row.line for row in rows], np.int64),
        refused=(),
        notes=(),
        rows_read=len(rows),
        header_lines=0,
        truncated=False,
        raw=lambda position: rows[position].raw,
    )
