"""The published answer of a rule of windows, and why fusion's is another."""

from typing import Any

import pytest

from tests.realdata.crashes import compared
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.integration]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return compared()


def test_the_rule_gives_its_published_answer(found: dict[str, Any]) -> None:
    assert (found["entries"], found["unique"]) == (195, 140)
    assert (found["matches"], found["duplicates"]) == (34, 55)
    assert found["of"] == {"12": 5, "13": 4, "23": 4, "123": 21}


def test_every_difference_to_fusion_has_a_reason(found: dict[str, Any]) -> None:
    pairs = found["pairs"]
    assert pairs["rule"] == 76
    assert 2 * pairs["both"] / (pairs["rule"] + pairs["fusion"]) >= 0.8
    assert set(found["left apart"]) <= {"days"}
    assert set(found["joined besides"]) <= {"lasts", "words", "finer"}
