"""The engine and the brute-force reference find the same, on thousands of cases."""

import os
from dataclasses import replace

import pytest

from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.compile import rules
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.finding import Finding
from pamiers.compliance.rule import Form, Rule
from pamiers.core.instant import Interval
from tests.property.compliance.reference import draw, twists
from tests.property.compliance.reference.facts import (
    HOUR,
    Bench,
    Truth,
    in_force,
)
from tests.property.compliance.reference.judge import EACH, STANDING
from tests.property.compliance.reference.judge import judge as truth
from tests.property.compliance.reference.reactions import owed_by

#: cases a form; `make soak` asks for many more
MANY = int(os.environ.get("PAMIERS_REFERENCE_CASES", "2000")) // len(twists.FORMS) + 1
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


@pytest.mark.parametrize("form", twists.FORMS)
def test_engine_and_reference_find_the_same(form: str) -> None:
    judged = 0
    for number in range(MANY):
        posed = twists.problem(form, number)
        known = draw.world(posed.rows, posed.sources)
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
                sector=case.sector,
            )
            wanted = truth(bench, case.occasion)
            judged += 1
            wrong = list(differences(found, wanted))
            context = f"{wanted}\n{found}\n{case.reading}\n{posed}"
            assert not wrong, f"{form} {number}: {wrong}\n{context}"
    assert judged or MANY < 60, "nothing of this form was judged"


def assert_hours(posed: draw.Problem, told: list[Case]) -> None:
    """Hold what is judged against the clock: hour by hour, or each occasion."""
    for rule in rules(posed.rules, "c"):
        mine = [
            case
            for case in told
            if case.rule.party == rule.party and case.reading.id == rule.reading.id
        ]
        bench = benched(posed, rule, posed.day)
        if posed.rules.clauses[0].upon:
            assert_owed(bench, mine)
            continue
        occasions = [case for case in mine if case.occasion is not None]
        assert all(_may_hold(bench, case.period) for case in occasions)
        periods = [case.period for case in mine if case.occasion is None]
        for hour in range(24) if rule.form not in EACH else ():
            at = posed.day.start + hour * HOUR
            found = any(each.contains(at) for each in periods)
            assert found == bench.holds(at), (at, periods)


def benched(posed: draw.Problem, rule: Rule, period: Interval) -> Bench:
    known = draw.world(posed.rows, posed.sources)
    return Bench(posed.rules, rule, known, period, posed.known_at, day=posed.day)


def _may_hold(bench: Bench, whole: Interval) -> bool:
    """Tell whether a clause is in force at some time in an interval."""
    spans = range(max(1, int((whole.end - whole.start) / HOUR)))
    return any(bench.holds(whole.start + n * HOUR) for n in spans)


def assert_owed(bench: Bench, told: list[Case]) -> None:
    """Hold what is owed after a breach, and by whom, against the reference."""
    parts = in_force(bench, bench.period)
    wanted = [part for part in parts if owed_by(replace(bench, period=part))]
    assert [case.period for case in told] == wanted, bench.rule


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
