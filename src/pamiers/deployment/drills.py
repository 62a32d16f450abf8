"""A curve of detection from drills: so many shown at a distance, so many found.

The curve q0 exp(-(r / r0)^k) is fitted by maximum likelihood on a grid that is
refined. How far the drills leave it open is the set of curves whose likelihood is
within 1.92 of the best: a likelihood-ratio interval of 95 % for one figure.

Source: Wilks (1938) for the interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from pamiers.deployment.detection import RangeCurve
from pamiers.deterrence.margins import Figures

_STEPS: Final = 15  #: along each of the three figures
_REFINEMENTS: Final = 5
_WITHIN: Final = 1.92  #: half of the 95 % point of chi-squared with one degree
_SURE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was shown at a distance, and what was found. Invariant: found <= shown."""

    distance_m: float
    shown: int
    found: int


@lru_cache(maxsize=64)
def fitted(trials: tuple[Trial, ...]) -> tuple[RangeCurve, RangeCurve, RangeCurve]:
    """Return the lowest, likeliest and highest curve that drills allow.

    Args:
        trials: Drills at two distances or more.

    Returns:
        Three curves, by their mean detection over the distances of the drills.
    """
    far = max(each.distance_m for each in trials)
    near = min(each.distance_m for each in trials if each.distance_m > 0)
    low = np.array([0.01, np.log(near / 4), np.log(0.5)])
    high = np.array([1.0, np.log(far * 8), np.log(8.0)])
    kept, best = _grid(low, high), np.empty(0)
    all_sets, all_fits = [], []
    for _ in range(_REFINEMENTS):
        fits = _likelihood(kept, trials)
        all_sets.append(kept)
        all_fits.append(fits)
        best = kept[int(np.argmax(fits))]
        span = (high - low) / (_STEPS - 1)
        low, high = np.maximum(best - 2 * span, low), np.minimum(best + 2 * span, high)
        kept = _grid(low, high)
    sets, fits = np.concatenate(all_sets), np.concatenate(all_fits)
    allowed = sets[fits >= fits.max() - _WITHIN]
    mean = _chances(allowed, trials).mean(axis=1)
    ends = (allowed[int(np.argmin(mean))], best, allowed[int(np.argmax(mean))])
    lowest, likeliest, highest = (_curve(each) for each in ends)
    return lowest, likeliest, highest


def _grid(low: Figures, high: Figures) -> Figures:
    axes = [np.linspace(a, b, _STEPS) for a, b in zip(low, high, strict=True)]
    return np.stack([each.ravel() for each in np.meshgrid(*axes)], axis=1)


def _chances(sets: Figures, trials: Sequence[Trial]) -> Figures:
    away = np.array([each.distance_m for each in trials])
    scale, steep = np.exp(sets[:, 1:2]), np.exp(sets[:, 2:3])
    return np.asarray(sets[:, :1] * np.exp(-((away / scale) ** steep)))


def _likelihood(sets: Figures, trials: Sequence[Trial]) -> Figures:
    """Return the logarithm of the likelihood of each set of figures."""
    chance = np.clip(_chances(sets, trials), _SURE, 1.0 - _SURE)
    found = np.array([each.found for each in trials])
    missed = np.array([each.shown - each.found for each in trials])
    return np.asarray(np.log(chance) @ found + np.log1p(-chance) @ missed)


def _curve(given: Figures) -> RangeCurve:
    return RangeCurve(
        at_none=float(given[0]),
        scale_m=float(np.exp(given[1])),
        steepness=float(np.exp(given[2])),
    )
