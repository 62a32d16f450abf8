"""One workbook: what it is, a sheet for each table, and the data dictionary.

Every text is written as a text: nothing in the file is a formula or a link.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pamiers.core.errors import UsageError
from pamiers.render.tabular.csv_hxl import dictionary
from pamiers.render.tabular.sheet import Plain, Sheet

#: rows that a sheet of the format holds
MOST_ROWS: Final = 1_048_576
#: letters that a cell of the format holds
MOST_LETTERS: Final = 32_767
_HEADINGS: Final = 2
_WIDTH: Final = 18
#: every text is written as a text
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(
    sheets: Sequence[Sheet], *, about: Mapping[str, str], at: datetime
) -> bytes:
    """Return sheets as one XLSX file; equal for equal arguments.

    Raises:
        UsageError: A table has more rows than a sheet of the format holds.
    """
    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties({"title": "pamiers", "created": at.replace(tzinfo=None)})
    styles = book.add_format({"bold": True}), book.add_format({"italic": True})
    _fill(book.add_worksheet("about"), list(about.items()))
    for sheet in sheets:
        _check(sheet)
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(_HEADINGS, 0)
        page.set_column(0, len(sheet.columns) - 1, _WIDTH)
        _row(page, 0, sheet.columns, styles[0])
        _row(page, 1, [each.hxl for each in sheet.meanings()], styles[1])
        _fill(page, sheet.rows, first=_HEADINGS)
    _fill(book.add_worksheet("dictionary"), dictionary(sheets))
    book.close()
    return out.getvalue()


def _fill(page: Worksheet, rows: Sequence[Sequence[Plain]], *, first: int = 0) -> None:
    for number, row in enumerate(rows, first):
        _row(page, number, row)


def _row(
    page: Worksheet, number: int, row: Sequence[Plain], style: object = None
) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            page.write_boolean(number, column, value, style)
        elif isinstance(value, int | float):
            page.write_number(number, column, value, style)
        elif value is not None:
            page.write_string(number, column, value[:MOST_LETTERS], style)


def _check(sheet: Sheet) -> None:
    if len(sheet.rows) + _HEADINGS > MOST_ROWS:
        raise UsageError(
            f"{sheet.name}.xlsx",
            expected=f"at most {MOST_ROWS - _HEADINGS} rows",
            got=str(len(sheet.rows)),
            remedy="Export it as csv or gpkg, which hold any number.",
        )
