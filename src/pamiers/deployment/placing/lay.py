"""From what is stated, an agreement and its stress test to a task of arrays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.quantity import Quantity
from pamiers.core.errors import UsageError
from pamiers.deployment.detection import persons_for
from pamiers.deployment.placing.chances import Viewed, chances
from pamiers.deployment.placing.ground import Laid, Place, Stretch, lay_ground
from pamiers.deployment.placing.levels import levels_of
from pamiers.deployment.placing.task import Candidate, Demand, Post, Task
from pamiers.deployment.stated.written import Asset, Contingent, Duty, Stated
from pamiers.deployment.terrain import Terrain, visible
from pamiers.deterrence.game import Game
from pamiers.deterrence.margins import Figures

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: most figures of what posts see: 400 MB
MOST_FIGURES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """All that a plan is made from."""

    stated: Stated
    agreement: Agreement
    game: Game
    period_s: float
    laid: Laid
    terrain: Terrain | None = None  #: None: nothing stands between


def setting(
    stated: Stated,
    agreement: Agreement,
    game: Game,
    period_s: float,
    terrain: Terrain | None = None,
) -> Setting:
    """Return a setting, its ground laid.

    Args:
        stated: What is stated, without errors or blanks.
        agreement: The agreement it stands beside.
        game: Its stress test's game.
        period_s: Length of a period of the game [s].
        terrain: Heights, for assets that need a line of sight.

    Returns:
        The setting.

    Raises:
        UsageError: An asset needs a line of sight, and no heights are given.
    """
    high = [each.id for each in stated.assets if each.height is not None]
    if high and terrain is None:
        raise UsageError(
            "deployment.yaml",
            expected=f"heights of the ground for {high[0]!r}, which looks along a line",
            got="no terrain.asc beside it",
            remedy="Add the file, or remove `height`.",
        )
    return Setting(
        stated=stated,
        agreement=agreement,
        game=game,
        period_s=period_s,
        laid=lay_ground(stated, agreement),
        terrain=terrain,
    )


def lay_task(given: Setting, end: int = 1) -> Task:
    """Return what there is to choose from.

    Args:
        given: The setting.
        end: 0 for the low ends of what is stated of detection, 1 likeliest, 2 high.

    Returns:
        The task; demands by clause, hour and stretch. At the likeliest figures like
        points are joined.

    Raises:
        UsageError: Nothing is watched, nothing may stand anywhere, or the table of
            what posts see is too large.
    """
    posts = list(_posts(given))
    demands = list(_demands(given))
    if not posts or not demands:
        raise UsageError(
            "deployment.yaml",
            expected="a clause put to the test in an area, and a post for it",
            got="none",
            remedy="Name clauses that are put to the test, and sites for their means.",
        )
    sizes = [len(stretch.points_m) for _, stretch in demands]
    _fits(sum(sizes) * len(posts))
    candidates = list(_candidates(given, posts))
    limits = dict(_limits(given, posts, candidates))
    levels = levels_of(given.game, _placed(given))
    task = Task(
        demands=tuple(each for each, _ in demands),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        weights=np.concatenate([np.full(n, 1.0 / n) for n in sizes]),
        seen=_seen(given, posts, demands, end),
        posts=tuple(posts),
        candidates=tuple(candidates),
        post_of=np.array([each.post for each in candidates], dtype=np.int64),
        use=np.array([use for use, _ in limits.values()]),
        caps=np.array([cap for _, cap in limits.values()]),
        limits=tuple(limits),
        correlation=levels.correlation,
        levels=levels,
        wanted=np.ones(len(demands), dtype=bool),
        equity=_number(given.stated.equity),
        enough=_number(given.stated.enough),
    )
    return _counted(merged_points(task) if end == 1 else task)


def _fits(figures: int) -> None:
    if figures > MOST_FIGURES:
        raise UsageError(
            "deployment.yaml",
            expected=f"at most {MOST_FIGURES:,} pairs of a post and a point",
            got=f"{figures:,}",
            remedy="Widen the spacing of the ground or of the grids of sites.",
        )


def _number(value: object) -> float:
    assert isinstance(value, int | float)  # noqa: S101 - the reader left no blank
    return float(value)


def _base(value: object) -> float:
    assert isinstance(value, Quantity)  # noqa: S101 - the reader left no blank
    return value.base


def _demands(given: Setting) -> Iterator[tuple[Demand, Stretch]]:
    game = given.game
    seen = {name for each in given.stated.assets for name in noticed_by(each)}
    for stretch in given.laid.stretches:
        for clause in stretch.clauses:
            if clause not in game.clauses or clause not in seen:
                continue
            for hour in given.stated.hours:
                demand = Demand(
                    party=game.parties.index(stretch.party),
                    clause=game.clauses.index(clause),
                    hour=hour,
                    area=stretch.area,
                    column=stretch.column,
                    row=stretch.row,
                )
                yield demand, stretch


def noticed_by(asset: Asset) -> list[str]:
    """Return the clauses of which an asset notices breaches."""
    return [name for sees in filled(asset.sees) for name in filled(sees.clauses)]


def _placed(given: Setting) -> tuple[frozenset[str], ...]:
    """Return for each clause the means that a plan places for it."""
    return tuple(
        frozenset(
            str(each.means)
            for each in given.stated.assets
            if clause in noticed_by(each)
        )
        for clause in given.game.clauses
    )


def _posts(given: Setting) -> Iterator[Post]:
    for site in given.laid.sites:
        for each in given.stated.assets:
            if not site.assets or each.id in site.assets:
                yield Post(site=site.id, asset=str(each.id), means=str(each.means))


def _candidates(given: Setting, posts: list[Post]) -> Iterator[Candidate]:
    assets = {str(each.id): each for each in given.stated.assets}
    sites = {each.id: each for each in given.laid.sites}
    for contingent in given.stated.contingents:
        for at, post in enumerate(posts):
            brings = post.asset in contingent.assets
            if brings and _goes(contingent, sites[post.site], given.agreement):
                asset = assets[post.asset]
                yield Candidate(
                    post=at,
                    contingent=str(contingent.id),
                    cost=_number(asset.cost),
                    persons=on_roll(asset, given.stated),
                )


def on_roll(asset: Asset, stated: Stated) -> float:
    """Return how many persons on the roll keep one asset going day and night."""
    duty = stated.duty
    assert isinstance(duty, Duty)  # noqa: S101 - the reader left no blank
    hours = _base(duty.week) / 3600.0
    return persons_for(int(_base(asset.on_duty)), hours, _number(duty.leave))


def _goes(contingent: Contingent, site: Place, agreement: Agreement) -> bool:
    """Tell whether a contingent's caveats let it stand at a site."""

    def inside(zone: str) -> bool:
        return bool(agreement.zones[zone].contains(site.lon, site.lat)[0])

    kept = filled(contingent.only_in)
    return not any(inside(zone) for zone in filled(contingent.not_in)) and (
        not kept or any(inside(zone) for zone in kept)
    )


