"""Rival readings are told by the agreement's words, as few of them as tell apart."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Verdict
from pamiers.render.layout import page
from pamiers.render.page import Detail
from pamiers.report.daily import compose
from tests.fakes.reports import agreement, finding, inputs, no_fire, reading, title

WIDE = {"width": title("25 km each", "25 км кожна"), "each": title("50 km", "50 км")}
WHEN = {"early": title("from day 1", "з дня 1"), "late": title("from day 2", "з дня 2")}
ALL = tuple("+".join(pair) for pair in product(WIDE, WHEN))


def disputed() -> Agreement:
    readings = tuple(
        replace(reading(f"{wide}+{when}"), answers=(WIDE[wide], WHEN[when]))
        for wide, when in product(WIDE, WHEN)
    )
    questions = (title("How wide?", "Яка ширина?"), title("From when?", "Відколи?"))
    clause = replace(no_fire(), readings=readings, questions=questions)
    return replace(agreement(), clauses=(clause,))


def shown(breached: Sequence[str], language: str = "en") -> tuple[list[str], list[str]]:
    """Return what stands below the sector of each row, and the open questions."""
    judged = tuple(
        finding(
            Verdict.BREACHED if each in breached else Verdict.UNDETERMINED,
            "donetsk",
            key=f"F-{each}",
            reading=each,
        )
        for each in ALL
    )
    made = page(compose(inputs(agreement=disputed(), findings=judged)), language)
    clause = next(each for section in made.sections for each in section.clauses)
    first = [row[0] for row in clause.rows]
    return [c.small for c in first if isinstance(c, Detail)], list(clause.questions)


@pytest.mark.parametrize(
    ("breached", "told"),
    [
        (ALL, ["Under each of 4 readings"]),
        (ALL[:2], ["Reading: 25 km each", "Reading: 50 km"]),
        (
            ALL[:1],
            [
                "Reading: 25 km each, from day 1",
                "Reading: 50 km, from day 1; 50 km, from day 2; 25 km each, from day 2",
            ],
        ),
    ],
)
def test_only_what_tells_them_apart(breached: Sequence[str], told: list[str]) -> None:
    assert shown(breached)[0] == told


def test_what_the_text_leaves_open_is_quoted_in_the_readers_language() -> None:
    small, questions = shown(ALL[::2], "uk")
    assert small == ["Тлумачення: з дня 1", "Тлумачення: з дня 2"]
    assert questions == [
        "Текст залишає відкритим: Яка ширина?",
        "Текст залишає відкритим: Відколи?",
    ]


def test_readings_of_an_earlier_agreement_keep_their_ids() -> None:
    lost = tuple(
        finding(verdict, "donetsk", key=each, reading=each)
        for verdict, each in ((Verdict.BREACHED, "old-1"), (Verdict.KEPT, "old-2"))
    )
    made = page(compose(inputs(agreement=disputed(), findings=lost)), "en")
    clause = next(each for section in made.sections for each in section.clauses)
    first = [row[0] for row in clause.rows]
    small = [cell.small for cell in first if isinstance(cell, Detail)]
    assert small == ["Reading: old-1", "Reading: old-2"]
