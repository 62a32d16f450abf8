"""Reports come, change and go; names are checked; repetitions are told as such."""

import numpy as np
import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.fusion.associating import Association
from pamiers.fusion.calibration import Calibration
from pamiers.fusion.solving import calibrate
from pamiers.fusion.told import Change, Reports
from tests.unit.fusion.reported import Reported, reported


@pytest.fixture(scope="module")
def world() -> Reported:
    return reported(seed=6, incidents=60, days=6.0)


@pytest.fixture(scope="module")
def learned(world: Reported) -> Calibration:
    return calibrate(world.columns, world.taxonomy)


def some(world: Reported, rows: list[int], prefix: str = "r") -> Reports:
    return Reports(
        ids=tuple(f"{prefix}{i:04}" for i in rows),
        columns=world.columns.take(np.array(rows, dtype=np.int64)),
    )


def test_nothing_tells_of_nothing(learned: Calibration) -> None:
    assert Association(learned).incidents() == ()
    assert Association(learned).apply(Change()).now == ()


def test_every_report_is_in_one_incident(world: Reported, learned: Calibration) -> None:
    every = some(world, list(range(len(world.columns))))
    state = Association(learned)
    changed = state.apply(Change(add=every))
    named = sorted(name for told in state.incidents() for name in told.members)
    assert named == sorted(every.ids)
    assert changed.now == state.incidents()
    assert changed.gone == ()


def test_the_very_same_again_only_counts(world: Reported, learned: Calibration) -> None:
    state = Association(learned)
    state.apply(Change(add=some(world, [0, 1, 2, 3])))
    before = state.incidents()
    changed = state.apply(Change(add=some(world, [2], "s")))
    (now,) = changed.now
    (was,) = (told for told in before if "r0002" in told.members)
    assert now.repeats == (("s0002", "r0002"),)
    assert now.real == was.real
    assert (now.x_m, now.y_m, now.t_s) == (was.x_m, was.y_m, was.t_s)


def test_only_what_changes_is_told(world: Reported, learned: Calibration) -> None:
    state = Association(learned)
    every = some(world, list(range(len(world.columns))))
    state.apply(Change(add=every))
    before = {told.key: told for told in state.incidents()}
    changed = state.apply(Change(withdraw=(every.ids[5],)))
    after = {told.key: told for told in state.incidents()}
    assert set(changed.gone) == {k for k in before if before[k] != after.get(k)}
    assert {t.key for t in changed.now} == {
        k for k in after if before.get(k) != after[k]
    }
    assert len(changed.now) < len(after) / 2


@pytest.mark.parametrize(
    "change",
    [
        lambda world: Change(add=some(world, [0])),
        lambda world: Change(correct=some(world, [9])),
        lambda _: Change(withdraw=("nobody",)),
    ],
)
def test_names_are_checked_before_anything_changes(
    world: Reported, learned: Calibration, change: object
) -> None:
    state = Association(learned)
    state.apply(Change(add=some(world, [0, 1])))
    before = state.incidents()
    with pytest.raises(UnknownTermError):
        state.apply(change(world))  # type: ignore[operator]
    assert state.incidents() == before


def test_a_name_is_given_once(world: Reported) -> None:
    with pytest.raises(UnknownTermError, match="each once"):
        Reports(ids=("a", "a"), columns=world.columns.take(np.arange(2)))
