"""The worked procedures check clean, and every scenario beside them holds."""

from pathlib import Path

import pytest

import pamiers
from pamiers.agreement import check, read
from pamiers.agreement.complaint import Notes
from pamiers.agreement.text.yaml_text import read_yaml
from pamiers.procedure.scenario import run_scenario

LIBRARY = Path(pamiers.__file__).parent / "library"
SCENARIOS = sorted(LIBRARY.glob("*/scenarios/*.yaml"))


def texts(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text() for each in folder.iterdir() if each.is_file()}


def test_there_are_seven_with_forty_scenarios_or_more() -> None:
    assert len({each.parents[1].name for each in SCENARIOS}) == 7
    assert len(SCENARIOS) >= 40


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
