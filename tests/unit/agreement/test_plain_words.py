"""Sentences that a lawyer reads as the language means them, in each language."""

import re

import pytest

from pamiers.agreement import show
from pamiers.agreement.prose.words import TONGUES
from pamiers.agreement.values.known_kinds import KNOWN_KINDS
from tests.unit.agreement.small import checked

SECOND = (
    "zones:\n",
    """zones:
  shore:
    title: {en: the shore}
    band: {of: river, from: 0 km, to: 1 km, side: east}
""",
)
VERB = "forbid: {event: fire, in: strip}"


def sentence(verb: str, language: str = "en", *changes: tuple[str, str]) -> str:
    """Return the sentence of the small agreement's clause with another verb."""
    found = checked((VERB, verb), SECOND, *changes).written
    assert found is not None
    text = " ".join(show(found, language).replace("\u00a0", " ").split())
    return text.partition("[quiet] ")[2].partition(" 9. ")[0]


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (
            "at_most: {n: 75, of: big, in: [strip, shore]}",
            {
                "en": "in The strip and the shore taken together",
                "fr": "prises ensemble",
                "uk": "разом узятих",
            },
        ),
        (
            "forbid: {event: fire, in: [strip, shore]}",
            {"en": "in The strip or the shore", "fr": " ou ", "uk": " або "},
        ),
        (
            "forbid: {event: fire, not_in: [strip, shore]}",
            {
                "en": "outside The strip and the shore (outside all of them)",
                "fr": "(hors de toutes)",
                "uk": "(поза всіма)",
            },
        ),
        (
            "oblige: {state: absence, of: big, by: club}",
            {
                "en": "the absence of big guns belonging to Club of Friends",
                "fr": "appartenant à",
                "uk": "належність:",
            },
        ),
        (
            "notify: {event: exercise, in: strip, before: 48 h elapsed, to: club}",
            {
                "en": (
                    "shall announce exercise in The strip to Club of Friends at least "
                    "48 hours running beforehand"
                ),
                "fr": "dans la zone « The strip [en] » (envers : Club of Friends",
                "uk": "у зоні «The strip [en]» (кому: Club of Friends",
            },
        ),
    ],
)
def test_places_owners_and_receivers_are_said_as_they_are_meant(
    verb: str, said: dict[str, str]
) -> None:
    for language, part in said.items():
        assert part in sentence(verb, language)


OF = "{of: big, status: stored}"
TO = "{of: big, status: declared}"
OTHER = "{of: big, by: south, status: stored}"


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (f"of: {OF}, to: {TO}, at_most: 12 %", "keep big guns counted as stored at no"),
        (f"of: {OF}, to: {TO}, at_most: 12 %", "at no more than 12% of big guns"),
        (f"of: {OF}, to: {TO}, at_least: 100 %", "at no less than 100% of big guns"),
        (
            f"of: {OF}, to: {TO}, at_least: 30 %, at_most: 1",
            "at no more than 100% and no less than 30% of",
        ),
        (
            f"of: {OF}, to: {OTHER}, at_least: 1, at_most: 1",
            "as many big guns counted as stored as big guns counted as stored",
        ),
        (f"of: {OF}, to: {OTHER}, at_least: 1", "no fewer big guns counted as stored"),
        (f"of: {OF}, to: {OTHER}, at_most: 1", "no more big guns counted as stored"),
        (f"of: {OF}, to: {TO}, at_least: 3, at_most: 3", "have exactly 3 of big guns"),
    ],
)
def test_shares_are_per_cent_and_equal_numbers_as_many(bounds: str, said: str) -> None:
    assert said in sentence(f"ratio: {{{bounds}}}")


def test_shares_and_equal_numbers_are_said_in_other_languages() -> None:
    equal = f"ratio: {{of: {OF}, to: {OTHER}, at_least: 1, at_most: 1}}"
    share = f"ratio: {{of: {OF}, to: {TO}, at_most: 12 %}}"
    assert "autant de l’un que de l’autre" in sentence(equal, "fr")
    assert "порівну одного й другого" in sentence(equal, "uk")
    assert "au plus 12 % de ce qui suit" in sentence(share, "fr")
    assert "щонайбільше 12 % від такого" in sentence(share, "uk")


def test_an_amended_deadline_ends_its_day_as_the_first_one_does() -> None:
    amended = (
        "    from: D\n",
        """    deadline: D + 10 d
    amended: [{instrument: truce, on: D, deadline: D + 20 d}]
""",
    )
    said = sentence("oblige: {event: exercise}", "en", amended)
    assert "no later than D + 10 days (10 March 2026, 24:00)" in said
    assert "deadline: D + 20 days (20 March 2026, 24:00)" in said


def test_what_has_to_be_verified_first_is_said_to_be() -> None:
    before = (
        "clauses:\n",
        """clauses:
  - id: first
    instrument: truce
    oblige: {event: exercise}
    bearer: north
    deadline: D + 3 d
    verified_by: club
""",
    )
    locked = ("    from: D\n", "    from: D\n    requires: [first]\n")
    said = sentence("oblige: {event: exercise}", "en", before, locked)
    assert "not due before this: [first] done and verified." in said


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_every_known_kind_of_weapon_or_person_has_a_name(language: str) -> None:
    kinds = TONGUES[language].kinds
    assert list(kinds) == [*KNOWN_KINDS]
    assert [name for name in kinds.values() if "_" in name] == []
    if language != "en":
        assert not set(kinds.values()) & set(KNOWN_KINDS) - {"missiles"}


def test_kinds_are_told_in_words_the_agreements_own_without_underscores() -> None:
    kinds = ("kind: [gun, mortar]", "kind: [machine_gun, vip_security]")
    found = checked(kinds).written
    assert found is not None
    said = {each: show(found, each) for each in ("en", "fr", "uk")}
    assert "machine guns or vip security" in " ".join(said["en"].split())
    assert "mitrailleuses" in said["fr"]
    assert "кулемети" in said["uk"]
    assert not any(
        re.search("machine_gun|vip_security", text) for text in said.values()
    )
