"""Every sentence that a page says is there in every language, and forms are whole."""

import re
from string import Formatter

import pytest
from babel.core import Locale

from pamiers.agreement.grammar.procedure import CLOCKS, OUTCOMES, RULES, THENS
from pamiers.app.pages.words import LANGUAGES, words
from pamiers.compliance.finding import Verdict, Why
from pamiers.core.kind import KINDS
from pamiers.ledger.entry import KINDS as ENTRIES
from pamiers.mission.access.permissions import ACTIONS, CLASSES, ROLES
from pamiers.procedure.effects import TOLD
from pamiers.procedure.event import KINDS as EVENTS
from tests.shared import ROOT

SOURCES = sorted((ROOT / "web" / "src").rglob("*.ts*"))
SAID = re.compile(r"""\bt\(\s*["']([a-z_.]+)["']""")
#: a word by which a procedure refuses: it has a hyphen, and is returned
REFUSED = re.compile(r"""^ +(?:return|why = ).*"([a-z]+(?:-[a-z]+)+)"$""", re.MULTILINE)
#: groups whose members are chosen by a value: `t(`verdict.${...}`)`
GROUPS = re.compile(r"\bt\(`([a-z_]+)\.\$\{")


def texts(language: str) -> dict[str, list[str]]:
    said = words(language)["words"]
    return {
        key: [found] if isinstance(found, str) else list(found.values())
        for key, found in said.items()
    }


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def refusals() -> set[str]:
    """Return every word by which a procedure refuses, as its sources have them."""
    files = (ROOT / "src" / "pamiers" / "procedure").glob("*.py")
    kept = [each for each in files if each.stem.startswith(("recording", "timing"))]
    found = {word for path in kept for word in REFUSED.findall(path.read_text())}
    assert len(found) > 20
    return found | {"recused", "suspended"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_all_that_english_says(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert other.keys() == english.keys()
    for key, found in other.items():
        assert all(found), key
        wanted = set().union(*(parameters(text) for text in english[key]))
        assert all(parameters(text) <= wanted for text in found), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_category_has_its_form(language: str) -> None:
    category = Locale.parse(language).plural_form
    wanted = {category(n) for n in range(200)}
    for key, found in words(language)["words"].items():
        if isinstance(found, dict):
            assert found.keys() == wanted, key


def test_a_language_other_than_english_is_not_english() -> None:
    english = texts("en")
    for language in set(LANGUAGES) - {"en"}:
        found = texts(language)
        same = [key for key in english if found[key] == english[key]]
        assert len(same) < len(english) / 12, (language, same)


def test_pages_say_only_what_the_catalogues_hold() -> None:
    known = set(texts("en"))
    groups = {key.partition(".")[0] for key in known}
    for path in SOURCES:
        source = path.read_text()
        assert set(SAID.findall(source)) - known == set(), path.name
        assert set(GROUPS.findall(source)) - groups == set(), path.name


def test_the_vocabularies_of_the_program_have_words() -> None:
    known = set(texts("en"))
    wanted = [
        *(f"verdict.{each.value}" for each in Verdict),
        *(f"why.{each.value}" for each in Why),
        *(f"kind.{each}" for each in KINDS),
        *(f"entry.{each}" for each in ENTRIES),
        *(f"act.{each}" for each in EVENTS),
        *(f"became.{each}" for each in (*TOLD, "step-opened")),
        *(f"outcome.{each}" for each in OUTCOMES),
        *(f"runs_from.{each}" for each in CLOCKS),
        *(f"decision.{each}" for each in RULES),
        *(f"silence.{each}" for each in THENS),
        *(f"refusal.{each}" for each in refusals()),
        *(f"role.{each}" for each in ROLES),
        *(f"thing.{each}" for each in CLASSES),
        *(f"action_on.{each}" for each in ACTIONS),
    ]
    assert [key for key in wanted if key not in known] == []
