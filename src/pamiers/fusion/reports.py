"""Observations and claims as arrays in metres and seconds, in one fixed order.

Rows are ordered by source, key and release before anything else is done, so that
no later step can depend on the order of arrival. Rows with the same source and key
are revisions of one report: the last release stands for all.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pamiers.core.place import RADII_PER_SIGMA
from pamiers.core.table import Table
from pamiers.fusion.grid import positions
from pamiers.fusion.model import FusionModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Reports as columns; all arrays have shape (n,) but `xyz`, which has (n, 3).

    Invariants: ordered by (source, key), which are unique; NaN where a place or a
    count is not stated.
    """

    table: Table  #: the rows themselves, in this order
    source: Ints  #: number of the source, in the order of their ids
    lon: Floats
    lat: Floats
    xyz: Floats  #: geocentric [m]
    sigma_m: Floats
    start_s: Floats  #: widened by the clock error [s since 1970]
    end_s: Floats
    kind: list[str]
    claimed: Mask
    count_low: Floats
    count_high: Floats  #: infinite for "or more"
    weapons: list[str | None]
    calibre_mm: Floats

    def __len__(self) -> int:
        """Return the number of reports."""
        return len(self.kind)

    @property
    def ids(self) -> list[str]:
        """Return `source:key` of each report."""
        named = (self.table.columns.column(name) for name in ("source", "key"))
        joined: list[str] = pc.binary_join_element_wise(*named, ":").to_pylist()
        return joined

    @property
    def placed(self) -> Mask:
        """Tell which reports have a place."""
        return np.isfinite(self.sigma_m)

    @property
    def length_s(self) -> Floats:
        """Return how long each widened interval lasts [s]."""
        return self.end_s - self.start_s


def reports_of(observations: Table, model: FusionModel) -> Reports:
    """Return observations as arrays, ordered, one per source and key.

    Args:
        observations: Rows of kind `observation`; may be empty.
        model: For the clock errors of sources.

    Returns:
        Reports in the order of (source, key).
    """
    table = _last_revisions(observations)
    column = table.columns.column
    names = column("source").to_pylist()
    clock = np.array([model.clock_by_source.get(s, model.clock_s) for s in names])
    low, high = _counts(table)
    lon, lat, radius = (_floats(column(c)) for c in ("lon", "lat", "radius_m"))
    rank = {name: i for i, name in enumerate(sorted(set(names)))}
    return Reports(
        table=table,
        source=np.array([rank[name] for name in names], dtype=np.int64),
        lon=lon,
        lat=lat,
        xyz=positions(lon, lat),
        sigma_m=np.where(np.isfinite(lon + lat), radius, np.nan) / RADII_PER_SIGMA,
        start_s=_seconds(column("start")) - clock,
        end_s=_seconds(column("end")) + clock,
        kind=column("kind").to_pylist(),
        claimed=np.array(column("standing").to_pylist(), dtype=object) == "claimed",
        count_low=low,
        count_high=high,
        weapons=column("weapons").to_pylist(),
        calibre_mm=_floats(column("calibre_mm")),
    )


def _last_revisions(observations: Table) -> Table:
    names = observations.columns.schema.names
    order = ["source", "key", "release"]
    rest = [name for name in names if name not in order]
    keys = [(name, "ascending") for name in order + rest]
    rows = Table("observation", observations.columns.sort_by(keys))
    named = (rows.columns.column(c).to_pylist() for c in order[:2])
    ids = list(zip(*named, strict=True))
    last = [i + 1 == len(ids) or ids[i + 1] != ids[i] for i in range(len(ids))]
    return rows.where(pa.array(last, pa.bool_()))


def _floats(column: pa.ChunkedArray) -> Floats:
    filled: Any = pc.fill_null(column.cast(pa.float64()), float("nan"))
    return np.asarray(filled.to_numpy(), dtype=np.float64)


def _seconds(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.int64()).to_numpy(), dtype=np.float64) / 1e6


def _counts(table: Table) -> tuple[Floats, Floats]:
    """Return the range of counts that each row states; NaN for none."""
    best, low, high = (
        _floats(table.columns.column(c)) for c in ("count", "count_low", "count_high")
    )
    stated = np.fmax(best, low)
    open_end = np.isfinite(low) & np.isnan(high)
    top = np.where(open_end, np.inf, np.fmax(stated, high))
    return np.fmin(np.fmin(best, low), high), top
