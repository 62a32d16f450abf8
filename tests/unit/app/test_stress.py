"""`pamiers stress`: what a person reads, what a program reads, what is refused."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pamiers.app.cli.main import app

BUNDLED = Path(__file__).parents[3] / "src/pamiers/agreements/paris-2026-illustrative"
CASE = "paris-2026-illustrative"


def called(*arguments: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of one call."""
    run = CliRunner().invoke(app, ["stress", *arguments])
    return run.exit_code, run.stdout, run.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the bundled illustration that may be spoilt."""
    return Path(shutil.copytree(BUNDLED, tmp_path / "mine"))


def spoilt(folder: Path, old: str, new: str) -> str:
    """Change the assumptions, run, and return what is said of it."""
    file = folder / "incentives.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    code, _, err = called(str(folder))
    assert code == 1
    return err


def test_both_parties_stand_side_by_side_in_eighty_columns() -> None:
    code, out, _ = called(CASE)
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    head = next(line for line in out.splitlines() if "ua" in line.split())
    assert head.split() == ["ua", "ru"]
    assert "not a forecast" in out.partition("taking part")[0]
    assert "no amount of monitoring closes this" in " ".join(out.split())


def test_no_probability_of_peace_is_ever_spoken_of() -> None:
    for language in ("en", "uk"):
        _, out, _ = called(CASE, "--language", language)
        assert "probability of peace" not in out.lower()
        assert "ймовірність миру" not in out.lower()


def test_everything_is_there_as_json() -> None:
    code, out, _ = called(CASE, "--json", "--draws", "500")
    told = json.loads(out)
    assert code == 0
    assert set(told["parties"]) == {"ua", "ru"}
    heavy = told["parties"]["ru"]["clauses"]["heavy-withdrawn"]
    assert heavy["status"] == "fails"
    assert heavy["least_detection"] > 1
    assert told["parties"]["ru"]["weakest"] == "heavy-withdrawn"
    assert told["cheapest"]["likeliest"]["package"]["levers"] == [
        "faster-findings",
        "warning-with-teeth",
    ]
    assert told["cheapest"]["ranges"]["package"] is None
    assert {each["kind"] for each in told["scenarios"]} == {"blind", "withdrawn"}
    assert all(each["author"] for each in told["assumptions"])


def test_the_same_call_gives_the_same_bytes() -> None:
    assert called(CASE, "--json")[1] == called(CASE, "--json")[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("verification: [0.7, 0.85, 0.95]", "verification: [0.7, 0.85]", "likeliest"),
        ("verification: [0.7, 0.85, 0.95]", "verification: [0.9, 0.85, 0.95]", "order"),
        (
            "verification: [0.7, 0.85, 0.95]",
            "verification: [0.7, 0.85, 1.95]",
            "0 to 1",
        ),
        ("verification: [0.7, 0.85, 0.95]", "verification: high", "a number"),
        ("    verification: [0.7, 0.85, 0.95]\n", "", "verification"),
        ("gain: {ua: [3, 5, 9], ru: [4, 6, 10]}", "gain: {ua: [3, 5, 9]}", "'ru'"),
        ("gain: {ua: [3, 5, 9]", "gain: {ua: [-3, 5, 9]", "-3"),
        ("lag: [1 d, 2 d, 4 d]", "lag: [1, 2, 4]", "unit"),
        ("lag: [1 d, 2 d, 4 d]", "lag: [1 km, 2 km, 4 km]", "unit"),
        (
            "discount: [0.97, 0.98, 0.99]",
            "discount: [0.97, 0.98, 1]",
            "between 0 and 1",
        ),
        ("by: illustration\n", "", "whose judgement"),
        ("by: illustration\n", "by: nobody\n", "'nobody'"),
        ("- id: no-fire", "- id: no-flames", "'no-flames'"),
        ("answered_by: [warning]", "answered_by: [shouting]", "'shouting'"),
        ("responder: special-commission", "responder: martians", "'martians'"),
        ("{sensors: [0.5, 0.7, 0.85]", "{crystals: [0.5, 0.7, 0.85]", "'crystals'"),
        ("restores: [1, 2, 4]", "restores: [1, 2, 4]\n    target: here", "weapons"),
        ("kind: notice", "kind: bombardment", "notice"),
        ("of: lag, times: 0.3", "of: lug, times: 0.3", "'lug'"),
        ("of: lag, times: 0.3", "of: lag", "to, add, times"),
        ("period: 7 d", "period: TBD", "TBD"),
        ("pamiers_incentives: 1", "pamiers_incentives: 9", "version 1"),
        ("agreement: paris-2026-illustrative", "agreement: other", "'other'"),
        ("  ru:\n    discount", "  su:\n    discount", "'ru'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    folder: Path, old: str, new: str, said: str
) -> None:
    err = spoilt(folder, old, new)
    assert re.match(r"incentives.yaml:\d+:\d+: ", err)
    assert said in err
    assert "Traceback" not in err


def test_what_is_not_acted_on_is_told_beside_the_outcome(folder: Path) -> None:
    file = folder / "incentives.yaml"
    text = file.read_text().replace("cost: 12\n", "cost: 12\n    colour: red\n", 1)
    file.write_text(text)
    code, out, err = called(str(folder), "--draws", "10")
    assert code == 0
    assert "ua" in out
    (line,) = [each for each in err.splitlines() if "'colour'" in each]
    assert re.match(r"incentives.yaml:113:5: .+ not acted on", line)


def test_an_agreement_without_assumptions_is_told_how() -> None:
    code, _, err = called("aceh-2005")
    assert code == 2
    assert "incentives.yaml" in err


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("{sensors: [0.5,", "{target-list: 0.5, sensors: [0.5,", "detection"),
        ("gain: {ua: [3,", "gain: {munitions: 2, ua: [3,", "gain"),
        ("sensors: [0.5, 0.7, 0.85]", "sensors: {range: 0.5, aim: here}", "sensors"),
        ("loss: {ua: [0.5,", "loss: {salvo: 1, ua: [0.5,", "loss"),
    ],
)
def test_force_is_refused_where_names_stand_too(
    folder: Path, old: str, new: str, path: str
) -> None:
    err = spoilt(folder, old, new)
    (line,) = [each for each in err.splitlines() if "the timing of force" in each]
    assert path in line
    assert re.match(r"incentives\.yaml:\d+:\d+: ", line)
