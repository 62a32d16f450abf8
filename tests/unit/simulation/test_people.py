"""Moods, manners and weather: laws that draws follow."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from pamiers.core.instant import Interval
from pamiers.simulation.conduct import MOST_HEATED, Conduct, Mood, after_a_day
from pamiers.simulation.manner import Manner, acts_at, is_away
from pamiers.simulation.weather import Weather

START = datetime(2026, 5, 12, tzinfo=UTC)
ALLOWED = Interval(START, START + timedelta(hours=24))


def times(manner: Manner, n: int = 4_000) -> list[datetime | None]:
    rng = np.random.default_rng(1)
    return [acts_at(manner, ALLOWED, rng) for _ in range(n)]


def test_a_mood_heats_where_it_is_hit_and_calms_where_it_is_not() -> None:
    conduct = Conduct(escalates=1.5, calms=0.5)
    hit = after_a_day(Mood(), conduct, suffered=2, remedies=0)
    assert (hit.heat, hit.suffered) == (1.5, 2)
    assert after_a_day(hit, conduct, suffered=0, remedies=0).heat == 1.0


def test_no_mood_heats_without_end() -> None:
    mood = Mood()
    for _ in range(50):
        mood = after_a_day(mood, Conduct(escalates=2.0), suffered=1, remedies=0)
    assert mood.heat == MOST_HEATED


def test_remedies_restrain() -> None:
    conduct = Conduct(restraint=0.5)
    assert Mood(remedies=2).factor(conduct) == pytest.approx(0.25)


def test_people_are_punctual_slow_and_silent_as_often_as_their_manner_says() -> None:
    found = times(Manner(silent_share=0.1, slow_share=0.2))
    silent = sum(at is None for at in found) / len(found)
    late = sum(at is not None and at > ALLOWED.end for at in found) / len(found)
    assert silent == pytest.approx(0.1, abs=0.02)
    assert late == pytest.approx(0.2, abs=0.02)
    assert min(at for at in found if at is not None) >= ALLOWED.start


def test_as_many_numbers_are_drawn_whatever_somebody_does() -> None:
    one, other = np.random.default_rng(3), np.random.default_rng(3)
    acts_at(Manner(silent_share=1.0), ALLOWED, one)
    acts_at(Manner(silent_share=0.0, slow_share=1.0), ALLOWED, other)
    assert one.random() == other.random()


def test_a_boycott_begins_and_may_end() -> None:
    manner = Manner(boycotts_from_day=2, returns_on_day=4)
    assert [is_away(manner, day) for day in range(5)] == [
        *(False, False, True, True, False)
    ]
    assert not is_away(Manner(), 0)


def test_weather_is_foul_as_often_as_it_is_said_to_be_and_lasts() -> None:
    weather, rng = Weather(foul_share=0.3, lasts_share=0.7), np.random.default_rng(5)
    days = [False]
    for _ in range(20_000):
        days.append(weather.next_is_foul(rng, foul=days[-1]))
    assert np.mean(days) == pytest.approx(0.3, abs=0.02)
    after = [b for a, b in pairwise(days) if a]
    assert np.mean(after) == pytest.approx(0.7, abs=0.02)
