"""How often one source speaks so long after another of the same place."""

import math
from typing import NamedTuple

from pamiers.fusion.loops.mark import compiled
from pamiers.fusion.loops.state import Floats, Ints, Records

_NEAR = 6.0  # squared distance in units of variance


class Lags(NamedTuple):
    """Counts of pairs by how much later the one is dated than the other."""

    pairs: Floats  #: shape (S, S, bins); [s, r]: s is later than r by the lag
    width_s: float  #: width of a bin [s]
    ahead: Floats  #: how far the clock of each source is taken to be ahead [s], (S,)


@compiled
def lags(asked: Ints, order: Ints, reports: Records, found: Lags) -> None:
    """Count the lags between some reports and all others near in place.

    Args:
        asked: Positions in `order` of the reports that are held against the others.
        order: Reports with an instant, ascending in time as given.
        reports: All reports.
        found: Where lags are counted; the middle bin is no lag.
    """
    bins = found.pairs.shape[2]
    longest = 0.5 * bins * found.width_s
    widest = 0.0
    for ahead in found.ahead:
        widest = max(widest, abs(ahead))
    widest = longest + 2.0 * widest
    for a in asked:
        one = reports[order[a]]
        t = one.t - found.ahead[one.source]
        for way in (-1, 1):
            b = a + way
            while 0 <= b < len(order):
                two = reports[order[b]]
                if abs(one.t - two.t) > widest:
                    break
                b += way
                lag = t - two.t + found.ahead[two.source]
                if one.source == two.source or abs(lag) >= longest:
                    continue
                dx, dy = one.x - two.x, one.y - two.y
                if dx * dx + dy * dy > _NEAR * (one.v + two.v):
                    continue
                k = math.floor((lag + longest) / found.width_s)
                found.pairs[one.source, two.source, k] += 1.0
                found.pairs[two.source, one.source, bins - 1 - k] += 1.0
