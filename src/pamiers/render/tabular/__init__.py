"""Everything that stands as spreadsheets, GeoPackages and CSV, for other programs.

Main verb: `tabulate`. What an edition may not hold is gone from the tables before they
come here; a column that it may never hold is left out, not blanked. The same tables and
instant give the same bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pamiers.core.errors import UnknownTermError
from pamiers.render.tabular.names import BOOK, DICTIONARY, FORMS
from pamiers.render.tabular.sheet import Sheet

__all__ = ["BOOK", "DICTIONARY", "FORMS", "tabulate"]


def tabulate(
    sheets: Sequence[Sheet], form: str, *, about: Mapping[str, str], at: datetime
) -> dict[str, bytes]:
    """Return tables as files of one form.

    Args:
        sheets: Tables of one edition.
        form: One of `FORMS`.
        about: What to say of the whole: edition, head of the record, terms.
        at: When the record last grew, aware; files are dated with it.

    Returns:
        Bytes by name of file.

    Raises:
        UnknownTermError: No such form.
    """
    if form == "csv":
        from pamiers.render.tabular.csv_hxl import csv_files  # noqa: PLC0415  (slow)

        return csv_files(sheets)
    if form == "xlsx":
        from pamiers.render.tabular.xlsx import workbook  # noqa: PLC0415  (slow)

        return {BOOK[form]: workbook(sheets, about=about, at=at)}
    if form == "gpkg":
        from pamiers.render.tabular.geopackage import geopackage  # noqa: PLC0415  (slow)

        return {BOOK[form]: geopackage(sheets, about=about, at=at)}
    raise UnknownTermError(
        "format",
        expected=f"one of {', '.join(FORMS)}",
        got=repr(form),
        remedy="Name a form of export.",
    )
