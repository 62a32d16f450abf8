"""From detection to margins and back: what has to be noticed to reach a margin.

A margin never falls when more is noticed, so that a margin asked for is a detection
asked for. Margins are in periods of peace: divided by what one period of kept peace
is worth to the party.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from pamiers.deterrence.game import Game, column, evaluate
from pamiers.deterrence.margins import Figures, Stakes, margin

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HALVINGS: Final = 50
_NEVER: Final = 2.0  #: a detection that nothing reaches


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Margins as a function of what the plan notices; arrays of shape (P, C)."""

    stakes: Stakes  #: at the likeliest figures, (P, C, 1) each
    beside_missed: Figures  #: chance that all other means miss
    beside_most: Figures  #: the surest of the other means; 0 without any
    proven: Figures  #: verified and laid to the right side
    correlation: float
    worth: Figures  #: (P,) of one period of peace

    def margins(self, noticed: Figures) -> Figures:
        """Return the margins when the plan notices so much.

        Args:
            noticed: By the plan alone, shape (P, C) [0..1].

        Returns:
            Margins, shape (P, C) [periods of peace].
        """
        missed = (1.0 - noticed) * self.beside_missed
        together = np.maximum(noticed, self.beside_most)
        rho = self.correlation
        found = ((1.0 - rho) * (1.0 - missed) + rho * together) * self.proven
        given = Stakes(
            gain=self.stakes.gain[..., 0],
            detection=found,
            false_alarm=self.stakes.false_alarm[..., 0],
            lag=self.stakes.lag[..., 0],
            loss=self.stakes.loss[..., 0],
            discount=self.stakes.discount[..., 0],
            standing=self.stakes.standing[..., 0],
        )
        return margin(given) / self.worth[:, np.newaxis]

    def needed(self, level: float) -> Figures:
        """Return what the plan has to notice for every margin to reach a level.

        Args:
            level: The margin [periods of peace].

        Returns:
            Detection, shape (P, C); 2 where none is enough.
        """
        shape = self.beside_missed.shape
        low, high = np.zeros(shape), np.ones(shape)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            enough = self.margins(middle) >= level
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        high = np.where(self.margins(np.zeros(shape)) >= level, 0.0, high)
        return np.where(self.margins(np.ones(shape)) >= level, high, _NEVER)


def levels_of(game: Game, placed: tuple[frozenset[str], ...]) -> Levels:
    """Return how margins depend on what a plan notices.

    Args:
        game: The game.
        placed: For every clause the means that the plan places; what the assumptions
            say of their detection is set aside.

    Returns:
        The levels, at the likeliest figures.
    """
    figures = column(game.mode)
    outcome = evaluate(game, figures)
    shape = (len(game.parties), len(game.clauses), 1)
    missed, most = np.ones(shape[:2]), np.zeros(shape[:2])
    for clause in range(len(game.clauses)):
        rows = game.at.means[:, clause]
        kept = [
            i for i, name in enumerate(game.means[clause]) if name not in placed[clause]
        ]
        beside = game.mode[rows[:, kept]]
        missed[:, clause] = np.prod(1.0 - beside, axis=1)
        most[:, clause] = beside.max(axis=1, initial=0.0)
    at = game.at
    proven = game.mode[at.verification] * game.mode[at.attribution]
    worth = np.abs(game.mode[at.peace])
    return Levels(
        stakes=_spread(outcome.stakes, shape),
        beside_missed=missed,
        beside_most=most,
        proven=np.broadcast_to(proven, shape[:2]),
        correlation=float(game.mode[at.correlation]),
        worth=np.where(worth > 0, worth, 1.0),
    )


def _spread(stakes: Stakes, shape: tuple[int, int, int]) -> Stakes:
    def wide(held: Figures) -> Figures:
        return np.broadcast_to(held, shape)

    standing: NDArray[np.bool_] = np.broadcast_to(stakes.standing, shape)
    return Stakes(
        gain=wide(stakes.gain),
        detection=wide(stakes.detection),
        false_alarm=wide(stakes.false_alarm),
        lag=wide(stakes.lag),
        loss=wide(stakes.loss),
        discount=wide(stakes.discount),
        standing=standing,
    )
