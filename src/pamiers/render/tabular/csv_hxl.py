"""One CSV for each table, with a row of HXL tags, and the data dictionary beside them.

Source: RFC 4180 (CRLF, quotes doubled), HXL standard 1.1 (tags below the headings).
"""

import csv
import io
from collections.abc import Iterable, Sequence

from pamiers.render.tabular.dictionary import COLUMNS
from pamiers.render.tabular.names import DICTIONARY
from pamiers.render.tabular.sheet import Plain, Sheet, guarded


def csv_files(sheets: Sequence[Sheet]) -> dict[str, bytes]:
    """Return each sheet as a CSV in UTF-8, and the dictionary of all their columns."""
    files = {f"{each.name}.csv": _written(_lines(each)) for each in sheets}
    return {**files, DICTIONARY: _written(dictionary(sheets))}


def dictionary(sheets: Sequence[Sheet]) -> list[tuple[Plain, ...]]:
    """Return a heading, then each column of each sheet: unit, tag and meaning."""
    lines: list[tuple[Plain, ...]] = [("table", "column", "unit", "hxl", "meaning")]
    for each in sheets:
        for name in each.columns:
            found = COLUMNS[name]
            lines.append((each.name, name, found.unit, found.hxl, found.text))
    return lines


def _lines(sheet: Sheet) -> Iterable[tuple[Plain, ...]]:
    yield sheet.columns
    yield tuple(each.hxl for each in sheet.meanings())
    yield from sheet.rows


def _written(lines: Iterable[tuple[Plain, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in line] for line in lines)
    return out.getvalue().encode()


def _cell(value: Plain) -> Plain:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value
