"""`pamiers incident` as somebody at a desk uses it."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from pamiers.app.cli.main import app
from tests.unit.app.calling import answer, begun, csv, line

WHO = ("--by", "commission", "--reason", "Compared by hand.")


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    folder = begun(tmp_path / "m")
    rows = csv(tmp_path / "rows.csv", line("1"), line("2", day="2020-07-28"))
    answer("ingest", folder, rows, "--format", "pamiers-csv")
    return folder


def listed(folder: Path) -> dict[str, Any]:
    return {each["reports"][0]: each for each in answer("incident", "list", folder)}


def test_an_incident_has_its_id_from_when_it_is_fused(mission: Path) -> None:
    before = listed(mission)
    assert {each["status"] for each in before.values()} == {"not yet on record"}
    answer("fuse", mission)
    after = listed(mission)
    assert {each["status"] for each in after.values()} == {"standing"}
    assert {k: v["key"] for k, v in before.items()} == {
        k: v["key"] for k, v in after.items()
    }


def test_merge_then_undo(mission: Path) -> None:
    answer("fuse", mission)
    first, second = (each["key"] for each in listed(mission).values())
    decided = answer("incident", "merge", mission, first, second, *WHO)
    answer("fuse", mission)
    found = {each["key"]: each for each in answer("incident", "list", mission)}
    assert found[first]["reports"] == ["osce:1", "osce:2"]
    assert (found[second]["status"], found[second]["alias_of"]) == ("merged", first)
    answer("incident", "undo", mission, decided["decision"], *WHO)
    answer("fuse", mission)
    found = {each["key"]: each for each in answer("incident", "list", mission)}
    assert [found[key]["status"] for key in (first, second)] == ["standing"] * 2
    made = answer("incident", "list", mission, "--decisions")
    assert [(each["act"], each["in_force"]) for each in made] == [
        ("merge", False),
        ("undo", True),
    ]
    assert answer("replay", mission)["differences"] == []


def test_what_is_wrong_is_told(mission: Path) -> None:
    answer("incident", "merge", mission, "a", "b", *WHO, code=2)
    answer("incident", "withdraw", mission, "osce:9", *WHO, code=2)
    answer("incident", "correct", mission, "osce:1", "--set", "kind", *WHO, code=2)
    said = answer(
        "incident", "correct", mission, "osce:1", "--set", "kind=x", *WHO, code=2
    )
    assert "explosion" in said["message"]
    answer("incident", "undo", mission, 3, *WHO, code=2)


def test_a_report_is_corrected_withdrawn_and_repeated(mission: Path) -> None:
    answer("incident", "correct", mission, "osce:1", "--set", "kind=burst", *WHO)
    assert listed(mission)["osce:1"]["kind"] == "burst"
    answer("incident", "duplicate", mission, "osce:2", "--of", "osce:1", *WHO)
    assert listed(mission)["osce:1"]["reports"] == ["osce:1", "osce:2"]
    answer("incident", "withdraw", mission, "osce:2", *WHO)
    assert answer("status", mission)["decided"] == 2
    answer("fuse", mission)
    assert answer("replay", mission)["differences"] == []


def test_one_incident_is_shown_whole(mission: Path, tmp_path: Path) -> None:
    answer("fuse", mission)
    key = listed(mission)["osce:1"]["key"]
    for lang, word in (("en", "happened"), ("uk", "стався")):
        picture = tmp_path / f"{lang}.svg"
        shown = answer(
            "incident", "show", mission, key, "--svg", picture, "--lang", lang
        )
        assert shown["key"] == key
        assert shown["status"] == "standing"
        assert [said["reports"] for said in shown["history"]] == [["osce:1"]]
        why = shown["why"]
        bits = [member["bits"] for member in why["members"]]
        assert why["total_bits"] == why["prior_bits"] + sum(bits)
        drawn = ET.fromstring(picture.read_text())  # noqa: S314 - our own
        assert word in "".join(drawn.itertext())


def test_it_is_told_in_eighty_columns(mission: Path) -> None:
    answer("fuse", mission)
    key = listed(mission)["osce:1"]["key"]
    for lang in ("en", "uk"):
        called = ["incident", "show", str(mission), key, "--lang", lang]
        lines = CliRunner().invoke(app, called).stdout.splitlines()
        assert lines
        assert max(map(len, lines)) <= 80


def test_what_was_said_of_a_withdrawn_incident_stays(
    mission: Path, tmp_path: Path
) -> None:
    answer("fuse", mission)
    key = listed(mission)["osce:2"]["key"]
    answer("incident", "withdraw", mission, "osce:2", *WHO)
    answer("fuse", mission)
    shown = answer("incident", "show", mission, key)
    assert shown["status"] == "withdrawn by decision"
    assert shown["why"] is None
    assert [said["status"] for said in shown["history"]] == [
        "standing",
        "withdrawn by decision",
    ]
    picture = tmp_path / "x.svg"
    answer("incident", "show", mission, key, "--svg", picture, code=2)
    answer("incident", "show", mission, "nothing", code=1)
    answer("incident", "show", mission, key, "--lang", "xx", code=2)
