"""The cheapest change that makes keeping the better choice for both parties.

Levers come from a menu, each with a cost and what it does to which figures. Packages
are tried in the order of their cost, so that the first that does is the cheapest; one
that mends a clause for one side and breaks the peace for the other is refused.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.deterrence.assumptions.check_levers import BY_PARTY
from pamiers.deterrence.assumptions.written import Change, Incentives, Lever
from pamiers.deterrence.game import Game
from pamiers.deterrence.joint import JointBreach
from pamiers.deterrence.margins import Figures
from pamiers.deterrence.together import joint_breaches
from pamiers.deterrence.worst import limits, worst_corner

#: packages that are tried before the search is given up, with a bound
MOST_TRIED: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a lever does to one row of figures."""

    row: int
    to: float | None
    add: float
    times: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Levers taken together, and what is then left."""

    levers: tuple[str, ...]  #: in the order of the file
    cost: float
    margins: Figures  #: (P, C)
    taking_part: Figures  #: (P,)
    joint: tuple[JointBreach, ...]  #: per party


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheapest:
    """The cheapest package that does, or what is known where none was found."""

    over: str  #: `ranges` for their worst corner, `likeliest` for those figures alone
    package: Package | None
    tried: int
    none_below: float  #: no package of a smaller cost does
    exhausted: bool  #: every package was tried, and none does


def effects_of(lever: Lever, game: Game, period_s: float) -> tuple[Effect, ...]:
    """Return what a lever does, row by row.

    Args:
        lever: The lever, without errors or blanks.
        game: The game whose rows it changes.
        period_s: Length of a period, for times.

    Returns:
        Its effects; one change may touch the rows of several parties.
    """
    found: list[Effect] = []
    for change in filled(lever.changes):
        scale = period_s if change.of in {"lag", "after", "lasts"} else 1.0
        found.extend(
            Effect(
                row=row,
                to=None if change.to is None else _number(change.to) / scale,
                add=_number(change.add or 0.0) / scale,
                times=1.0 if change.times is None else _number(change.times),
            )
            for row in _rows(change, game)
        )
    return tuple(found)


def _number(value: object) -> float:
    if isinstance(value, Quantity):
        return value.base
    assert isinstance(value, int | float)  # noqa: S101 - the reader left no blank
    return float(value)


def _rows(change: Change, game: Game) -> list[int]:
    """Return the rows that a change points at."""
    at, key = game.at, str(change.of)
    chosen = [i for i, name in enumerate(game.parties) if change.party in {"", name}]
    if change.clause and change.of == "detection":
        clause = game.clauses.index(str(change.clause))
        if change.means not in game.means[clause]:
            return []  # a plan of posts stands in place of this means
        held = at.means[:, clause, game.means[clause].index(str(change.means))]
        return sorted({int(row) for row in held[chosen]})
    rows = getattr(at, key)
    if not change.clause and not change.step:
        return [int(rows[i]) for i in chosen]
    names = game.clauses if change.clause else game.steps
    where = names.index(str(change.clause or change.step))
    if key in BY_PARTY:
        return sorted({int(rows[i, where]) for i in chosen})
    return [int(rows[where])]


def changed(game: Game, effects: tuple[Effect, ...]) -> Game:
    """Return the game after some effects, its figures within what they can be.

    Args:
        game: The game.
        effects: What is changed, in order.

    Returns:
        A game whose low, mode and high figures are all moved.
    """
    floor, ceiling = limits(game)
    columns = []
    for held in (game.low, game.mode, game.high):
        figures = held.copy()
        for each in effects:
            base = figures[each.row] if each.to is None else each.to
            figures[each.row] = base * each.times + each.add
        columns.append(np.clip(figures, floor, ceiling))
    ordered = np.sort(np.stack(columns), axis=0)
    return game.with_figures(ordered[0], ordered[1], ordered[2])


def by_cost(costs: list[float]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield every set of positions in the order of its total cost; the empty first.

    Args:
        costs: Cost of each, at least 0.

    Returns:
        (cost, positions), costs never falling; the same order every time.
    """
    order = sorted(range(len(costs)), key=lambda i: (costs[i], i))
    yield 0.0, ()
    if not order:
        return
    heap: list[tuple[float, int, tuple[int, ...]]] = [(costs[order[0]], 1, (0,))]
    while heap:
        total, size, ranks = heapq.heappop(heap)
        yield total, tuple(sorted(order[rank] for rank in ranks))
        last = ranks[-1]
        if last + 1 == len(order):
            continue
        step = costs[order[last + 1]]
        heapq.heappush(heap, (total + step, size + 1, (*ranks, last + 1)))
        moved = total - costs[order[last]] + step
        heapq.heappush(heap, (moved, size, (*ranks[:-1], last + 1)))


