"""The worked procedures check clean, and every scenario beside them holds."""

import re
from pathlib import Path

import pytest

import pamiers
from pamiers.agreement import check, read
from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.procedure.scenario import run_scenario
from tests.shared import ROOT

LIBRARY = Path(pamiers.__file__).parent / "library"
TABLE = (ROOT / "docs" / "reference" / "scenarios.md").read_text()
ROW = re.compile(
    r"^\| ([^|`]+) \| (`[a-z0-9-]+/[a-z0-9-]+`(?:, `[^`]+`)*) \|$", re.MULTILINE
)
#: words of each hard case that has to be worked -> how many scenarios at the least
HARD = {
    "clocks change": 3,
    "leap day": 1,
    "working days": 2,
    "server is down": 2,
    "quorum absent": 2,
    "party is silent": 3,
    "longer time": 3,
    "tied": 2,
    "dispute": 1,
    "appeal": 3,
    "recusal": 2,
    "new evidence": 2,
    "retracted": 2,
    "guarantor has not signed": 1,
    "role is vacant": 2,
    "merged": 2,
    "recurrence raises": 2,
    "stand-down": 2,
    "initial breach": 2,
    "separate hands": 2,
    "acts for another": 1,
    "monitors themselves": 5,
}
#: an instant to the minute, with its offset
MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d")
SCENARIOS = sorted(LIBRARY.glob("*/scenarios/*.yaml"))


def texts(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text() for each in folder.iterdir() if each.is_file()}


def test_there_are_seven_with_forty_scenarios_or_more() -> None:
    assert len({each.parents[1].name for each in SCENARIOS}) == 7
    of_cases = [e for e in SCENARIOS if e.parents[1].name != "monitors-themselves"]
    assert len(of_cases) >= 40


def test_every_hard_case_is_worked_in_a_scenario_that_is_there() -> None:
    there = {f"{each.parents[1].name}/{each.stem}" for each in SCENARIOS}
    table = {
        case: [name.strip("` ") for name in names.split(",")]
        for case, names in ROW.findall(TABLE)
    }
    assert [
        name for names in table.values() for name in names if name not in there
    ] == []
    for words, least in HARD.items():
        (found,) = [names for case, names in table.items() if words in case]
        assert len(found) >= least, words


@pytest.mark.parametrize(
    "path", SCENARIOS, ids=lambda p: f"{p.parents[1].name}-{p.stem}"
)
def test_a_scenario_reads_its_clocks_to_the_minute(path: Path) -> None:
    text = path.read_text()
    assert MINUTE.search(text)
    assert len(re.findall(r"T\d\d:\d\d", text)) == len(MINUTE.findall(text))


@pytest.mark.parametrize("folder", sorted(LIBRARY.iterdir()), ids=lambda p: p.name)
def test_a_worked_procedure_checks_clean(folder: Path) -> None:
    assert [str(each) for each in check(read(texts(folder))).complaints] == []


@pytest.mark.parametrize(
    "path", SCENARIOS, ids=lambda p: f"{p.parents[1].name}-{p.stem}"
)
def test_a_scenario_holds(path: Path) -> None:
    node = read_yaml(path.read_text(), path.name, Notes())
    assert node is not None
    outcome = run_scenario(node.plain(), texts(path.parents[1]))  # type: ignore[arg-type] # a mapping, or it is refused
    assert outcome.failed == ()
    assert outcome.held >= 1
