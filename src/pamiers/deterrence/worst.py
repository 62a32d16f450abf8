"""The least favourable corner of the stated ranges, and how much wider they may be.

A margin moves one way in the gain, in detection and in false alarms; once these are at
their worst it is linear in the loss and in discount^lag, whose worse end depends on
whether alarms find breaches more often than they accuse compliers. So the worst
corner of all ranges is one of four evaluations for each value of the discount. Over
the discount a margin may fall and rise again; its least value is searched on a grid
that is refined.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import available
from pamiers.deterrence.cornering import corner_of, reach_of, swings_of
from pamiers.deterrence.game import (
    FAVOURS_KEEPING,
    FAVOURS_PEACE,
    NO_ROW,
    Game,
    Rows,
    column,
    evaluate,
    kind_of,
)
from pamiers.deterrence.margins import Figures

_GRID: Final = 9  #: discounts tried at each of the refinements
_REFINEMENTS: Final = 4
#: ranges are not stretched beyond this many times their stated width
WIDEST: Final = 4.0
_HALVINGS: Final = 40
_ROUNDING: Final = 1e-13  #: of a margin
_FINE: Final = 1e-6  #: how finely a radius is found
#: from so many margins on, compiled loops pay: levers ask for corners again and again
_MANY: Final = 400
_EDGE: Final = 1e-3  #: a step goes at least this share of the span
#: figures of how strong the response is
RESPONSE: Final = ("after", "lasts", "loss", "credibility", "cost", "restores")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """Margins where every figure lies at its least favourable end."""

    margins: Figures  #: (P, C)
    taking_part: Figures  #: (P,)


def by_loops(game: Game, asked: bool | None) -> bool:  # noqa: FBT001 - passed on
    """Tell whether compiled loops pay: where asked for, or where margins are many."""
    if asked is None:
        asked = len(game.parties) * len(game.clauses) >= _MANY and available()
    return asked and bool(game.clauses)


def worst_corner(
    game: Game, low: Figures, high: Figures, *, loops: bool | None = None
) -> Corner:
    """Return the least margins that ranges allow.

    Args:
        game: The game.
        low: Lowest figures, shape (n,).
        high: Highest figures, shape (n,).
        loops: Whether to run compiled loops; None where margins are many.

    Returns:
        For every party and clause, and for taking part, the least value; each has its
        own worst corner.
    """
    if by_loops(game, loops):
        margins, parts = corner_of(game, low, high, limits(game))
        return Corner(margins=margins, taking_part=parts)
    worst = _toward(game, FAVOURS_KEEPING, low, high)
    weaker = _turned(game, worst, RESPONSE, (low, high))
    corners = [worst, weaker]
    corners += [_turned(game, each, ("lag",), (low, high)) for each in (worst, weaker)]
    corners.append(_toward(game, FAVOURS_PEACE, low, high))
    return _least(game, np.stack(corners, axis=1), (low, high))


def _turned(
    game: Game, corner: Figures, kinds: tuple[str, ...], ends: tuple[Figures, Figures]
) -> Figures:
    """Return a corner with the figures of some kinds at their other end."""
    turned = _of_kinds(game.names, kinds)
    other = np.where(corner == ends[0], ends[1], ends[0])
    return np.where(turned, other, corner)


def toward_breaking(game: Game) -> Figures:
    """Return every figure at the end that favours breaking, shape (n,).

    The discounts, which have no such end, are at their lowest.
    """
    return _toward(game, FAVOURS_KEEPING, game.low, game.high)


def _toward(
    game: Game, favours: Mapping[str, int], low: Figures, high: Figures
) -> Figures:
    """Return each figure at the end that does not favour; the discount at its low."""
    signs = _signs(game.names, tuple(favours.items()))
    return np.where(signs >= 0, low, high)


@lru_cache(maxsize=16)
def _of_kinds(names: tuple[str, ...], kinds: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([kind_of(name) in kinds for name in names], dtype=np.bool_)


@lru_cache(maxsize=16)
def _signs(
    names: tuple[str, ...], favours: tuple[tuple[str, int], ...]
) -> NDArray[np.int64]:
    held = dict(favours)
    return np.array([held.get(kind_of(name), 1) for name in names], dtype=np.int64)


def _least(game: Game, corners: Figures, ends: tuple[Figures, Figures]) -> Corner:
    """Return the least of both outcomes over the discounts, the rest at a corner.

    Args:
        game: The game.
        corners: Figures, shape (n, m): the last column for taking part, the others
            for keeping.
        ends: Lowest and highest figures.
    """
    rows, corner = game.at.discount, corners.shape[1]
    low, high = ends[0][rows][:, None], ends[1][rows][:, None]
    margins, parts = [], []
    for _ in range(_REFINEMENTS):
        span = low[..., None] + (high - low)[..., None] * np.linspace(0.0, 1.0, _GRID)
        span = span.reshape(len(rows), -1)
        tried = span.shape[1]
        figures = np.repeat(corners, tried, axis=1)
        figures[rows] = np.tile(span, corner)
        outcome = evaluate(game, figures)
        keeping = outcome.margins.reshape(*outcome.margins.shape[:2], corner, tried)
        keeping = keeping[:, :, :-1]
        part = outcome.taking_part[:, -tried:]
        margins.append(keeping.min(axis=(2, 3)))
        parts.append(part.min(axis=-1))
        if np.all(high <= low):
            break
        found = np.concatenate(
            [keeping.reshape(len(rows), -1, tried), part[:, None]], 1
        )
        low, high = _around(found, low, high)
    return Corner(margins=np.min(margins, axis=0), taking_part=np.min(parts, axis=0))


def _around(found: Figures, low: Figures, high: Figures) -> tuple[Figures, Figures]:
    """Return, for each party, the spans of discounts about every least value.

    Args:
        found: Values over the discounts tried, shape (P, values, spans * grid).
        low: Lowest discounts of the spans, shape (P, spans).
        high: Highest discounts of the spans, shape (P, spans).

    Returns:
        The same of the next spans: of each that holds a least value, once.
    """
    each = [np.unique(row) for row in found.argmin(axis=-1)]
    most = max(len(at) for at in each)
    at = np.stack([np.pad(at, (0, most - len(at)), "edge") for at in each])
    of, point = np.divmod(at, _GRID)
    first = np.take_along_axis(low, of, axis=1)
    step = (np.take_along_axis(high, of, axis=1) - first) / (_GRID - 1)
    begins = first + np.maximum(point - 1, 0) * step
    return begins, first + np.minimum(point + 1, _GRID - 1) * step


def stretched(game: Game, share: float) -> tuple[Figures, Figures]:
    """Return all ranges scaled about the likeliest figures, within what can be.

    Args:
        game: The game.
        share: 0 for the likeliest figures alone, 1 for the ranges as stated.

    Returns:
        Lowest and highest figures, shape (n,): probabilities stay within [0, 1],
        discounts within (0, 1), and figures that were not negative do not become so.
    """
    low = game.mode - share * (game.mode - game.low)
    high = game.mode + share * (game.high - game.mode)
    floor, ceiling = limits(game)
    return np.maximum(low, floor), np.minimum(high, ceiling)


def limits(game: Game) -> tuple[Figures, Figures]:
    """Return the least and largest values that the figures can have at all."""
    floor, ceiling = _limits(game.names)
    return np.minimum(floor, game.low), np.maximum(ceiling, game.high)


@lru_cache(maxsize=16)
def _limits(names: tuple[str, ...]) -> tuple[Figures, Figures]:
    kinds = [kind_of(name) for name in names]
    probability = {"detection", "verification", "attribution", "false_alarm"}
    bounded = {*probability, "credibility", "correlation"}
    free = {"peace", "war"}
    tiny = 1e-9
    floor = [-np.inf if k in free else tiny if k == "discount" else 0.0 for k in kinds]
    ceiling = [
        1.0 - tiny if k == "discount" else 1.0 if k in bounded else np.inf
        for k in kinds
    ]
    return np.array(floor), np.array(ceiling)


def radius(game: Game, *, loops: bool | None = None) -> Figures:
    """Return how far the ranges may be scaled before keeping stops being better.

    Args:
        game: The game.
        loops: Whether to run compiled loops; None where margins are many.

    Returns:
        For every party, over all its clauses and taking part: 0 where it fails at
        the likeliest figures, 1 where it just holds in the ranges as stated, at most
        `WIDEST`.
    """
    if by_loops(game, loops):
        return reach_of(game, WIDEST, limits(game))
    least, most = _smallest(game, 0.0), _smallest(game, WIDEST)
    return np.array(
        [
            0.0
            if least[party] < 0
            else WIDEST
            if most[party] >= 0
            else _crossing(game, party, (float(least[party]), float(most[party])))
            for party in range(len(game.parties))
        ]
    )


def _smallest(game: Game, share: float) -> Figures:
    """Return for every party its smallest margin, taking part too, when stretched."""
    corner = worst_corner(game, *stretched(game, share), loops=False)
    clauses = corner.margins.min(axis=1, initial=np.inf)
    return np.asarray(np.minimum(clauses, corner.taking_part))


def _crossing(game: Game, party: int, ends: tuple[float, float]) -> float:
    """Return the largest share at which a party's smallest margin is not below 0.

    False position, an end that stays twice weighing half (Dowell and Jarratt 1971);
    now and then the middle, so that the span shrinks whatever the curve.
    """
    low, high = 0.0, WIDEST
    above, below = ends
    for turn in range(1, _HALVINGS):
        if high - low < _FINE:
            break
        share = above / (above - below) if turn % 3 else 0.5
        middle = low + (high - low) * min(max(share, _EDGE), 1.0 - _EDGE)
        value = float(_smallest(game, middle)[party])
        if value >= 0:
            low, above, below = middle, value, below / 2
        else:
            high, below, above = middle, value, above / 2
    return low


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """How far one figure alone moves a margin across its range."""

    name: str  #: path of the figure
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """Return how far it moves the margin."""
        return abs(self.at_high - self.at_low)

    @property
    def moves(self) -> bool:
        """Return whether it moves the margin by more than rounding does."""
        return self.width > _ROUNDING * max(abs(self.at_low), abs(self.at_high))


def tornado(
    game: Game, party: int, clause: int, *, loops: bool | None = None
) -> tuple[Swing, ...]:
    """Return what each figure alone does to one margin, the strongest first.

    Args:
        game: The game.
        party: Position of the party.
        clause: Position of the clause.
        loops: Whether to run compiled loops; None where margins are many.

    Returns:
        One swing per figure with a range that moves the margin; ties by name.
    """
    rows = _moving(game, party, clause)
    if rows.size == 0:
        return ()
    if by_loops(game, loops):
        found = swings_of(game, (party, clause), rows, limits(game))
    else:
        found = _swung(only(game, party, clause), rows)
    swings = [
        Swing(
            name=game.names[row],
            at_low=float(found[0, i]),
            at_high=float(found[1, i]),
        )
        for i, row in enumerate(rows)
    ]
    moving = [each for each in swings if each.moves]
    return tuple(sorted(moving, key=lambda each: (-each.width, each.name)))


def _swung(game: Game, rows: Rows) -> Figures:
    """Return the margin of a game of one, each figure at its low and high, (2, m)."""
    figures = np.repeat(column(game.mode), 2 * rows.size, axis=1)
    figures[rows, np.arange(rows.size)] = game.low[rows]
    figures[rows, rows.size + np.arange(rows.size)] = game.high[rows]
    return np.asarray(evaluate(game, figures).margins[0, 0].reshape(2, rows.size))


def _moving(game: Game, party: int, clause: int) -> Rows:
    """Return the rows with a range that one margin may depend on, ascending."""
    at = game.at
    means = at.means[party, clause]
    steps = (at.after, at.lasts, at.credibility, at.cost, at.restores, at.loss[party])
    held = [at.gain[party, clause], at.verification[clause], at.attribution[clause]]
    held += [at.false_alarm[clause], at.lag[clause], at.discount[party], at.correlation]
    answers = game.answered[clause]
    rows = {*map(int, held), *means[means != NO_ROW].tolist()}
    for each in steps:
        rows.update(each[answers].tolist())
    return np.array([i for i in sorted(rows) if game.high[i] > game.low[i]], np.intp)


def only(game: Game, party: int, clause: int) -> Game:
    """Return the game of one party and one clause, over the same rows of figures."""
    p, c = slice(party, party + 1), slice(clause, clause + 1)
    at = game.at
    wide = len(game.means[clause])
    held = replace(
        at,
        gain=at.gain[p, c],
        means=at.means[p, c, :wide],
        verification=at.verification[c],
        attribution=at.attribution[c],
        false_alarm=at.false_alarm[c],
        lag=at.lag[c],
        loss=at.loss[p],
        discount=at.discount[p],
        peace=at.peace[p],
        war=at.war[p],
        first_strike=at.first_strike[p],
    )
    return replace(
        game,
        parties=game.parties[p],
        clauses=game.clauses[c],
        means=game.means[c],
        standing=game.standing[c],
        answered=game.answered[c],
        at=held,
    )
