"""Texts that are part of others, take their place, or carry them out."""

from datetime import datetime

import pytest

from pamiers.agreement import resolve, show
from tests.unit.agreement.small import checked, codes

ANNEX = (
    "roles:\n",
    "  - {id: annex, title: Annex of March, part_of: truce}\nroles:\n",
)
STANDS = ("    instrument: truce\n    forbid", "    instrument: annex\n    forbid")
DATED = (
    "{actor: north, act: signed, source: gazette}",
    "{actor: north, act: signed, source: gazette, on: 2026-03-01}",
)


def told(language: str, *changes: tuple[str, str]) -> str:
    found = checked(*changes).written
    assert found is not None
    return " ".join(show(found, language).replace("\u00a0", " ").split())


def own(*claims: str) -> tuple[str, str]:
    signed = ", ".join(claims)
    line = f"  - {{id: annex, title: Annex, part_of: truce, signatures: [{signed}]}}\n"
    return "roles:\n", f"{line}roles:\n"


def test_who_signed_the_whole_has_signed_its_part() -> None:
    alone = (ANNEX[0], ANNEX[1].replace(", part_of: truce", ""))
    assert "L-UNSIGNED-BOUND" in codes(alone, STANDS)
    assert "L-UNSIGNED-BOUND" not in codes(ANNEX, STANDS)


def test_what_a_part_says_of_one_counts_before_the_whole() -> None:
    denied = own("{actor: north, act: not signed, source: gazette}")
    assert "L-UNSIGNED-BOUND" in codes(denied, STANDS)
    assert "L-UNSIGNED-BOUND" not in codes(ANNEX, STANDS)


def test_a_part_binds_from_the_day_of_the_whole_or_of_its_own() -> None:
    zone = "+02:00"
    whole = resolve(checked(DATED, ANNEX)).joined
    assert whole["annex"] == {
        "north": datetime.fromisoformat(f"2026-03-01T00:00{zone}")
    }
    later = own("{actor: north, act: signed, source: gazette, on: 2026-03-09}")
    part = resolve(checked(DATED, later)).joined
    assert part["annex"] == {"north": datetime.fromisoformat(f"2026-03-09T00:00{zone}")}


def test_a_text_within_itself_is_named_and_read_all_the_same() -> None:
    circle = (
        "roles:\n",
        (
            "  - {id: one, title: One, part_of: two}\n"
            "  - {id: two, title: Two, part_of: one, supersedes: two}\nroles:\n"
        ),
    )
    found = [e.path for e in checked(circle).complaints if e.code == "L-TEXTS"]
    assert found == [
        "instruments[1].part_of",
        "instruments[2].part_of",
        "instruments[2].supersedes",
    ]


def test_a_clause_of_a_text_whose_place_was_taken_needs_an_end() -> None:
    later = ("roles:\n", "  - {id: later, title: L, supersedes: truce}\nroles:\n")
    found = [e for e in checked(later).complaints if e.code == "L-SUPERSEDED"]
    assert [each.path for each in found] == [
        "clauses[0].instrument",
        "clauses[1].instrument",
    ]
    ended = ("    from: D\n", "    from: D\n    until: D + 9 d\n")
    assert codes(later, ended).count("L-SUPERSEDED") == 1
    assert "L-SUPERSEDED" not in codes()


def test_a_text_that_is_not_there_is_named() -> None:
    unknown = (ANNEX[0], ANNEX[1].replace("part_of: truce", "part_of: ghost"))
    assert "L-UNDEFINED" in codes(unknown)


@pytest.mark.parametrize(
    ("language", "part", "place", "effect"),
    [
        ("en", "part of Truce of March", "the place of Truce", "effect to Truce"),
        ("fr", "Fait partie intégrante de : Truce", "Remplace : Tr", "Donne effet à"),
        ("uk", "Є частиною: Truce of March", "Замінює: Truce", "Впроваджує: Truce"),
    ],
)
def test_the_prose_tells_it(language: str, part: str, place: str, effect: str) -> None:
    more = "part_of: truce, supersedes: truce, gives_effect_to: truce"
    text = told(language, (ANNEX[0], ANNEX[1].replace("part_of: truce", more)))
    assert part in text
    assert place in text
    assert effect in text
