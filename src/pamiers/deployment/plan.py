"""A plan: what stands where, what it notices, and what no plan exceeds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.deployment.choosing import Choice, choose
from pamiers.deployment.cover import Cover
from pamiers.deployment.placing.ceiling import ceiling
from pamiers.deployment.placing.choice import Chosen, judged, needs, place, served
from pamiers.deployment.placing.lay import Setting, lay_task
from pamiers.deployment.placing.task import (
    Candidate,
    Demand,
    Noticing,
    Post,
    Task,
    margins_of,
    worst,
)
from pamiers.deterrence.game import Game, Layout, Rows, padded
from pamiers.deterrence.margins import Figures

#: how the posts of a plan are called among the means that watch a clause
PLAN: Final = "plan"
#: a chance below this is nothing
_NONE: Final = 1e-9
#: limits are widened so many times to see what would be needed
_WIDER: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What stands where, with a certificate. Margins are in periods of peace."""

    setting: Setting
    task: Task
    chosen: Chosen
    before: float  #: the smallest margin with nothing placed
    bound: float  #: no plan within the limits brings the smallest margin above this
    proof: str  #: `prices` or `solver`: what the bound is from

    @property
    def left(self) -> float | None:
        """Return how much more any plan could add, as a share of what this one adds.

        None where this plan adds nothing, so that no share can be named.
        """
        added = self.chosen.value - self.before
        if added <= _NONE:
            return 0.0 if self.bound - self.chosen.value <= _NONE else None
        return max(self.bound - self.chosen.value, 0.0) / added

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return what was chosen, by site and kind."""
        taken = [self.task.candidates[i] for i in self.chosen.candidates]
        return tuple(sorted(taken, key=lambda each: each.post))

    def post(self, candidate: Candidate) -> Post:
        """Return the post that a candidate mans."""
        return self.task.posts[candidate.post]

    def found(self) -> Figures:
        """Return what is noticed of each demand, shape (R,)."""
        return Noticing.of(self.task, self.chosen.candidates).found()

    def margins(self) -> Figures:
        """Return margins by party and clause; infinite where nothing is placed for."""
        return margins_of(self.task, self.found())


def drawn_up(setting: Setting) -> Plan:
    """Return a plan by choice and exchange, with the bound by prices.

    Args:
        setting: What it is made from.

    Returns:
        The plan; a solver may better it and its bound.
    """
    task = lay_task(setting)
    chosen = place(task)
    return Plan(
        setting=setting,
        task=task,
        chosen=chosen,
        before=judged(task, ()).value,
        bound=ceiling(task, chosen.value),
        proof="prices",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """Where and when a clause is least watched, and how well."""

    demand: Demand
    noticed: tuple[float, float, float]  #: at the low, likeliest and high figures


def worst_places(plan: Plan) -> Mapping[tuple[int, int], Worst]:
    """Return for every party and clause that posts are placed for its worst place.

    Args:
        plan: The plan.

    Returns:
        (party, clause) -> the stretch and hour at the likeliest figures, and what is
        noticed in the worst stretch and hour at the low, likeliest and high figures.
    """
    likeliest = plan.found()
    ends = [_at_end(plan, end) for end in (0, 2)]
    least = (worst(plan.task, ends[0]), worst(plan.task, ends[1]))
    found: dict[tuple[int, int], Worst] = {}
    order = np.argsort(likeliest, kind="stable")
    for at in order.tolist():
        demand = plan.task.demands[at]
        key = (demand.party, demand.clause)
        if key not in found:
            middle = float(likeliest[at])
            found[key] = Worst(
                demand=demand,
                noticed=(
                    min(float(least[0][key]), middle),
                    middle,
                    max(float(least[1][key]), middle),
                ),
            )
    return found


def _at_end(plan: Plan, end: int) -> Figures:
    """Return what the plan notices at one end of the figures, shape (R,)."""
    return Noticing.of(lay_task(plan.setting, end), plan.chosen.candidates).found()


def game_with(plan: Plan) -> Game:
    """Return the stress test's game with this plan in place.

    What the assumptions say of means that the plan places gives way to what the plan
    notices in its worst stretch and hour, for each side by itself.

    Args:
        plan: The plan.

    Returns:
        The game; clauses that nothing is placed for are as they were.
    """
    game, found = plan.setting.game, worst_places(plan)
    names, ends = list(game.names), [list(game.low), list(game.mode), list(game.high)]
    means = list(game.means)
    rows = [_rows_of(game, clause) for clause in range(len(means))]
    placed = {clause for _, clause in found}
    for clause in sorted(placed):
        own = _placed_means(plan, clause)
        kept = [i for i, name in enumerate(means[clause]) if name not in own]
        added = []
        for party, name in enumerate(game.parties):
            worst_here = found.get((party, clause))
            noticed = worst_here.noticed if worst_here else (0.0, 0.0, 0.0)
            added.append(len(names))
            names.append(f"clauses.{game.clauses[clause]}.detection.{PLAN}.{name}")
            for held, figure in zip(ends, noticed, strict=True):
                held.append(figure)
        column = np.array(added, dtype=np.intp)[:, np.newaxis]
        rows[clause] = np.concatenate([rows[clause][:, kept], column], axis=1)
        means[clause] = (*(means[clause][i] for i in kept), PLAN)
    low, mode, high = (np.array(each) for each in ends)
    at: Layout = replace(game.at, means=padded(rows))
    return replace(
        game,
        names=tuple(names),
        means=tuple(means),
        at=at,
        low=low,
        mode=mode,
        high=high,
    )


def _rows_of(game: Game, clause: int) -> Rows:
    """Return the rows of the means that watch a clause, (P, means)."""
    return game.at.means[:, clause, : len(game.means[clause])]


def _placed_means(plan: Plan, clause: int) -> set[str]:
    """Return the means of which some kind of asset watches a clause."""
    name = plan.setting.game.clauses[clause]
    return {
        str(each.means)
        for each in plan.setting.stated.assets
        for sees in each.sees
        if name in getattr(sees, "clauses", ())
    }


def by_means(plan: Plan) -> dict[str, float]:
    """Return what each placed means notices, at its worst clause, side and hour.

    Over the stretches it is the mean: rows of coverage say where a means really
    looked, and this figure holds for what they cover.

    Args:
        plan: The plan.

    Returns:
        Means of the monitoring plan -> detection per period, at the likeliest figures;
        0 for a means of which nothing is placed.
    """
    task, told = plan.task, {}
    kinds = [(each.party, each.clause, each.hour) for each in task.demands]
    cells = np.array([kinds.index(each) for each in kinds])
    for means in sorted({post.means for post in task.posts}):
        own = [i for i in plan.chosen.candidates if _means(plan, i) == means]
        watches = np.array([means in _able(plan, each) for each in task.demands])
        found = Noticing.of(task, own).found()
        parts = [found[watches & (cells == cell)] for cell in np.unique(cells[watches])]
        told[means] = min((float(part.mean()) for part in parts), default=0.0)
    return told


def _able(plan: Plan, demand: Demand) -> set[str]:
    """Return the means of which some kind of asset watches a demand's clause."""
    return _placed_means(plan, demand.clause)


