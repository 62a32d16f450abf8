"""Rounds of the patrols of a plan, and visits that are drawn by lot."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.deployment.plan import Plan
from pamiers.deployment.routes import Round, patrol
from pamiers.deployment.stated.written import Asset, Ground, Search, Stated, Visits
from pamiers.deterrence.alarms import least_inspection
from pamiers.deterrence.margins import Figures
from pamiers.deterrence.quotas import visit_now

_HOUR_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRound:
    """A day's round of one patrol: stretches by area, column and row."""

    site: str
    asset: str
    stops: tuple[tuple[str, int, int], ...]
    round: Round  #: lengths in metres; worth in breaches that would else be missed


def rounds(plan: Plan) -> tuple[PatrolRound, ...]:
    """Return a day's round for every patrol of a plan.

    A stretch is worth what the plan misses there, over clauses and hours that the
    patrol could notice. Roads are as long as the detour that is stated.
    """
    assets = {str(each.id): each for each in plan.setting.stated.assets}
    found = plan.found()
    made = []
    for each in plan.candidates:
        post = plan.post(each)
        search = _search(assets[post.asset])
        if search is not None:
            made.append(_round(plan, post.site, assets[post.asset], search, found))
    return tuple(made)


def _search(asset: Asset) -> Search | None:
    held = [each.search for each in filled(asset.sees)]
    return next((each for each in held if isinstance(each, Search)), None)


def _round(
    plan: Plan, site: str, asset: Asset, search: Search, found: Figures
) -> PatrolRound:
    home = next(each for each in plan.setting.laid.sites if each.id == site)
    worth = _missed(plan, asset, found)
    middles = {
        (each.area, each.column, each.row): each.points_m.mean(axis=0)
        for each in plan.setting.laid.stretches
    }
    reach = _base(search.within)
    near = [
        key for key in worth if np.hypot(*(middles[key] - np.array(home.at_m))) <= reach
    ]
    at = np.array([home.at_m, *(middles[key] for key in near)])
    ground = plan.setting.stated.ground
    assert isinstance(ground, Ground)  # noqa: S101 - the reader left no blank
    lengths = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    speed = _number(search.speed) / 3.6
    most = speed * _base(search.daily)
    made = patrol(
        lengths * _number(ground.detour),
        np.array([0.0, *(worth[key] for key in near)]),
        most,
    )
    stops = tuple(near[stop - 1] for stop in made.stops)
    return PatrolRound(site=site, asset=str(asset.id), stops=stops, round=made)


def _missed(
    plan: Plan, asset: Asset, found: Figures
) -> dict[tuple[str, int, int], float]:
    """Return for every stretch what is missed there of what a patrol could notice."""
    searched = {
        name
        for each in filled(asset.sees)
        if isinstance(each.search, Search)
        for name in filled(each.clauses)
    }
    worth: dict[tuple[str, int, int], float] = {}
    for demand, seen in zip(plan.task.demands, found, strict=True):
        if plan.setting.game.clauses[demand.clause] in searched:
            key = (demand.area, demand.column, demand.row)
            worth[key] = worth.get(key, 0.0) + 1.0 - float(seen)
    return worth


def _base(value: object) -> float:
    assert isinstance(value, Quantity)  # noqa: S101 - the reader left no blank
    return value.base


def _number(value: object) -> float:
    assert isinstance(value, int | float)  # noqa: S101 - the reader left no blank
    return float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lottery:
    """With what probability to visit at the first of the occasions left."""

    clause: str
    occasions: int
    visits: int
    now: Fraction  #: in the game of visits; does not depend on breaches intended
    announced: float  #: what has to be announced to deter, with slack; may exceed 1
    enough: bool  #: the share of occasions that can be visited is at least that


def lotteries(stated: Stated) -> tuple[Lottery, ...]:
    """Return how visits that are fewer than the occasions are drawn by lot.

    A schedule at which the inspected side is exactly indifferent deters nobody for
    sure, so that the announced chance has slack above the least one.
    """
    return tuple(_lottery(each) for each in filled(stated.visits))


def _lottery(given: Visits) -> Lottery:
    occasions, visits = int(_number(given.occasions)), int(_number(given.visits))
    penalty = _number(given.penalty)
    least = float(least_inspection(penalty, 1.0, _number(given.found)))
    announced = least * (1.0 + _number(given.slack))
    return Lottery(
        clause=str(given.clause),
        occasions=occasions,
        visits=visits,
        now=visit_now(occasions, visits, Fraction(str(penalty))),
        announced=announced,
        enough=min(visits / occasions, 1.0) >= announced,
    )
