"""Each question of the linter is raised by one spoilt place, and by nothing near it."""

import pytest

from pamiers.agreement.codes import CODES
from tests.unit.agreement.expected import named
from tests.unit.agreement.lint.bodies import BODIES
from tests.unit.agreement.lint.case import Case
from tests.unit.agreement.lint.ground import GROUND
from tests.unit.agreement.lint.measures import MEASURES
from tests.unit.agreement.lint.office import OFFICE
from tests.unit.agreement.lint.times import TIMES
from tests.unit.agreement.lint.watched import WATCHED
from tests.unit.agreement.lint.words import WORDS
from tests.unit.agreement.small import checked

CASES = (*WORDS, *MEASURES, *GROUND, *TIMES, *BODIES, *WATCHED, *OFFICE)
#: questions that are asked elsewhere: of drawings, on reading; of cases, by playing
ELSEWHERE = {"L-LINE", *(code for code in CODES if code.startswith("L-CASE-"))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.path}")
def test_one_spoilt_place_raises_it(case: Case) -> None:
    found = checked(*case.spoilt)
    raised = [each for each in found.complaints if each.code == case.code]
    told = [str(each) for each in found.complaints]
    assert case.path in {named(each.path, found.written) for each in raised}, told
    assert all(each.line >= 1 and each.message and each.remedy for each in raised)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} {case.path}")
def test_what_comes_near_does_not(case: Case) -> None:
    found = checked(*case.near)
    assert [str(each) for each in found.complaints if each.code == case.code] == []
    assert not [each for each in found.complaints if each.code[0] in "FQ"]


def test_every_question_is_tried() -> None:
    asked = {code for code in CODES if code.startswith("L-")} - ELSEWHERE
    assert {case.code for case in CASES} >= asked
