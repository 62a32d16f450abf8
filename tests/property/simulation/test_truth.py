"""Where all is seen, what is found is what is true; and names change nothing."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.app.agreement_files import agreement_texts
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.finding import Finding, Verdict
from pamiers.core.instant import Interval, reporting_day, zone
from pamiers.simulation.conduct import Conduct
from pamiers.simulation.knowing import Knowledge
from pamiers.simulation.setting import Setting, all_seen
from pamiers.simulation.stage import Stage, stage_of
from pamiers.simulation.theatre import lived, opened
from pamiers.simulation.truth import Told, told_of
from tests.unit.simulation.truce import FIRST, agreement, stage

if TYPE_CHECKING:
    from pamiers.simulation.deed import Deed

BUNDLED = {
    "paris-2026-illustrative": date(2026, 9, 21),
    "donbas-2020": date(2020, 8, 3),
}
SETTING = all_seen(
    Setting(shifts=1, usual_conduct=Conduct(breaches_per_day=0.25, stages_per_day=0.1))
)


def periods_of(found: Agreement, first: date, n: int) -> list[Interval]:
    tz = zone(found.time_zone)
    days = [first + timedelta(days=number) for number in range(n)]
    return [reporting_day(day, found.cut_off, tz) for day in days]


def judged(made: Stage, periods: list[Interval], seed: int) -> list[str]:
    """Return in what truths and findings differ, an empty text where they do not."""
    rng = np.random.default_rng(seed)
    theatre = opened(made, SETTING, rng)
    known = Knowledge(sources={}, fused=False)
    deeds: list[Deed] = []
    told: list[tuple[Interval, Told]] = []
    assessment = Assessment(made.agreement, [])
    for period in periods:
        theatre, day = lived(theatre, made, SETTING, (period, {}), rng)
        known.hear(day.sent)
        deeds += day.deeds
        told += [(period, each) for each in told_of(made, deeds, period)]
        assessment.advance(known.world(), period.end + timedelta(days=1), periods)
    return [differs(each, p, assessment.findings(), made) for p, each in told]


def differs(told: Told, period: Interval, found: list[Finding], made: Stage) -> str:
    """Return in what a truth and the findings on it differ; empty for nothing."""
    first = made.agreement.clause(told.clause).default.id
    verdicts = {
        each.verdict
        for each in found
        if (each.clause, each.party) == (told.clause, told.party)
        and each.reading in {None, first}
        and each.start < period.end
        and each.end > period.start
    }
    if told.broken and not told.sharp:
        return ""
    if told.broken:
        return "" if Verdict.BREACHED in verdicts else f"{told}: {verdicts}"
    means = [
        made.agreement.monitoring[w]
        for w in made.agreement.clause(told.clause).watched_by
    ]
    stated = bool(means) and all(each.detection is not None for each in means)
    right = verdicts == {Verdict.KEPT} if stated else Verdict.BREACHED not in verdicts
    return "" if right else f"{told}: {verdicts}"


@pytest.mark.parametrize("seed", range(15))
def test_what_is_found_in_a_small_truce_is_what_is_true(seed: int) -> None:
    found = judged(stage(), periods_of(agreement(), FIRST, 3), seed)
    assert found
    assert [each for each in found if each] == []


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("seed", range(2))
def test_what_is_found_under_a_bundled_agreement_is_what_is_true(
    name: str, seed: int
) -> None:
    made = stage_of(load_agreement(agreement_texts(name)))
    found = judged(made, periods_of(made.agreement, BUNDLED[name], 2), seed)
    assert found
    assert [each for each in found if each] == []
