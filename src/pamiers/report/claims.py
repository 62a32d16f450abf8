"""What the parties claim, beside what was observed nearby the same day.

A claim is never confirmed or refuted here: each stands with the nearest
observation of its family that day and how far away it was. All claimants and
all parties appear side by side, those without a claim with a zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.core.geodesy import distance_m
from pamiers.core.instant import Interval, reporting_day
from pamiers.core.kind import PARENT
from pamiers.core.rows import Observation
from pamiers.core.table import Table
from pamiers.report.period import Period, shown_under

#: an observation this near is named as near; the figure is stated wherever used
NEAR_M: Final = 5_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBeside:
    """One claim with the nearest observation of the same day and family."""

    claim: Observation
    day: date  #: reporting day it is shown under
    nearest: Observation | None  #: None where nothing of the family is on record
    distance_m: float | None  #: between the two centres


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCount:
    """How many claims, and how many had an observation near."""

    claims: int = 0
    near: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTally:
    """Claims of a span of reporting days, by who speaks and who is accused."""

    first: date
    last: date
    total: ClaimCount
    by_claimant: tuple[tuple[str, ClaimCount], ...]
    by_accused: tuple[tuple[str, ClaimCount], ...]
    beside: tuple[ClaimBeside, ...] = field(repr=False)


def beside_observations(table: Table, period: Period, first: date) -> list[ClaimBeside]:
    """Return the claims from a day to a report's day, each beside the nearest.

    Args:
        table: Observations and claims on record, illustrations left out.
        period: The reporting day that ends the span.
        first: The reporting day that begins it.

    Returns:
        Claims with a place or without, by day, source and key.
    """
    start = reporting_day(first, period.cut_off, period.tz).start
    if start >= period.window.end:
        return []
    span = shown_under(table, Interval(start, period.window.end))
    found: list[ClaimBeside] = []
    by_day = _by_day(span, period)
    for day in sorted(by_day):
        found += _of_day(day, by_day[day])
    return found


def claim_tally(
    beside: Sequence[ClaimBeside],
    span: tuple[date, date],
    claimants: Sequence[str],
    parties: Sequence[str],
) -> ClaimTally:
    """Return how many claims there were, all sides named.

    Args:
        beside: Claims of the span, each beside the nearest observation.
        span: First and last reporting day.
        claimants: Everyone who has a claim on record; a zero is shown too.
        parties: Parties of the agreement; a zero is shown too.

    Returns:
        The figures.
    """
    accused = [each.claim.actor or "" for each in beside]
    speaking = [each.claim.source for each in beside]
    return ClaimTally(
        first=span[0],
        last=span[1],
        total=_count(beside),
        by_claimant=_split(beside, speaking, claimants),
        by_accused=_split(beside, accused, parties),
        beside=tuple(beside),
    )


def is_near(each: ClaimBeside) -> bool:
    """Tell whether an observation lay within `NEAR_M` of a claim."""
    return each.distance_m is not None and each.distance_m <= NEAR_M


def _split(
    beside: Sequence[ClaimBeside], names: Sequence[str], known: Sequence[str]
) -> tuple[tuple[str, ClaimCount], ...]:
    every = [*known, *sorted(set(names) - set(known))]
    return tuple(
        (name, _count([b for b, of in zip(beside, names, strict=True) if of == name]))
        for name in every
    )


def _count(beside: Sequence[ClaimBeside]) -> ClaimCount:
    return ClaimCount(claims=len(beside), near=sum(map(is_near, beside)))


def _by_day(table: Table, period: Period) -> dict[date, list[Observation]]:
    found: dict[date, list[Observation]] = {}
    for row in table.ordered().views():
        if isinstance(row, Observation):
            found.setdefault(period.day_of(row.interval.middle), []).append(row)
    return found


def _of_day(day: date, rows: Sequence[Observation]) -> list[ClaimBeside]:
    observed = [row for row in rows if row.standing == "observed"]
    claims = [row for row in rows if row.standing == "claimed"]
    return [_nearest(day, claim, observed) for claim in claims]


def _nearest(
    day: date, claim: Observation, observed: Sequence[Observation]
) -> ClaimBeside:
    alike = [row for row in observed if _family(row.kind) == _family(claim.kind)]
    metres = _distances(claim, alike)
    if not np.isfinite(metres).any():
        return ClaimBeside(claim=claim, day=day, nearest=None, distance_m=None)
    at = int(np.nanargmin(metres))
    return ClaimBeside(
        claim=claim, day=day, nearest=alike[at], distance_m=float(metres[at])
    )


def _distances(claim: Observation, rows: Sequence[Observation]) -> NDArray[np.float64]:
    if claim.lon is None or claim.lat is None or not rows:
        return np.empty(0)
    lon = np.array([row.lon for row in rows], dtype=np.float64)
    lat = np.array([row.lat for row in rows], dtype=np.float64)
    return distance_m(claim.lon, claim.lat, lon, lat)


def _family(kind: str) -> str:
    while PARENT.get(kind, "any") != "any":
        kind = PARENT[kind]
    return kind
