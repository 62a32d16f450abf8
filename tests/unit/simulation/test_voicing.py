"""Parties complain and contest, roles ask for longer: as often as their manner says."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from pamiers.agreement import load_agreement
from pamiers.app.agreement_files import agreement_texts
from pamiers.report.after_action import after_action
from pamiers.simulation.conduct import Conduct
from pamiers.simulation.living import Lived, live
from pamiers.simulation.manner import Manner
from pamiers.simulation.outcome import outcome_of
from pamiers.simulation.setting import Setting
from pamiers.simulation.stage import stage_of
from tests.unit.simulation.truce import stage

MUTE = Manner(complains_share=0.0, disputes_share=0.0, asks_longer_share=0.0)
LOUD = Manner(complains_share=1.0, disputes_share=1.0, asks_longer_share=1.0)


def lived(manner: Manner, agreement: str = "") -> Lived:
    setting = Setting(
        days=2,
        shifts=1,
        fused=False,
        judged_every_h=24.0,
        usual_conduct=Conduct(breaches_per_day=0.5),
        usual_manner=manner,
    )
    made = (
        stage_of(load_agreement(agreement_texts(agreement))) if agreement else stage()
    )
    return live(made, setting, {}, np.random.default_rng(3))


def kinds(life: Lived) -> list[str]:
    return [each.event.kind for each in life.casework.filed]


def test_who_is_mute_says_nothing_and_who_is_not_does() -> None:
    said = {"complaint", "dispute", "extension-asked", "consent"}
    assert not said & set(kinds(lived(MUTE)))
    life = lived(LOUD)
    deeds = sum(len(day.deeds) for day in life.days)
    assert kinds(life).count("complaint") == deeds > 0
    assert "dispute" in kinds(life)


def test_what_people_say_leaves_the_world_as_it_was() -> None:
    one, other = lived(MUTE), lived(LOUD)
    assert one.days[0].deeds == other.days[0].deeds
    assert one.days[0].sent == other.days[0].sent


def test_a_complaint_opens_a_case_before_anything_is_found() -> None:
    case = next(iter(lived(LOUD).casework.cases.values()))
    assert (case.log[0].what, case.log[0].key) == ("opened", "complaint")
    first = min(b.breach_at for b in case.standing.breaches.values())
    assert first < case.log[0].at < first + timedelta(hours=14)


@pytest.mark.parametrize(("share", "came"), [(1.0, "extended"), (0.0, "refused")])
def test_a_longer_time_is_given_or_refused_by_those_whose_consent_it_needs(
    share: float, came: str
) -> None:
    asks = replace(LOUD, consents_share=share, silent_share=0.0, slow_share=1.0)
    life = lived(asks, "paris-2026-illustrative")
    report = after_action(life, outcome_of(life), 3)
    answers = {w.came.id for w in report.words if w.what.id == "extension-asked"}
    assert any(came in each for each in answers)
    figures = dict(report.figures)
    assert figures["longer_asked"] > 0
    assert (figures["longer_granted"] > 0) == (came == "extended")
    assert figures["complaints"] == sum(p.complaints for p in report.parties)
