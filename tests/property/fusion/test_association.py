"""Whatever way reports come, change and go, what they tell of is the same."""

from dataclasses import replace
from functools import cache
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.fusion.associating import Association
from pamiers.fusion.calibration import Calibration
from pamiers.fusion.columns import Columns, joined
from pamiers.fusion.solving import calibrate
from pamiers.fusion.told import Bond, Change, Reports, Told
from tests.unit.fusion.reported import CHANNEL, COPIER, DAY, Reported, reported

#: enough reports for tens of incidents near one another, days and copies among them
WORLD_DAYS = 6.0
ROWS = 260
#: reports of a flood; ten thousand end in the same, in a minute
FLOOD = 2_000


@cache
def world() -> Reported:
    return reported(seed=8, incidents=90, days=WORLD_DAYS)


@cache
def learned() -> Calibration:
    taught = reported(seed=9, incidents=400, days=25.0)
    return calibrate(taught.columns, taught.taxonomy)


def rows(n: int = ROWS) -> list[int]:
    return list(range(min(n, len(world().columns))))


def some(which: list[int], columns: Columns | None = None) -> Reports:
    held = world().columns if columns is None else columns
    return Reports(
        ids=tuple(f"r{i:04}" for i in which),
        columns=held.take(np.array(which, dtype=np.int64)),
    )


def all_at_once(which: list[int], columns: Columns | None = None) -> tuple[Told, ...]:
    state = Association(learned())
    state.apply(Change(add=some(which, columns)))
    return state.incidents()


def of(told: tuple[Told, ...], name: str) -> Told:
    (found,) = (t for t in told if name in t.members)
    return found


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_any_order_and_any_batches_end_in_the_same(data: st.DataObject) -> None:
    which = rows()
    order = data.draw(st.permutations(which))
    begin = data.draw(st.integers(0, len(which)))
    state = Association(learned())
    state.apply(Change(add=some(sorted(order[:begin]))))
    k = begin
    while k < len(order):
        size = data.draw(st.integers(1, 20))
        state.apply(Change(add=some(order[k : k + size])))
        k += size
    assert state.incidents() == all_at_once(which)


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_withdrawn_and_corrected_is_as_if_never_said(data: st.DataObject) -> None:
    which = rows()
    wrong = data.draw(st.lists(st.sampled_from(which), unique=True, max_size=40))
    lost = data.draw(st.lists(st.sampled_from(which), unique=True, max_size=40))
    columns, rng = world().columns, np.random.default_rng(len(wrong))
    at = np.array(wrong, dtype=np.int64)
    x, start = columns.x.copy(), columns.start_s.copy()
    end = columns.end_s.copy()
    x[at] += rng.normal(0.0, 4_000.0, len(at))
    start[at] += (later := rng.normal(0.0, 7_200.0, len(at)))
    end[at] += later
    state = Association(learned())
    state.apply(
        Change(add=some(which, replace(columns, x=x, start_s=start, end_s=end)))
    )
    for i in wrong:
        state.apply(Change(correct=some([i])))
    for i in lost:
        state.apply(Change(withdraw=(f"r{i:04}",)))
    assert state.incidents() == all_at_once(sorted(set(which) - set(lost)))


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_what_is_told_as_changed_is_what_changed(data: st.DataObject) -> None:
    which = rows()
    late = data.draw(st.lists(st.sampled_from(which), unique=True, min_size=1))
    state = Association(learned())
    state.apply(Change(add=some(sorted(set(which) - set(late)))))
    held = {t.key: t for t in state.incidents()}
    for i in late:
        changed = state.apply(Change(add=some([i])))
        for key in changed.gone:
            del held[key]
        assert not held.keys() & {t.key for t in changed.now}
        held.update({t.key: t for t in changed.now})
    assert held == {t.key: t for t in state.incidents()}


