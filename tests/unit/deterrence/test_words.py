"""Every sentence exists in every language, with the same figures in it."""

import re
from pathlib import Path
from string import Formatter

import pytest

from pamiers.deterrence.remarks import Remark, Status, status
from pamiers.deterrence.words import LIMITS, SENTENCES, sentence

REMARKS = Path(__file__).parents[3] / "src/pamiers/deterrence/remarks.py"
CHOICES = REMARKS.with_name("choices.py")


def fields(text: str) -> set[str]:
    """Return the figures that a sentence shows."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", sorted(set(SENTENCES) - {"en"}))
def test_languages_are_complete(language: str) -> None:
    assert list(SENTENCES[language]) == list(SENTENCES["en"])
    assert len(LIMITS[language]) == len(LIMITS["en"])
    for code, text in SENTENCES[language].items():
        assert fields(text) == fields(SENTENCES["en"][code]), code


def test_every_code_that_is_said_has_a_sentence() -> None:
    source = REMARKS.read_text() + CHOICES.read_text()
    said = set(
        re.findall(r'"((?:peace|clause|joint|trust|step|change)-[a-z-]+)"', source)
    )
    assert said <= set(SENTENCES["en"])


def test_another_language_falls_back_to_english() -> None:
    remark = Remark(code="clause-no-speed", party="a", clause="c")
    assert sentence(remark, "fr") == "c: even an answer at once would not close it."


def test_a_margin_stands_in_one_of_three_ways() -> None:
    assert status(1, 0) is Status.HOLDS
    assert status(0, -1) is Status.PARTLY
    assert status(-1, -2) is Status.FAILS
