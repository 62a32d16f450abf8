"""How often something is owed: months by the calendar, and texts that do not say."""

import pytest

from pamiers.agreement import show
from tests.unit.agreement.small import checked, codes


def every(period: str) -> tuple[str, str]:
    return (
        "forbid: {event: fire, in: strip}",
        f"every: {{event: exercise, period: {period}}}",
    )


def told(language: str, period: str) -> str:
    found = checked(every(period)).written
    assert found is not None
    return " ".join(show(found, language).replace("\u00a0", " ").split())


def test_no_text_says_how_often_is_a_defect_of_the_text() -> None:
    (found,) = [
        e for e in checked(every("unstated")).complaints if e.code == "L-VAGUE-TIME"
    ]
    assert found.path == "clauses[0].every.period"
    assert "never late, and never found kept" in found.message
    assert "L-VAGUE-TIME" not in codes(every("15 d"))
    assert "L-BLANK" not in codes(every("unstated"))


@pytest.mark.parametrize(
    ("language", "said", "never"),
    [
        ("en", "effect exercise again and again, from D", "the text does not say"),
        ("fr", "d’accomplir régulièrement ce qui suit", "n’en fixe pas la fréquence"),
        ("uk", "регулярно здійснювати", "Як часто, текст не встановлює"),
    ],
)
def test_the_prose_says_that_it_is_not_judged(
    language: str, said: str, never: str
) -> None:
    assert said in told(language, "unstated")
    assert never in told(language, "unstated")
    assert never not in told(language, "3 mo")


@pytest.mark.parametrize("period", ["3 mo", "1 y", "15 d", "calendar month"])
def test_months_and_years_are_taken(period: str) -> None:
    assert not {"Q-TIME-FORM", "L-VAGUE-TIME"} & set(codes(every(period)))


@pytest.mark.parametrize("period", ["5 d working", "now and then", "calendar quarter"])
def test_anything_else_is_refused_with_what_may_stand(period: str) -> None:
    (found,) = [e for e in checked(every(period)).complaints if e.code == "Q-TIME-FORM"]
    assert "`unstated` where the text does not say" in found.remedy


def test_a_window_of_months_is_still_refused_for_counts() -> None:
    counted = (
        "forbid: {event: fire, in: strip}",
        "at_most: {n: 3 events, event: fire, per: 3 mo}",
    )
    assert "Q-TIME-FORM" in codes(counted)
