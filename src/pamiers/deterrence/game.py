"""The assumptions as one vector of figures, and what follows from such a vector.

Every figure of the assumptions has a row; a column is one state of the world within
the stated ranges. Everything that is computed about worst cases, draws, levers and
scenarios evaluates the same function on other columns.

Units: payoffs as stated, per period; times in periods; probabilities in [0, 1].
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deterrence.ladder import Step, loss_stock
from pamiers.deterrence.margins import Figures, Stakes, delayed_loss, margin

Rows = NDArray[np.intp]

#: whether a larger figure makes keeping a clause more attractive (1), less (-1), or
#: either (0); `of` in a name is the last part of its path
FAVOURS_KEEPING: Final[Mapping[str, int]] = {
    "gain": -1,
    "detection": 1,
    "verification": 1,
    "attribution": 1,
    "false_alarm": -1,
    "lag": -1,
    "correlation": -1,
    "after": -1,
    "lasts": 1,
    "loss": 1,
    "credibility": 1,
    "cost": -1,
    "restores": 1,
    "discount": 0,
}
#: the same for taking part at all: what falls on compliers by error weighs here
FAVOURS_PEACE: Final[Mapping[str, int]] = {
    "peace": 1,
    "war": -1,
    "first_strike": -1,
    "false_alarm": -1,
    "lag": 1,
    "after": 1,
    "lasts": -1,
    "loss": -1,
    "credibility": -1,
    "cost": 1,
    "restores": -1,
    "discount": 0,
}


#: in a table of rows: nothing stands here
NO_ROW: Final = -1


def padded(rows: Sequence[Rows]) -> Rows:
    """Return tables of rows of unequal width, each (P, m), as one table (P, C, M)."""
    wide = max((each.shape[1] for each in rows), default=0)
    many = rows[0].shape[0] if rows else 0
    table = np.full((many, len(rows), wide), NO_ROW, dtype=np.intp)
    for at, each in enumerate(rows):
        table[:, at, : each.shape[1]] = each
    return table


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Which row holds which figure; shapes in P parties, C clauses, S steps.

    One layout is another only if it is the same object: what follows from its rows is
    kept by it.
    """

    gain: Rows  #: (P, C)
    means: Rows  #: (P, C, M) of each clause its means, `NO_ROW` after the last
    verification: Rows  #: (C,)
    attribution: Rows  #: (C,)
    false_alarm: Rows  #: (C,)
    lag: Rows  #: (C,)
    after: Rows  #: (S,)
    lasts: Rows  #: (S,)
    loss: Rows  #: (P, S)
    credibility: Rows  #: (S,)
    cost: Rows  #: (S,)
    restores: Rows  #: (S,)
    discount: Rows  #: (P,)
    peace: Rows  #: (P,)
    war: Rows  #: (P,)
    first_strike: Rows  #: (P,)
    correlation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """Two or more parties, clauses, steps, and the ranges of every figure.

    Invariant: low <= mode <= high, each of shape (n,), `names` of length n.
    """

    parties: tuple[str, ...]
    clauses: tuple[str, ...]
    steps: tuple[str, ...]
    responders: tuple[str, ...]  #: of each step
    means: tuple[tuple[str, ...], ...]  #: of each clause, in the order of its rows
    standing: NDArray[np.bool_]  #: (C,)
    answered: NDArray[np.bool_]  #: (C, S), which steps answer a breach
    names: tuple[str, ...]  #: path of each figure
    low: Figures
    mode: Figures
    high: Figures
    at: Layout

    def with_figures(self, low: Figures, mode: Figures, high: Figures) -> "Game":
        """Return the same game over other ranges, shape (n,) each."""
        return replace(self, low=low, mode=mode, high=high)

    @property
    def ranged(self) -> Rows:
        """Return the rows whose range is wider than a point."""
        return np.flatnonzero(self.high > self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows from k columns of figures."""

    margins: Figures  #: (P, C, k) [unit of payoff]
    taking_part: Figures  #: (P, k), worth of peace over war [unit of payoff]
    kept: Figures  #: (P, k), flow of peace after false alarms [unit per period]
    stakes: Stakes  #: (P, C, k) each


def detection(game: Game, figures: Figures) -> Figures:
    """Return how likely a breach of each clause is found by any of its means.

    With the stated correlation all means see or miss together, as in fog or under one
    denial of access; otherwise they are independent. For two equal means this is
    exactly their correlation.

    Args:
        game: The game.
        figures: Columns of figures, shape (n, k).

    Returns:
        Probabilities per period, shape (P, C, k): a plan may watch the sides unlike.
    """
    shared = figures[game.at.correlation]
    found = np.empty((len(game.parties), len(game.clauses), figures.shape[1]))
    missed, most = np.ones_like(found), np.zeros_like(found)
    for means in range(game.at.means.shape[2]):
        rows = game.at.means[:, :, means]
        each = np.where((rows == NO_ROW)[..., np.newaxis], 0.0, figures[rows])
        missed *= 1.0 - each
        np.maximum(most, each, out=most)
    np.multiply(1.0 - shared, 1.0 - missed, out=found)
    return np.asarray(found + shared * most)


def stakes_of(game: Game, figures: Figures) -> Stakes:
    """Return the stakes of every party over every clause.

    A step whose cost to the responder is above what it restores is not carried out,
    whatever its stated credibility.

    Args:
        game: The game.
        figures: Columns of figures, shape (n, k).

    Returns:
        Stakes of shape (P, C, k) after broadcasting.
    """
    at = game.at
    sure = detection(game, figures) * figures[at.verification] * figures[at.attribution]
    discount = figures[at.discount]
    return Stakes(
        gain=figures[at.gain],
        detection=sure,
        false_alarm=figures[at.false_alarm][np.newaxis],
        lag=figures[at.lag][np.newaxis],
        loss=losses(game, figures),
        discount=discount[:, np.newaxis],
        standing=game.standing[np.newaxis, :, np.newaxis],
    )


def losses(game: Game, figures: Figures) -> Figures:
    """Return what the response to each clause takes from each party, as a stock.

    Args:
        game: The game.
        figures: Columns of figures, shape (n, k).

    Returns:
        Stocks seen from the start of the response, shape (P, C, k).
    """
    stock = np.zeros((len(game.parties), len(game.clauses), figures.shape[1]))
    for step in range(len(game.steps)):
        worth = step_loss(game, step, lambda rows: figures[rows])
        stock += game.answered[:, step][np.newaxis, :, np.newaxis] * worth[:, None]
    return stock


def step_loss(game: Game, step: int, of: Callable[[Rows], Figures]) -> Figures:
    """Return what one step takes from each party, seen from the start of the response.

    Args:
        game: The game.
        step: Position of the step.
        of: Gives the figures of rows, shape (m,) to (m, k).

    Returns:
        Stocks, shape (P, k); nought where its responder would not carry it out.
    """
    at, own = game.at, slice(step, step + 1)
    discount = of(at.discount)
    one = Step(
        loss_flow=of(at.loss[:, step]),
        length=of(at.lasts[own]),
        credibility=of(at.credibility[own])
        * (of(at.cost[own]) <= of(at.restores[own])),
    )
    return np.asarray(loss_stock([one], discount) * discount ** of(at.after[own]))


def evaluate(game: Game, figures: Figures) -> Outcome:
    """Return the margins that follow from columns of figures.

    Args:
        game: The game.
        figures: Columns of figures, shape (n, k).

    Returns:
        The margins of keeping every clause, and of taking part at all.
    """
    at = game.at
    stakes = stakes_of(game, figures)
    delayed = delayed_loss(stakes)
    by_error = stakes.false_alarm * delayed
    kept = figures[at.peace] - np.sum(by_error, axis=1)
    ahead = (kept - figures[at.war]) / (1.0 - figures[at.discount])
    return Outcome(
        margins=margin(stakes, delayed),
        taking_part=ahead - figures[at.first_strike],
        kept=kept,
        stakes=stakes,
    )


def column(figures: Figures) -> Figures:
    """Return one vector of figures as a column, shape (n, 1)."""
    return np.asarray(figures, dtype=np.float64)[:, np.newaxis]


def kind_of(name: str) -> str:
    """Return the key of a figure from its path, such as `gain` or `detection`."""
    parts = [part.partition("[")[0] for part in name.split(".")]
    known = {*FAVOURS_KEEPING, *FAVOURS_PEACE}
    return next(part for part in reversed(parts) if part in known)
