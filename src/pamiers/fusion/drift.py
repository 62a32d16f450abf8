"""Since when a source is no longer what it was.

What is measured of each of its reports is laid in order of time and cut where the parts
before and after differ most for their scatter; each part is cut again while it differs
by more than chance and by enough to matter.

Sources: Page (1955), A test for a change in a parameter; Scott and Knott (1974) on
cutting parts again.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.fusion.columns import Floats, Ints

#: fewest reports on either side of a cut, and places where a cut is tried
FEWEST, TRIED = 30, 60
#: standard errors that make a change: more is the best of all cuts in one to three of a
#: thousand series that do not change
CLEAR: Final = 4.5
#: the least change that is told, in standard deviations of single reports
MATTERS: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One change of a source.

    Invariant: `before` and `after` are `FEWEST` at least.
    """

    what: str  #: what is measured, as the caller names it
    since_s: float  #: time of the first report that is otherwise [s since 1970]
    earlier: float  #: mean of its reports before, from the last change on
    later: float  #: mean of its reports since, up to the next change
    before: int  #: how many reports these are
    after: int
    errors: float  #: the change, in standard errors


def drifts(what: str, when_s: Floats, values: Floats) -> tuple[Drift, ...]:
    """Return when a source changed.

    Args:
        what: Name of what is measured.
        when_s: Time of each report, ascending, shape (n,) [s].
        values: What is measured of it; NaN where it says nothing.

    Returns:
        Changes in order of time; empty where there are none, or too few reports.
    """
    kept = np.isfinite(values)
    at, measured = when_s[kept], values[kept]
    ends = [0, *sorted(_cuts(at, measured, 0)), len(measured)]
    found = []
    for first, cut, end in zip(ends[:-2], ends[1:-1], ends[2:], strict=True):
        one, two = measured[first:cut], measured[cut:end]
        drift = Drift(
            what=what,
            since_s=float(at[cut]),
            earlier=float(one.mean()),
            later=float(two.mean()),
            before=len(one),
            after=len(two),
            errors=float(_apart(measured[first:end], np.array([cut - first]))[0]),
        )
        found.append(drift)
    return tuple(found)


def _cuts(when_s: Floats, values: Floats, first: int) -> Iterator[int]:
    """Yield where some reports are to be cut, and their parts, counted from `first`."""
    n = len(values)
    if n < 2 * FEWEST:
        return
    step = max(1, (n - 2 * FEWEST) // TRIED)
    cut, most = 0, 0.0
    near = np.arange(FEWEST, n, step)  # coarsely first, then about the best
    for _ in range(2):
        near = near[(near >= FEWEST) & (near <= n - FEWEST)]
        near = near[when_s[near] > when_s[near - 1]]
        if not near.size:
            return
        errors = _apart(values, near)
        cut, most = int(near[np.argmax(errors)]), float(errors.max())
        near = np.arange(cut - step, cut + step + 1)
    if most <= CLEAR or not _matters(values[:cut], values[cut:]):
        return
    yield from _cuts(when_s[:cut], values[:cut], first)
    yield first + cut
    yield from _cuts(when_s[cut:], values[cut:], first + cut)


def _apart(values: Floats, tried: Ints) -> Floats:
    """Return by how many standard errors the parts at each cut differ."""
    many, n = tried.astype(np.float64), float(len(values))
    off = values - values.mean()
    sums = np.cumsum(off)[tried - 1]
    gap = sums / many + sums / (n - many)
    within = (off @ off - sums**2 / many - sums**2 / (n - many)) / (n - 2.0)
    errors: Floats = np.sqrt(
        np.maximum(within, 1e-300) * (1.0 / many + 1.0 / (n - many))
    )
    return np.where(gap == 0.0, 0.0, np.abs(gap) / errors)


def _matters(one: Floats, two: Floats) -> bool:
    scatter = math.sqrt((float(one.var()) + float(two.var())) / 2.0)
    return abs(float(two.mean() - one.mean())) >= MATTERS * scatter
