"""The tree stays in shape: small files, short bodies, few branches."""

import ast
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.tree import (
    PACKAGE,
    ROOT,
    Function,
    functions,
    modules,
    name_of,
    parsed,
)

MAX_FILE, P90_FILE = 500, 350  # lines
MAX_BODY, P90_BODY, MEDIAN_BODY = 60, 25, 8  # lines of a function less its docstring
MAX_LONG_SHARE, LONG_BODY = 0.02, 40
MAX_PARAMETERS = 5
MAX_METHODS = 15
MAX_COMPLEXITY, P90_COMPLEXITY = 8, 5
MAX_TEST_BODY = 60
#: what has to be carried to another machine as one file
CARRIED = {"tools/verify_pamiers.py"}
EVERYWHERE = [PACKAGE, ROOT / "tests", ROOT / "tools", ROOT / "benchmarks"]


def lines_of(path: Path) -> int:
    return path.read_text().count("\n")


def body_of(node: Function) -> int:
    """Return the lines of a function, without decorators and docstring."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is not None:
        doc = node.body[0]
        length -= (doc.end_lineno or doc.lineno) - doc.lineno + 1
    return length


def parameters_of(node: Function) -> int:
    """Return how many arguments a caller has to think of."""
    given = node.args
    names = [one.arg for one in given.posonlyargs + given.args + given.kwonlyargs]
    return len([name for name in names if name not in {"self", "cls"}])


def p90(values: list[int]) -> float:
    return statistics.quantiles(values, n=10, method="inclusive")[8]


def every(measure: Callable[[Function], int]) -> list[tuple[int, str]]:
    """Return (measure, where) of every function of the package."""
    return [
        (measure(node), f"{name_of(path)}:{node.lineno} {node.name}")
        for path in modules()
        for node in functions(path)
    ]


def over(limit: int, found: list[tuple[int, str]]) -> list[str]:
    return [f"{where}: {value}" for value, where in found if value > limit]


@pytest.mark.parametrize("folder", EVERYWHERE, ids=lambda path: path.name)
def test_no_file_is_longer_than_a_reader_can_hold(folder: Path) -> None:
    found = [(lines_of(path), name_of(path)) for path in modules(folder)]
    found = [each for each in found if each[1] not in CARRIED]
    assert not (poor := over(MAX_FILE, found)), "\n".join(poor)


def test_nine_files_in_ten_are_short() -> None:
    assert p90([lines_of(path) for path in modules()]) <= P90_FILE


def test_no_body_is_longer_than_a_screen() -> None:
    assert not (found := over(MAX_BODY, every(body_of))), "\n".join(found)


def test_most_bodies_are_short() -> None:
    lengths = [length for length, _ in every(body_of)]
    assert statistics.median(lengths) <= MEDIAN_BODY
    assert p90(lengths) <= P90_BODY


def test_long_bodies_are_rare() -> None:
    found = every(body_of)
    long = over(LONG_BODY, found)
    assert len(long) <= MAX_LONG_SHARE * len(found), long


def test_no_test_is_longer_than_a_screen() -> None:
    found = [
        (body_of(node), f"{name_of(path)}:{node.lineno}")
        for path in modules(ROOT / "tests")
        for node in functions(path)
    ]
    assert not (poor := over(MAX_TEST_BODY, found)), "\n".join(poor)


def test_no_function_takes_more_than_five_arguments() -> None:
    commands = "src/pamiers/app/cli/"  # there, one argument is one option
    found = over(MAX_PARAMETERS, every(parameters_of))
    poor = [line for line in found if not line.startswith(commands)]
    assert not poor, "\n".join(poor)


def test_no_class_has_too_many_methods() -> None:
    found = [
        (sum(isinstance(part, Function) for part in node.body), node.name)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    ]
    assert not (poor := over(MAX_METHODS, found)), "\n".join(poor)


def complexities() -> list[int]:
    """Return the cyclomatic complexity of every function, as ruff counts it."""
    command = (
        Path(sys.executable).with_name("ruff"),
        *("check", "--isolated", "--no-cache", "--ignore-noqa", "--select", "C901"),
        *("--config", "lint.mccabe.max-complexity=0"),
        *("--output-format", "json", "--exit-zero", PACKAGE),
    )
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = [row["message"] for row in json.loads(found.stdout)]
    return [int(text.split("(")[1].split(" ")[0]) for text in messages]


def test_no_function_branches_more_than_a_reader_can_follow() -> None:
    found = complexities()
    assert len(found) == len(every(body_of))  # ruff and we see the same functions
    assert max(found) <= MAX_COMPLEXITY
    assert p90(found) <= P90_COMPLEXITY
