"""Each claim of an interested party beside the nearest observation of its day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np

from pamiers.core.geodesy import distance_m as geodesic_m
from pamiers.core.rows import Observation
from pamiers.core.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBeside:
    """A claim, and the nearest that was observed on its day.

    Invariant: `nearest` and `distance_m` are None together: where nothing with a
    place was observed that day, or the claim has no place.
    """

    claim: str  #: `source:key`
    day: date  #: of the middle of its interval
    nearest: str | None  #: `source:key`
    distance_m: float | None
    near: bool  #: within the distance asked for


def claims_beside(
    observations: Table, distance_m: float, same_day_zone: tzinfo
) -> tuple[ClaimBeside, ...]:
    """Return each claim beside the nearest observation of the same calendar day.

    Args:
        observations: Rows of kind `observation`, of both standings.
        distance_m: How near counts as near [m].
        same_day_zone: Zone on whose calendar the middles of the two intervals must
            fall on one date.

    Returns:
        One per claim, ordered by source and key; empty for no claims. A claim with
        nothing near is not thereby false: it says what was seen, not what was.
    """
    views = observations.ordered().views()
    rows = [row for row in views if isinstance(row, Observation)]
    seen: dict[date, list[Observation]] = defaultdict(list)
    for row in rows:
        if row.standing == "observed" and row.at is not None:
            seen[_day(row, same_day_zone)].append(row)
    return tuple(
        _beside(row, _day(row, same_day_zone), seen, distance_m)
        for row in rows
        if row.standing == "claimed"
    )


def _day(row: Observation, zone: tzinfo) -> date:
    return row.interval.middle.astimezone(zone).date()


def _beside(
    claim: Observation,
    day: date,
    seen: Mapping[date, list[Observation]],
    near_m: float,
) -> ClaimBeside:
    there = seen.get(day, []) if claim.at is not None else []
    lon = np.array([row.lon for row in there], dtype=np.float64)
    lat = np.array([row.lat for row in there], dtype=np.float64)
    here = np.array([claim.lon, claim.lat], dtype=np.float64)
    away = geodesic_m(np.full(lon.shape, here[0]), here[1], lon, lat)
    best = int(away.argmin()) if away.size else None
    metres = None if best is None else round(float(away[best]), 1)
    return ClaimBeside(
        claim=f"{claim.source}:{claim.key}",
        day=day,
        nearest=None if best is None else f"{there[best].source}:{there[best].key}",
        distance_m=metres,
        near=metres is not None and metres <= near_m,
    )
