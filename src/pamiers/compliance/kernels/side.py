"""On which side of an edge a point lies, without error.

The sign is first computed in floating point; only where the error bound leaves it
open is it computed exactly, as a sum of error-free products.

Source: Shewchuk (1997), Adaptive precision floating-point arithmetic and fast
robust geometric predicates, Discrete & Computational Geometry 18, section 3.1 for
the bound (`ccwerrboundA`); Dekker (1971) for the products.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: relative error bound of the determinant, (3 + 16 u) u with u = 2**-53
ERROR_BOUND: Final = 3.3306690738754716e-16
_SPLIT: Final = 134_217_729.0  # 2**27 + 1
UNSURE: Final = 2


def side(edges: Floats, x: Floats, y: Floats) -> Ints:
    """Return 1 where a point lies left of its edge, -1 right of it, 0 on it.

    Args:
        edges: One edge per point, shape (n, 4): x, y of its beginning and end.
        x: Coordinates of the points, shape (n,).
        y: The same.

    Returns:
        Exact signs, shape (n,): left and right as one looks along the edge.
    """
    left = (edges[:, 2] - edges[:, 0]) * (y - edges[:, 1])
    right = (x - edges[:, 0]) * (edges[:, 3] - edges[:, 1])
    found = np.sign(left - right).astype(np.int64)
    same = (left > 0.0) & (right > 0.0) | (left < 0.0) & (right < 0.0)
    bound = ERROR_BOUND * np.abs(left + right)
    for i in np.flatnonzero(same & (np.abs(left - right) <= bound)):
        found[i] = _exact(edges[i], float(x[i]), float(y[i]))
    return found


def _exact(edge: Floats, x: float, y: float) -> int:
    """Return the exact sign, from thirty-two terms without rounding."""
    x0, y0, x1, y1 = (float(each) for each in edge)
    ahead_x, ahead_y = _difference(x1, x0), _difference(y1, y0)
    off_x, off_y = _difference(x, x0), _difference(y, y0)
    left = [term for a in ahead_x for b in off_y for term in _product(a, b)]
    right = [-term for a in off_x for b in ahead_y for term in _product(a, b)]
    total = math.fsum([*left, *right])
    return (total > 0.0) - (total < 0.0)


def _difference(a: float, b: float) -> tuple[float, float]:
    """Return a - b as a rounded number and its error (Knuth)."""
    rounded = a - b
    virtual = a - rounded
    return rounded, (a - (rounded + virtual)) + (virtual - b)


def _product(a: float, b: float) -> tuple[float, float]:
    """Return a * b as a rounded number and its error (Dekker)."""
    rounded = a * b
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    rest = rounded - a_high * b_high - a_low * b_high - a_high * b_low
    return rounded, a_low * b_low - rest


def _halves(a: float) -> tuple[float, float]:
    scaled = _SPLIT * a
    high = scaled - (scaled - a)
    return high, a - high
