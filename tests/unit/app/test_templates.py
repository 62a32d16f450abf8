"""Agreements begun from templates."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pamiers.agreement import check, read, show
from pamiers.agreement.prose.words import TONGUES
from pamiers.app.agreement_files import agreement_texts, worked_procedures
from pamiers.app.cli.agreement import agreement
from pamiers.app.templates import begin_agreement, template_texts, templates
from pamiers.core.errors import UsageError

OPEN = "monitoring-mechanism"
CLEAN = [name for name in templates() if name != OPEN]


def test_there_are_the_six_that_were_promised() -> None:
    assert templates() == [
        *("buffer-zone", "ceasefire", "ddr", "disengagement"),
        *("humanitarian-pause", OPEN),
    ]


@pytest.mark.parametrize("name", CLEAN)
def test_a_template_runs_without_a_complaint(name: str) -> None:
    found = check(read(template_texts(name)))
    assert [str(each) for each in found.complaints] == []
    assert found.runnable


def test_the_mechanism_has_blanks_and_no_other_fault() -> None:
    found = check(read(template_texts(OPEN)))
    assert {each.code for each in found.complaints} == {"L-BLANK"}
    assert len(found.complaints) >= 15


@pytest.mark.parametrize("name", templates())
@pytest.mark.parametrize("language", sorted(TONGUES))
def test_a_template_can_be_read_aloud(name: str, language: str) -> None:
    written = read(template_texts(name)).written
    assert written is not None
    text = show(written, language)
    assert max(map(len, text.splitlines())) <= 80
    assert "`" not in text


def test_a_new_folder_takes_its_own_name_as_id(tmp_path: Path) -> None:
    begun = begin_agreement(tmp_path / "lake-2031", "ceasefire")
    assert begun["files"] == ["agreement.yaml", "zones.geojson", "source.md"]
    found = check(read(agreement_texts(str(tmp_path / "lake-2031"))))
    assert found.written is not None
    assert (found.written.heading.id, found.runnable) == ("lake-2031", True)


def test_a_name_that_is_no_id_leaves_that_of_the_template(tmp_path: Path) -> None:
    begin_agreement(tmp_path / "Lake 2031", "ddr")
    text = (tmp_path / "Lake 2031" / "agreement.yaml").read_text()
    assert "  id: ddr\n" in text


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds something"):
        begin_agreement(tmp_path, "ceasefire")
    assert [each.name for each in tmp_path.iterdir()] == ["note.txt"]
    with pytest.raises(UsageError, match="--template"):
        begin_agreement(tmp_path / "new", "treaty")
    assert not (tmp_path / "new").exists()


def test_the_command_lists_and_begins(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(agreement, ["new", "--list"]).stdout.splitlines() == templates()
    listed = json.loads(run(agreement, ["new", "--list", "--json"]).stdout)
    assert listed == {"templates": templates(), "procedures": worked_procedures()}
    folder = str(tmp_path / "pause")
    made = run(agreement, ["new", folder, "--template", "humanitarian-pause"])
    assert made.exit_code == 0
    assert run(agreement, ["check", folder]).exit_code == 0
    assert run(agreement, ["new"]).exit_code == 2
