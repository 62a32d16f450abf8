"""Cases of a mission: recorded, found again, kept going, told once."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pamiers.app import wiring
from pamiers.app.cli.main import app

RUN = CliRunner().invoke
OPENED = "2026-05-04T10:00+03:00"
LATE = "2026-05-05T12:00+03:00"


def said(*words: str) -> Any:  # noqa: ANN401 - whatever the command prints
    found = RUN(app, [*words, "--json"])
    return json.loads(found.stdout)


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    folder = tmp_path / "mission"
    said("init", str(folder), "--agreement", "paris-three-tiers")
    said("case", "open", str(folder), "finding=f1", "clause=no-fire", "party=north",
         "severity=S2", "confidence=C3", "began=2026-05-04T08:00+03:00",
         f"at={OPENED}", "--now", OPENED)  # fmt: skip
    return folder


def test_a_case_is_listed_with_what_is_due_next(mission: Path) -> None:
    found = said("case", "list", str(mission), "--now", LATE)
    (line,) = found["cases"]
    assert (line["next"], line["next_due"]) == ("step:warn", "2026-05-05T05:00:00Z")
    assert (line["overdue"], found["counts"]) == (True, {"open": 1})


def test_what_nobody_was_told_yet_is_no_step_overdue(mission: Path) -> None:
    (mission / wiring.CASES).unlink()
    (line,) = said("case", "list", str(mission), "--now", LATE)["cases"]
    assert (line["next"], line["next_due"]) == ("untold", "2026-05-05T05:00:00Z")
    assert (line["untold"], line["overdue"]) == (True, False)
    shown = RUN(app, ["case", "list", str(mission), "--now", LATE]).stdout
    assert "OVERDUE" not in shown
    assert "1 with notices not told yet: `pamiers work" in shown
    said("work", str(mission), "--once", "--now", LATE)
    (after,) = said("case", "list", str(mission), "--now", LATE)["cases"]
    assert after["next"] != "untold"


def test_what_ran_out_is_told_once_and_dated_when_it_did(mission: Path) -> None:
    first = said("work", str(mission), "--once", "--now", LATE)
    again = said("work", str(mission), "--once", "--now", LATE)
    lapses = [each for each in first["told"] if each["what"] == "step-lapsed"]
    assert [(e["at"], e["late_s"]) for e in lapses] == [("2026-05-05T05:00:00Z", 14400)]
    assert lapses[0]["to"] == ["north", "south"]
    assert (again["told"], again["undelivered"]) == ([], 0)


def test_the_index_can_be_made_again(mission: Path) -> None:
    said("work", str(mission), "--once", "--now", LATE)
    before = said("case", "show", str(mission), "response-1", "--now", LATE)
    (mission / wiring.CASES).unlink()
    assert said("case", "show", str(mission), "response-1", "--now", LATE) == before
    assert said("work", str(mission), "--once", "--now", LATE)["told"] == []


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE case_event SET body = replace(body, 'north', 'south')",
        "DELETE FROM case_event",
        "UPDATE case_told SET body = replace(body, 'response', 'answered')",
        "INSERT INTO case_event SELECT case_id, 99, body FROM case_event",
        "UPDATE mark SET value = 99",
    ],
)
def test_an_index_that_somebody_edited_is_found_and_made_again(
    mission: Path, edit: str
) -> None:
    before = said("case", "show", str(mission), "response-1", "--now", LATE)
    with closing(sqlite3.connect(mission / wiring.CASES)) as held, held:
        held.execute(edit.replace("body, '", "CAST(body AS TEXT), '"))
    found = said("fsck", str(mission))
    assert {each["file"] for each in found["damage"]} == {wiring.CASES}
    assert said("fsck", str(mission), "--repair")["mended"] == [wiring.CASES]
    after = said("case", "show", str(mission), "response-1", "--now", LATE)
    assert after == before


def test_an_event_that_is_refused_is_on_record(mission: Path) -> None:
    found = RUN(app, ["case", "event", str(mission), "response-1", "act=warn",
                      "by=south", "--now", LATE, "--json"])  # fmt: skip
    assert found.exit_code == 1
    assert json.loads(found.stdout)["refused"] == "not-entitled"
    shown = said("case", "show", str(mission), "response-1", "--now", LATE)
    assert [each["why"] for each in shown["refused"]] == ["not-entitled"]


def test_a_dispute_stands_beside_the_finding(mission: Path) -> None:
    said("case", "dispute", str(mission), "response-1", "--by", "north", "--text",
         "wrong place", "--finding", "f1", "--now", LATE)  # fmt: skip
    shown = said("case", "show", str(mission), "response-1", "--now", LATE)
    assert [each["key"] for each in shown["findings"]] == ["f1"]
    assert [(e["what"], e["about"]) for e in shown["said"]] == [("dispute", "f1")]


def test_the_steps_ahead_of_a_silent_party_are_told(mission: Path) -> None:
    found = said("case", "simulate", str(mission), "response-1", "--if",
                 "anybody silent", "--now", OPENED)  # fmt: skip
    assert "coalition stays silent on 'warn'" in found["ahead"][0]
    assert said("case", "list", str(mission), "--now", OPENED)["counts"] == {"open": 1}


def test_complaints_and_calls_are_on_record(mission: Path) -> None:
    made = said("complaint", str(mission), "--clause", "no-fire", "--by", "south",
                "--party", "north", "--text", "shots", "--now", LATE)  # fmt: skip
    assert made["status"] == "open"
    said("hotline", str(mission), "--by", "north", "--to", "south", "--text", "x")
    assert [each["by"] for each in said("hotline", str(mission))["calls"]] == ["north"]


def test_the_calendar_names_what_is_due_in_cases_to_the_commission(
    mission: Path,
) -> None:
    found = said("calendar", str(mission), "--at", "2026-05-04T12:00:00Z")
    assert [(e["case"], e["key"]) for e in found["cases"]] == [
        ("response-1", "step:warn")
    ]
    public = said(
        "calendar", str(mission), "--at", "2026-05-04T12:00:00Z", "--tier", "public"
    )
    assert public["cases"] == []


def test_a_step_that_nobody_took_is_late_until_its_case_was_closed(
    mission: Path,
) -> None:
    def late(at: str) -> Any:  # noqa: ANN401 - any JSON
        shown = said("case", "show", str(mission), "response-1", "--now", at)
        return next(e["late_s"] for e in shown["steps"] if e["id"] == "warn")

    assert late(LATE) == 4 * 3600
    said("case", "close", str(mission), "response-1", "--by", "special-commission",
         "--outcome", "unverifiable", "--reason", "no access",
         "--now", LATE)  # fmt: skip
    assert late("2026-06-01T12:00+03:00") == 4 * 3600


def test_what_was_refused_before_is_not_said_of_the_same_in_one_second(
    tmp_path: Path,
) -> None:
    folder, at = str(tmp_path / "m"), ("--now", "2026-05-06T10:00+03:00")
    said("init", folder, "--agreement", "jmc-joint-visit")
    said("case", "open", folder, "complaint=k1", "clause=no-fire", "party=north",
         "by=south", "case=c1", *at)  # fmt: skip
    visit = ("act=visit", "by=jmc", "outcome=accidental")
    said("case", "event", folder, "c1", *visit, *at)
    vote = ("case", "vote", folder, "c1", "--step", "settle", "--by", "north",
            "--choice", "for", *at)  # fmt: skip
    assert said(*vote)["refused"] == "quorum-absent"
    there = "present=north, south,chair-state"
    said("case", "event", folder, "c1", "session=settle", "by=jmc-chair", there, *at)
    assert said(*vote)["refused"] is None
