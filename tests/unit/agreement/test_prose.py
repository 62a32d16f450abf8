"""Agreements told in words."""

import string

import pytest

from pamiers.agreement import check, read, show
from pamiers.agreement.prose.phrases import PHRASES
from pamiers.core.errors import UnknownTermError
from pamiers.core.kind import KINDS
from tests.unit.agreement.small import checked


def told(language: str = "en", *changes: tuple[str, str]) -> str:
    written = checked(*changes).written
    assert written is not None
    return show(written, language)


def fields(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_every_language_has_every_phrase_with_the_same_facts(language: str) -> None:
    theirs, ours = PHRASES[language], PHRASES["en"]
    assert list(theirs) == list(ours)
    assert {k: fields(v) for k, v in theirs.items()} == {
        k: fields(v) for k, v in ours.items()
    }


def test_ukrainian_knows_every_kind_of_event() -> None:
    from pamiers.agreement.prose.phrases import NAMES  # noqa: PLC0415

    assert set(NAMES["uk"]) >= KINDS


def test_a_clause_is_numbered_cited_and_complete() -> None:
    text = told()
    assert "[quiet] Quiet. Each party: forbidden is fire in The strip, from D" in text
    assert "(2026-03-01 00:00)" in text
    assert "Watched by: patrols." in text
    assert "Upon a breach: joint session." in text
    assert "within 5 km of The river" in " ".join(text.split())


def test_the_table_says_who_signed_according_to_whom() -> None:
    text = told()
    assert "Who signed what, according to whom" in text
    assert "truce             Northland             signed          The Gazette" in text


def test_rival_claims_stand_side_by_side() -> None:
    rival = (
        "{actor: club, act: signed, source: gazette}",
        (
            "{actor: club, act: not signed, source: herald}\n"
            "      - {actor: club, act: signed, source: gazette}"
        ),
    )
    rows = [line.split() for line in told("en", rival).splitlines() if "Club" in line]
    assert [row[4:] for row in rows[:2]] == [
        ["did", "not", "sign", "The", "Herald"],
        ["signed", "The", "Gazette"],
    ]


def test_ukrainian_uses_what_the_file_gives_and_falls_back_to_english() -> None:
    text = told("uk")
    assert text.startswith("Мале перемирʼя\n")
    assert "Кожна сторона. Заборонено: вогонь у межах: The strip" in text


def test_blanks_are_said_and_nothing_is_wider_than_a_page() -> None:
    text = told("en", ("in: strip", "in: TBD"), ('cut_off: "19:30"', "cut_off: TBD"))
    assert "the reporting day ends at [to be agreed]" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_without_clauses_the_commitments_are_said_to_be_open() -> None:
    written = check(read({"agreement.yaml": "pamiers: 1\nagreement: TBD\n"})).written
    assert written is not None
    assert "Commitments\n  1.1 [to be agreed]" in show(written)


def test_another_language_is_refused() -> None:
    with pytest.raises(UnknownTermError):
        told("tlh")
