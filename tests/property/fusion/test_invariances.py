"""What must change nothing changes nothing: on reports that hypothesis draws.

Permutation, correction and repetition are in `test_association`; the same for small
tables of a mission in `test_fuse`.
"""

import os
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pamiers.fusion.associating import Association
from pamiers.fusion.calibration import Calibration
from pamiers.fusion.columns import Columns, joined
from pamiers.fusion.solving import calibrate
from pamiers.fusion.told import Change, Reports, Told
from tests.property.fusion.test_association import (
    all_at_once,
    in_the_middle,
    learned,
    of,
    rows,
    some,
    world,
)
from tests.unit.fusion.reported import CHANNEL, COPIER, DAY, reported

FEW = settings(max_examples=6, deadline=None)
#: reports of a flood near incidents; ten thousand where a soak asks for it
FLOOD: Final = int(os.environ.get("PAMIERS_FLOOD", "400"))
WHICH = st.lists(
    st.sampled_from(rows()), unique=True, min_size=60, max_size=len(rows())
).map(sorted)


def moved(columns: Columns, by_m: tuple[float, float], days: float) -> Columns:
    return replace(
        columns,
        x=columns.x + by_m[0],
        y=columns.y + by_m[1],
        start_s=columns.start_s + days * DAY,
        end_s=columns.end_s + days * DAY,
        received_s=columns.received_s + days * DAY,
    )


def swapped(columns: Columns) -> Columns:
    side = columns.side
    return replace(columns, side=np.where(side < 0, side, 1 - side))


@cache
def learned_of_swapped() -> Calibration:
    taught = reported(seed=9, incidents=400, days=25.0)
    return calibrate(swapped(taught.columns), taught.taxonomy)


@cache
def whole() -> tuple[Told, ...]:
    return all_at_once(rows())


INCIDENT: Final = st.integers(0, 9_999).map(lambda k: whole()[k % len(whole())])


@FEW
@given(which=WHICH)
def test_swapping_the_parties_swaps_them_alone(which: list[int]) -> None:
    other = Association(learned_of_swapped())
    other.apply(Change(add=some(which, swapped(world().columns))))
    for one, two in zip(all_at_once(which), other.incidents(), strict=True):
        assert one.members == two.members
        assert abs(one.real - two.real) < 1e-9
        assert np.allclose(one.sides, two.sides[::-1], atol=1e-9)


@FEW
@given(which=WHICH, east=st.integers(-9, 9), north=st.integers(-9, 9))
def test_a_shift_moves_all_alike(which: list[int], east: int, north: int) -> None:
    """Of whole cells and days, so that what is rounded is rounded alike."""
    by_m, days = (65_536.0 * east, 65_536.0 * north), 512.0 * (east + north)
    of_old = learned()
    habits = replace(of_old.habits, xy=of_old.habits.xy + by_m)
    there = Association(
        replace(
            of_old,
            habits=habits,
            spots=of_old.spots + by_m,
            origin=of_old.origin + np.array([*by_m, days * DAY]),
        )
    )
    there.apply(Change(add=some(which, moved(world().columns, by_m, days))))
    for one, two in zip(all_at_once(which), there.incidents(), strict=True):
        assert one.members == two.members
        assert abs(one.real - two.real) < 1e-6
        assert abs(two.x_m - one.x_m - by_m[0]) < 1e-2
        assert abs(two.y_m - one.y_m - by_m[1]) < 1e-2
        assert abs(two.t_s - one.t_s - days * DAY) < 1e-2


@FEW
@given(
    which=WHICH,
    far_m=st.floats(3e5, 8e6),
    days=st.floats(-9_000.0, 9_000.0),
    turn=st.sampled_from([(0.0, 1.0), (-1.0, 0.0), (0.6, -0.8)]),
)
def test_what_is_far_off_changes_nothing_here(
    which: list[int], far_m: float, days: float, turn: tuple[float, float]
) -> None:
    by_m = far_m * turn[0], far_m * turn[1]
    columns = moved(world().columns, by_m, days)
    state = Association(learned())
    state.apply(Change(add=some(which)))
    far = Reports(
        ids=tuple(f"z{i}" for i in which),
        columns=columns.take(np.array(which, dtype=np.int64)),
    )
    state.apply(Change(add=far))
    near = tuple(t for t in state.incidents() if t.key.startswith("r"))
    assert near == all_at_once(which)


@FEW
@given(data=st.data())
def test_one_more_independent_voice_never_lowers_belief(data: st.DataObject) -> None:
    t, columns = data.draw(INCIDENT), world().columns
    heard = {int(columns.source[int(m[1:])]) for m in t.members}
    source = data.draw(st.sampled_from([0, 1, CHANNEL]))
    assume(source not in heard)
    state = Association(learned())
    state.apply(Change(add=some(rows())))
    more = in_the_middle(t, source, columns, 0)
    by = data.draw(st.tuples(st.floats(-400.0, 400.0), st.floats(-400.0, 400.0)))
    state.apply(
        Change(add=Reports(ids=("x",), columns=moved(more, by, 0.0))),
    )
    now = state.of(t.key)
    if "x" in now.members and set(t.members) <= set(now.members):
        assert now.real >= t.real - 1e-12


@FEW
@given(which=WHICH)
def test_copies_add_next_to_nothing(which: list[int]) -> None:
    columns = world().columns
    every = [i for i in range(len(columns)) if columns.source[i] == COPIER]
    copies = [i for i in every if world().copied[i] in set(which)]
    alone = [i for i in which if columns.source[i] != COPIER]
    assume(copies)
    without = all_at_once(alone)
    for t in all_at_once(sorted({*alone, *copies})):
        copied = {copy for copy, _ in t.copies}
        if copied:
            was = of(without, next(m for m in t.members if m not in copied))
            assert t.real <= was.real + 0.05


@FEW
@given(
    at=INCIDENT,
    source=st.sampled_from([0, CHANNEL]),
    wide_m=st.sampled_from([100.0, 1_000.0, 10_000.0]),
    seed=st.integers(0, 99),
)
def test_a_flood_lifts_nothing_past_what_one_report_does(
    at: Told, source: int, wide_m: float, seed: int
) -> None:
    """However many they are: an incident is believed as if each had come alone."""
    rng, columns = np.random.default_rng(seed), world().columns
    flood = joined([in_the_middle(at, source, columns, 0)] * FLOOD)
    flood = replace(
        flood,
        x=flood.x + rng.normal(0.0, wide_m, FLOOD),
        y=flood.y + rng.normal(0.0, wide_m, FLOOD),
    )
    names = tuple(f"x{i:05}" for i in range(FLOOD))
    state = Association(learned())
    state.apply(Change(add=some(rows())))
    state.apply(Change(add=Reports(ids=names, columns=flood)))
    carried = float(learned().lone[source])
    for t in state.incidents():
        others = [m for m in t.members if m.startswith("r")]
        if not others:
            assert t.real <= carried + 1e-9
            continue
        if len(others) == len(t.members):
            continue
        was = max(of(whole(), m).real for m in others)
        assert t.real <= max(was, *(lifted(m, source) for m in others)) + 1e-9


@cache
def lifted(name: str, source: int) -> float:
    """Return how an incident is believed when one report says just the same."""
    t = of(whole(), name)
    state = Association(learned())
    state.apply(Change(add=some(rows())))
    more = in_the_middle(t, source, world().columns, 0)
    state.apply(Change(add=Reports(ids=("x",), columns=more)))
    return state.of(name).real
