# ruff: noqa: S311 - these are cases for tests, not secrets
"""The engine and the brute-force reference find the same, on thousands of cases."""

import os
from random import Random

import pytest

from pamiers.agreement.model import Agreement, Reading
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.finding import Finding
from pamiers.core.instant import Interval
from tests.property.compliance.reference import draw
from tests.property.compliance.reference.facts import Bench, Truth, shown
from tests.property.compliance.reference.judge import judge as truth

#: cases a form; `make soak` asks for many more
MANY = int(os.environ.get("PAMIERS_REFERENCE_CASES", "2000")) // len(draw.FORMS) + 1
_SLACK = 1e-6


@pytest.mark.parametrize("form", draw.FORMS)
def test_engine_and_reference_find_the_same(form: str) -> None:
    judged = 0
    for number in range(MANY):
        rng = Random(f"{form} {number}")
        rules = draw.agreement(rng, form)
        every = draw.facts(rng, form)
        known_at = draw.at(rng, 40, 110)
        rows = draw.known(every, known_at)
        known = draw.world(rows)
        court = Court(rules, known, known_at)
        told = list(cases(court, draw.DAY))
        assert_hours(rules, told)
        for case in told:
            found = judge(case, court)
            bench = Bench(rules, case.rule, known, case.period, known_at)
            wanted = truth(bench, case.occasion)
            judged += 1
            wrong = list(differences(found, wanted))
            assert not wrong, f"{form} {number}: {wrong}\n{wanted}\n{found}\n{rows}"
    assert judged > MANY // 10


def assert_hours(rules: Agreement, told: list[Case]) -> None:
    """Hold what is judged against the clock: hour by hour, or each occasion."""
    reading = rules.clauses[0].readings[0]
    occasions = [case for case in told if case.occasion is not None]
    assert all(_may_be_shown(reading, case.period) for case in occasions)
    periods = [case.period for case in told if case.occasion is None]
    for hour in range(24) if periods else ():
        at = draw.DAY.start + hour * draw.HOUR
        wanted = reading.in_force(at) and shown(reading, at)
        assert any(each.contains(at) for each in periods) == wanted, (at, periods)


def _may_be_shown(reading: Reading, whole: Interval) -> bool:
    """Tell whether a clock shows an hour of a reading at some time in an interval."""
    spans = range(max(1, int((whole.end - whole.start) / draw.HOUR)))
    return any(shown(reading, whole.start + n * draw.HOUR) for n in spans)


def differences(found: Finding, wanted: Truth) -> list[str]:
    wrong = []
    if found.verdict != wanted.verdict:
        wrong.append(f"verdict {found.verdict} ({found.why}), not {wanted.verdict}")
    if wanted.why and found.why != wanted.why:
        wrong.append(f"why {found.why}, not {wanted.why}")
    for name, got in (
        ("low", found.probability_low),
        ("high", found.probability_high),
        ("late_s", found.late_s),
        ("margin", found.margin),
    ):
        asked = getattr(wanted, name)
        if asked is not None and (got is None or abs(got - asked) > _SLACK):
            wrong.append(f"{name} {got}, not {asked}")
    return wrong