def _limits(
    given: Setting, posts: list[Post], candidates: list[Candidate]
) -> Iterator[tuple[str, tuple[Figures, float]]]:
    """Yield each limit: its name, what candidates take of it, and how much is."""
    cost = np.array([each.cost for each in candidates])
    persons = np.array([each.persons for each in candidates])
    yield "budget", (cost, _number(given.stated.budget))
    yield "persons", (persons, _base(given.stated.persons))
    whose = np.array([each.contingent for each in candidates], dtype=object)
    what = np.array([posts[each.post].asset for each in candidates], dtype=object)
    for each in given.stated.contingents:
        own = (whose == each.id).astype(np.float64)
        yield f"contingent {each.id} budget", (own * cost, _number(each.budget))
        yield f"contingent {each.id} persons", (own * persons, _base(each.persons))
        for asset, most in each.assets.items():
            of_kind = own * (what == asset)
            yield f"contingent {each.id} {asset}", (of_kind, _number(most))
    yield from _room(given, posts, candidates)


def _room(
    given: Setting, posts: list[Post], candidates: list[Candidate]
) -> Iterator[tuple[str, tuple[Figures, float]]]:
    where = np.array([posts[each.post].site for each in candidates], dtype=object)
    for site in given.laid.sites:
        here = (where == site.id).astype(np.float64)
        if here.any():
            yield f"site {site.id}", (here, float(site.room))
    at = np.array([each.post for each in candidates])
    for post in np.unique(at):
        same = (at == post).astype(np.float64)
        yield f"post {posts[post].site} {posts[post].asset}", (same, 1.0)


