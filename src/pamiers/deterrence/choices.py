"""The checks beside the clauses: trust in the other side, and responders who act.

Source: stag-hunt thresholds after Harsanyi and Selten (1988); credibility as the
responder's own comparison of what a step costs it with what the step restores.
"""

from dataclasses import dataclass

import numpy as np

from pamiers.deterrence.game import Game
from pamiers.deterrence.margins import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How sure a party must be that the other keeps, before keeping is better."""

    least: float | None  #: belief [0..1]; None where keeping is never better
    says: str  #: code of the sentence


def least_trust(
    both_keep: float,
    only_other_breaks: float,
    only_self_breaks: float,
    both_break: float,
) -> Trust:
    """Return the belief in the other's keeping from which keeping is better.

    Args:
        both_keep: Payoff when both keep.
        only_other_breaks: Payoff of keeping while the other breaks.
        only_self_breaks: Payoff of breaking while the other keeps.
        both_break: Payoff when both break, after the response.

    Returns:
        x* = (dd - cd) / ((cc - dc) + (dd - cd)); 0 where keeping is always at least as
        good; none where no trust is enough.
    """
    together = both_keep - only_self_breaks
    apart = both_break - only_other_breaks
    if apart <= 0 and together >= 0:
        return Trust(least=0.0, says="trust-always")
    if together <= 0:
        return Trust(least=None, says="trust-never")
    share = apart / (together + apart)
    return Trust(least=share, says="trust-likely" if share <= 1 / 2 else "trust-risky")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """Whether a responder would carry out a step, over the stated ranges."""

    step: str
    responder: str
    likeliest: bool  #: at the likeliest figures
    always: bool  #: at the dearest cost and the least worth
    never: bool  #: even at the cheapest cost and the largest worth


def resolve_of(game: Game) -> tuple[Resolve, ...]:
    """Return for every step whether its responder would carry it out."""
    at = game.at

    def carried(costs: Figures, worths: Figures) -> list[bool]:
        return [bool(each) for each in costs[at.cost] <= worths[at.restores]]

    likeliest = carried(game.mode, game.mode)
    always = carried(game.high, game.low)
    ever = carried(game.low, game.high)
    return tuple(
        Resolve(
            step=name,
            responder=game.responders[i],
            likeliest=likeliest[i],
            always=always[i],
            never=not ever[i],
        )
        for i, name in enumerate(game.steps)
    )


def blinded(game: Game, means: str) -> Game:
    """Return the game in which one means sees nothing, whatever the reason."""
    rows = [
        int(row)
        for clause, names in enumerate(game.means)
        if means in names
        for row in game.at.means[:, clause, names.index(means)]
    ]
    return _zeroed(game, rows)


def withdrawn(game: Game, responder: str) -> Game:
    """Return the game in which one responder carries out none of its steps."""
    rows = [
        int(game.at.credibility[i])
        for i, name in enumerate(game.responders)
        if name == responder
    ]
    return _zeroed(game, rows)


def _zeroed(game: Game, rows: list[int]) -> Game:
    """Return the game with some figures at nought."""
    columns = [held.copy() for held in (game.low, game.mode, game.high)]
    for held in columns:
        held[np.array(rows, dtype=np.intp)] = 0.0
    return game.with_figures(*columns)
