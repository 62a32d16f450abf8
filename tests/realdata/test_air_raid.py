"""Two logs of the same alerts: who tells of one, and what one of them makes up."""

import pytest

from tests.realdata.air_raid import Logs, artefacts, logs, scored
from tests.realdata.reading import fused
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.integration]


@pytest.fixture(scope="module")
def both() -> Logs:
    return logs()


def test_alerts_of_two_logs_are_joined_as_their_starts_say(both: Logs) -> None:
    assert (len(both.official), len(both.volunteer)) == (12_595, 13_533)
    score = scored(fused(*both.tables(wide=False)))
    assert score.true == 12_063
    assert score.precision >= 0.999
    assert score.recall >= 0.998


def test_names_that_mean_a_whole_oblast_are_joined_by_what_they_teach() -> None:
    june = logs("2022-06-01", "2022-07-01")
    score = scored(fused(*june.tables(wide=True), taught=True))
    assert score.precision >= 0.95
    assert score.recall >= 0.95


def test_what_the_volunteers_log_makes_of_alerts_is_named(both: Logs) -> None:
    found = artefacts(both)
    assert (found["within"], found["between"]) == (12_065, 305)
    named = ("late", "again", "part", "end", "guessed", "alone")
    assert sum(found[name] for name in named) == 13_533 - 12_065
    assert found["late"] + found["again"] == 426
    assert found["alone"] <= 468
