"""How likely one asset at one site notices a breach at one point, from what is stated.

Each figure has a low, a likeliest and a high end, as its author stated it or as drills
allow; at the low end everything is at its least favourable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.deployment.detection import (
    RangeCurve,
    by_range,
    clear_looks,
    random_search,
)
from pamiers.deployment.drills import Trial, fitted
from pamiers.deployment.stated.written import (
    Asset,
    Curve,
    Drill,
    Passes,
    Search,
    Sees,
)
from pamiers.deterrence.assumptions.written import Figure
from pamiers.deterrence.margins import Figures

#: low, likeliest, high
ENDS: Final = (0, 1, 2)
_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """What is looked at from where, and for how long."""

    distance_m: Figures  #: (sites, points)
    visible: Figures  #: (sites, points) 1 where a line of sight exists, or is no matter
    period_s: float


def figure(value: object, end: int) -> float:
    """Return one end of a range."""
    assert isinstance(value, Figure)  # noqa: S101 - the reader left no blank
    return value.values[end]


def chances(
    asset: Asset, clause: str, hour: str, viewed: Viewed, end: int = 1
) -> Figures:
    """Return how likely an asset notices a breach of a clause at an hour.

    Args:
        asset: The kind of asset.
        clause: Which clause is broken.
        hour: One of the hours that are stated.
        viewed: Sites and points.
        end: 0 low, 1 likeliest, 2 high.

    Returns:
        Chances per period, shape (sites, points); noughts where it does not look.
    """
    ready = figure(asset.uptime, end) * figure(asset.hours[hour], end)
    missed = np.ones(viewed.distance_m.shape)
    for sees in filled(asset.sees):
        if clause in sees.clauses:
            missed *= 1.0 - _noticed(sees, viewed, end)
    return np.asarray((1.0 - missed) * ready * viewed.visible)


def _noticed(sees: Sees, viewed: Viewed, end: int) -> Figures:
    match sees:
        case Sees(curve=Curve() as curve):
            return _by_curves(stated_curves(curve, end), viewed, end)
        case Sees(search=Search() as search):
            return _by_search(search, viewed, end)
        case Sees(passes=Passes() as passes):
            return np.full(viewed.distance_m.shape, _by_passes(passes, end))
        case _:
            trials = trials_of(filled(sees.drills))
            return _by_curves([fitted(trials)[end]], viewed, end)


def _by_curves(curves: Sequence[RangeCurve], viewed: Viewed, end: int) -> Figures:
    found = [by_range(each, viewed.distance_m, np.asarray(1.0)) for each in curves]
    least = np.minimum if end == 0 else np.maximum
    return np.asarray(least.reduce(found))


def stated_curves(curve: Curve, end: int) -> list[RangeCurve]:
    """Return the curves among which an end lies, point by point.

    A steeper curve is higher near and lower far away, so that at the ends of the
    ranges both steepnesses are looked at.
    """
    steep = {figure(curve.steepness, each) for each in ((end,) if end == 1 else ENDS)}
    return [
        RangeCurve(
            at_none=figure(curve.at_none, end),
            scale_m=figure(curve.scale, end),
            steepness=each,
        )
        for each in sorted(steep)
    ]


def trials_of(drills: Sequence[Drill]) -> tuple[Trial, ...]:
    """Return drills as trials."""
    return tuple(
        Trial(distance_m=_base(each.at), shown=int(each.shown), found=int(each.found))  # type: ignore[arg-type]  # no blanks
        for each in drills
    )


def _base(value: object) -> float:
    assert isinstance(value, Quantity)  # noqa: S101 - the reader left no blank
    return value.base


def _by_search(search: Search, viewed: Viewed, end: int) -> Figures:
    within = _base(search.within)
    hours = _base(search.daily) / 3600.0 * viewed.period_s / _DAY_S
    speed = float(search.speed) / 3.6  # type: ignore[arg-type]  # no blanks
    area = np.pi * within**2
    found = random_search(figure(search.width, end), speed, hours, area)
    return np.where(viewed.distance_m <= within, found, 0.0)


def _by_passes(passes: Passes, end: int) -> float:
    revisit, lasts = _base(passes.revisit), _base(passes.lasts)
    return clear_looks(revisit, figure(passes.clear, end), lasts)
