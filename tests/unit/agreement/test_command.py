"""`pamiers agreement`: what it prints, where, and how it leaves."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pamiers.agreement.codes import CODES
from pamiers.app.agreement_files import agreement_texts
from pamiers.app.cli.agreement import agreement
from pamiers.core.errors import UsageError
from tests.unit.agreement.small import TEXT, TEXTS


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(agreement, [str(word) for word in words])


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    given = {"agreement.yaml": TEXT, "zones.geojson": TEXTS["zones.geojson"]}
    names = {"text": "agreement.yaml", "zones": "zones.geojson"}
    for name, content in (given | {names[k]: v for k, v in files.items()}).items():
        raw = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(raw)
    return tmp_path


def test_check_prints_one_line_of_json_and_leaves_with_zero(tmp_path: Path) -> None:
    found = run("check", folder(tmp_path), "--json")
    assert (found.exit_code, found.stdout.count("\n")) == (0, 1)
    told = json.loads(found.stdout)
    assert (told["runnable"], told["complaints"]) == (True, [])
    assert told["procedures"] == {"session": {"complete": True, "worst_case_s": {}}}


def test_complaints_have_the_agreed_keys_and_leave_with_one() -> None:
    found = run("check", "paris-2026", "--json")
    told = json.loads(found.stdout)
    assert (found.exit_code, told["runnable"]) == (1, False)
    keys = {"code", "severity", "file", "line", "path", "message", "remedy"}
    for each in told["complaints"]:
        assert keys <= set(each)
        assert each["code"] in CODES
        assert each["severity"] in {"error", "blank", "warning"}
        assert each["line"] >= 1
        assert each["remedy"]


def test_people_read_it_in_eighty_columns() -> None:
    found = run("check", "paris-2026")
    assert found.exit_code == 1
    assert max(map(len, found.stdout.splitlines())) <= 80
    assert found.stdout.splitlines()[0] == "Errors: it cannot run (6)"
    assert found.stdout.splitlines()[-1].startswith("Not runnable: 6 errors, ")


def test_of_many_alike_the_first_are_told_and_the_lines_of_the_others() -> None:
    told = " ".join(run("check", "minsk-2014-2020").stdout.split())
    found = json.loads(run("check", "minsk-2014-2020", "--json").stdout)["complaints"]
    alike = [each["line"] for each in found if each["code"] == "L-NO-PROCEDURE"]
    assert told.count("got none [L-NO-PROCEDURE]") == 3
    assert f"and {len(alike) - 3} more [L-NO-PROCEDURE], lines" in told
    assert ", ".join(map(str, alike[3:])) in told


@pytest.mark.parametrize(
    "path", ["donbas-2020", "agreements/donbas-2020", "agreements/donbas-2020/"]
)
def test_a_bundled_one_goes_by_its_name(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", path).exit_code == 0


def test_a_folder_that_exists_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "donbas-2020").mkdir()
    folder(tmp_path / "donbas-2020")
    monkeypatch.chdir(tmp_path)
    assert "id: small" in agreement_texts("donbas-2020")["agreement.yaml"]


def test_the_file_itself_may_be_named(tmp_path: Path) -> None:
    assert run("check", folder(tmp_path) / "agreement.yaml").exit_code == 0


def test_a_path_that_is_neither_names_the_bundled_ones(tmp_path: Path) -> None:
    found = run("check", tmp_path / "nowhere")
    assert (found.exit_code, found.stdout) == (2, "")
    named = found.stderr.partition("Bundled are: ")[2]
    assert {"donbas-2020", "paris-2026"} <= set(re.split(r"[,.\s]+", named))
    with pytest.raises(UsageError, match="none of these files"):
        agreement_texts(str(tmp_path))


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.replace("Мале", "x").encode() + b"\n# \xff\n", "0xff"),
    ],
)
def test_bytes_that_are_no_text_are_one_complaint(
    raw: bytes, part: str, tmp_path: Path
) -> None:
    found = run("check", folder(tmp_path, text=raw), "--json")
    (complaint,) = json.loads(found.stdout)["complaints"]
    assert (found.exit_code, complaint["code"]) == (1, "F-TEXT-CHAR")
    assert part in complaint["message"]
    assert "UTF-8" in complaint["remedy"]


def test_a_file_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pamiers.app.agreement_files.LIMITS", {"agreement.yaml": 50})
    found = run("check", folder(tmp_path), "--json")
    (complaint,) = json.loads(found.stdout)["complaints"]
    assert complaint["code"] == "F-FILE-SIZE"


def test_show_speaks_both_languages() -> None:
    assert "Who signed what" in run("show", "paris-2026").stdout
    assert "Хто що підписав" in run("show", "paris-2026", "--lang", "uk").stdout
    refused = run("show", "paris-2026", "--lang", "xx")
    assert (refused.exit_code, "one of en, uk, fr" in refused.stderr) == (1, True)


def test_show_of_what_cannot_be_read_says_why_on_stderr(tmp_path: Path) -> None:
    found = run("show", folder(tmp_path, text="a: [1"))
    assert (found.exit_code, found.stdout) == (1, "")
    assert "agreement.yaml:2:1:" in found.stderr


def test_show_and_schema_as_json_are_one_line() -> None:
    shown, schema = run("show", "donbas-2020", "--json"), run("schema", "--json")
    assert json.loads(shown.stdout)["agreement"]["id"] == "donbas-2020"
    assert json.loads(schema.stdout)["title"].startswith("pamiers agreement")
    assert (shown.stdout.count("\n"), schema.stdout.count("\n")) == (1, 1)


def test_prose_as_json_is_in_the_language_asked_for() -> None:
    found = run("show", "donbas-2020", "--json", "--language", "uk")
    told = json.loads(found.stdout)
    shown = run("show", "donbas-2020", "--language", "uk").stdout
    parts = {each["part"]: each for each in told["parts"]}
    assert told["language"] == "uk"
    assert parts["clauses"]["title"] in shown
    assert parts["clauses"]["items"][0]["text"].split()[0] in shown
    assert run("show", "donbas-2020", "--json", "--language", "xx").exit_code == 1