@settings(max_examples=6, deadline=None)
@given(again=st.lists(st.sampled_from(range(ROWS)), unique=True, max_size=30))
def test_the_very_same_again_changes_but_its_number(again: list[int]) -> None:
    state = Association(learned())
    state.apply(Change(add=some(rows())))
    before = state.incidents()
    for i in again:
        more = Reports(ids=(f"s{i:04}",), columns=some([i]).columns)
        state.apply(Change(add=more))
    bare = [
        replace(
            t,
            repeats=tuple(pair for pair in t.repeats if pair[0].startswith("r")),
            members=tuple(m for m in t.members if m.startswith("r")),
        )
        for t in state.incidents()
    ]
    assert tuple(bare) == before
    told = {pair for t in state.incidents() for pair in t.repeats}
    assert {one for one, _ in told if one.startswith("s")} == {
        f"s{i:04}" for i in again
    }


def test_what_is_far_away_changes_nothing_here() -> None:
    here = some(rows())
    columns = here.columns
    for dx, days in ((5e6, 0.0), (0.0, 14_000.0), (-3e6, -30_000.0)):
        there = replace(
            columns,
            x=columns.x + dx,
            start_s=columns.start_s + days * DAY,
            end_s=columns.end_s + days * DAY,
            received_s=columns.received_s + days * DAY,
        )
        state = Association(learned())
        far = Reports(ids=tuple(f"z{i}" for i in here.ids), columns=there)
        state.apply(Change(add=far))
        state.apply(Change(add=here))
        near = [t for t in state.incidents() if t.key.startswith("r")]
        assert tuple(near) == all_at_once(rows())


def test_a_shift_of_all_moves_all() -> None:
    shift_m, days, columns, of_old = 65_536.0, 512.0, world().columns, learned()
    moved = replace(
        columns,
        x=columns.x + shift_m,
        y=columns.y - shift_m,
        start_s=columns.start_s + days * DAY,
        end_s=columns.end_s + days * DAY,
        received_s=columns.received_s + days * DAY,
    )
    by = np.array([shift_m, -shift_m])
    habits = replace(of_old.habits, xy=of_old.habits.xy + by)
    there = Association(
        replace(
            of_old,
            habits=habits,
            spots=of_old.spots + by,
            origin=of_old.origin + np.append(by, days * DAY),
        )
    )
    there.apply(Change(add=some(rows(), moved)))
    for one, two in zip(all_at_once(rows()), there.incidents(), strict=True):
        assert one.members == two.members
        assert one.real == pytest.approx(two.real, abs=1e-6)
        assert two.x_m - one.x_m == pytest.approx(shift_m, abs=1e-3)
        assert two.t_s - one.t_s == pytest.approx(days * DAY, abs=1e-3)


def test_swapping_the_parties_swaps_them_and_nothing_else() -> None:
    columns, taught = world().columns, reported(seed=9, incidents=400, days=25.0)

    def swapped(held: Columns) -> Columns:
        return replace(held, side=np.where(held.side < 0, held.side, 1 - held.side))

    other = Association(calibrate(swapped(taught.columns), taught.taxonomy))
    other.apply(Change(add=some(rows(), swapped(columns))))
    for one, two in zip(all_at_once(rows()), other.incidents(), strict=True):
        assert one.members == two.members
        assert one.real == pytest.approx(two.real)
        assert one.sides == pytest.approx(two.sides[::-1])


def test_a_copy_adds_nearly_nothing() -> None:
    columns = world().columns
    which = rows(len(columns))
    copies = [i for i in which if columns.source[i] == COPIER]
    without = all_at_once([i for i in which if i not in copies])
    told = all_at_once(which)
    more = 0
    for t in told:
        copied = {copy for copy, _ in t.copies}
        more += len(copied)
        if copied:
            was = of(without, next(m for m in t.members if m not in copied))
            assert t.real <= was.real + 0.05
    assert more > 0.8 * len(copies)


