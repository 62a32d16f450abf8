"""Pledges and gates, from the text to what engines take."""

from datetime import date

from pamiers.agreement import Agreement, load_agreement
from pamiers.agreement.undertaking import Delivery, Indicator
from tests.unit.agreement.small import TEXTS

PLEDGES = """\
pledges:
  - id: guns
    by: club
    of: [guns kept back]
    at_least: 10
    up_to: 30 persons
    deliveries: [{on: 2026-03-05, amount: 4 persons, source: herald}]
  - {by: north, of: silence, delivered: 2, source: palace}
"""
GATES = """\
gates:
  returns:
    title: Return of people
    window: 14 d
    indicators: [{clause: quiet, breaches_at_most: 2, watched_share: 0.5}]
    certified_by: monitor
    opens: withdrawal
    rolls_back: true
"""


def with_(more: str) -> Agreement:
    text = TEXTS["agreement.yaml"] + more
    return load_agreement({**TEXTS, "agreement.yaml": text})


def test_a_pledge_arrives_with_what_has_come_of_it() -> None:
    given = with_(PLEDGES).pledges[0]
    assert (given.id, given.by, given.of) == ("guns", "club", ("guns kept back",))
    assert (given.at_least, given.up_to) == (10.0, 30.0)
    four = Delivery(on=date(2026, 3, 5), amount=4.0, source="herald")
    assert given.deliveries == (four,)


def test_a_pledge_without_an_id_is_named_after_its_place() -> None:
    given = with_(PLEDGES).pledges[1]
    assert (given.id, given.up_to) == ("pledge-2", None)
    assert given.deliveries == (Delivery(on=None, amount=2.0, source="palace"),)


def test_a_gate_arrives_with_its_indicators() -> None:
    gate = with_(GATES).gates["returns"]
    assert gate.indicators == (
        Indicator(clause="quiet", breaches_at_most=2.0, watched_share=0.5),
    )
    assert (str(gate.window), gate.certified_by) == ("14 d", "monitor")
    assert (gate.opens, gate.rolls_back) == (("withdrawal",), True)
