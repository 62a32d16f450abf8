"""Clauses that hold only while something is so, and days in conditions."""

import pytest

from pamiers.agreement import resolve, show
from pamiers.agreement.diff.change import diff
from pamiers.agreement.values.expression import holds, parse_expression
from pamiers.core.errors import MalformedAgreementError
from tests.unit.agreement.small import checked, codes

STATES = ("classes:\n", "states: {talks: {en: talks, fr: les pourparlers}}\nclasses:\n")
WHILE = ("    from: D\n", "    from: D\n    while: talks\n")


def told(language: str, *changes: tuple[str, str]) -> str:
    found = checked(*changes).written
    assert found is not None
    return " ".join(show(found, language).replace("\u00a0", " ").split())


def test_what_is_while_it_does_not_hold_is_exempt() -> None:
    (only,) = resolve(checked(STATES, WHILE)).clauses[0].unless
    assert (only.id, only.lacking, only.during) == ("not while", ("talks",), ())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "only while there is, by what is on record: talks"),
        ("fr", "tant qu’il y a, selon ce qui est consigné : les pourparlers"),
        ("uk", "Діє лише доти, доки є, за записами: talks"),
    ],
)
def test_the_prose_says_while_what(language: str, said: str) -> None:
    assert said in told(language, STATES, WHILE)


def test_a_state_that_nobody_defines_is_named() -> None:
    found = [e for e in checked(WHILE).complaints if e.code == "L-UNDEFINED"]
    assert [each.path for each in found] == ["clauses[0].while[0]"]


def test_a_duty_is_not_asked_what_was_so_meanwhile() -> None:
    duty = ("forbid: {event: fire, in: strip}", "oblige: {event: exercise}")
    assert "L-MISPLACED" in codes(STATES, WHILE, duty)
    state = ("forbid: {event: fire, in: strip}", "forbid: {state: talks}")
    assert "L-MISPLACED" in codes(STATES, WHILE, state)
    assert "L-MISPLACED" not in codes(STATES, WHILE)


def test_a_condition_more_loosens() -> None:
    before, after = checked(STATES).written, checked(STATES, WHILE).written
    assert before is not None
    assert after is not None
    said = " ".join(str(each) for each in diff(before, after, "en"))
    assert "while" in said
    assert "loosens" in said


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("born > 1988-05-25", (False, False, True)),
        ("born >= 1988-05-25", (False, True, True)),
        ("born < 1988-05-25", (True, False, False)),
        ("born == 1988-05-25", (False, True, False)),
        ("born in [1988-05-24, 1988-05-26]", (True, False, True)),
    ],
)
def test_days_are_compared_as_days(text: str, answers: tuple[bool, ...]) -> None:
    condition = parse_expression(text)
    assert str(condition) == text
    days = ("1988-05-24", "1988-05-25", "1988-05-26")
    assert tuple(holds(condition, {"born": day}) for day in days) == answers


@pytest.mark.parametrize("known", ["1988", "in May", 19880524.0, True, None])
def test_what_is_no_day_leaves_a_comparison_with_one_open(
    known: float | str | bool | None,  # noqa: FBT001 - a value
) -> None:
    for text in ("born > 1988-05-25", "born != 1988-05-25", "born in [1988-05-25]"):
        assert holds(parse_expression(text), {"born": known}) is None


def test_a_day_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(MalformedAgreementError, match="a day of the calendar"):
        parse_expression("born > 1988-02-30")
    with pytest.raises(MalformedAgreementError, match="a number for count"):
        parse_expression("count > 1988-02-28")


@pytest.mark.parametrize(
    ("sign", "said"),
    [(">", "is after 25 May 1988"), ("<=", "is no later than 25 May 1988")],
)
def test_the_prose_tells_a_day(sign: str, said: str) -> None:
    own = ("classes:\n", "attributes: {born: {en: day of birth}}\nclasses:\n")
    asked = ("in: strip}", f'in: strip, where: "born {sign} 1988-05-25"}}')
    assert said in told("en", own, asked)
