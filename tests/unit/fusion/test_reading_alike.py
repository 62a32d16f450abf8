"""What the loops take to be read alike is read alike."""

from typing import Final

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pamiers.fusion.doubt import EDGES
from pamiers.fusion.loops.passes import GRAIN
from pamiers.fusion.loops.story import reads_alike

ROOMS = st.floats(0.01, 100.0)
EVERY: Final = st.integers(0, 60).flatmap(lambda k: st.integers(0, 1 << k))


def read(room: float, agreed: int) -> int:
    """Return the bin in which doubt reads a sum of ratios."""
    one = np.array([room * (GRAIN * agreed)])
    return int(np.searchsorted(EDGES, np.log10(one + 1e-9))[0])


@given(ROOMS, EVERY, ROOMS, EVERY)
def test_sums_that_are_alike_are_in_one_bin(
    room: float, one: int, other: float, two: int
) -> None:
    if reads_alike(room, one, other, two):
        assert read(room, one) == read(other, two)


@given(ROOMS, EVERY)
def test_a_sum_is_mostly_as_itself_and_never_as_ten_times_it(
    room: float, agreed: int
) -> None:
    if 1e-3 < room * GRAIN * agreed < 1e6:
        assert not reads_alike(room, agreed, 10.0 * room, agreed)


def test_the_least_and_the_most_are_each_read_as_one() -> None:
    assert reads_alike(1.0, 0, 1.0, 1)
    assert reads_alike(1.0, 1 << 58, 2.0, 1 << 58)
    assert reads_alike(1.0, 1 << 20, 1.1, 1 << 20)
    assert not reads_alike(1.0, 1 << 20, 0.9, 1 << 20)  # one is an edge
