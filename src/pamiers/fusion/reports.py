"""Observations and claims as arrays in metres and seconds, in one fixed order.

Rows are ordered by source, key and release before anything else is done, so that
no later step can depend on the order of arrival. Rows with the same source and key
are revisions of one report: the last release stands for all.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.place import RADII_PER_SIGMA
from pamiers.core.table import Table
from pamiers.fusion.columns import Columns, Floats, Ints, Mask
from pamiers.fusion.loops.state import INTERVAL_S
from pamiers.fusion.model import FusionModel, voice_name
from pamiers.fusion.plane import Plane
from pamiers.fusion.strands import strand_of

#: what tells two equal reports of one observer apart, so that neither is taken for a
#: repetition of the other: a part of their stated error
_APART: Final = 1e-9
#: no row says when it was received: what is dated alike is put in an order [s]
_TURN_S: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Reports as columns; all arrays have shape (n,).

    Invariants: ordered by (source, key), which are unique; NaN where a place is not
    stated.
    """

    table: Table  #: the rows themselves, in this order
    names: list[str]  #: `voice_name` of each
    lon: Floats
    lat: Floats
    sigma_m: Floats
    start_s: Floats  #: widened by the clock error unless it is a date [s since 1970]
    end_s: Floats
    kind: list[str]
    label: list[str]  #: the source's own word where a table has it, else the kind
    strand: list[str]
    claimed: Mask
    count: Ints  #: best figure, else the lowest; 0 where none is stated

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

    def labels(self, at: Ints, known: Sequence[str]) -> Ints:
        """Return the number of each label; of words not known that of the kind; -1."""
        number = {name: i for i, name in enumerate(known)}
        found = [
            number.get(self.label[i], number.get(self.kind[i], -1)) for i in at.tolist()
        ]
        return np.array(found, dtype=np.int64)

    def columns(
        self, at: Ints, sources: Sequence[str], labels: Sequence[str], plane: Plane
    ) -> Columns:
        """Return some placed reports as association takes them.

        Who is said to have done it is left out: rival accounts of one event accuse
        each other.

        Args:
            at: Positions, all placed.
            sources: Names by number; every report's is among them.
            labels: Labels by number.
            plane: Where metres are measured.

        Returns:
            Columns, shape (len(at),).
        """
        number = {name: i for i, name in enumerate(sources)}
        x, y = plane.xy(self.lon[at], self.lat[at])
        source = np.array([number[self.names[i]] for i in at.tolist()], dtype=np.int64)
        sigma, mark = np.maximum(self.sigma_m[at], 1.0), self._marks(at)
        return Columns(
            x=x,
            y=y,
            sigma_m=sigma * (1.0 + _APART * np.where(self.claimed[at], 0.0, mark)),
            start_s=self.start_s[at],
            end_s=self.end_s[at],
            received_s=self.end_s[at] + _TURN_S * mark,
            source=source,
            label=self.labels(at, labels),
            count=self.count[at],
            side=np.full(len(at), -1, dtype=np.int64),
        )

    def _marks(self, at: Ints) -> Floats:
        """Return a number in [0, 1) for each report, from its source and key alone."""
        some = self.table.take(pa.array(at, pa.int64())).columns
        named = (some.column(name) for name in ("source", "key"))
        ids = pc.binary_join_element_wise(*named, ":").to_pylist()
        marks = [zlib.crc32(name.encode()) for name in ids]
        return np.array(marks, dtype=np.float64) / 2.0**32


def reports_of(observations: Table, model: FusionModel) -> Reports:
    """Return observations as arrays, ordered, one per source and key.

    Args:
        observations: Rows of kind `observation`; may be empty.
        model: For the clock error.

    Returns:
        Reports in the order of (source, key).
    """
    table = _last_revisions(observations)
    column = table.columns.column
    standing = column("standing").to_pylist()
    claimed = np.array([each == "claimed" for each in standing], dtype=bool)
    lon, lat, radius = (_floats(column(c)) for c in ("lon", "lat", "radius_m"))
    stated = np.fmax(_floats(column("count")), _floats(column("count_low")))
    kinds: list[str] = column("kind").to_pylist()
    start, end = _seconds(column("start")), _seconds(column("end"))
    # A clock that is off by a minute puts nothing into another day.
    slack = np.where(end - start < INTERVAL_S, model.clock_s, 0.0)
    return Reports(
        table=table,
        names=[
            voice_name(source, claimed=is_claim)
            for source, is_claim in zip(
                column("source").to_pylist(), claimed.tolist(), strict=True
            )
        ],
        lon=lon,
        lat=lat,
        sigma_m=np.where(np.isfinite(lon + lat), radius, np.nan) / RADII_PER_SIGMA,
        start_s=start - slack,
        end_s=end + slack,
        kind=kinds,
        label=_labels(column, kinds, claimed.tolist(), model),
        strand=[strand_of(kind) for kind in kinds],
        claimed=claimed,
        count=np.nan_to_num(stated, nan=0.0).astype(np.int64),
    )


def _labels(
    column: Callable[[str], pa.ChunkedArray],
    kinds: list[str],
    claimed: list[bool],
    model: FusionModel,
) -> list[str]:
    sources, extras = (column(name).to_pylist() for name in ("source", "extra"))
    rows = zip(sources, kinds, extras, claimed, strict=True)
    return [
        model.words.label(source, kind, extra, claimed=claims) or kind
        for source, kind, extra, claims in rows
    ]


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
