"""In what share of the stated ranges keeping is the better choice.

Every figure is drawn from a triangle over its range, peaked at the likeliest figure.
The share speaks of the ranges as their authors stated them and of nothing else: it is
not a probability that anybody will keep or break anything.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.compliance.kernels.jit import available
from pamiers.deterrence.game import Game, Outcome, evaluate
from pamiers.deterrence.lots import Lots
from pamiers.deterrence.margins import Figures
from pamiers.deterrence.sweeping import paying_draws, shared_of, swept_draws
from pamiers.deterrence.temptation import (
    HOLDS,
    OPEN,
    Many,
    States,
    bounded,
    decidable,
    enumerated,
)

_TOGETHER: Final = 256  #: columns evaluated at once; bounds the memory
#: from so many margins on, compiled loops earn back the second of loading them
MANY: Final = 8_000_000


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
    #: (P, 2) no breach of clauses, alone or together, pays within the period: at least
    #: and at most in so many; the same wherever every draw could be decided [0..1]
    none_pays: Figures


def shares(game: Game, draws: int, seed: int, *, loops: bool | None = None) -> Shares:
    """Return in what share of the ranges every margin is at least zero.

    Args:
        game: The game.
        draws: How many columns to draw, at least 1.
        seed: Seed of the lots; the same seed gives the same shares.
        loops: Whether to run compiled loops; None where there is much to do.

    Returns:
        The shares, over the same draws for all parties and clauses. Loops and array
        code count alike; the margins that they give agree to the digits of singles.
    """
    lots = Lots.of(game, seed)
    if loops is None:
        loops = len(game.parties) * len(game.clauses) * draws >= MANY and available()
    if loops and game.clauses:
        return _swept(game, lots, draws, seed)
    return _evaluated(game, lots, draws, seed)


def _swept(game: Game, lots: Lots, draws: int, seed: int) -> Shares:
    """Return the shares by compiled loops."""
    shared = shared_of(game, lots, draws)
    found = swept_draws(game, lots, shared)
    fine = (found.least >= 0) & found.taking_part
    return Shares(
        draws=draws,
        seed=seed,
        keeping=found.counts / draws,
        taking_part=found.taking_part.mean(axis=-1),
        all_of_it=fine.mean(axis=-1),
        lowest=found.lowest,
        tenth=found.tenth,
        none_pays=_none_pays(game, lots, paying_draws(game, lots, shared)),
    )


def _evaluated(game: Game, lots: Lots, draws: int, seed: int) -> Shares:
    """Return the shares by array code."""
    size = (len(game.parties), len(game.clauses))
    margin = np.empty((*size, draws), dtype=np.float32)
    states = np.empty((size[0], draws), dtype=np.int8)
    tally = _Tally.of(size)
    every = np.arange(len(game.names))
    for start in range(0, draws, _TOGETHER):
        own = slice(start, min(start + _TOGETHER, draws))
        figures = lots.figures(every, np.arange(own.start, own.stop))
        found = evaluate(game, figures)
        margin[..., own] = found.margins
        tally.count(found)
        for party in range(size[0]):
            states[party, own] = bounded(Many.of(found, party))
    at = int(0.1 * (draws - 1))
    margin.partition(at, axis=-1)
    return Shares(
        draws=draws,
        seed=seed,
        keeping=tally.keeping / draws,
        taking_part=tally.taking_part / draws,
        all_of_it=tally.every / draws,
        lowest=tally.lowest,
        tenth=margin[..., at].astype(np.float64),
        none_pays=_none_pays(game, lots, states),
    )


def _none_pays(game: Game, lots: Lots, states: States) -> Figures:
    """Return in what share of the draws no breach pays, at least and at most, (P, 2).

    Args:
        game: The game.
        lots: Its lots.
        states: What bounds tell, shape (P, k); draws left open are decided here.
    """
    if decidable(len(game.clauses)):
        for party, held in enumerate(states):
            _decide(game, lots, party, held)
    least, open_ = (states == HOLDS).mean(axis=1), (states == OPEN).mean(axis=1)
    return np.stack([least, least + open_], axis=1)


def _decide(game: Game, lots: Lots, party: int, held: States) -> None:
    """Decide the draws of one party that bounds leave open, over all sets."""
    every = np.arange(len(game.names))
    still = np.flatnonzero(held == OPEN)
    for start in range(0, still.size, _TOGETHER):
        numbers = still[start : start + _TOGETHER]
        outcome = evaluate(game, lots.figures(every, numbers))
        held[numbers] = enumerated(Many.of(outcome, party))


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
