"""Who may be said to have done it."""

import pytest

from pamiers.agreement.model import Mandate
from pamiers.compliance.assess import assess
from pamiers.compliance.explain import Reason, explain
from pamiers.compliance.finding import (
    NOT_MANDATED,
    UNATTRIBUTED,
    Finding,
    Verdict,
    Why,
)
from pamiers.core.rows import Incident
from tests.unit.compliance.small import (
    KNOWN,
    PERIOD,
    agreement,
    claim,
    clause,
    incident,
    reading,
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


EITHER = '{"A":0.8,"":0.2}'


def test_one_who_may_have_done_it_has_its_share_and_nobody_the_rest() -> None:
    found = west(incident("a", actors=EITHER))
    assert found.attribution == UNATTRIBUTED
    assert found.attribution_share == (("A", 0.8), ("", 0.2))


def test_a_share_past_the_threshold_names_and_others_are_told_beside() -> None:
    found = west(incident("a", actors='{"A":0.95,"bandits":0.05}'))
    assert found.attribution == "A"
    assert found.attribution_share == (("A", 0.95), ("bandits", 0.05))


def test_shares_are_told_of_nobody_where_the_mandate_forbids_it() -> None:
    rows = (incident("a", actors=EITHER),)
    found = west(*rows, mandate=Mandate.FORBIDDEN)
    assert (found.attribution, found.attribution_share) == (NOT_MANDATED, ())
    rules = agreement(mandate=Mandate.FORBIDDEN)
    told = every(explain(found, rules, world(rows)))
    assert not [each.text for each in told if " A" in each.text or "80 %" in each.text]


def test_the_reasons_tell_whose_it_may_have_been() -> None:
    rows = (incident("a", actors=EITHER),)
    told = every(explain(west(*rows), agreement(), world(rows)))
    said = [each.text for each in told]
    assert "Who did it: A 80 %, not known 20 %." in said
    assert any(text.startswith("As the act of A: ") for text in said)


def every(reason: Reason) -> list[Reason]:
    return [reason, *(part for each in reason.because for part in every(each))]


def test_a_ban_of_one_is_as_surely_broken_as_it_was_its_own() -> None:
    rules = agreement(clause(reading(bearers=("A",))))
    rows = [incident("a", actors='{"A":0.5,"B":0.5}', probability=1.0)]
    found = assess(rules, world(rows), PERIOD, KNOWN)[0]
    assert (found.probability_low, found.reported_high) == (0.5, 0.5)
    assert (found.verdict, found.why) == (Verdict.UNDETERMINED, Why.ATTRIBUTION)
