"""The engine and the brute-force reference find the same, on thousands of cases."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
#: problems on which the two once differed
ONCE_WRONG = (
    ("flow", 1424),
    ("gated", 3320),
    ("excepted", 3511),
    ("parted", 9),
    ("ranged", 88),
)
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
    judged, wrong = 0, {}
    for number in range(MANY):
        found = compared(form, number)
        judged += found.judged
        if found.wrong:
            wrong[number] = found.wrong
    assert not wrong, _listed(form, wrong)
    assert judged or MANY < 60, "nothing of this form was judged"


@pytest.mark.parametrize(("form", "number"), ONCE_WRONG)
def test_what_once_differed_does_no_more(form: str, number: int) -> None:
    found = compared(form, number)
    assert found.judged
    assert not found.wrong, _listed(form, {number: found.wrong})


@dataclass(frozen=True)
class Compared:
    """How many cases of a problem were judged, and in what the two differ."""

    judged: int
    wrong: list[str]


def compared(form: str, number: int) -> Compared:
    """Judge a problem by the engine and by the reference."""
    posed = twists.problem(form, number)
    known = draw.world(posed.rows, posed.sources)
    court = Court(posed.rules, known, posed.known_at)
    told = list(cases(court, posed.day, ("c",)))
    wrong = list(wrong_hours(posed, told))
    for case in told:
        found = judge(case, court)
        bench = replace(
            benched(posed, case.rule, case.period), world=known, sector=case.sector
        )
        wanted = truth(bench, case.occasion)
        wrong += [
            f"{each}\n  {wanted}\n  {found}" for each in differences(found, wanted)
        ]
    return Compared(len(told), wrong)


def _listed(form: str, wrong: dict[int, list[str]]) -> str:
    """Return the numbers of all problems that differ, and the first of them whole."""
    first = [f"{form} {number}: {'; '.join(wrong[number])}" for number in wrong][:5]
    posed = twists.problem(form, min(wrong))
    numbers = ", ".join(map(str, wrong))
    return "\n".join([f"{len(wrong)} of {form}: {numbers}", *first, f"{posed}"])


def wrong_hours(posed: draw.Problem, told: list[Case]) -> Iterator[str]:
    """Hold what is judged against the clock: hour by hour, or each occasion."""
    for rule in rules(posed.rules, "c"):
        mine = [
            case
            for case in told
            if case.rule.party == rule.party and case.reading.id == rule.reading.id
        ]
        bench = benched(posed, rule, posed.day)
        if posed.rules.clauses[0].upon:
            yield from _wrongly_owed(bench, mine)
            continue
        for case in mine:
            if case.occasion is not None and not _may_hold(bench, case.period):
                yield f"occasion {case.occasion} is judged while nothing is in force"
        periods = [case.period for case in mine if case.occasion is None]
        for hour in range(24) if rule.form not in EACH else ():
            at = posed.day.start + hour * HOUR
            if any(each.contains(at) for each in periods) != bench.holds(at):
                yield f"in force at {at}: {bench.holds(at)}, but judged are {periods}"


def benched(posed: draw.Problem, rule: Rule, period: Interval) -> Bench:
    known = draw.world(posed.rows, posed.sources)
    return Bench(posed.rules, rule, known, period, posed.known_at, day=posed.day)


def _may_hold(bench: Bench, whole: Interval) -> bool:
    """Tell whether a clause is in force at some time in an interval."""
    spans = range(max(1, int((whole.end - whole.start) / HOUR)))
    return any(bench.holds(whole.start + n * HOUR) for n in spans)


def _wrongly_owed(bench: Bench, told: list[Case]) -> Iterator[str]:
    """Hold what is owed after a breach, and by whom, against the reference."""
    parts = in_force(bench, bench.period)
    wanted = [part for part in parts if owed_by(replace(bench, period=part))]
    if [case.period for case in told] != wanted:
        yield f"owed over {[case.period for case in told]}, not {wanted}: {bench.rule}"


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
