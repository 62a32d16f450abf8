"""Every scenario of every bundled agreement, and of one with every verb, comes out."""

from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from pamiers.agreement.model import Agreement
from pamiers.app.agreement_files import bundled
from pamiers.app.scenario_files import run_one, runnable, scenario_files
from pamiers.core.source import Source

FOLDERS = (
    "verbs",
    "numbers",
    "duties",
    "edges",
    "terms",
    "streams",
    "dates",
    "books",
    "gates",
    "sectors",
    "counts",
    "bodies",
    "joined",
    "depots",
    "forms",
    "people",
)
OWN = [str(Path(__file__).parent / name) for name in FOLDERS]
CASES = [(name, file) for name in (*bundled(), *OWN) for file in scenario_files(name)]


@cache
def loaded(name: str) -> tuple[Agreement, dict[str, Source]]:
    return runnable(name)


@pytest.mark.parametrize(
    ("name", "file"),
    CASES,
    ids=[f"{Path(name).name}/{file.name}" for name, file in CASES],
)
def test_a_scenario_comes_out_as_it_says(name: str, file: Traversable | Path) -> None:
    outcome = run_one(file.read_text(encoding="utf-8"), file.name, *loaded(name))
    assert outcome.error is None, outcome.error
    told = [
        f"{file.name}:{each.line}: {each.clause}: {'; '.join(each.reasons)}"
        for each in outcome.failures
    ]
    assert not told, "\n".join(told)