def cheapest(
    found: Incentives, game: Game, *, slack: float, over: str = "ranges"
) -> Cheapest:
    """Return the cheapest package after which every margin holds for both parties.

    Args:
        found: The assumptions, for the menu.
        game: The game.
        over: `ranges` where it has to hold in the worst corner of all ranges,
            `likeliest` where the likeliest figures alone count.
        slack: How far above zero every margin has to be [unit of payoff], above 0.

    Returns:
        The package; or, if the search was given up, the cost below which none does.
    """
    period = found.period
    assert not isinstance(period, str) and hasattr(period, "base")  # noqa: S101, PT018 - for the types
    effects = [effects_of(each, game, period.base) for each in found.levers]
    costs = [_number(each.cost) for each in found.levers]
    view = game if over == "ranges" else game.with_figures(*[game.mode] * 3)
    tried, spent = 0, 0.0
    for cost, chosen in by_cost(costs):
        if tried == MOST_TRIED:
            return Cheapest(
                over=over, package=None, tried=tried, none_below=spent, exhausted=False
            )
        spent = cost
        if _excluded(found, chosen):
            continue
        tried += 1
        package = packed(found, view, chosen, effects)
        if _does(package, slack):
            return Cheapest(
                over=over,
                package=package,
                tried=tried,
                none_below=cost,
                exhausted=False,
            )
    return Cheapest(
        over=over, package=None, tried=tried, none_below=np.inf, exhausted=True
    )


def packed(
    found: Incentives,
    game: Game,
    chosen: tuple[int, ...],
    effects: list[tuple[Effect, ...]],
) -> Package:
    """Return the package of some levers, with what is left in the worst corner.

    Args:
        found: The assumptions, for names and costs.
        game: The game before any lever.
        chosen: Positions of the levers.
        effects: What each lever of the menu does.

    Returns:
        The package.
    """
    after = changed(game, tuple(each for i in chosen for each in effects[i]))
    corner = worst_corner(after, after.low, after.high)
    return Package(
        levers=tuple(str(found.levers[i].id) for i in chosen),
        cost=sum(_number(found.levers[i].cost) for i in chosen),
        margins=corner.margins,
        taking_part=corner.taking_part,
        joint=joint_breaches(after),
    )


def _does(package: Package, slack: float) -> bool:
    least = min(
        package.margins.min(initial=np.inf), package.taking_part.min(initial=np.inf)
    )
    return bool(least >= slack) and not any(each.clauses for each in package.joint)


def _excluded(found: Incentives, chosen: tuple[int, ...]) -> bool:
    """Tell whether two of the levers cannot go together."""
    ids = {str(found.levers[i].id) for i in chosen}
    return any(ids & set(filled(found.levers[i].excludes)) for i in chosen)


def best_level(  # one clause, two continuous levers
    least_product: float, gap: float, loss: float, costs: tuple[float, float]
) -> tuple[float, float]:
    """Return the cheapest rise of detection and of loss that closes one clause.

    Minimises c_d x + c_R y so that (gap + x)(loss + y) >= K, x and y at least 0.

    Args:
        least_product: K, what detection less false alarms times loss has to be.
        gap: Detection less false alarms today, in (-1, 1).
        loss: The stock of loss today, at least 0.
        costs: Of one unit of detection and of one unit of loss, above 0.

    Returns:
        x within [0, 1 - gap] and y; (0, 0) where it is closed already.
    """
    detection_cost, loss_cost = costs
    if gap > 0 and gap * loss >= least_product:
        return 0.0, 0.0
    inner = np.sqrt(least_product * loss_cost / detection_cost) - gap
    x = float(np.clip(inner, 0.0, 1.0 - gap))
    y = least_product / (gap + x) - loss if gap + x > 0 else np.inf
    if y > 0:
        return x, float(y)
    return float(least_product / loss - gap), 0.0
