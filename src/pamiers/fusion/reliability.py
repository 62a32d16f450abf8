"""How often what was held for likely did happen: said beside found.

Source: DeGroot and Fienberg (1983) for the reliability diagram; Brier (1950); the
interval of a share is Wilson's (1927).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BINS: Final = 10
_Z: Final = 1.645  # nine times in ten


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Incidents of which about the same was said.

    Invariant: `low <= found <= high`.
    """

    said: float  #: mean probability
    found: float  #: share that happened
    low: float  #: with `high`, holds the share nine times in ten
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Said against found; `points` in order of what was said."""

    points: tuple[Point, ...]
    n: int
    brier: float  #: mean squared difference
    base: float  #: the same for one who always says the share that happened
    ece: float  #: mean distance of said and found, over all


def curve_of(said: Sequence[float], found: Sequence[bool]) -> Curve:
    """Return how what was said compares with what was found.

    Args:
        said: Probabilities.
        found: Whether each happened, in the same order; at least one.

    Returns:
        Points for tenths in which something was said.
    """
    n = len(said)
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for p, did in zip(said, found, strict=True):
        tenths.setdefault(min(int(p * BINS), BINS - 1), []).append((p, did))
    points = tuple(_point(tenths[k]) for k in sorted(tenths))
    share = sum(found) / n
    squares = ((p - did) ** 2 for p, did in zip(said, found, strict=True))
    return Curve(
        points=points,
        n=n,
        brier=math.fsum(squares) / n,
        base=share * (1.0 - share),
        ece=math.fsum(abs(p.said - p.found) * p.n for p in points) / n,
    )


def _point(some: list[tuple[float, bool]]) -> Point:
    n = len(some)
    said = math.fsum(p for p, _ in some) / n
    found = sum(did for _, did in some) / n
    middle = (found + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    spread = found * (1 - found) / n + (_Z / (2 * n)) ** 2
    half = _Z / (1 + _Z**2 / n) * math.sqrt(spread)
    return Point(
        said=said,
        found=found,
        low=max(0.0, min(found, middle - half)),
        high=min(1.0, max(found, middle + half)),
        n=n,
    )
