"""Counting kernels equal their definitions, by loops and by numpy."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pamiers.compliance.kernels.answers import first_after, unanswered
from pamiers.compliance.kernels.episodes import episodes, folded
from pamiers.compliance.kernels.tails import tails
from pamiers.compliance.kernels.windows import counts_within

WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])
SECONDS = st.integers(0, 40)
TIMES = st.lists(SECONDS, max_size=12).map(sorted)
#: few, and far apart, so that numbers are found both ways
IDS = st.sampled_from([-2, 0, 1, 3]) | st.sampled_from([-(1 << 60), 7, 1 << 61])
DATED = st.lists(st.tuples(SECONDS, IDS), max_size=12).map(
    lambda rows: sorted(rows, key=lambda row: row[0])
)
CHANCES = st.floats(0.0, 1.0, allow_subnormal=False)
Ints = NDArray[np.int64]


def ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def split(rows: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    return ints([row[0] for row in rows]), ints([row[1] for row in rows])


@WAYS
@given(times=TIMES, within=st.integers(0, 20), since=st.integers(0, 12))
def test_a_window_is_closed_at_both_ends(
    times: list[int], within: int, since: int, *, loops: bool
) -> None:
    begin = min(since, len(times))
    found = counts_within(ints(times), within, since=begin, loops=loops)
    wanted = [sum(t - within <= other <= t for other in times) for t in times]
    assert found.tolist() == wanted[begin:]


@WAYS
@given(asked=DATED, given_=DATED)
def test_an_answer_is_the_first_of_its_id_at_or_after(
    asked: list[tuple[int, int]], given_: list[tuple[int, int]], *, loops: bool
) -> None:
    found = first_after(split(asked), split(given_), loops=loops)
    wanted = [
        next((j for j, (u, b) in enumerate(given_) if b == a and u >= t), -1)
        for t, a in asked
    ]
    assert found.tolist() == wanted


@WAYS
@given(data=st.data(), asked=DATED, given_=DATED, within=st.integers(0, 20))
def test_what_is_not_answered_in_time_multiplies_up(
    data: st.DataObject,
    asked: list[tuple[int, int]],
    given_: list[tuple[int, int]],
    within: int,
    *,
    loops: bool,
) -> None:
    p = [data.draw(CHANCES) for _ in asked]
    q = [data.draw(CHANCES) for _ in given_]
    first, found = unanswered(
        split(asked),
        split(given_),
        (np.array(p), np.array(q)),
        within,
        loops=loops,
    )
    wanted = [
        p[i]
        * np.prod(
            [
                1 - q[j]
                for j, (u, b) in enumerate(given_)
                if b == a and t <= u <= t + within
            ]
        )
        for i, (t, a) in enumerate(asked)
    ]
    assert found == pytest.approx(wanted, abs=1e-12)
    assert first.tolist() == first_after(split(asked), split(given_)).tolist()


def worlds(chances: list[float], most: int) -> float:
    """Return the chance of more than so many, by every possible world."""
    return sum(
        float(np.prod([p if was else 1 - p for p, was in zip(chances, w, strict=True)]))
        for w in itertools.product([False, True], repeat=len(chances))
        if sum(w) > most
    )


@WAYS
@given(
    rows=st.lists(st.tuples(SECONDS, CHANCES), max_size=12),
    within=st.integers(0, 20),
    most=st.integers(0, 4),
)
def test_a_sliding_tail_is_the_tail_of_each_window(
    rows: list[tuple[int, float]], within: int, most: int, *, loops: bool
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    times, chances = ints([t for t, _ in rows]), np.array([p for _, p in rows])
    found = tails(times, chances, within, most, loops=loops)
    wanted = [
        worlds([p for u, p in rows if t - within <= u <= t], most) for t, _ in rows
    ]
    assert found == pytest.approx(wanted, abs=1e-12)


@WAYS
@given(rows=st.lists(st.tuples(SECONDS, CHANCES), max_size=12), gap=st.integers(0, 10))
def test_an_episode_ends_where_a_pause_is_too_long(
    rows: list[tuple[int, float]], gap: int, *, loops: bool
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    wanted: list[list[int]] = []
    for i, (t, _) in enumerate(rows):
        if not i or t - rows[i - 1][0] > gap:
            wanted.append([])
        wanted[-1].append(i)
    times, chances = ints([t for t, _ in rows]), np.array([p for _, p in rows])
    at = np.arange(len(rows), dtype=np.int64)
    for found in (
        episodes(times, chances, gap, loops=loops),
        folded(at, (times, chances), gap, loops=loops),
    ):
        runs = zip(found.first.tolist(), found.last.tolist(), strict=True)
        assert [list(range(*run)) for run in runs] == wanted
        none = [float(np.prod([1 - rows[i][1] for i in run])) for run in wanted]
        assert found.none == pytest.approx(none, abs=1e-12)


INTERVALS = st.lists(st.tuples(SECONDS, SECONDS, st.integers(1, 3)), max_size=8)
