"""Bans on everybody but some: only they may."""

import pytest

from pamiers.agreement import resolve, show
from pamiers.agreement.diff.change import diff
from tests.unit.agreement.small import checked, codes

ONLY = ("{event: fire, in: strip}", "{event: fire, in: strip, not_by: monitor}")


def told(language: str) -> str:
    found = checked(ONLY).written
    assert found is not None
    return " ".join(show(found, language).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "shall prevent fire by anybody but Monitor"),
        ("fr", "(de la part de quiconque, hormis : Monitor"),
        ("uk", "(з боку будь-кого, крім: Monitor"),
    ],
)
def test_the_prose_says_who_may(language: str, said: str) -> None:
    assert said in told(language)


def test_it_is_read_as_everybody_but_them() -> None:
    (reading,) = resolve(checked(ONLY)).clauses[0].readings
    assert (reading.by, reading.not_by) == ((), ("monitor",))
    assert reading.matter.not_by == ("monitor",)


def test_a_state_is_nobodys_act() -> None:
    presence = (
        "{event: fire, in: strip}",
        "{state: presence, of: guns, in: strip, not_by: monitor}",
    )
    found = [e for e in checked(presence).complaints if e.code == "L-MISPLACED"]
    assert [each.path for each in found] == ["clauses[0].forbid.not_by"]
    assert "event: person_presence" in found[0].remedy
    assert "L-MISPLACED" not in codes(ONLY)


def test_some_and_all_but_some_are_not_said_together() -> None:
    both = ("{event: fire, in: strip}", "{event: fire, by: club, not_by: monitor}")
    assert "F-SCHEMA-ONE" in codes(both)


def test_one_who_is_not_known_is_named() -> None:
    unknown = ("{event: fire, in: strip}", "{event: fire, in: strip, not_by: ghost}")
    assert "L-UNDEFINED" in codes(unknown)


def test_to_spare_more_loosens() -> None:
    more = (ONLY[0], "{event: fire, in: strip, not_by: [monitor, umpire]}")
    before, after = checked(ONLY).written, checked(more).written
    assert before is not None
    assert after is not None
    said = " ".join(str(each) for each in diff(before, after, "en"))
    assert "loosens" in said
    assert "by anybody but" in said
