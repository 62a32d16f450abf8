"""Clocks that are wrong by a constant: another zone, an hour not put forward.

Independent reports of one incident lie near each other in place, and in time by the
error of their clocks. Of all pairs of reports near in place, those of one incident
stand out at one lag; where that is not zero, one of the two clocks is ahead. A clock
is corrected only where that makes it agree better with all the others together, the
most at odds first; so the many are believed against the few.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.fusion.columns import Floats, Ints
from pamiers.fusion.loops.lags import Lags, lags
from pamiers.fusion.loops.state import Records

#: lags that are looked for [s], and how finely, first and then near the best [s]
LONGEST_S, COARSE_S, FINE_S, NEAR_S = 14 * 3_600.0, 300.0, 20.0, 900.0
#: reports that are held against all others
MOST: Final = 20_000
#: gain of log-likelihood, and lag [s], below which a clock is left alone
LEAST_GAIN, LEAST_LAG_S = 25.0, 1_200.0
#: gain that one pair may bring, so that one who copies does not outvote the others
MOST_GAIN: Final = 60.0
#: how much more another move must gain to be preferred
EVEN: Final = 1.02
_BROAD_S: Final = 2.5 * 3_600.0  # about a lag, coincidences are counted so far [s]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """How well two sources agree at each lag."""

    gain: Floats  #: log-likelihood over coincidence, shape (S, S, bins)
    width_s: float
    error_s: Floats  #: stated error of each clock, shape (S,)

    def at(self, block: tuple[int, ...], ahead: Floats) -> Floats:
        """Return the gain of sources with all others, were they ahead by each lag.

        Args:
            block: Sources that move together; the second keeps its lag to the first.
            ahead: What is believed of all clocks [s], shape (S,).

        Returns:
            Log-likelihood, by the lag of the first source, shape (bins,).
        """
        total = np.zeros(self.gain.shape[2])
        for source in block:
            apart = ahead[source] - ahead[block[0]]
            for other in range(len(ahead)):
                if other not in block:
                    step = round(float(ahead[other] - apart) / self.width_s)
                    total += _moved(self.gain[source, other], step)
        return total

    def nearest(self, source: int, ahead: Floats) -> int:
        """Return the source with which one agrees best as things stand."""
        middle = self.gain.shape[2] // 2
        steps = np.rint((ahead[source] - ahead) / self.width_s).astype(np.int64)
        at = np.clip(middle + steps, 0, self.gain.shape[2] - 1)
        held = self.gain[source, np.arange(len(ahead)), at].copy()
        held[source] = -1.0
        return int(held.argmax())


def clocks_ahead(reports: Records, sources: int) -> Floats:
    """Return by how much the clock of each source is ahead.

    Args:
        reports: `loops.state.REPORT`, with stated errors.
        sources: How many sources there are.

    Returns:
        Seconds, shape (sources,); exactly 0 for a clock that agrees with the others
        and for a source without instants.
    """
    timed = np.flatnonzero(reports["w"] > 0.0)
    order = timed[np.argsort(reports["t"][timed], kind="stable")]
    step = max(1, -(-len(order) // MOST))
    asked = np.arange(0, len(order), step, dtype=np.int64)
    error = _errors(reports, timed, sources)
    ahead = np.zeros(sources)
    if not asked.size:
        return ahead
    pairs = _pairs(_counted(reports, (asked, order), ahead, COARSE_S), error)
    ahead = _agreed(pairs, np.argsort(-error, kind="stable"))
    if not ahead.any():
        return ahead
    near = _counted(reports, (asked, order), ahead, FINE_S)
    return _refined(_pairs(near, error), ahead)


def _errors(reports: Records, timed: Ints, sources: int) -> Floats:
    """Return the middle error of each source's instants [s]."""
    found = np.ones(sources)
    for s in np.unique(reports["source"][timed]):
        mine = timed[reports["source"][timed] == s]
        found[s] = np.sqrt(np.median(reports["w"][mine]))
    return found