def _seen(
    given: Setting,
    posts: list[Post],
    demands: list[tuple[Demand, Stretch]],
    end: int,
) -> Figures:
    """Return how likely each post notices a breach at each point of each demand."""
    sites = {each.id: i for i, each in enumerate(given.laid.sites)}
    assets = {str(each.id): each for each in given.stated.assets}
    clear: dict[tuple[str, str, int, int], Figures] = {}
    places = np.array([each.at_m for each in given.laid.sites])
    of_asset = {
        name: (
            np.array([k for k, post in enumerate(posts) if post.asset == name]),
            np.array([sites[post.site] for post in posts if post.asset == name]),
        )
        for name in assets
    }
    rows = []
    for demand, stretch in demands:
        away = np.hypot(*(stretch.points_m.T[:, None] - places.T[:, :, None]))
        block = np.zeros((len(stretch.points_m), len(posts)))
        for name, (columns, at) in of_asset.items():
            clause = given.game.clauses[demand.clause]
            if columns.size and clause in noticed_by(assets[name]):
                key = (name, demand.area, demand.column, demand.row)
                if key not in clear:
                    clear[key] = _visible(given, assets[name], stretch)
                viewed = Viewed(
                    distance_m=away[at],
                    visible=clear[key][at],
                    period_s=given.period_s,
                )
                found = chances(assets[name], clause, demand.hour, viewed, end)
                block[:, columns] = found.T
        rows.append(block)
    return np.concatenate(rows)


def _visible(given: Setting, asset: Asset, stretch: Stretch) -> Figures:
    """Return 1 where a site sees a point, for assets that need a line of sight."""
    sites = given.laid.sites
    if asset.height is None or given.terrain is None:
        return np.ones((len(sites), len(stretch.points_m)))
    eyes = np.array([(each.lon, each.lat) for each in sites])
    points = given.laid.plane.raise_up(stretch.points_m)
    return visible(given.terrain, eyes, points, _base(asset.height))


def merged_points(task: Task) -> Task:
    """Return the task with like points of one demand joined, their weights added."""
    rows, weights, sizes = [], [], []
    for start, stop in zip(task.starts[:-1], task.starts[1:], strict=True):
        like, group = np.unique(task.seen[start:stop], axis=0, return_inverse=True)
        rows.append(like)
        weights.append(np.bincount(group.ravel(), weights=task.weights[start:stop]))
        sizes.append(len(like))
    return _with(
        task,
        seen=np.concatenate(rows),
        weights=np.concatenate(weights),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


def _with(task: Task, **changes: object) -> Task:
    return replace(task, **changes)  # type: ignore[arg-type] # fields of a Task


def _counted(task: Task) -> Task:
    """Return the task with its objective: what monitoring can close, or everything."""
    needed = task.levels.needed(0.0)
    closable: NDArray[np.bool_] = (needed <= 1.0).ravel()[task.group]
    wanted = closable if closable.any() else np.ones(len(task.demands), dtype=bool)
    return _with(task, wanted=wanted)
