"""Small changes are all made, drawn evenly, and told apart: noticed or not."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tools.changes import Change, blocks, changed, changes, name_of
from tools.mutate import Tried, drawn, key_of, reasons_in, score, within
from tools.nursery import Test

MODULE = '''
"""A module."""
from dataclasses import dataclass

Kind = int | None


@dataclass(frozen=True)
class Thing:
    """A thing."""

    many: int = 3


def few(rows: list[int], most: int | None = None) -> bool:
    """Tell whether there are few: not more than 7."""
    if most is not None and most < 0:
        raise ValueError(f"got {most + 1}")
    kept = [row for row in rows if row > 0]
    return not len(kept) >= (most or 2)
'''

PROJECT = {
    "src/small/__init__.py": "",
    "src/small/sums.py": """
LIMIT = 5


def within(n):
    if n <= LIMIT:
        return True
    return False


def down(n):
    while n > 0:
        n -= 1
    return n


def never(n):
    return n + 1
""",
    "tests/test_sums.py": """
from small.sums import down, within


def test_within():
    assert within(5)
    assert not within(6)


def test_down():
    assert down(1) == 0
""",
    "pyproject.toml": """
[tool.pytest.ini_options]
pythonpath = ["src"]
addopts = ["--import-mode=importlib"]
""",
}


def told(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.was, one.now) for one in changes(text)]


def test_every_operator_constant_and_condition_is_changed_and_nothing_else() -> None:
    assert told(MODULE) == [
        ("constant", "many: int = 3", "many: int = 4"),
        ("constant", "many: int = 3", "many: int = 2"),
        ("boolean", "most is not None and most < 0", "most is not None or most < 0"),
        ("comparison", "most is not None", "most is None"),
        ("comparison", "most < 0", "most <= 0"),
        ("constant", "most < 0", "most < 1"),
        ("condition", "[row for row in rows if row > 0]", "[row for row in rows]"),
        ("comparison", "row > 0", "row >= 0"),
        ("constant", "row > 0", "row > 1"),
        ("not", "not len(kept) >= (most or 2)", "len(kept) >= (most or 2)"),
        ("comparison", "len(kept) >= (most or 2)", "len(kept) > (most or 2)"),
        ("boolean", "most or 2", "most and 2"),
        ("constant", "most or 2", "most or 3"),
        ("constant", "most or 2", "most or 1"),
    ]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("a == b", "a != b"),
        ("a in b", "a not in b"),
        ("a * b", "a / b"),
        ("a & b", "a | b"),
        ("-a", "a"),
        ("min(a)", "max(a)"),
        ("np.any(a)", "np.all(a)"),
        ("Verdict.KEPT", "Verdict.BREACHED"),
        ("f('left')", "f('right')"),
        ("True", "False"),
    ],
)
def test_a_change_is_that_of_a_slip(was: str, now: str) -> None:
    (one,) = changes(was)
    assert ast.unparse(changed(was, one.number)) == now


def test_a_guard_is_left_out() -> None:
    text = "match a:\n    case [b] if b:\n        pass"
    (one,) = changes(text)
    assert (one.kind, one.line) == ("condition", 2)
    assert "if" not in ast.unparse(changed(text, one.number))


def test_each_change_makes_another_module_that_compiles() -> None:
    same = ast.unparse(ast.parse(MODULE))
    texts = [ast.unparse(changed(MODULE, one.number)) for one in changes(MODULE)]
    assert len({*texts, same}) == len(texts) + 1
    for text in texts:
        compile(text, "module", "exec")


def test_a_change_knows_its_function_and_the_block_it_is_in() -> None:
    text = "def f(n):\n    if n > 2:\n        return n - 3\n    return -n\n\nM = 0"
    found = {(one.was, one.function, one.block) for one in changes(text)}
    assert found >= {
        ("n > 2", "f", "2:4"),
        ("n - 3", "f", "3:8"),
        ("-n", "f", "2:4"),
        ("M = 0", "", ""),
    }
    named = [
        name_of(held) for node in ast.walk(ast.parse(text)) for held in blocks(node)
    ]
    assert named == ["2:4", "3:8"]


def test_a_draw_is_even_and_the_same_for_the_same_seed() -> None:
    texts = {"a": "x = 1 + 2 + 3 + 4\n" * 30, "b": "y = 1 < 2\n" * 10}
    every = {name: len(changes(text)) for name, text in texts.items()}
    one, two = drawn(texts, 40, 1), drawn(texts, 40, 2)
    assert one == drawn(texts, 40, 1)
    assert one != two
    share = every["a"] / sum(every.values())
    assert abs(sum(name == "a" for name, _ in one) - 40 * share) <= 1
    assert len(drawn(texts, 10_000, 1)) == sum(every.values())


def test_a_change_that_makes_no_difference_is_known_by_its_words() -> None:
    reasons = reasons_in(
        "# why\nsmall.sums never | n + 1 -> n - 1\n  Nobody calls\n  it.\n"
    )
    (one, *_) = changes("def never(n):\n    return n + 1")
    assert reasons == {key_of("small.sums", one): "Nobody calls it."}


def test_the_score_counts_the_groups_before_and_leaves_out_what_is_alike() -> None:
    def tried(stage: int | None, reason: str | None = None) -> Tried:
        change = Change(
            number=0, kind="", line=1, column=0, function="", block="", was="", now=""
        )
        return Tried(
            module="m",
            change=change,
            by=None,
            stage=stage,
            slow=False,
            tests=1,
            reason=reason,
        )

    every = [tried(0), tried(1, "noticed after all"), tried(None), tried(None, "alike")]
    assert score(every, 0, adjusted=False) == (1, 4)
    assert score(every, 1, adjusted=False) == (2, 4)
    assert score(every, 1, adjusted=True) == (2, 3)


def test_a_dear_test_keeps_no_cheap_one_from_being_tried() -> None:
    costs = {"s/cheap": 20.0, "s/dear": 50.0, "s/last": 30.0, "u/other": 60.0}
    tests = [Test(id=name, cpu_s=s, ran=frozenset()) for name, s in costs.items()]
    tried = within(tests, (("s",), ("u",)), 60.0)
    assert [(one.id, one.stage) for one in tried] == [
        ("s/cheap", 0),
        ("s/last", 0),
        ("u/other", 1),
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in PROJECT.items():
        file = tmp_path / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "project"


def run(
    project: Path, out: Path, *more: str | Path
) -> subprocess.CompletedProcess[str]:
    words = ("--package", "small", "--sample", "1000", "--tests", "tests", *more)
    return subprocess.run(
        [
            *(sys.executable, "-m", "tools.mutate", "--root", str(project)),
            *(*words, "--json", str(out)),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_what_no_test_notices_is_told(project: Path, tmp_path: Path) -> None:
    done = run(project, tmp_path / "out.json")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "out.json").read_text())
    became = {
        (one["change"]["was"], one["change"]["now"]): (one["by"], one["slow"])
        for one in found["tried"]
    }
    within, down = "tests/test_sums.py::test_within", "tests/test_sums.py::test_down"
    assert became[("n <= LIMIT", "n < LIMIT")] == (within, False)
    assert became[("LIMIT = 5", "LIMIT = 6")] == (within, False)
    assert became[("n > 0", "n >= 0")] == (down, False)
    assert became[("n -= 1", "n += 1")] == (down, True)
    assert became[("n + 1", "n - 1")] == (None, False)
    assert "src/small/sums.py:18 (never; arithmetic; no test reaches it)" in done.stdout
    assert found["scores"] == [{"noticed": 9, "of": 11, "of_adjusted": 11}]
    assert (project / "src/small/sums.py").read_text() == PROJECT["src/small/sums.py"]


def test_tests_that_fail_on_the_code_as_it_is_judge_nothing(
    project: Path, tmp_path: Path
) -> None:
    (project / "tests/test_sums.py").write_text("def test_no():\n    assert False\n")
    done = run(project, tmp_path / "out.json")
    assert done.returncode == 1
    assert "the tests fail on the code as it is" in done.stderr


def test_a_run_goes_on_where_one_ended_and_not_on_other_code(
    project: Path, tmp_path: Path
) -> None:
    out, seen, kept = (tmp_path / name for name in ("out.json", "map", "kept"))
    words = ("--map", seen, "--keep", kept)
    assert run(project, out, *words).returncode == 0
    lines = kept.read_text().splitlines()
    assert len(lines) == 11
    missed = next(one for one in map(json.loads, lines) if one["by"] is None)
    held = json.loads(seen.read_text())
    held["tests"] = [one for one in held["tests"] if one["id"].endswith("within")]
    seen.write_text(json.dumps(held))  # as if the other test had not been there
    kept.write_text(json.dumps(missed | {"by": "somebody"}) + "\n")
    assert run(project, out, *words).returncode == 0
    found = json.loads(out.read_text())
    assert [one["by"] for one in found["tried"]].count("somebody") == 1
    assert not [one for one in found["tried"] if "down" in (one["by"] or "")]
    (project / "src/small/__init__.py").write_text("# another state")
    assert run(project, out, *words).returncode == 0
    assert json.loads(out.read_text())["scores"][0]["noticed"] == 9


def test_what_no_test_reaches_is_listed(project: Path, tmp_path: Path) -> None:
    done = run(project, tmp_path / "out.json", "--census")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "out.json").read_text())["tried"]
    assert {one["change"]["function"] for one in found} == {"never"}