def _counted(
    reports: Records, which: tuple[Ints, Ints], ahead: Floats, width_s: float
) -> Lags:
    longest = LONGEST_S if width_s == COARSE_S else NEAR_S
    bins = 2 * round(longest / width_s) + 1
    shape = (len(ahead), len(ahead), bins)
    found = Lags(np.zeros(shape), width_s, ahead)
    lags(*which, reports, found)
    return found


def _pairs(found: Lags, error: Floats) -> _Pairs:
    """Return how well sources agree: peaks as wide as their errors, over the rest."""
    gain = np.zeros_like(found.pairs)
    for s in range(len(error)):
        for r in range(len(error)):
            if found.pairs[s, r].any():
                width = float(np.hypot(error[s], error[r])) / found.width_s
                gain[s, r] = _gain(found.pairs[s, r], width, found.width_s)
    return _Pairs(gain=gain, width_s=found.width_s, error_s=error)


def _gain(count: Floats, width: float, width_s: float) -> Floats:
    """Return the log-likelihood that an excess about each lag is no chance.

    For c pairs where m are expected it is c log(c / m) - c + m, if c > m.
    """
    half = max(0, round(1.5 * width))
    broad = max(round(_BROAD_S / width_s), 4 * half + 2)
    inner, n_inner = _about(count, half)
    outer, n_outer = _about(count, broad)
    rate = (outer - inner) / np.maximum(n_outer - n_inner, 1.0)
    expected = np.maximum(rate, 0.02) * n_inner
    above = np.maximum(inner, expected)
    return np.asarray(
        np.minimum(above * np.log(above / expected) - above + expected, MOST_GAIN)
    )


def _about(count: Floats, half: int) -> tuple[Floats, Floats]:
    """Return the sum within some bins of each, and how many these are."""
    total = np.concatenate([[0.0], np.cumsum(count)])
    at = np.arange(len(count))
    low, high = np.maximum(at - half, 0), np.minimum(at + half + 1, len(count))
    return total[high] - total[low], (high - low).astype(np.float64)


def _moved(gain: Floats, step: int) -> Floats:
    """Return what stood at lag k - step at k; nothing beyond the ends."""
    moved = np.zeros_like(gain)
    n = len(gain)
    if abs(step) < n:
        moved[max(step, 0) : n + min(step, 0)] = gain[max(-step, 0) : n - max(step, 0)]
    return moved


def _agreed(pairs: _Pairs, order: Ints) -> Floats:
    """Return clocks put right one by one, the most at odds with the others first.

    A source may move with the one that it agrees with best, as a copier does. Of moves
    that gain alike the least precise clock makes its own, so `order` has it first.
    """
    found = np.zeros(len(order))
    for _ in range(2 * len(order)):
        best, by = LEAST_GAIN, 0.0
        moves: list[int] = []
        for s in order.tolist():
            for block in ((s,), (s, pairs.nearest(s, found))):
                gain, lag = _move(pairs, block, found)
                if gain > best:
                    best, by, moves = EVEN * gain, lag, list(block)
        if not moves:
            break
        found[moves] += by
    return found


def _move(pairs: _Pairs, block: tuple[int, ...], ahead: Floats) -> tuple[float, float]:
    """Return what moving some clocks gains, and by how much to move them [s]."""
    total = pairs.at(block, ahead)
    now = len(total) // 2 + round(float(ahead[block[0]]) / pairs.width_s)
    lag = round(_top(total) - now) * pairs.width_s
    least = max(LEAST_LAG_S, float(pairs.error_s[block[0]]))
    return float(total.max() - total[now]) if abs(lag) >= least else 0.0, lag


def _refined(pairs: _Pairs, ahead: Floats) -> Floats:
    """Return clocks that were moved, to within a fine bin."""
    middle = pairs.gain.shape[2] // 2
    found = ahead.copy()
    still = np.zeros(len(ahead))
    for s in np.flatnonzero(ahead):
        total = pairs.at((int(s),), still)
        if total.max() > 0.0:
            found[s] += (_top(total) - middle) * pairs.width_s
    return found


def _top(gain: Floats) -> float:
    """Return the middle of the bins that are about the best."""
    return float(np.flatnonzero(gain >= gain.max() - 0.5).mean())
