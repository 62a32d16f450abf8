"""Give the two parties each other's names, in text, drawing and facts: all holds."""

import re
from functools import cache

import pytest

from pamiers.agreement import check, read
from pamiers.agreement.model import Agreement
from pamiers.agreement.origins import sources_in
from pamiers.agreement.resolve import resolve
from pamiers.app.agreement_files import agreement_texts, bundled
from pamiers.app.scenario_files import run_one, scenario_files
from pamiers.core.source import Source

NAMES = [name for name in bundled() if scenario_files(name)]


@cache
def parties(name: str) -> tuple[str, str]:
    written = read(agreement_texts(name)).written
    assert written is not None
    first, second, *_ = written.heading.parties
    return str(first), str(second)


def swapped(text: str, pair: tuple[str, str]) -> str:
    """Return a text in which each of two names stands for the other."""
    other = dict(zip(pair, reversed(pair), strict=True))
    either = "|".join(re.escape(name) for name in pair)
    return re.sub(rf"\b(?:{either})\b", lambda found: other[found[0]], text)


@cache
def swapped_agreement(name: str) -> tuple[Agreement, dict[str, Source]]:
    texts = agreement_texts(name)
    taken = read({file: swapped(text, parties(name)) for file, text in texts.items()})
    return resolve(check(taken)), sources_in(taken.written)


def test_names_change_places() -> None:
    assert swapped("ua fires at ru; guard", ("ua", "ru")) == "ru fires at ua; guard"


@pytest.mark.parametrize("name", NAMES)
def test_findings_change_hands_with_the_names(name: str) -> None:
    told = []
    for file in scenario_files(name):
        text = swapped(file.read_text(encoding="utf-8"), parties(name))
        outcome = run_one(text, file.name, *swapped_agreement(name))
        told += [] if outcome.passed else [f"{file.name}: {outcome}"]
    assert not told, "\n".join(told)
