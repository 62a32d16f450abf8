"""Everything that stands as spreadsheets, GeoPackages and CSV, for one edition."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import orjson

from pamiers.core.instant import format_instant
from pamiers.core.table import SCHEMAS
from pamiers.mission.export import told_findings, told_tables
from pamiers.mission.judged import known_at
from pamiers.mission.mission import Mission
from pamiers.render.tabular import tabulate
from pamiers.render.tabular.sheet import Sheet, sheet_of, sheet_of_lines
from pamiers.report.redaction import Edition, edition_named

FINDING: Final = "finding"
#: every name that an export may give a table
SHEETS: Final = (*SCHEMAS, FINDING)


def table_files(
    mission: Mission, form: str, *, edition: str, as_of: datetime | None
) -> dict[str, bytes]:
    """Return what stands as files of a form, by name.

    Args:
        mission: The mission.
        form: csv, xlsx or gpkg.
        edition: public, parties or commission.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        The same bytes for the same record, edition and program.

    Raises:
        UnknownTermError: No such edition or form.
    """
    readers, head = edition_named(edition), mission.record.head()
    about = {
        "mission": mission.name,
        "edition": edition,
        "as_of": "" if as_of is None else format_instant(as_of),
        "entries": str(head.size),
        "head": head.hex,
        "times": "UTC; `end` is the first instant outside",
        "places": "WGS84 degrees; `radius_m` holds the true place with 95 %",
        "empty": "not stated, which is never the same as zero",
        "positions": _told_positions(readers),
    }
    sheets = list(_sheets(mission, readers, as_of))
    return tabulate(sheets, form, about=about, at=known_at(mission))


def _sheets(
    mission: Mission, readers: Edition, as_of: datetime | None
) -> Iterator[Sheet]:
    for table in told_tables(mission, edition=readers.id, as_of=as_of):
        if len(table):
            yield sheet_of(table, readers)
    lines = told_findings(mission, edition=readers.id) if as_of is None else []
    if lines:
        yield sheet_of_lines(FINDING, [orjson.loads(line) for line in lines])


def _told_positions(readers: Edition) -> str:
    if readers.grid_deg is None:
        return "as recorded; positions of observers are in it: do not pass it on"
    return f"rounded to a grid of {readers.grid_deg} degrees, at least 1 km"
