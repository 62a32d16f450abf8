"""Whatever is asked, the answer is one line, with a remedy where it is a refusal."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from pamiers.app import receive
from pamiers.app.cli import output
from tests.unit.app.calling import DONBAS, answer, begun, csv, line

#: a call with FOLDER in place of the mission's folder
CALLS = (
    ("status", "FOLDER"),
    ("fuse", "FOLDER"),
    ("assess", "FOLDER"),
    ("explain", "FOLDER", "KEY"),
    ("replay", "FOLDER"),
    ("quarantine", "list", "FOLDER"),
    ("quarantine", "show", "FOLDER", "1.0"),
    ("quarantine", "waive", "FOLDER", "1.0", "--by", "b", "--reason", "r"),
)


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = begun(tmp_path_factory.mktemp("refusals") / "m")
    answer("ingest", folder, csv(folder.parent / "one.csv", line("1")))
    return folder


@pytest.mark.parametrize("call", CALLS, ids=lambda call: "-".join(call[:2]))
@pytest.mark.parametrize("folder", ["missing", "file", "file/below", "x" * 5000])
def test_a_folder_without_a_mission_is_refused(
    tmp_path: Path, call: tuple[str, ...], folder: str
) -> None:
    (tmp_path / "file").write_text("x")
    at = tmp_path / folder
    code = 2 if len(folder) < 100 else 1
    said = answer(*(at if each == "FOLDER" else each for each in call), code=code)
    assert said["error"] in {"UsageError", "StoreError"}


@pytest.mark.parametrize("folder", ["file", "file/below", "full"])
def test_a_mission_is_begun_only_in_a_new_folder(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    said = answer("init", tmp_path / folder, "--agreement", DONBAS, code=2)
    assert said["file"] == str(tmp_path / folder)


@pytest.mark.parametrize(
    "call",
    [
        (),
        ("nothing-such",),
        ("status",),
        ("status", "--nothing-such"),
        ("ingest", "m"),
        ("agreement",),
        ("demo", "--port", "70000"),
    ],
)
def test_wrong_use_is_told_as_json_too(call: tuple[str, ...]) -> None:
    said = answer(*call, code=2)
    assert said["error"] == "UsageError"
    assert "--help`" in said["remedy"]


@pytest.mark.parametrize(
    "given",
    [
        ("--release", "r"),
        ("--released-on", "2020-01-01"),
        ("--covers", "2020-01-01/2020-02-01"),
        ("--release", "", "--released-on", "2020-01-01"),
        ("--release", "r", "--released-on", "1 June"),
        ("--release", "r", "--released-on", "20200601"),
        ("--release", "r", "--released-on", "2020-06-01", "--covers", "2020-06-01"),
        ("--release", "r", "--released-on", "2020-06-01", "--covers", "/"),
        *(
            ("--release", "r", "--released-on", "2020-06-01", "--covers", days)
            for days in ("2020-06-02/2020-06-01", "0001-01-01/9999-12-31")
        ),
    ],
)
def test_a_release_half_described_is_refused(
    mission: Path, given: tuple[str, ...]
) -> None:
    before = answer("status", mission)["entries"]
    answer("ingest", mission, mission.parent / "one.csv", *given, code=2)
    assert answer("status", mission)["entries"] == before


@pytest.mark.parametrize("day", ["", "27 July", "0001-01-01", "9999-12-31", "20200727"])
def test_a_day_off_the_calendar_is_refused(mission: Path, day: str) -> None:
    for call in (("report", mission, "--day", day), ("assess", mission, "--to", day)):
        answer(*call, *(("-o", "x") if call[0] == "report" else ()), code=2)


def test_days_without_number_are_not_judged_at_once(mission: Path) -> None:
    answer("assess", mission, "--from", "2020-07-28", "--to", "2020-07-27", code=2)
    answer("assess", mission, "--from", "1000-01-01", "--to", "3000-01-01", code=2)


@pytest.mark.parametrize(
    "time",
    ["", "x", "2020-13-01T00:00Z", "9999-12-31T24:00Z", "0001-01-01T00:00+14:00"],
)
def test_as_of_takes_a_release_or_an_instant(mission: Path, time: str) -> None:
    said = answer("status", mission, "--as-of", time, code=1)
    assert "an instant with its offset, or a release" in said["message"]


def test_before_anything_was_known_there_is_nothing(mission: Path) -> None:
    found = answer("status", mission, "--as-of", "1969-01-01T00:00Z")
    assert (found["observations"], found["superseded"]) == (0, 0)


@pytest.mark.parametrize("to", ["file/below", ".", "y" * 250, "z" * 300])
def test_a_report_that_cannot_be_written_says_so(
    mission: Path, tmp_path: Path, to: str
) -> None:
    (tmp_path / "file").write_text("x")
    asked = ("report", mission, "--day", "2020-07-27", "--format", "json")
    said = answer(*asked, "-o", tmp_path / to, code=1)
    assert said["error"] == "StoreError"
    assert str(tmp_path) in said["message"]


def test_a_report_and_its_json_do_not_share_stdout(mission: Path) -> None:
    asked = ("report", mission, "--day", "2020-07-27", "--format", "json")
    assert "--output" in answer(*asked, code=2)["message"]


@pytest.mark.parametrize("bytes_", [b"columns: \xe9", b"\xff\xfe\x00"])
def test_a_mapping_that_is_no_text_is_refused(
    mission: Path, tmp_path: Path, bytes_: bytes
) -> None:
    (tmp_path / "mapping.yaml").write_bytes(bytes_)
    given = ("--mapping", tmp_path / "mapping.yaml")
    said = answer("ingest", mission, mission.parent / "one.csv", *given, code=1)
    assert "UTF-8" in said["remedy"]


@pytest.mark.parametrize("text", ["a: [1, {", "- 1\n", "key: 1\n"])
def test_a_mapping_that_is_no_mapping_quarantines_the_file(
    mission: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "mapping.yaml").write_text(text)
    given = ("--mapping", tmp_path / "mapping.yaml", "--format", "pamiers-csv")
    said = answer("ingest", mission, mission.parent / "one.csv", *given, code=3)
    assert [each["code"] for each in said["refusals"]] == ["F-MAPPING"]


def test_a_file_without_end_is_read_up_to_the_limit(
    mission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "MAX_BYTES", 1000)
    said = answer("ingest", mission, "/dev/zero", code=2)
    assert "at most 1,000 bytes" in said["message"]


def test_a_file_whose_name_is_no_text_is_filed(tmp_path: Path) -> None:
    mission = begun(tmp_path / "m")
    name = os.fsdecode(b"\xff.csv")
    file = csv(tmp_path / "plain.csv", line("1"), "osce,2\n").rename(tmp_path / name)
    said = answer("ingest", mission, file, code=3)
    assert said["refusals"][0]["file"] == "\\xff.csv"
    assert "\\xff.csv" in answer("quarantine", "list", mission)[0]["name"]


def test_one_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("Маріуполь", "a\u2028b", "\udcff"):
        output.print_json({"text": text})
        assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_fault_of_the_program_is_one_line_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ZeroDivisionError), output.errors_shown(as_json=True):
        _ = 1 / 0
    assert "Report this" in capsys.readouterr().out


def test_the_demo_leaves_the_missions_of_others_alone(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(DONBAS, own)
    text = (own / "agreement.yaml").read_text()
    (own / "agreement.yaml").write_text(text.replace("id: donbas-2020", "id: mine", 1))
    answer("init", tmp_path / "m", "--agreement", own)
    said = answer("demo", "--no-serve", "--dir", tmp_path / "m", code=2)
    assert "a mission on mine" in said["message"]
    assert answer("status", tmp_path / "m")["entries"] == 1


@pytest.mark.parametrize("verb", ["check", "show"])
@pytest.mark.parametrize("path", ["nothing-such", "", "x" * 5000])
def test_no_such_agreement(verb: str, path: str) -> None:
    answer("agreement", verb, path, code=1 if len(path) > 100 else 2)


def test_an_agreement_that_cannot_be_read_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text("a: [1, {")
    said = answer("agreement", "show", tmp_path, code=1)
    assert "agreement check" in said["remedy"]


def test_no_mission_is_begun_on_a_gazetteer_that_cannot_be_read(tmp_path: Path) -> None:
    shutil.copytree(DONBAS, tmp_path / "own")
    (tmp_path / "own" / "places.csv").write_text("name\nX\n")
    asked = ("init", tmp_path / "m", "--agreement", tmp_path / "own")
    assert answer(*asked, code=1)["file"] == "places.csv"
    assert not (tmp_path / "m").exists()


def test_a_row_at_the_edge_of_the_calendar_stops_nothing(tmp_path: Path) -> None:
    mission = begun(tmp_path / "m")
    first = line("1").replace("2020-07-27", "0001-01-01").replace("+03:00", "Z")
    answer("ingest", mission, csv(tmp_path / "f.csv", first, line("2")))
    assert answer("fuse", mission)["reports"] == 2
    assert answer("assess", mission)["days"] == 1
    asked = ("report", mission, "--day", "2020-07-27", "--format", "json")
    answer(*asked, "-o", tmp_path / "report.json")
    assert answer("replay", mission)["differences"] == []


def test_a_row_is_waived_once_by_somebody_for_a_reason(tmp_path: Path) -> None:
    mission = begun(tmp_path / "m")
    answer("ingest", mission, csv(tmp_path / "f.csv", "osce,1\n"), code=3)
    (item,) = answer("quarantine", "list", mission)
    waive = ("quarantine", "waive", mission, item["id"])
    for by, reason in ((" ", "Torn page."), ("clerk", " ")):
        answer(*waive, "--by", by, "--reason", reason, code=2)
    answer(*waive, "--by", "clerk", "--reason", "Torn page.")
    said = answer(*waive, "--by", "other", "--reason", "Again.", code=2)
    assert "set aside by clerk: Torn page." in said["message"]
    assert answer("quarantine", "list", mission) == []


LONG = (
    "Error: agreements/somewhere/that-has-a-long-name/agreement.yaml:117 (art-3.2): "
    "expected a zone defined in the agreement, got 'buffer-north'. Define it under "
    "[zones], or correct the name."
)


def test_a_remark_fits_a_terminal_and_stays_one_line_for_programs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output.warn(LONG)
    assert capsys.readouterr().err == f"{LONG}\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    output.warn(f"    {LONG}\nnext")
    first, *others, last = capsys.readouterr().err.splitlines()
    assert len(others) >= 2
    assert max(map(len, [first, *others, last])) <= 79
    assert all(each.startswith("    ") for each in [first, *others])
    assert " ".join(" ".join([first, *others]).split()) == LONG
    assert last == "next"
    output.warn("x" * 200)
    assert capsys.readouterr().err == "x" * 200 + "\n"
