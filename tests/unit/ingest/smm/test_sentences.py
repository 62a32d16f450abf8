"""Sentences of our own making, each with what is read of it, word for word."""

import random
from pathlib import Path

import pytest

from pamiers.ingest.smm.lexer import lex
from pamiers.ingest.smm.sentence import Category
from tests.unit.ingest.smm.rendering import read, rendered

TABLE = Path(__file__).resolve().parents[3] / "assets/smm-report/sentences.txt"


def cases() -> list[tuple[str, list[str]]]:
    """Return (sentence, expected lines) of every block of the table."""
    blocks = TABLE.read_text(encoding="utf-8").split("\n> ")[1:]
    return [
        (lines[0], [line.strip() for line in lines[1:] if line.strip()])
        for lines in (block.splitlines() for block in blocks)
    ]


CASES = cases()


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda v: str(v)[:60])
def test_a_sentence_reads_as_the_table_says(text: str, expected: list[str]) -> None:
    assert rendered(read(text)) == expected


def test_the_table_holds_every_category_and_many_sentences() -> None:
    found = {expected[0] for _, expected in CASES}
    assert {str(category) for category in Category} <= found
    assert len(CASES) >= 200


def test_few_sentences_of_the_table_are_not_understood() -> None:
    lost = [text for text, expected in CASES if expected[0].startswith("quarantined")]
    assert len(lost) <= 0.02 * len(CASES), lost


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda v: str(v)[:60])
def test_an_observed_quantity_is_never_an_activity(
    text: str, expected: list[str]
) -> None:
    if expected[0] not in {"observation", "withdrawal"} or len(expected) == 1:
        return
    chance = random.Random(text)  # noqa: S311
    words = text.split(" ")
    for _ in range(8):
        spoiled = list(words)
        spoiled[chance.randrange(len(words))] = "zorblax"
        parsed = read(" ".join(spoiled))
        activity = parsed.category is Category.ACTIVITY
        assert not (activity and _counts(parsed.unread)), " ".join(spoiled)


def _counts(unread: tuple[str, ...]) -> bool:
    return any(t.kind == "number" for words in unread for t in lex(words))


@pytest.mark.parametrize(
    "verb", ["heard", "saw", "observed", "recorded", "spotted", "saw and heard"]
)
@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        ("explosions", "explosion"),
        ("undetermined explosions", "explosion"),
        ("bursts of small-arms fire", "burst"),
        ("shots of small-arms fire", "shot"),
        ("projectiles in flight from east to west", "projectile"),
        ("tanks (T-72)", "tank"),
        ("anti-tank mines", "mine"),
        ("fresh craters", "crater"),
        ("people", "person"),
    ],
)
def test_a_figure_after_a_verb_of_perception_is_read(
    verb: str, thing: str, kind: str
) -> None:
    parsed = read(f"On 3 August, the SMM {verb} 17 {thing} near Pisky.")
    assert [(o.kind, o.count and o.count.low) for o in parsed.observations] == [
        (kind, 17)
    ]
