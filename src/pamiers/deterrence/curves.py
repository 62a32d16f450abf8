"""What longer responses and later ones would do, as curves to be drawn."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.deterrence.game import Game, Outcome, column, evaluate
from pamiers.deterrence.margins import Figures, Stakes, least_detection

_STEPS: Final = 41
#: responses are drawn out to so many times their length
_LONGEST: Final = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderCurve:
    """What responses of other lengths would leave of the peace, and deter."""

    times: Figures  #: (n,) of the stated length of every step
    kept: Figures  #: (P, n) of the peace, after false alarms, as a share
    smallest: Figures  #: (P, n) smallest margin over the clauses [unit of payoff]


def ladder_curve(game: Game) -> LadderCurve:
    """Return both sides of longer responses, everything else at its likeliest."""
    times = np.linspace(0.0, _LONGEST, _STEPS)
    figures = np.repeat(column(game.mode), _STEPS, axis=1)
    for row in np.unique(game.at.lasts):
        figures[row] *= times
    found = evaluate(game, figures)
    peace = game.mode[game.at.peace][:, np.newaxis]
    worth = np.where(peace > 0, peace, 1.0)
    return LadderCurve(
        times=times,
        kept=found.kept / worth,
        smallest=found.margins.min(axis=1, initial=np.inf),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayCurve:
    """The detection that one clause needs at every delay, for one party."""

    lags: Figures  #: (n,) [periods]
    least: Figures  #: (n,) detection; above 1 where no monitoring is enough
    lag: float  #: as assumed, likeliest [periods]
    detection: float  #: as assumed, likeliest


def delay_curve(likeliest: Outcome, party: int, clause: int) -> DelayCurve:
    """Return the detection that a clause needs at every delay.

    Args:
        likeliest: The outcome at the likeliest figures, one column.
        party: Position of the party.
        clause: Position of the clause.

    Returns:
        The curve, from an answer at once to three times the delay that is assumed, or
        at least four periods.
    """
    shape = likeliest.margins.shape
    own = _own(likeliest.stakes, shape, (party, clause))
    lag = float(own.lag)
    lags = np.linspace(0.0, max(3.0 * lag, 4.0), 4 * _STEPS)
    return DelayCurve(
        lags=lags,
        least=least_detection(replace(own, lag=lags)),
        lag=lag,
        detection=float(own.detection),
    )


def _own(stakes: Stakes, shape: tuple[int, ...], at: tuple[int, int]) -> Stakes:
    """Return the stakes of one party over one clause, each a single figure."""

    def one(held: Figures) -> Figures:
        return np.asarray(np.broadcast_to(held, shape)[at[0], at[1], 0])

    return Stakes(
        gain=one(stakes.gain),
        detection=one(stakes.detection),
        false_alarm=one(stakes.false_alarm),
        lag=one(stakes.lag),
        loss=one(stakes.loss),
        discount=one(stakes.discount),
        standing=np.asarray(np.broadcast_to(stakes.standing, shape)[at[0], at[1], 0]),
    )
