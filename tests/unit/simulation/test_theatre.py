"""A simulated world, day by day: the same from the same seed, and told as it is."""

from dataclasses import replace

import numpy as np
import pytest

from pamiers.core.kind import is_a
from pamiers.core.rows import Coverage, Observation
from pamiers.simulation.conduct import Conduct
from pamiers.simulation.knowing import Knowledge
from pamiers.simulation.setting import (
    Presence,
    Setting,
    Telling,
    Watch,
    all_seen,
)
from pamiers.simulation.theatre import Day, lived, opened
from tests.unit.simulation.truce import day, stage

PROMPT = Telling(late_share=0.0)


def days(setting: Setting, seed: int = 1, n: int = 3) -> list[Day]:
    rng = np.random.default_rng(seed)
    theatre, found = opened(stage(), setting, rng), []
    for number in range(n):
        theatre, one = lived(theatre, stage(), setting, (day(number), {}), rng)
        found.append(one)
    return found


def test_a_seed_gives_the_same_world_again() -> None:
    assert days(Setting()) == days(Setting())
    assert days(Setting(), seed=1) != days(Setting(), seed=2)


def test_messages_come_in_the_order_of_their_arrival() -> None:
    for one in days(Setting(), n=5):
        times = [each.at for each in one.sent]
        assert times == sorted(times)


def test_nobody_breaks_anything_who_does_not_want_to() -> None:
    meek = Conduct(breaches_per_day=0.0, invents_per_day=0.0)
    found = days(Setting(usual_conduct=meek), n=5)
    assert [one.deeds for one in found] == [()] * 5
    assert [one.inventions for one in found] == [()] * 5


def test_who_answers_everything_answers_what_was_done_the_day_before() -> None:
    conduct = {
        "north": Conduct(breaches_per_day=1.0, retaliates_share=0.0),
        "south": Conduct(breaches_per_day=0.0, retaliates_share=1.0, restraint=1.0),
    }
    first, second, *_ = days(Setting(conduct=conduct), seed=4)
    assert {deed.party for deed in first.deeds} == {"north"}
    answers = [deed for deed in second.deeds if deed.party == "south"]
    assert answers
    known = {deed.id: deed for deed in first.deeds}
    assert all(known[str(deed.answers)].clause == deed.clause for deed in answers)


def test_a_refusal_is_coverage_denied() -> None:
    often = Conduct(breaches_per_day=0.0, rates={"access": 2.0})
    for one in days(Setting(usual_conduct=often, usual_watch=Watch(up_share=1.0))):
        refusals = [d for d in one.deeds if is_a(d.kind, "restriction")]
        denied = {
            (each.row.start, each.row.denied_by)
            for each in one.sent
            if isinstance(each.row, Coverage) and each.row.status == "denied"
        }
        assert bool(refusals) == bool(denied)
        assert {by for _, by in denied} <= {deed.party for deed in refusals}


def test_nobody_reports_while_the_monitors_are_away() -> None:
    presence = Presence(away_from_day=1, back_on_day=2)
    often = Conduct(breaches_per_day=1.0)
    found = days(Setting(presence=presence, usual_conduct=often, telling=PROMPT))
    watched = [
        any(isinstance(each.row, Coverage) for each in one.sent) for one in found
    ]
    assert watched == [True, False, True]
    seen = [
        [row for row in rows_of(one) if row.standing == "observed"] for one in found
    ]
    assert not seen[1]
    assert seen[2]
    assert found[1].deeds


def rows_of(one: Day) -> list[Observation]:
    return [each.row for each in one.sent if isinstance(each.row, Observation)]


def test_a_staged_deed_is_told_of_as_the_others() -> None:
    conduct = {
        "north": Conduct(breaches_per_day=0.0, stages_per_day=3.0),
        "south": Conduct(breaches_per_day=0.0, retaliates_share=0.0),
    }
    setting = all_seen(Setting(conduct=conduct))
    one = days(setting, seed=2)[0]
    assert {(deed.party, deed.blamed) for deed in one.deeds} == {("north", "south")}
    told = [each.row for each in one.sent if isinstance(each.row, Observation)]
    assert {row.actor for row in told} == {"south"}


@pytest.mark.parametrize("seed", range(3))
def test_what_came_twice_is_known_once_and_what_was_taken_back_not_at_all(
    seed: int,
) -> None:
    telling = Telling(again_share=1.0, withdrawn_share=0.5)
    setting = Setting(telling=telling, usual_conduct=Conduct(breaches_per_day=1.0))
    sent = [each for one in days(setting, seed) for each in one.sent]
    sent.sort(key=lambda each: each.at)
    known = Knowledge(sources={}, fused=False)
    news = known.hear(sent)
    assert len(news) < len(sent)
    back = {each.row.key for each in sent if each.taken_back}
    assert back
    assert back.isdisjoint(row.key for row in known.rows.values())
    assert known.hear(sent) == []


def test_without_fusion_all_reports_of_a_deed_make_one_incident() -> None:
    setting = all_seen(Setting(usual_conduct=Conduct(breaches_per_day=1.0)))
    one = days(replace(setting, shifts=1))[0]
    known = Knowledge(sources={}, fused=False)
    known.hear(one.sent)
    world = known.world()
    assert len(world.incidents) == len(one.deeds)
    assert len(world.observations) > len(one.deeds)
