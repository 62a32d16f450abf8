"""What every package of levers costs and reaches, and which none betters.

A package is on the frontier if no other that costs as little or less reaches a larger
smallest margin, over both parties and all clauses.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.agreement.values.blank import filled, known
from pamiers.deterrence.assumptions.written import Incentives
from pamiers.deterrence.game import Game, column, evaluate
from pamiers.deterrence.levers import by_cost, changed, effects_of
from pamiers.deterrence.worst import worst_corner

#: packages that are looked at, cheapest first
MOST: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One package: what it costs, and the smallest margin that is left."""

    levers: tuple[str, ...]
    cost: float
    likeliest: float  #: at the likeliest figures [unit of payoff]
    worst: float  #: in the worst corner
    best: bool  #: no package that costs as little reaches more in the worst corner


def frontier(found: Incentives, game: Game) -> tuple[Point, ...]:
    """Return packages by cost, the frontier marked.

    Args:
        found: The assumptions, for the menu.
        game: The game.

    Returns:
        The `MOST` cheapest packages, the empty one first; excluded ones left out.
    """
    period = known(found.period)
    assert period is not None  # noqa: S101 - the reader left no blank
    effects = [effects_of(each, game, period.base) for each in found.levers]
    ids = [str(each.id) for each in found.levers]
    costs = [float(each.cost) for each in found.levers]  # type: ignore[arg-type]  # no blanks
    points: list[Point] = []
    best = -np.inf
    for cost, chosen in by_cost(costs):
        if len(points) == MOST:
            break
        names = {ids[i] for i in chosen}
        if any(names & set(filled(found.levers[i].excludes)) for i in chosen):
            continue
        after = changed(game, tuple(each for i in chosen for each in effects[i]))
        worst = _smallest(worst_corner(after, after.low, after.high).margins)
        likeliest = _smallest(evaluate(after, column(after.mode)).margins)
        points.append(
            Point(
                levers=tuple(ids[i] for i in chosen),
                cost=cost,
                likeliest=likeliest,
                worst=worst,
                best=worst > best,
            )
        )
        best = max(best, worst)
    return tuple(points)


def _smallest(margins: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float:
    return float(margins.min(initial=np.inf))
