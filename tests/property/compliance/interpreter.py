"""A prohibition judged by listing every world: the definition of truth.

Each incident happened or did not; a world in which one counts against the clause
is a world with a breach. Claims by the same voices are one coin in the lower bound,
tossed once for all of them; in the upper bound each has its own.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pamiers.agreement.zones import Zone
from pamiers.compliance.kernels.spread import chance_inside
from pamiers.core.instant import Interval
from pamiers.core.kind import is_a
from pamiers.core.rows import Incident


@dataclass(frozen=True)
class Truth:
    """Bounds on P(breach), and on the number of incidents, of all worlds."""

    low: float
    high: float
    at_least: dict[int, float]  #: k -> P(at least k incidents), upper chances


def judged(rows: Sequence[Incident], sector: Zone, period: Interval) -> Truth:
    """Return the truth about a clause that forbids fire, in one sector."""
    fire = [row for row in rows if is_a(row.kind, "fire")]
    high = [chance(row, sector, period) for row in fire]
    coins = lower_coins(fire, high)
    worlds = list(itertools.product((False, True), repeat=len(high)))
    weights = [weight(world, high) for world in worlds]
    return Truth(
        low=1.0 - math.prod(1.0 - coin for coin in coins),
        high=sum(w for w, world in zip(weights, worlds, strict=True) if any(world)),
        at_least={
            k: sum(w for w, x in zip(weights, worlds, strict=True) if sum(x) >= k)
            for k in range(len(high) + 1)
        },
    )


def weight(world: Sequence[bool], chances: Sequence[float]) -> float:
    return math.prod(
        p if happened else 1.0 - p for happened, p in zip(world, chances, strict=True)
    )


def lower_coins(rows: Sequence[Incident], chances: Sequence[float]) -> list[float]:
    groups: dict[str, list[float]] = defaultdict(list)
    for row, p in zip(rows, chances, strict=True):
        groups[f"seen {row.key}" if row.observed else row.sources].append(p)
    return [max(group) for group in groups.values()]


def chance(row: Incident, sector: Zone, period: Interval) -> float:
    """Return the probability that an incident happened here and then."""
    share = row.interval.overlap_s(period) / row.interval.seconds
    return row.probability * share * lies_in(row, sector)


def lies_in(row: Incident, sector: Zone) -> float:
    """Return the chance that a place lies in a sector; held to quadrature elsewhere."""
    assert row.at is not None
    return chance_inside(row.at, sector.shape)
