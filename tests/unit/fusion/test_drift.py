"""Since when a source is no longer what it was."""

import numpy as np
import pytest

from pamiers.fusion.columns import Floats
from pamiers.fusion.drift import FEWEST, drifts

DAY_S = 86_400.0


def days(n: int) -> Floats:
    """Return noon of so many days."""
    return (np.arange(n, dtype=np.float64) + 0.5) * DAY_S


def steady(n: int, seed: int = 5) -> Floats:
    return np.random.default_rng(seed).normal(0.0, 1.0, n)


def test_a_change_is_dated() -> None:
    (drift,) = drifts("east_m", days(300), steady(300) + 2.0 * (np.arange(300) >= 180))
    assert drift.what == "east_m"
    assert abs(drift.since_s - days(300)[180]) <= 3 * DAY_S
    assert abs(drift.earlier) < 0.3
    assert 1.7 < drift.later < 2.3
    assert drift.before + drift.after == 300


@pytest.mark.parametrize("n", [100, 179, 180, 1_000])
def test_a_change_is_found_in_few_as_in_many(n: int) -> None:
    (drift,) = drifts("x", days(n), steady(n) + 3.0 * (np.arange(n) >= n // 2))
    assert abs(drift.since_s - days(n)[n // 2]) <= 2 * DAY_S


def test_what_comes_and_goes_is_two_changes() -> None:
    at = np.arange(600)
    first, second = drifts("x", days(600), steady(600) + 2.0 * (abs(at - 300) <= 100))
    assert abs(first.since_s - days(600)[200]) <= 3 * DAY_S
    assert abs(second.since_s - days(600)[401]) <= 3 * DAY_S
    assert (first.after, first.later) == (second.before, second.earlier)


def test_what_does_not_change_seldom_seems_to() -> None:
    found = [drifts("x", days(400), steady(400, seed)) for seed in range(100)]
    assert sum(map(len, found)) <= 2


def test_a_change_that_does_not_matter_is_not_told() -> None:
    """Of many reports any change is clear; a tenth of their scatter helps nobody."""
    at = np.arange(40_000)
    assert drifts("x", days(40_000), steady(40_000) + 0.1 * (at >= 20_000)) == ()
    assert drifts("x", days(40_000), steady(40_000) + 0.5 * (at >= 20_000)) != ()


@pytest.mark.parametrize("n", [0, 1, FEWEST, 2 * FEWEST - 1])
def test_of_too_few_nothing_is_said(n: int) -> None:
    assert drifts("x", days(n), np.arange(n, dtype=np.float64) * 100.0) == ()


def test_reports_that_say_nothing_are_left_out() -> None:
    values = steady(300) + 3.0 * (np.arange(300) >= 150)
    values[::3] = np.nan
    (drift,) = drifts("x", days(300), values)
    assert drift.before + drift.after == 200
    assert drifts("x", days(300), np.full(300, np.nan)) == ()


def test_reports_of_one_instant_are_not_parted() -> None:
    when = np.repeat([0.0, DAY_S], 100)
    values = np.concatenate((steady(90), steady(110, 6) + 4.0))
    (drift,) = drifts("x", when, values)
    assert (drift.since_s, drift.before) == (DAY_S, 100)
    assert drifts("x", np.zeros(200), values) == ()


def test_a_rare_thing_that_becomes_usual_is_told() -> None:
    values = np.zeros(200)
    values[120::2] = 1.0
    (drift,) = drifts("shared", days(200), values)
    assert (drift.earlier, drift.later) == (0.0, 0.5)
    assert drifts("shared", days(200), np.zeros(200)) == ()
