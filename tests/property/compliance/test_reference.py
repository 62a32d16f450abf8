"""The engine and the brute-force reference find the same, on thousands of cases."""

import os

import pytest

from pamiers.agreement.model import Reading
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.compile import rules
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.finding import Finding
from pamiers.compliance.rule import Form
from pamiers.core.instant import Interval
from tests.property.compliance.reference import draw
from tests.property.compliance.reference.facts import (
    HOUR,
    Bench,
    Truth,
    in_force,
    shown,
)
from tests.property.compliance.reference.judge import EACH, STANDING
from tests.property.compliance.reference.judge import judge as truth
from tests.property.compliance.reference.reactions import owed_by

#: cases a form; `make soak` asks for many more
MANY = int(os.environ.get("PAMIERS_REFERENCE_CASES", "2000")) // len(draw.FORMS) + 1
_SLACK = 1e-6


def test_every_form_of_rule_is_covered() -> None:
    """A form that the compiler gains has to be drawn and judged here as well."""
    covered = set(STANDING) | set(EACH)
    assert covered == set(Form)
    drawn = {
        rule.form
        for form in draw.FORMS
        for rule in rules(draw.problem(form, 0).rules, "c")
    }
    assert drawn == set(Form)


@pytest.mark.parametrize("form", draw.FORMS)
def test_engine_and_reference_find_the_same(form: str) -> None:
    judged = 0
    for number in range(MANY):
        posed = draw.problem(form, number)
        known = draw.world(posed.rows)
        court = Court(posed.rules, known, posed.known_at)
        told = list(cases(court, posed.day, ("c",)))
        assert_hours(posed, told)
        for case in told:
            found = judge(case, court)
            bench = Bench(
                agreement=posed.rules,
                rule=case.rule,
                world=known,
                period=case.period,
                known_at=posed.known_at,
                day=posed.day,
            )
            wanted = truth(bench, case.occasion)
            judged += 1
            wrong = list(differences(found, wanted))
            context = f"{wanted}\n{found}\n{case.reading}\n{posed}"
            assert not wrong, f"{form} {number}: {wrong}\n{context}"
    assert judged >= MANY // 20


def assert_hours(posed: draw.Problem, told: list[Case]) -> None:
    """Hold what is judged against the clock: hour by hour, or each occasion."""
    reading, zone = posed.rules.clauses[0].readings[0], posed.rules.time_zone
    if posed.rules.clauses[0].upon:
        assert_owed(posed, told)
        return
    occasions = [case for case in told if case.occasion is not None]
    assert all(_may_be_shown(reading, case.period, zone) for case in occasions)
    periods = [case.period for case in told if case.occasion is None]
    for hour in range(24) if periods else ():
        at = posed.day.start + hour * HOUR
        wanted = reading.in_force(at) and shown(reading, at, zone)
        assert any(each.contains(at) for each in periods) == wanted, (at, periods)


def _may_be_shown(reading: Reading, whole: Interval, zone: str) -> bool:
    """Tell whether a clock shows an hour of a reading at some time in an interval."""
    spans = range(max(1, int((whole.end - whole.start) / HOUR)))
    return any(shown(reading, whole.start + n * HOUR, zone) for n in spans)


def assert_owed(posed: draw.Problem, told: list[Case]) -> None:
    """Hold what is owed after a breach, and by whom, against the reference."""
    known, day = draw.world(posed.rows), posed.day
    for rule in rules(posed.rules, "c"):
        part = in_force(rule.reading, day, posed.rules.time_zone)
        wanted = bool(part) and owed_by(
            Bench(posed.rules, rule, known, part[0], posed.known_at, day=day)
        )
        found = [case for case in told if case.rule.party == rule.party]
        assert len(found) == int(wanted), (posed, rule)


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