def in_the_middle(t: Told, source: int, like: Columns, k: int) -> Columns:
    """Return a report of a source at the middle of what an incident tells."""
    one = like.take(np.array([k]))
    return replace(
        one,
        x=np.array([t.x_m]),
        y=np.array([t.y_m]),
        sigma_m=np.array([400.0]),
        start_s=np.array([t.t_s - 60.0]),
        end_s=np.array([t.t_s + 60.0]),
        source=np.array([source]),
        count=np.array([0]),
        side=np.array([-1]),
        label=np.array([-1]),
        received_s=np.array([t.end_s + DAY]),
    )


def test_a_corroborating_report_never_lowers_credibility() -> None:
    state = Association(learned())
    state.apply(Change(add=some(rows())))
    columns, asked = world().columns, 0
    for t in state.incidents():
        sources = {int(columns.source[int(m[1:])]) for m in t.members}
        if 0 in sources:
            continue
        asked += 1
        more = in_the_middle(t, 0, columns, 0)
        state.apply(Change(add=Reports(ids=("x",), columns=more)))
        now = state.of(t.key)
        if "x" in now.members:
            assert now.real >= t.real
        state.apply(Change(withdraw=("x",)))
    assert asked > 5


def test_a_flood_of_one_source_moves_nothing_past_what_it_carries() -> None:
    rng, columns = np.random.default_rng(3), world().columns
    state = Association(learned())
    state.apply(Change(add=some(rows())))
    before = state.incidents()
    far = of(before, next(iter(before)).key)
    one = in_the_middle(replace(far, x_m=far.x_m + 9e5), CHANNEL, columns, 0)
    many = joined([one] * FLOOD)
    flood = replace(
        many,
        x=many.x + rng.normal(0.0, 300.0, len(many)),
        y=many.y + rng.normal(0.0, 300.0, len(many)),
    )
    names = tuple(f"x{i:05}" for i in range(len(many)))
    state.apply(Change(add=Reports(ids=names, columns=flood)))
    level = float(learned().lone[CHANNEL])
    for t in state.incidents():
        if t.key.startswith("x"):
            assert t.real <= level + 1e-9
    near = tuple(t for t in state.incidents() if t.key.startswith("r"))
    assert near == before


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_persons_say_binds(data: st.DataObject) -> None:
    names = [f"r{i:04}" for i in rows()]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(
        lambda two: two[0] != two[1]
    )
    drawn = data.draw(st.lists(pair, min_size=1, max_size=4, unique_by=lambda p: p[0]))
    kinds: list[Literal["together", "apart", "duplicate"]] = data.draw(
        st.lists(
            st.sampled_from(("together", "apart", "duplicate")),
            min_size=len(drawn),
            max_size=len(drawn),
        )
    )
    bonds: list[Bond] = []
    used: set[str] = set()
    for (one, two), kind in zip(drawn, kinds, strict=True):
        if not {one, two} & used:
            bonds.append(Bond(kind=kind, one=one, two=two))
            used |= {one, two}
    state = Association(learned())
    late = data.draw(st.lists(st.sampled_from(rows()), unique=True, max_size=20))
    late = [i for i in late if f"r{i:04}" not in used]
    state.apply(Change(add=some(sorted(set(rows()) - set(late)))))
    state.apply(Change(bonds=tuple(bonds)))
    for i in late:
        state.apply(Change(add=some([i])))
    told = state.incidents()
    for bond in bonds:
        apart = of(told, bond.one) is not of(told, bond.two)
        assert apart == (bond.kind == "apart")
        if bond.kind == "duplicate":
            assert (bond.one, bond.two) in of(told, bond.one).copies or any(
                copy == bond.one for copy, _ in of(told, bond.one).copies
            )
    whole = Association(learned())
    whole.apply(Change(add=some(rows()), bonds=tuple(bonds)))
    assert whole.incidents() == told
    state.apply(Change(bonds=()))
    assert state.incidents() == all_at_once(rows())
