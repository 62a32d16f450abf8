"""Who may be said to have done it."""

import pytest

from pamiers.agreement.model import Mandate
from pamiers.compliance.assess import assess
from pamiers.compliance.finding import NOT_MANDATED, UNATTRIBUTED, Finding
from pamiers.core.rows import Incident
from tests.unit.compliance.small import (
    KNOWN,
    PERIOD,
    agreement,
    claim,
    incident,
    world,
)


def west(*rows: Incident, mandate: Mandate = Mandate.PERMITTED) -> Finding:
    return assess(agreement(mandate=mandate), world(rows), PERIOD, KNOWN)[0]


def test_where_the_mandate_forbids_it_nobody_is_named() -> None:
    found = west(incident("a", actor="A"), mandate=Mandate.FORBIDDEN)
    assert (found.attribution, found.attribution_share) == (NOT_MANDATED, ())


def test_the_one_whom_sources_name_is_named_with_its_share() -> None:
    found = west(incident("a", actor="A"))
    assert (found.attribution, found.attribution_share) == ("A", (("A", 1.0),))


def test_two_parties_share_and_neither_is_named() -> None:
    found = west(incident("a", actor="A"), incident("b", actor="B"))
    assert found.attribution == UNATTRIBUTED
    assert dict(found.attribution_share) == {"A": 0.5, "B": 0.5}


def test_what_nobody_ascribes_weighs_against_naming() -> None:
    found = west(incident("a", actor="A"), incident("b"))
    assert found.attribution == UNATTRIBUTED
    assert dict(found.attribution_share)["A"] == pytest.approx(0.5)


def test_a_place_ascribes_nothing() -> None:
    assert west(incident("a", control="A")).attribution_share == ()


def test_an_accusation_ascribes_nothing() -> None:
    assert west(claim("a", actor="B")).attribution_share == ()


def test_one_who_is_no_party_is_not_named() -> None:
    assert west(incident("a", actor="bandits")).attribution == UNATTRIBUTED
