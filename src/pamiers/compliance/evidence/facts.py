"""Incidents as arrays, in one fixed order, whatever order they came in.

An incident of which it is not sure who did it has a row for each who may have, with
the probability that it happened and was theirs. Such rows exclude one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pamiers.core.instant import Interval
from pamiers.core.kind import DAY_S, lasts
from pamiers.core.rows import read_shares
from pamiers.core.table import Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_US = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Incidents as columns, all of length n, ordered by start, then key.

    Rows of one incident stand together, the likeliest of those who may have done it
    first; `parted` tells whether any incident has more than one.
    """

    key: tuple[str, ...]
    incident: Ints  #: number of its incident, rising
    share: Floats  #: probability that it was this one's act, if it happened
    parted: bool
    start_us: Ints  #: microseconds since 1970
    end_us: Ints
    probability: Floats
    kind: tuple[str, ...]
    lon: Floats  #: NaN where the place is unknown
    lat: Floats
    radius_m: Floats
    shape: tuple[str | None, ...]
    region: tuple[str | None, ...]
    control: tuple[str | None, ...]
    actor: tuple[str | None, ...]
    weapons: tuple[str | None, ...]
    calibre_mm: tuple[float | None, ...]
    extra: tuple[str | None, ...]  #: what conditions ask for, canonical JSON
    sources: tuple[frozenset[str], ...]
    observed: Mask  #: whether anyone but an interested party saw it
    least: tuple[int, ...]  #: fewest events it stands for, at least 1
    most: tuple[int | None, ...]  #: None for "or more", or where no count is given
    claims: Ints  #: number of the group of voices of a mere claim; -1: observed

    def __len__(self) -> int:
        """Return the number of incidents."""
        return len(self.key)

    @property
    def placed(self) -> Mask:
        """Tell which have a place."""
        return np.isfinite(self.lon + self.lat + self.radius_m)

    def of_kinds(self, kinds: frozenset[str]) -> Ints:
        """Return the positions of incidents of some kinds."""
        found = [i for i, kind in enumerate(self.kind) if kind in kinds]
        return np.array(found, dtype=np.int64)

    def overlap(self, period: Interval, at: Ints) -> Mask:
        """Tell which of some incidents may have been in a period."""
        start, end = microseconds(period)
        return np.asarray((self.start_us[at] < end) & (self.end_us[at] > start))

    def share_in(self, period: Interval, at: Ints) -> Floats:
        """Return the probability that each incident was in a period, [0, 1].

        What lasts, and is given by the hour, is in every period that it touches;
        anything else is taken to lie evenly in its interval, with the share of it that
        the period has.
        """
        start, end = microseconds(period)
        shared = np.minimum(self.end_us[at], end) - np.maximum(self.start_us[at], start)
        length = self.end_us[at] - self.start_us[at]
        share = np.maximum(shared, 0) / length
        going_on = np.array([lasts(self.kind[i]) for i in at], dtype=bool)
        going_on &= length < DAY_S * _US
        return np.asarray(np.where(going_on & (shared > 0), 1.0, share))


def microseconds(period: Interval) -> tuple[int, int]:
    """Return the ends of an interval in microseconds since 1970."""
    tick = timedelta(microseconds=1)
    return (period.start - _EPOCH) // tick, (period.end - _EPOCH) // tick


def facts_of(incidents: Table) -> Facts:
    """Return incidents as arrays.

    Args:
        incidents: Rows of kind `incident`; may be empty.

    Returns:
        The same for every order of the rows.
    """
    table = incidents.columns.sort_by([("start", "ascending"), ("key", "ascending")])
    table, incident, share = _by_actor(table)
    column = table.column
    words = {name: tuple(column(name).to_pylist()) for name in _WORDS}
    sources = tuple(_parts(text) for text in column("sources").to_pylist())
    observed = np.asarray(column("observed").to_numpy()) > 0
    counts = [column(c).to_pylist() for c in ("count", "count_low", "count_high")]
    return Facts(
        **words,
        incident=incident,
        share=share,
        parted=bool(incident.size) and int(incident[-1]) + 1 < incident.size,
        start_us=column("start").cast(pa.int64()).to_numpy(),
        end_us=column("end").cast(pa.int64()).to_numpy(),
        probability=_floats(column("probability")),
        lon=_floats(column("lon")),
        lat=_floats(column("lat")),
        radius_m=_floats(column("radius_m")),
        sources=sources,
        observed=observed,
        least=tuple(_least(*each) for each in zip(*counts, strict=True)),
        most=tuple(_most(*each) for each in zip(*counts, strict=True)),
        claims=_claim_groups(sources, observed),
    )


_WORDS = (
    *("key", "kind", "shape", "region", "control", "actor", "weapons"),
    *("calibre_mm", "extra"),
)


def _by_actor(table: pa.Table) -> tuple[pa.Table, Ints, Floats]:
    """Return incidents with a row for each who may have done it.

    Returns:
        The rows; of each the number of its incident, and the share that is this
        one's. Incidents that weigh nobody against another have one row.
    """
    one_each = np.arange(table.num_rows, dtype=np.int64)
    weighed = table.column("actors")
    if weighed.null_count == len(weighed):
        return table, one_each, np.ones(table.num_rows)
    pairs = zip(weighed.to_pylist(), table.column("actor").to_pylist(), strict=True)
    shares = [read_shares(text, actor) for text, actor in pairs]
    incident = np.repeat(one_each, [len(each) for each in shares])
    names = [name or None for each in shares for name, _ in each]
    chances = np.array([share for each in shares for _, share in each])
    table = table.take(pa.array(incident))
    theirs = _floats(table.column("probability")) * chances
    for name, values in (("actor", names), ("probability", theirs)):
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, pa.array(values, table.schema.types[at]))
    return table, incident, chances


def _parts(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(";") if part.strip())


def _floats(column: pa.ChunkedArray) -> Floats:
    filled: Any = pc.fill_null(column.cast(pa.float64()), float("nan"))
    return np.asarray(filled.to_numpy(), dtype=np.float64)


def _least(best: int | None, low: int | None, _: int | None) -> int:
    stated = low if low is not None else best
    return 1 if stated is None else max(stated, 1)


def _most(best: int | None, low: int | None, high: int | None) -> int | None:
    if high is not None:
        return max(high, 1)
    return max(best, 1) if best is not None and low is None else None


def _claim_groups(sources: Sequence[frozenset[str]], observed: Mask) -> Ints:
    """Return a number per set of voices for claims, -1 for what was observed."""
    names = ["; ".join(sorted(each)) for each in sources]
    number = {name: i for i, name in enumerate(sorted(set(names)))}
    found = [-1 if seen else number[n] for n, seen in zip(names, observed, strict=True)]
    return np.array(found, dtype=np.int64)
