"""What follows from every scenario, read once and kept in `told/`, still follows.

`RENEW=1 pytest tests/scenario/test_told.py` writes the files anew; the change is then
read line by line, for each word of it says that a finding has turned.
"""

import difflib
import os
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from pamiers.app.scenario_files import KEYS, scenario_files
from pamiers.compliance.scenario.written import read_scenario
from tests.scenario.telling import telling
from tests.scenario.test_scenarios import OWN, loaded

TOLD = Path(__file__).parent / "told"
CASES = [(name, file) for name in OWN for file in scenario_files(name)]
_SHOWN = 12  #: lines of a difference


def file_of(name: str, file: Traversable | Path) -> Path:
    return TOLD / Path(name).name / f"{file.name.removesuffix('.yaml')}.txt"


def difference(kept: str, told: str) -> str:
    lines = difflib.unified_diff(
        kept.splitlines(), told.splitlines(), "kept", "told", lineterm="", n=1
    )
    return "\n".join(list(lines)[:_SHOWN])


@pytest.mark.parametrize(
    ("name", "file"),
    CASES,
    ids=[f"{Path(name).name}/{file.name}" for name, file in CASES],
)
def test_the_same_follows(name: str, file: Traversable | Path) -> None:
    text = file.read_text(encoding="utf-8")
    told = telling(read_scenario(text, file.name, KEYS), *loaded(name))
    kept = file_of(name, file)
    if os.environ.get("RENEW"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(told, encoding="utf-8")
    known = kept.read_text(encoding="utf-8")
    if told != known:
        pytest.fail(f"{kept.name}:\n{difference(known, told)}", pytrace=False)


def test_nothing_is_kept_of_a_scenario_that_is_not() -> None:
    kept = {path for path in TOLD.rglob("*") if path.is_file()}
    assert kept == {file_of(name, file) for name, file in CASES}
