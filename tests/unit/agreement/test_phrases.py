"""The catalogues of the prose are whole, alike, and used."""

import re
import string
from pathlib import Path

import pytest

import pamiers.agreement
from pamiers.agreement.grammar import forms as f
from pamiers.agreement.grammar.forms import Choice
from pamiers.agreement.grammar.records import ById, Listed, Record, Several
from pamiers.agreement.grammar.whole import AGREEMENT
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.values.currency import CURRENCIES
from pamiers.agreement.values.expression import ATTRIBUTES, UNIT_SIZES
from pamiers.agreement.values.quantity import UNITS
from pamiers.core.kind import KINDS
from tests.unit.agreement.everything import leaves

OTHERS = sorted(set(TONGUES) - {"en"})
SOURCES = [
    path.read_text()
    for path in Path(pamiers.agreement.__file__).parent.rglob("*.py")
    if path.parent.name != "words"
]
#: begins of keys that the code puts together
FAMILIES = tuple(
    {hit for text in SOURCES for hit in re.findall(r"f[\"']([a-z][a-z_.]*\.)\{", text)}
)
ENDS = tuple({hit for text in SOURCES for hit in re.findall(r'\}(\.[a-z_]+)"', text)})


def fields(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_phrase_with_the_same_facts(language: str) -> None:
    theirs, ours = TONGUES[language].phrases, TONGUES["en"].phrases
    assert sorted(theirs) == sorted(ours)
    assert {k: fields(v) for k, v in theirs.items()} == {
        k: fields(v) for k, v in ours.items()
    }


def test_every_phrase_is_said_somewhere() -> None:
    text = "\n".join(SOURCES)
    unused = [
        key
        for key in TONGUES["en"].phrases
        if f'"{key}"' not in text and not key.startswith(FAMILIES)
        if not key.endswith(ENDS)
    ]
    assert unused == []


def test_every_phrase_that_is_said_is_there() -> None:
    said = {
        hit
        for text in SOURCES
        for hit in re.findall(r'\.(?:say|also)\(\s*"([^"{]+)"', text)
    }
    assert said - set(TONGUES["en"].phrases) == set()


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_every_word_of_the_language_has_a_name(language: str) -> None:
    words = {
        word
        for path, form, _ in leaves()
        if isinstance(form, Choice) and path[-1] not in {"side", "durations"}
        for word in form.words
        if len(word) > 1 and path[-1] != "attribution"
    }
    assert (KINDS | words) - set(TONGUES[language].names) == set()


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_every_unit_attribute_and_size_has_a_name(language: str) -> None:
    tongue = TONGUES[language]
    assert set(tongue.units) == set(UNITS) - CURRENCIES
    assert set(tongue.attributes) == set(ATTRIBUTES)
    assert len(set(tongue.months)) == 12
    if language != "en":
        assert set(tongue.names) >= set(UNIT_SIZES)


def keys(form: f.Form) -> set[str]:
    """Return the keys of every record below a form."""
    match form:
        case Record(_, fields):
            below = [keys(each.form) for each in fields.values()]
            return set(fields).union(*below)
        case Several(each) | Listed(each) | ById(each):
            return keys(each)
        case _:
            return set()


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_every_key_of_the_grammar_has_a_label_and_no_other(language: str) -> None:
    assert set(TONGUES[language].labels) == keys(AGREEMENT)
