"""Arrow tables and rows as (geo)data frames with units, CRS and meanings."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyarrow as pa

from pamiers.core.errors import UsageError
from pamiers.core.table import Table
from pamiers.render.tabular.dictionary import COLUMNS
from pamiers.report.coarsen import CONFIDENTIAL
from pamiers.report.redaction import Edition

CRS: Final = "EPSG:4326"
_INSTANTS: Final = ("start", "end", "known_at", "given_at", "due_at", "done_at")


def pandas() -> Any:  # noqa: ANN401  (a module of an extra, without types)
    """Return pandas, or say how to get it.

    Raises:
        UsageError: The extra is not installed.
    """
    try:
        import geopandas  # noqa: F401, PLC0415  (an extra)
        import pandas as pd  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise UsageError(
            "pamiers.open",
            expected="geopandas",
            got="none",
            remedy="Install pamiers[analysis].",
        ) from error
    return pd


def frame_of(table: Table, edition: Edition) -> Any:  # noqa: ANN401  (a data frame)
    """Return a table as a GeoDataFrame, or as a DataFrame where it has no places.

    Args:
        table: Rows as the edition may have them.
        edition: Columns that it may never hold are dropped.

    Returns:
        Points in EPSG:4326 (lon lat), empty where the place is unknown; instants aware,
        UTC; `attrs["units"]` and `attrs["meanings"]` by column.
    """
    hidden = [] if edition.confidential else list(CONFIDENTIAL)
    names = [name for name in table.columns.schema.names if name not in hidden]
    columns = table.columns.select(names)
    types = {pa.int64(): pandas().Int64Dtype(), pa.bool_(): pandas().BooleanDtype()}
    return located(columns.to_pandas(types_mapper=types.get))


def frame_of_rows(rows: Iterable[Mapping[str, Any]]) -> Any:  # noqa: ANN401  (a data frame)
    """Return rows as a frame, instants read, those with places located."""
    made = pandas().DataFrame.from_records(list(rows))
    for name in _INSTANTS:
        if name in made:
            made[name] = pandas().to_datetime(made[name], utc=True, format="ISO8601")
    return located(made)


def located(made: Any) -> Any:  # noqa: ANN401  (data frames)
    """Return a frame with its points, units and meanings."""
    import geopandas  # noqa: PLC0415  (an extra)

    if {"lon", "lat"} <= set(made.columns):
        points = geopandas.points_from_xy(made["lon"], made["lat"])
        unknown = made["lon"].isna() | made["lat"].isna()
        made = geopandas.GeoDataFrame(made, geometry=points, crs=CRS)
        made.loc[unknown, "geometry"] = None
    known = [name for name in made.columns if name in COLUMNS]
    made.attrs["units"] = {name: COLUMNS[name].unit for name in known}
    made.attrs["meanings"] = {name: COLUMNS[name].text for name in known}
    return made


def schema_of(made: Any) -> Any:  # noqa: ANN401  (data frames)
    """Return the data dictionary of a frame: column, unit, HXL tag, meaning."""
    lines = [
        {"column": n, "unit": m.unit, "hxl": m.hxl, "meaning": m.text}
        for n, m in COLUMNS.items()
        if n in made.columns
    ]
    return pandas().DataFrame(lines).set_index("column")
