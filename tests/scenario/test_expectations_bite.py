"""An expectation that is changed in any of its words is no longer met, and says so."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from pamiers.app.scenario_files import CHECKS, KEYS, scenario_files
from pamiers.compliance.scenario.run import try_out
from pamiers.compliance.scenario.written import Expectation, read_scenario
from tests.scenario.test_scenarios import loaded

#: folder -> one of its scenarios in so many is tried
SHARES = {"verbs": 6, "numbers": 7, "dates": 6, "books": 3, "duties": 7, "gates": 3}
CASES = [
    (str(Path(__file__).parent / name), file)
    for name, share in SHARES.items()
    for file in scenario_files(str(Path(__file__).parent / name))[::share]
]
_WORDS = {
    "verdict": "KEPT",
    "not judged": "no occasion",
    "late_by": "777 d",
    "margin": "777 m",
    "measured": "777",
    "count": "777",
    "probability": "7",
    "dates": 77,
}
_TURNED = {"yes": "no", "no": "yes"}
#: values of a calendar or a ledger that are tried
_ENTERED = frozenset({"status", "due", "late_by", "done", "dates", "count", "level"})


def other(name: str, value: object) -> object:
    """Return what a value is not."""
    wrong = _WORDS.get(name)
    if wrong is not None and str(value) != wrong:
        return wrong
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return [*value, "somebody else"]
    day = str(value)[:4].isdecimal() and "-" in str(value)
    later = "1999-01-01T00:00Z" if "T" in str(value) else "1999-01-01"
    return later if day else _TURNED.get(str(value), "UNOBSERVED")


def changed(each: Expectation) -> Iterator[tuple[str, Expectation]]:
    """Yield an expectation with one of its values wrong: each, of a clause."""
    names = [n for n in each.expected if each.form == "clause" or n in _ENTERED]
    for name in names:
        wrong = {**each.expected, name: other(name, each.expected[name])}
        yield name, replace(each, expected=wrong)


@pytest.mark.parametrize(
    ("name", "file"),
    CASES,
    ids=[f"{Path(name).name}/{file.name}" for name, file in CASES],
)
def test_a_changed_expectation_is_not_met(name: str, file: Traversable | Path) -> None:
    rules, sources = loaded(name)
    scenario = read_scenario(file.read_text(encoding="utf-8"), file.name, KEYS)
    asked: dict[int, tuple[str, Expectation]] = {}
    steps = []
    for step in scenario.steps:
        wrong = []
        for each in step.then:
            for key, one in changed(each):
                numbered = replace(one, line=1000 + len(asked))
                asked[numbered.line] = key, numbered
                wrong.append(numbered)
        steps.append(replace(step, then=tuple(wrong)))
    found = try_out(replace(scenario, steps=tuple(steps)), rules, sources, CHECKS)
    told = {each.line: "; ".join(each.reasons) for each in found}
    assert [asked[line] for line in asked if line not in told] == []
    unnamed = [told[n] for n, (key, _) in asked.items() if key not in told[n]]
    assert all("nothing is reported" in each for each in unnamed)
