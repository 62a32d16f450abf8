"""In what share of the stated ranges keeping is the better choice.

Every figure is drawn from a triangle over its range, peaked at the likeliest figure.
The share speaks of the ranges as their authors stated them and of nothing else: it is
not a probability that anybody will keep or break anything.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.deterrence.game import Game, Outcome, evaluate
from pamiers.deterrence.margins import Figures

_TOGETHER: Final = 256  #: columns evaluated at once; bounds the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Over how much of the ranges each margin is at least zero, and its spread."""

    draws: int
    seed: int
    keeping: Figures  #: (P, C) [0..1]
    taking_part: Figures  #: (P,) [0..1]
    all_of_it: Figures  #: (P,) every clause and taking part at once [0..1]
    lowest: Figures  #: (P, C) least margin drawn [unit of payoff]
    tenth: Figures  #: (P, C) margin that nine draws in ten are at or above


def triangular(game: Game, uniform: Figures) -> Figures:
    """Return figures drawn from triangles, from uniform numbers.

    Args:
        game: The game, for the ranges.
        uniform: Numbers in [0, 1), shape (n, k).

    Returns:
        Figures, shape (n, k); a range without width gives its one figure.
    """
    low, mode, high = (each[:, np.newaxis] for each in (game.low, game.mode, game.high))
    width = high - low
    rising = np.sqrt(uniform * width * (mode - low))
    falling = np.sqrt((1.0 - uniform) * width * (high - mode))
    below = uniform * width < mode - low
    return np.clip(np.where(below, low + rising, high - falling), low, high)


def shares(game: Game, draws: int, seed: int) -> Shares:
    """Return in what share of the ranges every margin is at least zero.

    Args:
        game: The game.
        draws: How many columns to draw, at least 1.
        seed: Seed of the generator; the same seed gives the same shares.

    Returns:
        The shares, over the same draws for all parties and clauses.
    """
    generator = np.random.default_rng(seed)
    size = (len(game.parties), len(game.clauses))
    margin = np.empty((*size, draws), dtype=np.float32)
    tally = _Tally.of(size)
    for start in range(0, draws, _TOGETHER):
        k = min(_TOGETHER, draws - start)
        drawn = triangular(game, generator.random((len(game.names), k)))
        found = evaluate(game, drawn)
        margin[..., start : start + k] = found.margins
        tally.count(found)
    at = min(int(0.1 * (draws - 1)), draws - 1)
    margin.partition(at, axis=-1)
    return Shares(
        draws=draws,
        seed=seed,
        keeping=tally.keeping / draws,
        taking_part=tally.taking_part / draws,
        all_of_it=tally.every / draws,
        lowest=tally.lowest,
        tenth=margin[..., at].astype(np.float64),
    )


@dataclass(slots=True)
class _Tally:
    """What is counted draw by draw, so that no draw has to be kept."""

    keeping: Figures  #: (P, C)
    taking_part: Figures  #: (P,)
    every: Figures  #: (P,)
    lowest: Figures  #: (P, C)

    @classmethod
    def of(cls, size: tuple[int, int]) -> "_Tally":
        """Return a tally of nothing."""
        return cls(
            keeping=np.zeros(size),
            taking_part=np.zeros(size[0]),
            every=np.zeros(size[0]),
            lowest=np.full(size, np.inf),
        )

    def count(self, found: Outcome) -> None:
        """Count the draws of some columns."""
        fine, part = found.margins >= 0, found.taking_part >= 0
        self.keeping += fine.sum(axis=-1)
        self.taking_part += part.sum(axis=-1)
        self.every += (np.all(fine, axis=1) & part).sum(axis=-1)
        self.lowest = np.minimum(self.lowest, found.margins.min(axis=-1))
