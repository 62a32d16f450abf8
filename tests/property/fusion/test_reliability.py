"""Said beside found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.fusion.reliability import curve_of

SAID = st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans()), min_size=1, max_size=40)


def test_who_keeps_their_word_lies_on_the_diagonal() -> None:
    said = [0.25] * 4 + [0.75] * 4
    found = curve_of(said, [True, False, False, False, True, True, True, False])
    assert [(p.said, p.found, p.n) for p in found.points] == [
        (0.25, 0.25, 4),
        (0.75, 0.75, 4),
    ]
    assert found.ece == 0.0
    assert found.brier == pytest.approx(0.1875)
    assert found.base == 0.25


def test_certainty_has_its_own_tenth() -> None:
    (point,) = curve_of([1.0, 0.95], [True, True]).points
    assert (point.n, point.found, point.high) == (2, 1.0, 1.0)


@given(SAID)
def test_figures_are_those_of_their_definitions(
    pairs: list[tuple[float, bool]],
) -> None:
    found = curve_of([p for p, _ in pairs], [did for _, did in pairs])
    assert found.n == sum(point.n for point in found.points) == len(pairs)
    mean = sum((p - did) ** 2 for p, did in pairs) / len(pairs)
    assert found.brier == pytest.approx(mean)
    assert 0.0 <= found.ece <= 1.0
    for point in found.points:
        assert 0.0 <= point.low <= point.found <= point.high <= 1.0
