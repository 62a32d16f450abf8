"""All draws at once by compiled loops: what they read, and what they found.

What all clauses share in a draw, the discount and the stocks of loss, is computed once
in doubles; the loops read it in singles, and in doubles where singles cannot decide.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deterrence.game import Game, Rows, step_loss
from pamiers.deterrence.lots import Lots
from pamiers.deterrence.margins import Figures
from pamiers.deterrence.temptation import States, exchanges

Singles = NDArray[np.float32]

#: what singles may be off by, as a share of the terms of a margin
_ROUGH: Final = 4e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all clauses share in every draw; shapes in P parties, k draws, Q answers."""

    log: Figures  #: (P, k) of the discount
    short: Figures  #: (P, k) what the discount is short of one
    over: Figures  #: (P, k) one over that
    stocks: Figures  #: (Q, P, k) loss by each way of answering a breach
    answer: NDArray[np.intp]  #: (C,) which way each clause is answered
    peace: Figures  #: (P, k)
    war: Figures  #: (P, k)
    first_strike: Figures  #: (P, k)

    @property
    def held(self) -> tuple[Figures, Figures, Figures, Figures]:
        """Return what the loops over clauses read."""
        return self.log, self.short, self.over, self.stocks

    @property
    def singles(self) -> tuple[Singles, Singles, Singles, Singles]:
        """Return the same in singles."""
        log, short, over, stocks = (each.astype(np.float32) for each in self.held)
        return log, short, over, stocks


def shared_of(game: Game, lots: Lots, draws: int) -> Shared:
    """Return what all clauses share in every draw."""
    at = game.at
    numbers = np.arange(draws, dtype=np.uint32)
    drawn = {
        key: lots.figures(getattr(at, key), numbers)
        for key in ("discount", "peace", "war", "first_strike")
    }
    ways, answer = np.unique(game.answered, axis=0, return_inverse=True)
    short = 1.0 - drawn["discount"]
    return Shared(
        log=np.log(drawn["discount"]),
        short=short,
        over=1.0 / short,
        stocks=_stocks(game, lots, ways, drawn["discount"]),
        answer=answer.ravel().astype(np.intp),
        peace=drawn["peace"],
        war=drawn["war"],
        first_strike=drawn["first_strike"],
    )


def _stocks(
    game: Game, lots: Lots, ways: NDArray[np.bool_], discount: Figures
) -> Figures:
    """Return the loss by each way of answering, shape (Q, P, k)."""
    stocks = np.zeros((len(ways), *discount.shape))
    numbers = np.arange(discount.shape[1], dtype=np.uint32)
    for step in range(len(game.steps)):
        worth = step_loss(game, step, lambda rows: lots.figures(rows, numbers))
        stocks += ways[:, step, np.newaxis, np.newaxis] * worth
    return stocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What loops found over all draws; shapes in P parties, C clauses, k draws."""

    counts: NDArray[np.int64]  #: (P, C) draws in which a margin is at least 0
    lowest: Figures  #: (P, C)
    tenth: Figures  #: (P, C)
    least: NDArray[np.float32]  #: (P, k) smallest margin over the clauses
    taking_part: NDArray[np.bool_]  #: (P, k)


def swept_draws(game: Game, lots: Lots, shared: Shared) -> Swept:
    """Return what margins are in all draws.

    Args:
        game: The game, of one clause at least.
        lots: Its lots.
        shared: What all clauses share in the draws.

    Returns:
        Counts as array code has them; margins to the digits of singles.
    """
    from pamiers.deterrence.loops.sweep import swept  # noqa: PLC0415 - imports numba

    size = (len(game.parties), len(game.clauses))
    counts = np.zeros(size, dtype=np.int64)
    lowest, tenth = np.empty((2, *size), dtype=np.float32)
    least = np.full(shared.peace.shape, np.inf, dtype=np.float32)
    kept = shared.peace.copy()
    swept(
        (_single(lots), _rows(game), _kinds(game, shared)),
        shared.singles,
        (lots.words, lots.triangles, shared.held),
        _fuzzy(game, shared),
        (counts, lowest, tenth, least, kept),
    )
    ahead = (kept - shared.war) * shared.over - shared.first_strike
    return Swept(
        counts=counts,
        lowest=lowest.astype(np.float64),
        tenth=tenth.astype(np.float64),
        least=least,
        taking_part=ahead >= 0,
    )


def paying_draws(game: Game, lots: Lots, shared: Shared) -> States:
    """Return of every party and draw what bounds tell of joint breaches, (P, k)."""
    from pamiers.deterrence.loops.joint import paying  # noqa: PLC0415 - imports numba

    clauses = len(game.clauses)
    mask = np.uint32((1 << max(clauses - 1, 1).bit_length()) - 1)
    most = shared.stocks.max(axis=0) * (1.0 - shared.short)
    found = np.empty(shared.peace.shape, dtype=np.int8)
    paying(
        (_single(lots), _rows(game), _kinds(game, shared)),
        shared.singles,
        (exchanges(clauses), mask, most.astype(np.float32)),
        found,
    )
    return found


def _single(lots: Lots) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Return lots as the loops read them."""
    return lots.words, lots.triangles.astype(np.float32)


def _rows(game: Game) -> tuple[Rows, Rows, Rows, Rows]:
    """Return the rows of figures as the loops read them."""
    at = game.at
    others = [at.verification, at.attribution, at.false_alarm, at.lag]
    return (
        np.ascontiguousarray(at.gain),
        np.ascontiguousarray(at.means),
        np.stack(others, axis=1),
        np.array([at.correlation], dtype=np.intp),
    )


def _kinds(
    game: Game, shared: Shared
) -> tuple[NDArray[np.bool_], Rows, NDArray[np.bool_]]:
    """Return the kinds of the clauses as the loops read them."""
    alike = np.all(game.at.means == game.at.means[:1], axis=(0, 2))
    return game.standing, shared.answer, alike


def _fuzzy(game: Game, shared: Shared) -> NDArray[np.float32]:
    """Return how near to 0 a margin is in doubt in singles, shape (P, C)."""
    at, low, high = game.at, game.low, game.high
    over = shared.over.max(axis=1, keepdims=True)
    lasting = np.minimum(high[at.lag] + 1.0, over)
    stock = shared.stocks.max(axis=2)[shared.answer].T
    terms = 2.0 * stock + high[at.gain] * (1.0 + game.standing * lasting)
    sure = np.where(at.means < 0, 0.0, low[at.means]).max(axis=2, initial=0.0)
    sure = sure * low[at.verification] * low[at.attribution]
    kept = np.maximum(shared.short.min(axis=1, keepdims=True), sure * (1.0 - 1e-6))
    rough = _ROUGH * terms / np.where(game.standing, kept, 1.0)
    return np.asarray(rough, dtype=np.float32)
