"""Whole tables as an edition may have them: what is secret goes, the rest is blurred.

The same rules as `redaction` applies to single positions, column by column.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.geodesy import distance_m
from pamiers.core.table import Table, from_columns
from pamiers.report.redaction import LEAST_RADIUS_M, LEAST_SOURCES, Edition

#: columns that only the commission's edition holds: they name an observer's position
#: or words, or point back at where a bearing was taken
CONFIDENTIAL: Final = ("observer", "text", "shape", "extra")
#: stands where an edition names nobody
WITHHELD: Final = "withheld"
#: rows that one source gives, which says what it saw or where it was
_OF_ONE: Final = ("observation", "coverage")
#: columns that say who gave a row
_NAMING: Final = ("source", "key", "release", "cite")
_STEP_M: Final = 500.0
__all__ = ("CONFIDENTIAL", "LEAST_SOURCES", "WITHHELD", "blurred", "coarsened")


def coarsened(table: Table, edition: Edition) -> Table | None:
    """Return a table as an edition may have it, in an order that names nobody.

    Args:
        table: Rows of any kind.
        edition: Who will read it.

    Returns:
        What `blurred` gives; and where the edition names only many, observations and
        coverage without who gave them, numbered anew, and incidents without their
        sources where these are few. Sources that publish what they say are named, and
        so is whose a total or a tally is.
    """
    shown = blurred(table, edition)
    if shown is None or edition.least_sources == 1:
        return shown
    if table.kind in _OF_ONE:
        return _unnamed(shown, edition)
    return _of_few(shown, edition) if table.kind == "incident" else shown


def _unnamed(table: Table, edition: Edition) -> Table:
    """Return rows without who gave them, and without his names for them."""
    authors = pa.array(sorted(edition.authors), pa.string())
    named = pc.is_in(table.columns.column("source"), value_set=authors)
    said = table.columns.filter(named)
    bare = table.columns.filter(pc.invert(named))
    for name in _NAMING:
        value = WITHHELD if name in {"source", "key"} else None
        bare = _set(bare, name, [value] * len(bare))
    bare = bare.take(pc.sort_indices(bare, sort_keys=_by_all(bare)))
    bare = _set(bare, "key", [str(n + 1) for n in range(len(bare))])
    return Table(table.kind, pa.concat_tables([said, bare]))


def _set(columns: pa.Table, name: str, values: list[str | None]) -> pa.Table:
    at = columns.schema.get_field_index(name)
    field = columns.schema.field(at)
    return columns.set_column(at, field, pa.array(values, field.type))


def _of_few(table: Table, edition: Edition) -> Table:
    """Return incidents, in which sources that are few are not named."""
    told: dict[str, list[str | None]] = {"sources": [], "members": []}
    texts = [table.columns.column(name).to_pylist() for name in told]
    for sources, members in zip(*texts, strict=True):
        every, reports = ((text or "").split("; ") for text in (sources, members))
        hidden = {each for each in every if not edition.names(each)}
        if len(hidden) >= edition.least_sources:
            hidden = set()
        last = [WITHHELD] if hidden else []
        left = [each for each in every if each not in hidden]
        own = [each for each in reports if each.partition(":")[0] not in hidden]
        told["sources"].append("; ".join([*left, *last]))
        told["members"].append("; ".join([*own, *last]))
    columns = table.columns
    for name, values in told.items():
        columns = _set(columns, name, values)
    return Table(table.kind, columns)


def _by_all(columns: pa.Table) -> list[tuple[str, str]]:
    first = ("start", "end", "lon", "lat")
    return [
        (name, "ascending")
        for name in (*first, *(n for n in columns.schema.names if n not in first))
    ]


def blurred(table: Table, edition: Edition) -> Table | None:
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
