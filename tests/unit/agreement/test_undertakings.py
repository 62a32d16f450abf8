"""Pledges and gates, from the text to what engines take."""

from datetime import date

import pytest

from pamiers.agreement import Agreement, check, load_agreement, read, show
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


STAGED = """\
pledges:
  - id: tents
    by: [club, sage]
    of: tents
    at_least: 500
    due: D + 40 d
    stages: {due: D + 10 d, at_least: 100}
"""


def test_what_several_give_by_a_day_arrives_as_one_amount_in_stages() -> None:
    given = with_(STAGED).pledges[0]
    assert given.by == "club;sage"
    told = [(str(each.due), each.at_least) for each in given.stages]
    assert told == [("D + 10 d", 100.0), ("D + 40 d", 500.0)]


@pytest.mark.parametrize(
    ("language", "joint", "stage"),
    [
        ("en", "pledge together, one amount between them: tents, at", "100 in all no"),
        (
            "fr",
            "promettent ensemble, pour un seul montant : tents [en]",
            "100 unités en tout au",
        ),
        (
            "uk",
            "обіцяють разом, одну кількість на всіх: tents [en]",
            "100 одиниць загалом не",
        ),
    ],
)
def test_the_prose_says_together_and_by_when(
    language: str, joint: str, stage: str
) -> None:
    found = read({**TEXTS, "agreement.yaml": TEXTS["agreement.yaml"] + STAGED}).written
    assert found is not None
    said = " ".join(show(found, language).replace("\u00a0", " ").split())
    assert joint in said
    assert stage in said


def test_a_day_by_which_no_number_is_pledged_is_named() -> None:
    text = STAGED.replace("    at_least: 500\n", "")
    found = check(read({**TEXTS, "agreement.yaml": TEXTS["agreement.yaml"] + text}))
    told = [each.path for each in found.complaints if each.code == "L-NO-NUMBER"]
    assert told == ["pledges[0].due"]


def test_stages_that_measure_other_things_are_named() -> None:
    text = STAGED.replace("at_least: 100}", "at_least: 100 persons}").replace(
        "at_least: 500\n", "at_least: 500 t\n"
    )
    found = check(read({**TEXTS, "agreement.yaml": TEXTS["agreement.yaml"] + text}))
    told = [each.path for each in found.complaints if each.code == "L-UNITS"]
    assert told == ["pledges[0].stages[0].at_least"]
