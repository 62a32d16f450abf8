"""The hotline: calls, answers and what was announced, as a log that only grows."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pamiers.app.cli.main import app

RUN = CliRunner().invoke
NOW = "2026-05-05T09:12:00Z"
CALL = ("--by", "north", "--to", "south", "--text", "shots at the mill")


def said(*words: str) -> Any:  # noqa: ANN401 - whatever the command prints
    found = RUN(app, [*words, "--json"])
    return json.loads(found.stdout)


@pytest.fixture
def mission(tmp_path: Path) -> str:
    folder = str(tmp_path / "mission")
    said("init", folder, "--agreement", "eumm-hotline")
    return folder


def test_a_call_is_logged_with_when_it_was_made_and_who_answered(mission: str) -> None:
    at = ("--at", "2026-05-05T09:00:00Z", "--case", "hotline-1", "--now", NOW)
    (call,) = said("hotline", mission, *CALL, *at)["calls"]
    assert (call["at"], call["recorded_at"]) == ("2026-05-05T09:00:00Z", NOW)
    assert (call["case"], call["answered_after_s"]) == ("hotline-1", None)
    said("hotline", mission, "--answers", str(call["entry"]), "--by", "south",
         "--text", "we look into it", "--at", "2026-05-05T09:04:00Z",
         "--now", NOW)  # fmt: skip
    came = ("--by", "north", "--outcome", "it ceased", "--now", NOW)
    found = said("hotline", mission, "--answers", str(call["entry"]), *came)
    (call,) = found["calls"]
    assert (call["answered_after_s"], call["outcome"]) == (240.0, "it ceased")
    assert [each["by"] for each in call["answers"]] == ["south", "north"]
    shown = RUN(app, ["hotline", mission]).stdout
    assert "north to south [hotline-1]: shots at the mill" in shown
    assert "Calls: 1; not answered: 0." in shown


def test_what_is_announced_is_in_the_deconfliction_log(mission: str) -> None:
    said("hotline", mission, *CALL, "--now", NOW)
    repair = ("--activity", "repair of the power line", "--place", "the mill",
              "--start", "2026-05-06T06:00:00Z")  # fmt: skip
    refused = RUN(app, ["hotline", mission, *CALL, *repair, "--now", NOW])
    assert (refused.exit_code, "place, start and end" in refused.stderr) == (2, True)
    early = RUN(app, ["hotline", mission, *CALL, *repair, "--end",
                      "2026-05-06T05:00:00Z", "--now", NOW])  # fmt: skip
    assert "ends after it begins" in early.stderr
    said("hotline", mission, *CALL, *repair, "--end", "2026-05-06T15:00:00Z",
         "--now", NOW)  # fmt: skip
    (line,) = said("hotline", mission, "--announced")["calls"]
    assert line["activity"] == {
        "what": "repair of the power line",
        "place": "the mill",
        "start": "2026-05-06T06:00:00Z",
        "end": "2026-05-06T15:00:00Z",
    }
    assert len(said("hotline", mission)["calls"]) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--answers", "77", "--by", "south", "--text", "x"), "a call on record"),
        (("--answers", "1", "--by", "mission", "--text", "x"), "an answer of north"),
        (("--answers", "1", "--by", "south"), "an answer of north or south"),
        ((*CALL, "--at", "2026-05-05T09:13:00Z"), "has taken place"),
        (("--by", "north", "--text", "x"), "what was said, and to whom"),
    ],
)
def test_what_is_no_call_is_refused(
    mission: str, words: tuple[str, ...], told: str
) -> None:
    said("hotline", mission, *CALL, "--now", NOW)
    found = RUN(app, ["hotline", mission, *words, "--now", NOW])
    assert (found.exit_code, told in found.stderr) == (2, True), found.stderr
    assert len(said("hotline", mission)["calls"]) == 1