def _means(plan: Plan, candidate: int) -> str:
    return plan.task.posts[int(plan.task.post_of[candidate])].means


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What is left of a plan when something is lost and nothing takes its place."""

    kind: str  #: contingent, road or means
    what: str
    posts: int  #: how many posts it takes away
    value: float  #: the smallest margin that is left
    margins: Figures  #: (P, C)


def losses(plan: Plan) -> tuple[Loss, ...]:
    """Return what each contingent, road and means is worth, by taking it away."""
    stated = plan.setting.stated
    gone = [
        *(("contingent", str(each.id)) for each in stated.contingents),
        *(("road", road) for road in stated.roads),
        *(("means", name) for name in sorted({p.means for p in plan.task.posts})),
    ]
    return tuple(_lost(plan, kind, what) for kind, what in gone)


def _lost(plan: Plan, kind: str, what: str) -> Loss:
    roads = {site.id: set(site.roads) for site in plan.setting.laid.sites}

    def stays(at: int) -> bool:
        candidate = plan.task.candidates[at]
        post = plan.post(candidate)
        if kind == "road":
            return roads[post.site] != {what}
        return what != (candidate.contingent if kind == "contingent" else post.means)

    left = tuple(at for at in plan.chosen.candidates if stays(at))
    return Loss(
        kind=kind,
        what=what,
        posts=len(plan.chosen.candidates) - len(left),
        value=judged(plan.task, left).value,
        margins=margins_of(plan.task, Noticing.of(plan.task, left).found()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What would be needed for every margin that monitoring can close to hold."""

    reached: bool  #: the sites and kinds on the list are enough at all
    cost: float
    persons: float  #: on the roll
    posts: int


def closing(plan: Plan, level: float) -> Chosen:
    """Return a choice that reaches a margin, if money and persons were no limit.

    Args:
        plan: The plan.
        level: The margin [periods of peace].

    Returns:
        The choice, by what each post adds for what it takes; short of the level where
        sites and kinds are not enough.
    """
    task = plan.task
    free = np.array(
        [name.startswith(("budget", "persons", "contingent")) for name in task.limits]
    )
    wider = replace(task, caps=np.where(free, task.caps * _WIDER + 1.0, task.caps))
    return judged(wider, served(wider, needs(wider, level)))


def needed(plan: Plan) -> Needed:
    """Return what closing everything would take, if money and persons were no limit."""
    task, chosen = plan.task, closing(plan, 0.0)
    taken = [task.candidates[i] for i in chosen.candidates]
    return Needed(
        reached=chosen.value >= -_NONE,
        cost=sum(each.cost for each in taken),
        persons=sum(each.persons for each in taken),
        posts=len(taken),
    )


def covering(plan: Plan) -> dict[str, Choice]:
    """Return for each kind of asset how well any choice of as many sites could cover.

    Args:
        plan: The plan.

    Returns:
        Kind -> the choice of as many posts that notices most of all demands together,
        each alike, as if they looked independently, with its bound.
    """
    counts: dict[str, int] = {}
    for each in plan.candidates:
        kind = plan.post(each).asset
        counts[kind] = counts.get(kind, 0) + 1
    return {kind: _covering(plan, kind, most) for kind, most in sorted(counts.items())}


def _covering(plan: Plan, kind: str, most: int) -> Choice:
    task = plan.task
    own = [k for k, post in enumerate(task.posts) if post.asset == kind]
    seen = task.seen[:, own].T
    site, point = np.nonzero(seen > _NONE)
    sizes = np.bincount(site, minlength=len(own))
    cover = Cover(
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        points=point.astype(np.int32),
        chances=seen[site, point].astype(np.float32),
        order=np.arange(seen.shape[1], dtype=np.int32),
    )
    return choose(cover, task.weights / len(task.demands), most)
