"""Whole tables as an edition may have them: what is secret goes, the rest is blurred.

The same rules as `redaction` applies to single positions, column by column.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.geodesy import distance_m
from pamiers.core.table import Table, from_columns
from pamiers.report.redaction import LEAST_RADIUS_M, Edition

#: columns that only the commission's edition holds: they name an observer's position
#: or words, or point back at where a bearing was taken
CONFIDENTIAL: Final = ("observer", "text", "shape", "extra")
_STEP_M: Final = 500.0


def coarsened(table: Table, edition: Edition) -> Table | None:
    """Return a table as an edition may have it.

    Args:
        table: Rows of any kind.
        edition: Who will read it.

    Returns:
        The table as it is for the commission; otherwise without the confidential
        columns' values, positions on the grid, times to the minute. None where
        nothing but a source's words would be left.
    """
    if edition.confidential:
        return table
    if table.kind == "statement":
        return None
    columns = {
        name: table.columns.column(name)
        for name in table.columns.schema.names
        if name not in CONFIDENTIAL
    }
    columns.update(_times(table))
    if edition.grid_deg is not None:
        columns.update(_places(table, edition.grid_deg))
    return from_columns(table.kind, columns, len(table))


def _times(table: Table) -> dict[str, pa.ChunkedArray]:
    start, end = (table.columns.column(name) for name in ("start", "end"))
    first = pc.floor_temporal(start, unit="minute")
    last = pc.ceil_temporal(end, unit="minute")
    return {"start": first, "end": last}


def _places(table: Table, grid: float) -> dict[str, pa.Array]:
    exact = [
        np.asarray(table.columns.column(name).to_numpy(), dtype=np.float64)
        for name in ("lon", "lat", "radius_m")
    ]
    lon, lat = (np.round(np.round(degrees / grid) * grid, 4) for degrees in exact[:2])
    slack = distance_m(lon, lat, lon + grid / 2, lat + grid / 2)
    radius = np.ceil((np.maximum(LEAST_RADIUS_M, exact[2]) + slack) / _STEP_M) * _STEP_M
    named = {"lon": lon, "lat": lat, "radius_m": radius}
    return {
        name: pa.array(values, mask=np.isnan(values)) for name, values in named.items()
    }
