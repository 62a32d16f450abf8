"""Findings put into cases: each once, and taken back where it stands no longer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pamiers.app import wiring
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.case_values import Opened, case_values, cases_of
from pamiers.app.gathering import gathered
from pamiers.compliance.finding import Finding, Verdict
from pamiers.mission.cases import load, record_event
from pamiers.mission.mission import begin
from pamiers.procedure import Breach, Event
from tests.fakes.reports import finding

FOUND = datetime(2026, 5, 4, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Opened]:
    folder = tmp_path / "mission"
    with wiring.created(folder) as mission:
        begin(mission, agreement_texts("paris-three-tiers"), FOUND)
    with cases_of(folder) as opened:
        yield opened


def fire(
    key: str, party: str = "north", verdict: Verdict = Verdict.BREACHED
) -> Finding:
    made = finding(verdict, None, key=key * 12, party=party, reading=None)
    start = FOUND - 2 * HOUR
    return replace(made, start=start, end=FOUND, known_at=FOUND, probability_low=0.97)


def put(held: Opened, now: datetime, *judged: Finding) -> dict[str, Any]:
    return gathered(held, judged, 2, now)


def shown(held: Opened, name: str, now: datetime) -> dict[str, Any]:
    return case_values(load(held.cases, name, now), now)


def test_findings_of_one_kind_and_party_make_one_case(held: Opened) -> None:
    found = put(held, FOUND, fire("a"), fire("b"), fire("c", "south"))
    assert (found["findings"], len(found["cases"])) == (3, 2)
    size = held.cases.mission.record.head().size
    again = put(held, FOUND + HOUR, fire("a"), fire("b"), fire("c", "south"))
    assert again["cases"] == found["cases"]
    assert held.cases.mission.record.head().size == size


def test_what_is_found_no_longer_is_taken_back_and_stays_on_the_case(
    held: Opened,
) -> None:
    (name,) = put(held, FOUND, fire("a"))["cases"]
    kept = put(held, FOUND + HOUR, fire("a", verdict=Verdict.UNDETERMINED))
    assert (kept["findings"], kept["retracted"]) == (0, ["a" * 12])
    told = shown(held, name, FOUND + HOUR)
    assert (told["status"], told["outcome"]) == ("closed", "retracted")
    assert [(e["key"], e["withdrawn"]) for e in told["findings"]] == [
        ("a" * 12, "retracted")
    ]
    assert "assessed anew: undetermined" in {e["reason"] for e in told["log"]}
    assert put(held, FOUND + 2 * HOUR)["retracted"] == []


def test_one_of_several_taken_back_and_found_again_counts_again(held: Opened) -> None:
    (name,) = put(held, FOUND, fire("a"), fire("b"))["cases"]
    assert put(held, FOUND + HOUR, fire("a"))["retracted"] == ["b" * 12]
    assert shown(held, name, FOUND + HOUR)["status"] == "open"
    assert put(held, FOUND + 2 * HOUR, fire("a"), fire("b"))["cases"] == [name]
    told = shown(held, name, FOUND + 2 * HOUR)
    assert [e["withdrawn"] for e in told["findings"]] == [None, None]


def test_a_finding_of_a_closed_case_opens_no_other(held: Opened) -> None:
    (name,) = put(held, FOUND, fire("a"), fire("b"))["cases"]
    closed = Event(kind="closed", at=FOUND + HOUR, by="special-commission",
                   outcome="settled", reason="settled on the spot")  # fmt: skip
    record_event(held.cases, name, "response", closed, FOUND + HOUR)
    later = put(held, FOUND + 2 * HOUR, fire("a"), fire("b"), fire("d"))
    assert len(later["cases"]) == 2
    assert later["cases"][0] == name
    assert shown(held, name, FOUND + 2 * HOUR)["refused"] == []


def test_a_closed_case_whose_finding_is_found_again_has_a_successor(
    held: Opened,
) -> None:
    (name,) = put(held, FOUND, fire("a"))["cases"]
    put(held, FOUND + HOUR)
    assert shown(held, name, FOUND + HOUR)["status"] == "closed"
    assert put(held, FOUND + 2 * HOUR, fire("a"))["cases"] == [f"{name}.2"]


def test_findings_entered_by_hand_are_left_alone(held: Opened) -> None:
    (name,) = put(held, FOUND, fire("a"))["cases"]
    breach = Breach(
        key="f1", clause="no-fire", party="south", breach_at=FOUND, found_at=FOUND
    )
    by_hand = Event(kind="finding", at=FOUND, by="mission", breaches=(breach,))
    record_event(held.cases, "by-hand", "response", by_hand, FOUND)
    assert put(held, FOUND + HOUR, fire("a"))["retracted"] == []
    for each in (name, "by-hand"):
        assert shown(held, each, FOUND + HOUR)["status"] == "open"
