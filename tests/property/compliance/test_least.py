# ruff: noqa: S311 - these are cases for tests, not secrets
"""What a finding rests on is enough for it, and none of it can be spared."""

from random import Random

import pytest

from pamiers.agreement.model import Agreement
from pamiers.compliance.clauses.case import Case, Court
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.least import rests_on
from pamiers.core.rows import Coverage, Incident, Row
from tests.property.compliance.reference import draw

CASES = 60
#: what is owed after a breach rests on that as well, whose own finding tells on what
FORMS = tuple(form for form in draw.FORMS if form != "reaction")
DECIDED = {Verdict.BREACHED, Verdict.KEPT}


def key_of(row: Row) -> str:
    key = str(getattr(row, "key", ""))
    return key if isinstance(row, Incident) else f"{row.source}:{key}"


def judged_on(
    keys: tuple[str, ...], case: Case, told: tuple[Agreement, list[Row], Court]
) -> Finding | None:
    """Judge a case anew on a record of some facts, and of all that was watched."""
    rules, rows, court = told
    kept = [r for r in rows if isinstance(r, Coverage) or key_of(r) in keys]
    bare = Court(rules, draw.world(kept), court.known_at)
    same = [each for each in cases(bare, draw.DAY) if each.key == case.key]
    return judge(same[0], bare) if same else None


def said(found: Finding | None) -> tuple[str, str] | None:
    return None if found is None else (found.verdict, found.why)


@pytest.mark.parametrize("form", FORMS)
def test_it_is_enough_and_none_of_it_can_be_spared(form: str) -> None:
    tried = 0
    for number in range(CASES * (25 if form == "response" else 1)):
        rng = Random(f"least {form} {number}")
        rules = draw.agreement(rng, form)
        every = draw.facts(rng, form)
        known_at = draw.at(rng, 60, 110)
        rows = draw.known(every, known_at)
        court = Court(rules, draw.world(rows), known_at)
        for case in cases(court, draw.DAY):
            found = judge(case, court)
            keys = rests_on(case, court)
            if found.verdict not in DECIDED:
                assert keys == ()
                continue
            told = (rules, rows, court)
            tried += 1
            assert said(judged_on(keys, case, told)) == said(found), (form, number)
            for key in keys:
                fewer = tuple(each for each in keys if each != key)
                other = judged_on(fewer, case, told)
                assert said(other) != said(found), (form, number, key)
    assert tried


@pytest.mark.parametrize("form", draw.FORMS)
def test_it_is_the_same_in_whatever_order_facts_arrived(form: str) -> None:
    for number in range(CASES // 4):
        rng = Random(f"least {form} {number}")
        rules = draw.agreement(rng, form)
        rows = draw.facts(rng, form)
        known_at = draw.at(rng, 60, 110)
        rows = draw.known(rows, known_at)
        mixed = rng.sample(rows, len(rows))
        one, two = (Court(rules, draw.world(r), known_at) for r in (rows, mixed))
        assert [rests_on(case, one) for case in cases(one, draw.DAY)] == [
            rests_on(case, two) for case in cases(two, draw.DAY)
        ]
