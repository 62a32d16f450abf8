"""Scenarios may expect dates of the calendar and figures of ledgers."""

from pathlib import Path

import pytest

from pamiers.app.scenario_files import run_one, runnable
from tests.shared import ROOT

ASSETS = ROOT / "tests" / "assets" / "ledgers"
ACEH = ASSETS / "aceh"
ACEH_SCENARIO = (ACEH / "scenarios" / "stages.yaml").read_text()


def told(folder: Path, scenario: str) -> list[str]:
    """Return what does not come out of a scenario, in words."""
    deal, sources = runnable(str(folder))
    outcome = run_one(scenario, "scenario.yaml", deal, sources)
    assert outcome.error is None, outcome.error
    return [f"{f.line}: {'; '.join(f.reasons)}" for f in outcome.failures]


def test_aceh_comes_out_to_the_day_and_to_the_weapon() -> None:
    assert told(ACEH, ACEH_SCENARIO) == []


def test_dayton_counts_from_the_transfer_of_authority() -> None:
    folder = ASSETS / "dayton"
    assert told(folder, (folder / "scenarios" / "days.yaml").read_text()) == []


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("late_by: 102 d", "late_by: 101 d", "late_by: expected 101 d, got 102 d"),
        ("status: locked", "status: due", "status: expected due, got locked"),
        ("amm, count: 476}", "amm, count: 477}", "count: expected 477, got 476"),
        ("so_far: 570", "so_far: 571", "so_far: expected 571, got 570"),
        ("difference: 71", "difference: 70", "difference: expected 70, got 71"),
        ("level: 3", "level: 2", "level: expected 2, got 3"),
        ("missing: 364", "missing: 363", "missing: expected 363, got 364"),
        (
            "destroyed, count: not reported",
            "destroyed, count: 0",
            "count: nothing is reported",
        ),
        ("calendar: relocate, status: l", "calendar: lw, status: l", "no such date"),
        ("ledger: implementation", "ledger: progress", "there is no ledger"),
    ],
)
def test_what_does_not_come_out_is_told(right: str, wrong: str, says: str) -> None:
    assert right in ACEH_SCENARIO
    (line,) = told(ACEH, ACEH_SCENARIO.replace(right, wrong))
    assert says in line


def test_an_unknown_key_is_refused() -> None:
    text = ACEH_SCENARIO.replace("late_by: 102 d", "lateness: 102 d")
    error = run_one(text, "scenario.yaml", *runnable(str(ACEH))).error
    assert error is not None
    assert "late_by" in error
