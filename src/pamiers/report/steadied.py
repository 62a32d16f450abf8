"""Where posts say that they stand, told so that saying it often tells no more.

A post that states its position anew each day scatters it, and each statement put on the
grid by itself falls into one cell or another by how near a border it lies: the shares
give the position away to whoever averages a month of them. So all that a source states
within reach of a position is told at that one position, the first.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pamiers.core.geodesy import distance_m
from pamiers.core.table import Table

_ORDER = [(name, "ascending") for name in ("start", "end", "key")]


def steadied(coverage: Table, grid_deg: float) -> Table:
    """Return coverage with each position at the first one that is within reach of it.

    Args:
        coverage: All rows that stand; the positions of a part alone would be others.
        grid_deg: Size of a cell of the grid that they are put on afterwards [deg].

    Returns:
        The same rows in the same order. A radius includes how far a position may have
        been moved, half the diagonal of a cell, whether it was or not. A later
        statement moves no earlier one.
    """
    columns = coverage.columns
    numbers = {
        name: np.asarray(columns.column(name).to_numpy(), dtype=np.float64).copy()
        for name in ("lon", "lat", "radius_m")
    }
    lon, lat = numbers["lon"], numbers["lat"]
    placed = ~np.isnan(lon)
    order = pc.sort_indices(columns, sort_keys=_ORDER).to_numpy()
    reach = _reach_m(lon, lat, grid_deg)
    sources = np.array(columns.column("source").to_pylist(), dtype=object)
    for source in dict.fromkeys(sources[placed].tolist()):
        own = order[(placed & (sources == source))[order]]
        first = _first_within(lon[own], lat[own], reach[own])
        lon[own], lat[own] = lon[own[first]], lat[own[first]]
    numbers["radius_m"] = numbers["radius_m"] + reach
    for name, values in numbers.items():
        at = columns.schema.get_field_index(name)
        field = columns.schema.field(at)
        told = pa.array(values, field.type, mask=np.isnan(values))
        columns = columns.set_column(at, field, told)
    return Table(coverage.kind, columns)


def _reach_m(
    lon: NDArray[np.float64], lat: NDArray[np.float64], grid: float
) -> NDArray[np.float64]:
    """Return half the diagonal of a cell at each position [m]."""
    return np.asarray(distance_m(lon, lat, lon + grid / 2, lat + grid / 2))


def _first_within(
    lon: NDArray[np.float64], lat: NDArray[np.float64], reach: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return for each position which one it is told at; earlier ones come first."""
    first = np.full(len(lon), -1, dtype=np.int64)
    while (rest := np.flatnonzero(first < 0)).size:
        at = rest[0]
        away = distance_m(lon[at], lat[at], lon[rest], lat[rest])
        first[rest[away <= reach[at]]] = at
    return first
