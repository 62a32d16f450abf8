"""Worst corners, radii and swings by compiled loops, where clauses are many."""

from functools import lru_cache
from typing import Any

import numpy as np

from pamiers.deterrence.game import Game, Layout, Rows
from pamiers.deterrence.margins import Figures

#: rows of figures, kinds of clauses and ranges, as the loops read them
Task = tuple[Any, Any, Any]
#: the least and the largest values that figures can have
Limits = tuple[Figures, Figures]


def task_of(game: Game, ends: tuple[Figures, Figures, Figures], limits: Limits) -> Task:
    """Return what the loops read.

    Args:
        game: The game.
        ends: Lowest, likeliest and highest figures, shape (n,) each.
        limits: The least and largest values that figures can have, shape (n,) each.

    Returns:
        Rows, kinds and ranges.
    """
    kinds = game.standing, game.answered
    return _rows(game.at), kinds, (*ends, *limits)


@lru_cache(maxsize=4)
def _rows(at: Layout) -> tuple[Rows, ...]:
    """Return the rows of figures as the loops read them."""
    steps = [at.after, at.lasts, at.credibility, at.cost, at.restores]
    return (
        np.ascontiguousarray(at.gain),
        np.ascontiguousarray(at.means),
        np.stack([at.verification, at.attribution, at.false_alarm, at.lag], axis=1),
        np.ascontiguousarray(at.loss),
        np.stack(steps, axis=1).astype(np.intp),
        np.stack([at.discount, at.peace, at.war, at.first_strike], axis=1),
        np.array([at.correlation], dtype=np.intp),
    )


def corner_of(
    game: Game, low: Figures, high: Figures, limits: Limits
) -> tuple[Figures, Figures]:
    """Return the least margins (P, C) and worths of taking part (P,).

    Args:
        game: The game.
        low: Lowest figures, shape (n,).
        high: Highest figures, shape (n,).
        limits: The least and largest values that figures can have.

    Returns:
        The same as `worst_corner` finds, each discount searched for itself.
    """
    # imported here, for they import numba
    from pamiers.deterrence.loops.corner import corners  # noqa: PLC0415 - as said
    from pamiers.deterrence.loops.joining import worths  # noqa: PLC0415 - as said

    margins = np.empty((len(game.parties), len(game.clauses)))
    parts = np.empty(len(game.parties))
    task = task_of(game, (low, low, high), limits)
    corners(task, margins)
    worths(task, parts)
    return margins, parts


def reach_of(game: Game, widest: float, limits: Limits) -> Figures:
    """Return how far ranges may be scaled before something fails, shape (P,)."""
    from pamiers.deterrence.loops.reach import reaches  # noqa: PLC0415 - as above

    found = np.empty(len(game.parties))
    ends = (game.low, game.mode, game.high)
    reaches(task_of(game, ends, limits), widest, found)
    return found


def swings_of(game: Game, at: tuple[int, int], moved: Rows, limits: Limits) -> Figures:
    """Return one margin with each figure at its low and high end, shape (2, m).

    Args:
        game: The game.
        at: Party and clause.
        moved: Which figures move, shape (m,).
        limits: The least and largest values that figures can have.

    Returns:
        Margins; all other figures are at their likeliest.
    """
    from pamiers.deterrence.loops.corner import swings  # noqa: PLC0415 - as above

    found = np.empty((len(moved), 2))
    ends = (game.low, game.mode, game.high)
    swings(at, task_of(game, ends, limits), moved, found)
    return np.ascontiguousarray(found.T)
