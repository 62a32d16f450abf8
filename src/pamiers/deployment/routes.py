"""A patrol's round: from its post past the places that matter most, and back in time.

Places are put in one by one where they lengthen the round least for what they are
worth; the round is straightened by turning parts of it round, until neither helps. How
much better any round could be is bounded by what each place costs at the least.

Source: Tsiligirides (1984) and Golden, Levy and Vohra (1987), the orienteering
problem; Croes (1958) for turning parts of a round.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.deterrence.margins import Figures

_SLIGHT: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round from the first place and back to it."""

    stops: tuple[int, ...]  #: places in the order of the round, without the first
    length: float
    worth: float
    bound: float  #: no round of the same length is worth more


def patrol(lengths: Figures, worths: Figures, most: float) -> Round:
    """Return a round that is worth much, and a bound on any round.

    Args:
        lengths: Between every two places, shape (n, n), symmetric, at least 0; place
            0 is where the round begins and ends.
        worths: Of passing each place once, shape (n,), at least 0; that of place 0 is
            not counted.
        most: How long the round may be.

    Returns:
        The round; without stops where nothing is near enough.
    """
    tour = [0]
    while True:
        tour = _straightened(tour, lengths)
        added = _inserted(tour, lengths, worths, most)
        if added is None:
            break
        tour = added
    tour = _bettered(tour, lengths, worths, most)
    worth = float(worths[tour[1:]].sum())
    bound = max(worth, _bound(lengths, worths, most))
    return Round(
        stops=tuple(tour[1:]), length=_length(tour, lengths), worth=worth, bound=bound
    )


def _length(tour: list[int], lengths: Figures) -> float:
    return float(lengths[tour, np.roll(tour, -1)].sum())


def _inserted(
    tour: list[int], lengths: Figures, worths: Figures, most: float
) -> list[int] | None:
    """Return the round with the place that is worth most for its detour; or None."""
    before, after = np.array(tour), np.roll(tour, -1)
    left = most - _length(tour, lengths)
    longer = lengths[before][:, :] + lengths[after][:, :]
    longer = longer - lengths[before, after][:, None]
    detour, where = longer.min(axis=0), longer.argmin(axis=0)
    open_ = (detour <= left + _SLIGHT) & (worths > 0)
    open_[tour] = False
    if not open_.any():
        return None
    value = np.where(open_, worths / np.maximum(detour, _SLIGHT), -1.0)
    best = int(np.argmax(value))
    at = int(where[best]) + 1
    return [*tour[:at], best, *tour[at:]]


def _straightened(tour: list[int], lengths: Figures) -> list[int]:
    """Return the round after turning parts of it round while that shortens it."""
    best = list(tour)
    better = True
    while better:
        better = False
        for i in range(1, len(best) - 1):
            for j in range(i + 1, len(best)):
                turned = [*best[:i], *best[i : j + 1][::-1], *best[j + 1 :]]
                if _length(turned, lengths) < _length(best, lengths) - _SLIGHT:
                    best, better = turned, True
    return best


def _bettered(
    tour: list[int], lengths: Figures, worths: Figures, most: float
) -> list[int]:
    """Return the round after leaving one place out for better ones, while that pays."""
    best = tour
    for out in list(tour[1:]):
        if out not in best:
            continue
        rest = [each for each in best if each != out]
        masked = worths.copy()
        masked[out] = 0.0
        grown: list[int] | None = _straightened(rest, lengths)
        last = rest
        while grown is not None:
            last = _straightened(grown, lengths)
            grown = _inserted(last, lengths, masked, most)
        if worths[last[1:]].sum() > worths[best[1:]].sum() + _SLIGHT:
            best = last
    return best


def _bound(lengths: Figures, worths: Figures, most: float) -> float:
    """Return what no round is worth more than.

    A round of several places enters and leaves each by two ways, so that passing it
    costs at least half the sum of its two shortest; the first place too. What fits
    into the length, if places could be passed in part, is a bound; a round to one
    place and back is looked at by itself.
    """
    n = len(worths)
    if n < 2:  # noqa: PLR2004 - nowhere to go
        return 0.0
    ways = np.sort(lengths + np.diag(np.full(n, np.inf)), axis=1)
    cost = ways[:, 0] / 2 + ways[:, min(1, n - 2)] / 2
    reach = (2 * lengths[0] <= most + _SLIGHT) & (worths > 0)
    reach[0] = False
    left = most - cost[0]
    places = np.flatnonzero(reach)
    order = places[np.argsort(-worths[places] / np.maximum(cost[places], _SLIGHT))]
    total, single = 0.0, float(worths[places].max(initial=0.0))
    for place in order:
        share = min(1.0, max(left, 0.0) / cost[place]) if cost[place] > 0 else 1.0
        total += share * float(worths[place])
        left -= share * float(cost[place])
    return max(total, single)
