"""Where groups were: the loops against the plain formulas, and against the truth."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from pamiers.fusion import placing, solving
from pamiers.fusion.columns import Floats, Ints, joined
from pamiers.fusion.loops import placing as loops
from pamiers.fusion.loops.state import Record
from pamiers.fusion.placing import WELL_KNOWN_M, _points, ground_of, placed
from pamiers.fusion.working import Field
from tests.unit.fusion.reported import Reported, reported

NONE = np.empty(0, dtype=np.int64)
FOLLOWS = 0.4


@pytest.fixture(scope="module")
def world() -> Reported:
    return reported(seed=4, incidents=300, days=20.0)


@pytest.fixture(scope="module")
def work(world: Reported) -> Field:
    run = solving.Learning(world.columns, world.taxonomy)
    run.adopt(world.incident)
    return run.field


def live_of(work: Field) -> Ints:
    return np.unique(work.state.label[work.own]).astype(np.int64)


def often(work: Field, known: Ints) -> dict[tuple[int, int], float]:
    """Return how often something was in each cell, by adding up one by one."""
    found: dict[tuple[int, int], float] = defaultdict(float)
    span = float(np.ptp(work.state.groups["t"][known]))
    for g in known.tolist():
        for dx, dy in [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]:
            at = work.state.groups[g]
            cell = (
                int(np.floor(at["x"] / loops.CELL_M + dx)),
                int(np.floor(at["y"] / loops.CELL_M + dy)),
            )
            part = (1.0 if dx == 0 else 0.5) * (1.0 if dy == 0 else 0.5) / 4.0
            found[cell] += part / (span * loops.CELL_M**2)
    return found


def says(report: Record, xy: Floats, work: Field) -> float:
    """Return how likely a report is if it was at a point."""
    tables, town = work.beliefs.tables, int(report["town"])
    if town < 0:
        q = ((xy - (report["x"], report["y"])) ** 2).sum() / report["v"]
        return float((1.0 + q / 16.0) ** -9.0)
    others = tables.near[town]
    apart = np.hypot(*(tables.towns[others[others >= 0]] - xy).T)
    here = float(np.hypot(*(tables.towns[town] - xy)))
    nearer, rank = int((apart < here).sum()), tables.rank[report["mode"]]
    if nearer <= 1:
        return float(rank[nearer] + 0.02)
    return float(0.02 + rank[2] * np.exp(-((here / 3_000.0) ** 2) / 2.0))


def plainly(
    g: int, work: Field, known: Ints, ground: dict[tuple[int, int], float]
) -> Floats:
    """Return where a group was, point by point and report by report."""
    state, group = work.state, work.state.groups[g]
    middle = np.array([group["x"], group["y"]])
    weights, points = [], _points() * np.sqrt(group["s"]) + middle
    near = [other for other in known.tolist() if is_near(work, g, other)]
    members = work.own[state.label[work.own] == g]
    for xy, drawn in zip(points, _points(), strict=True):
        cell = (
            int(np.floor(xy[0] / loops.CELL_M)),
            int(np.floor(xy[1] / loops.CELL_M)),
        )
        usual = sum(ground.values()) / len(ground) * (len(known) + 1) / len(known)
        likely = 0.1 * usual + (1.0 - FOLLOWS) * ground.get(cell, 0.0)
        likely += sum(follows(work, g, other, xy) for other in near)
        each = [says(state.reports[i], xy, work) for i in members.tolist()]
        weight = float(likely * np.prod(each)) ** loops.TOWARD
        weights.append(weight * np.exp((drawn**2).sum() / 2.0))
    return np.average(points, axis=0, weights=weights)


def is_near(work: Field, g: int, other: int) -> bool:
    """Tell whether another group was near in the same hours."""
    one, two = work.state.groups[g], work.state.groups[other]
    apart = np.hypot(two["x"] - one["x"], two["y"] - one["y"])
    spread = loops.APART_M**2 + two["s"] + one["s"]
    soon = abs(two["t"] - one["t"]) <= loops.LONG_S
    return bool(other != g and soon and apart**2 < 9.0 * spread)


def follows(work: Field, g: int, other: int, xy: Floats) -> float:
    """Return how likely something is at a point because of another group."""
    one, two = work.state.groups[g], work.state.groups[other]
    gap, spread = abs(two["t"] - one["t"]), loops.APART_M**2 + two["s"]
    away = ((xy - (two["x"], two["y"])) ** 2).sum() / (2.0 * spread)
    if away >= 8.0:
        return 0.0
    fading = np.log(1.0 + loops.LONG_S / loops.SOON_S)
    fades = FOLLOWS / ((loops.SOON_S + gap) * 2.0 * fading)
    return float(fades * np.exp(-away) / (2.0 * np.pi * spread))


def test_the_loops_say_what_the_plain_formulas_say(
    work: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = live_of(work)
    known = live[work.state.groups["s"][live] < WELL_KNOWN_M**2]
    ground = ground_of(work.state, live)
    plain = often(work, known)
    scaled = ground.often / (1.0 - ground.follows) * (1.0 - FOLLOWS)
    ground = ground._replace(follows=FOLLOWS, often=scaled)
    monkeypatch.setattr(placing, "ground_of", lambda *_: ground)
    found = placed(work.state, work.beliefs.tables, live, (NONE, NONE, np.empty(0)))
    blurred = np.flatnonzero(work.state.groups["s"][live] > loops.EXACT_M**2)
    assert len(blurred) > 100
    for k in blurred[::4].tolist():
        told = plainly(int(live[k]), work, known, plain)
        assert found[k] == pytest.approx(told, abs=0.5)


def test_what_is_known_well_stays_where_its_reports_put_it(work: Field) -> None:
    live, groups = live_of(work), work.state.groups.copy()
    groups["s"][live] = (0.9 * loops.EXACT_M) ** 2
    state = work.state._replace(groups=groups)
    found = placed(state, work.beliefs.tables, live, (NONE, NONE, np.empty(0)))
    told = np.column_stack((groups["x"][live], groups["y"][live]))
    assert np.array_equal(found, told)


def test_a_place_of_habit_says_which_was_nearest(world: Reported, work: Field) -> None:
    """Where a town is named, the border to the next town tells more than its middle."""
    own, label = work.own, work.state.label[work.own]
    named = own[(work.state.reports["town"][own] >= 0) & (world.real[own] > 0)]
    live = np.unique(label).astype(np.int64)
    found = placed(work.state, work.beliefs.tables, live, (NONE, NONE, np.empty(0)))
    g, groups = work.state.label[named], work.state.groups
    truth = np.column_stack((world.x[named], world.y[named]))
    mean = np.column_stack((groups["x"][g], groups["y"][g]))
    error, plain = (
        np.hypot(*(each - truth).T) for each in (found[np.searchsorted(live, g)], mean)
    )
    assert error.mean() < 0.98 * plain.mean()


def test_that_one_thing_follows_another_is_learned(
    world: Reported, work: Field
) -> None:
    """Of everything there is a second an hour later and near by."""
    assert ground_of(work.state, live_of(work)).follows < 0.1
    columns, apart = world.columns, world.incident + world.incident.max() + 1
    second = replace(
        columns,
        x=columns.x + 900.0,
        start_s=columns.start_s + 3_600.0,
        end_s=columns.end_s + 3_600.0,
        received_s=columns.received_s + 3_600.0,
    )
    run = solving.Learning(joined([columns, second]), world.taxonomy)
    run.adopt(np.concatenate((world.incident, apart)))
    assert ground_of(run.field.state, live_of(run.field)).follows > 0.5


def test_nothing_known_is_a_ground_of_nothing(work: Field) -> None:
    ground = ground_of(work.state, NONE)
    assert ground.seldom > 0.0
    assert not ground.often.any()
    assert (np.diff(ground.first) == 0).all()
