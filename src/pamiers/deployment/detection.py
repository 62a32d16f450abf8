"""How likely something is noticed: by range, by looks, by patrols, by several at once.

Every figure is stated by somebody or calibrated from drills; nothing here has a
default curve. Detection, verification and attribution are three probabilities; this
module knows the first alone.

Source: Koopman (1956), The theory of search; Washburn (2014), Search and detection.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeCurve:
    """Detection over distance, q0 exp(-(r / r0)^k). Invariant: above 0, q0 <= 1."""

    at_none: float  #: q0, detection at no distance [0..1]
    scale_m: float  #: r0, where it has fallen to q0 / e [m]
    steepness: float  #: k, 1 for a slow fall, larger for an edge


def by_range(curve: RangeCurve, distance_m: Figures, seen: Figures) -> Figures:
    """Return the detection of something at a distance.

    Args:
        curve: The curve of the asset.
        distance_m: Distances [m], at least 0.
        seen: Line of sight, weather and uptime as one factor in [0, 1], of a shape
            that broadcasts; 1 where nothing hinders.

    Returns:
        Probabilities of noticing in one look, of the broadcast shape.
    """
    fallen = (np.asarray(distance_m) / curve.scale_m) ** curve.steepness
    return np.asarray(curve.at_none * np.exp(-fallen) * seen)


def over_looks(each: Figures, looks: Figures) -> Figures:
    """Return the detection over several independent looks, whole or not.

    Between two whole numbers of looks the larger happens in that share of cases.

    Args:
        each: Detection in one look [0..1].
        looks: How many looks, at least 0.

    Returns:
        1 - (1 - q)^whole * (1 - fraction * q), of the broadcast shape.
    """
    whole = np.floor(looks)
    missed = (1.0 - np.asarray(each)) ** whole * (1.0 - (looks - whole) * each)
    return np.asarray(1.0 - missed)


def clear_looks(revisit: float, clear: float, lasts: float) -> float:
    """Return how likely a satellite sees what lasts, through gaps in the clouds.

    Args:
        revisit: Time between two passes, above 0.
        clear: Probability that a pass is clear [0..1].
        lasts: How long it stays to be seen, at least 0, in the same unit.

    Returns:
        The probability of at least one clear pass.
    """
    return float(over_looks(np.asarray(clear), np.asarray(lasts / revisit)))


def random_search(
    width_m: float, speed_m_s: float, hours: float, area_m2: float
) -> float:
    """Return the detection of a patrol that searches an area at random.

    Args:
        width_m: Sweep width [m]: the integral of detection over lateral distance.
        speed_m_s: Speed of the patrol [m/s].
        hours: How long it searches [h].
        area_m2: The area [m2], above 0.

    Returns:
        1 - exp(-W v t / A), after Koopman; an exhaustive search would reach
        `covered_share`.
    """
    return float(-np.expm1(-width_m * speed_m_s * hours * 3600.0 / area_m2))


def covered_share(
    width_m: float, speed_m_s: float, hours: float, area_m2: float
) -> float:
    """Return the share of an area that a patrol without overlap sweeps, at most 1.

    Args:
        width_m: Sweep width [m].
        speed_m_s: Speed of the patrol [m/s].
        hours: How long it searches [h].
        area_m2: The area [m2], above 0.

    Returns:
        min(W v t / A, 1).
    """
    return min(width_m * speed_m_s * hours * 3600.0 / area_m2, 1.0)


def common_cause(each: float, count: int, correlation: float) -> float:
    """Return the detection of like sensors that share fog, jamming or a closed road.

    Their common chance is drawn from a beta distribution with mean `each`, so that any
    two of them are correlated as stated.

    Args:
        each: Detection of one [0..1].
        count: How many sensors, at least 0.
        correlation: Between any two [0..1]; 0 for independent sensors.

    Returns:
        The probability that at least one of them notices.

    Source:
        Beta-binomial distribution, Griffiths (1973), Biometrics 29.
    """
    if count == 0 or each <= 0:
        return 0.0
    if correlation >= 1:
        return each
    if correlation <= 0:
        return 1.0 - (1.0 - each) ** count
    spread = (1.0 - correlation) / correlation
    missed = 1.0
    for i in range(count):
        missed *= ((1.0 - each) * spread + i) / (spread + i)
    return 1.0 - missed


def persons_for(on_duty: int, weekly_hours: float, leave_factor: float) -> float:
    """Return how many persons on the roll keep a post manned day and night.

    Args:
        on_duty: Persons on duty at any time, at least 0.
        weekly_hours: Hours that one person serves in a week, above 0.
        leave_factor: Persons on the roll per person who can serve, at least 1.

    Returns:
        on_duty * 168 / weekly_hours * leave_factor, not rounded: 10.08 for two on
        duty, 40 hours and a factor of 1.2.
    """
    return on_duty * 168.0 / weekly_hours * leave_factor
