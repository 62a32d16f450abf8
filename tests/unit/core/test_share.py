"""All and none are said of all and none alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.core.share import Share


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.5, "50%"),
        (0.994, "99%"),
        (0.9951, ">99%"),
        (0.9996, ">99%"),
        (0.004, "<1%"),
        (0.000001, "<1%"),
        (1.004, "100%"),
        (-0.001, "-0%"),
    ],
)
def test_a_share_says_all_and_none_of_all_and_none_alone(
    value: float, told: str
) -> None:
    assert f"{Share(value):.0%}" == told


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_nothing_between_is_told_as_an_end(value: float) -> None:
    assert f"{Share(value):.0%}" not in {"0%", "100%"}
    assert f"{Share(value):.3g}" == f"{value:.3g}"
