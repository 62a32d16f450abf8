"""The report of a plan as a value: everything that its pages show.

For everybody is in which of four bands lies what is noticed by clause and hour, alike
for all sides. The chance itself, where posts stand, which stretch is watched least, by
what margin a clause holds and what is lost without a part of the plan are for those
alone who place posts: an edition that may not show it does not hold it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.deployment.budgets import Budget, budgets
from pamiers.deployment.placing.ground import Stretch, length
from pamiers.deployment.placing.task import Candidate, Post
from pamiers.deployment.plan import Loss, Plan
from pamiers.deployment.remarks import (
    Pledged,
    Remark,
    Told,
    open_remarks,
    pledged,
    remarks,
    told_of,
)
from pamiers.deployment.stated.written import Ground, Stated
from pamiers.report.stress import Names
from pamiers.report.watched import Watched, banded, watched_of

_KM: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clause for one party: noticed at its worst, and the margin."""

    party: str
    clause: str
    noticed: tuple[float, float, float] | None  #: low, likeliest, high; may be unsaid
    without: float  #: margin with nothing placed [periods of peace]
    margin: float | None  #: with the plan; None where it may not be shown
    holds: bool  #: it is not below nought


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Ground that is drawn as one: a stretch."""

    area: str
    runs: tuple[tuple[float, float, float], ...]
    """West edge, south edge and width of strips as high as the spacing [km]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is noticed of one clause at one hour, patch by patch."""

    clause: str
    hour: str
    noticed: tuple[float | None, ...]  #: by patch; None where nothing is to be watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """What only those may know who place posts."""

    posts: tuple[tuple[Post, Candidate], ...]
    at_km: tuple[tuple[float, float], ...]  #: where each of them stands
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployReport:
    """A plan with all that is drawn of it."""

    title: Mapping[str, str]  #: of the agreement, by language
    stated: Stated
    names: Names  #: of parties and clauses, by id
    parties: tuple[str, ...]
    said: tuple[Remark, ...]
    rows: tuple[Row, ...]
    watched: Watched | None  #: for those alone who place posts
    hours: Mapping[str, Mapping[str, str]]  #: id -> what it is called, by language
    bands: Mapping[tuple[str, str], int]  #: (clause, hour) -> of `BANDS` reached
    pledged: tuple[Pledged, ...]
    budgets: tuple[Budget, ...]
    enough: float  #: a margin that was asked for [periods of peace]
    spacing_km: float
    patches: tuple[Patch, ...]  #: stretches; none where they may not be shown
    views: tuple[View, ...]
    protected: Protected | None


def compose_deploy(
    plan: Plan, *, title: Mapping[str, str], names: Names, public: bool
) -> DeployReport:
    """Return the report of a plan.

    Args:
        plan: The plan.
        title: Of the agreement, by language.
        names: What parties and clauses are called, by id and language.
        public: Leave out what only those may know who place posts.

    Returns:
        The report; the same arguments give the same report.
    """
    told, game = told_of(plan), plan.setting.game
    patches, views = ((), ()) if public else _views(plan)
    watched = watched_of(plan, told.worst)
    ground = plan.setting.stated.ground
    assert isinstance(ground, Ground)  # noqa: S101 - the reader left no blank
    return DeployReport(
        title=title,
        stated=plan.setting.stated,
        names=names,
        parties=game.parties,
        said=open_remarks(told) if public else remarks(told),
        rows=tuple(_rows(told, public=public)),
        watched=None if public else watched,
        hours=watched.hours,
        bands=banded(watched),
        pledged=pledged(plan),
        budgets=budgets(plan),
        enough=plan.task.enough,
        spacing_km=length(ground.spacing) / _KM,
        patches=patches,
        views=views,
        protected=None if public else _protected(told),
    )


def _rows(told: Told, *, public: bool) -> Iterator[Row]:
    plan = told.plan
    game, margins = plan.setting.game, plan.margins()
    none = plan.task.levels.margins(np.zeros(margins.shape))
    order = sorted(told.worst.items(), key=lambda each: each[0][::-1])
    for (party, clause), worst in order:
        yield Row(
            party=game.parties[party],
            clause=game.clauses[clause],
            noticed=None if public else worst.noticed,
            without=float(none[party, clause]),
            margin=None if public else float(margins[party, clause]),
            holds=bool(margins[party, clause] >= 0),
        )


def _views(plan: Plan) -> tuple[tuple[Patch, ...], tuple[View, ...]]:
    """Return the ground, and what is noticed of it by clause and hour."""
    game, found = plan.setting.game, plan.found().tolist()
    at: dict[tuple[object, ...], int] = {}
    runs: list[list[tuple[float, float, float]]] = []
    for each in plan.setting.laid.stretches:
        key = (each.area, each.column, each.row)
        if key not in at:
            at[key] = len(runs)
            runs.append([])
        runs[at[key]] += _runs(plan, each)
    least: dict[tuple[str, str], list[float | None]] = {}
    for demand, noticed in zip(plan.task.demands, found, strict=True):
        key = (demand.area, demand.column, demand.row)
        view = (game.clauses[demand.clause], demand.hour)
        held = least.setdefault(view, [None] * len(runs))
        before = held[at[key]]
        held[at[key]] = noticed if before is None else min(before, noticed)
    patches = tuple(
        Patch(area=str(key[0]), runs=tuple(runs[i])) for key, i in at.items()
    )
    views = (
        View(clause=clause, hour=hour, noticed=tuple(noticed))
        for (clause, hour), noticed in least.items()
    )
    order = {name: i for i, name in enumerate(game.clauses)}
    return patches, tuple(sorted(views, key=lambda each: order[each.clause]))


def _runs(plan: Plan, stretch: Stretch) -> Iterator[tuple[float, float, float]]:
    """Yield the points of a stretch as strips, south to north [km]."""
    ground = plan.setting.stated.ground
    assert isinstance(ground, Ground)  # noqa: S101 - the reader left no blank
    step = length(ground.spacing)
    for north in np.unique(stretch.points_m[:, 1]):
        east = np.sort(stretch.points_m[stretch.points_m[:, 1] == north, 0])
        for run in np.split(east, np.flatnonzero(np.diff(east) > 1.5 * step) + 1):
            west, wide = float(run[0]) - step / 2, float(run[-1] - run[0]) + step
            yield west / _KM, (float(north) - step / 2) / _KM, wide / _KM


def _protected(told: Told) -> Protected:
    plan = told.plan
    sites = {each.id: each for each in plan.setting.laid.sites}
    posts = tuple((plan.post(each), each) for each in plan.candidates)
    return Protected(
        posts=posts,
        at_km=tuple(
            (sites[post.site].at_m[0] / _KM, sites[post.site].at_m[1] / _KM)
            for post, _ in posts
        ),
        losses=told.losses,
    )
