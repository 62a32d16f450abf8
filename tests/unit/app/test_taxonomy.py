"""Tables of words are shown, edited, checked and put on record; said meets found."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.app.calling import answer, begun, csv, line

WHO = ("--by", "data officer", "--reason", "As the codebook has it.")
PACKAGED = ["acled", "claims", "firms", "smm", "ucdp", "viina"]


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    folder = begun(tmp_path / "m")
    rows = csv(tmp_path / "rows.csv", line("1"), line("2", day="2020-07-28"))
    answer("ingest", folder, rows, "--format", "pamiers-csv")
    answer("fuse", folder)
    return folder


def kinds(folder: Path) -> list[dict[str, Any]]:
    keys = [each["key"] for each in answer("incident", "list", folder)]
    return [answer("incident", "show", folder, key)["kinds"] for key in keys]


def test_a_table_is_shown_edited_and_set(mission: Path, tmp_path: Path) -> None:
    assert [each["name"] for each in answer("taxonomy", "list")] == PACKAGED
    shown = answer("taxonomy", "show", "smm")["text"]
    assert shown.startswith("source,column,word,kind,share")
    own = tmp_path / "own.csv"
    own.write_text("source,column,word,kind,share\nosce,kind,explosion,impact,1\n")
    assert answer("taxonomy", "check", own) == {"words": 1, "complaints": []}
    before = kinds(mission)
    put = answer("taxonomy", "set", mission, own, *WHO)
    assert put["name"] == "own"
    listed = answer("taxonomy", "list", "--mission", mission)
    assert [each["name"] for each in listed] == sorted([*PACKAGED, "own"])
    after = kinds(mission)
    assert [max(each, key=each.__getitem__) for each in before] == ["explosion"] * 2
    assert [max(each, key=each.__getitem__) for each in after] == ["impact"] * 2
    answer("fuse", mission)
    assert answer("replay", mission)["differences"] == []


def test_what_was_learned_keeps_its_words_until_it_is_learned_anew(
    mission: Path, tmp_path: Path
) -> None:
    answer("calibrate", mission)
    before = kinds(mission)
    own = tmp_path / "own.csv"
    own.write_text("source,column,word,kind,share\nosce,kind,explosion,impact,1\n")
    answer("taxonomy", "set", mission, own, *WHO)
    assert kinds(mission) == before
    answer("calibrate", mission)
    assert kinds(mission) != before


def test_a_wrong_table_is_refused_with_every_line(
    mission: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("source,column,word,kind,share\na,b,c,bang,1\na,b,d,burst,2\n")
    found = answer("taxonomy", "check", own, code=1)
    assert [each["line"] for each in found["complaints"]] == [2, 3]
    said = answer("taxonomy", "set", mission, own, *WHO, code=2)
    assert said["line"] == 2
    assert "explosion" in said["message"]
    answer("taxonomy", "show", "nothing", code=2)
    answer("taxonomy", "check", tmp_path / "missing.csv", code=2)
    own.write_bytes(b"source\xff")
    answer("taxonomy", "check", own, code=1)


def test_what_was_said_is_set_beside_what_was_verified(
    mission: Path, tmp_path: Path
) -> None:
    first, second = (each["key"] for each in answer("incident", "list", mission))
    verified = tmp_path / "v.csv"
    verified.write_text(f"incident,happened\n{first},yes\n{second},no\n")
    for lang in ("en", "uk"):
        picture = tmp_path / f"{lang}.svg"
        found = answer(
            "incident", "compare", mission, verified, "--svg", picture, "--lang", lang
        )
        assert (found["n"], found["points"][0]["found"]) == (2, 0.5)
        assert "<circle" in picture.read_text()


@pytest.mark.parametrize(
    ("rows", "line_number"),
    [
        ("incident\n", 1),
        ("incident,happened\n", None),
        ("incident,happened\nnothing,yes\n", 2),
        ("incident,happened\n{0},perhaps\n", 2),
        ("incident,happened\n{0},yes\n{0},yes\n", 3),
    ],
)
def test_a_wrong_list_of_what_was_verified_is_refused(
    mission: Path, tmp_path: Path, rows: str, line_number: int | None
) -> None:
    key = answer("incident", "list", mission)[0]["key"]
    verified = tmp_path / "v.csv"
    verified.write_text(rows.format(key))
    said = answer("incident", "compare", mission, verified, code=1)
    assert said["line"] == line_number
