"""Change one operator of a package at a time, and see whether the tests notice.

`python -m tools.mutate --sample 200 --seed 3` draws changes evenly from every module of
`pamiers.compliance`, tries each on a copy of the project with the tests that reach it,
and tells which went unnoticed. `--tests PATH...` may be given several times: the score
is told for the first ones alone, for the first and second together, and so on. Changes
that make no difference are listed, with the reason, in `tools/indifferent.txt`; the
score is told with and without them.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tools.changes import Change, changed, changes

if TYPE_CHECKING:
    from tools.nursery import Test, Verdict

ROOT: Final = Path(__file__).parent.parent
_PACKAGE: Final = "pamiers.compliance"
#: rooms of our own that the package stands on, and so never import it
_BELOW: Final = (
    "pamiers.core",
    "pamiers.agreement",
    "pamiers.fusion",
    "pamiers.ledger",
)
_TESTS: Final = (
    ("tests/scenario", "tests/property/compliance/test_reference.py"),
    ("tests/unit/compliance", "tests/property/compliance"),
)
_COPIED: Final = ("src", "tests", "tools", "agreements", "pyproject.toml")
_INDIFFERENT: Final = ROOT / "tools" / "indifferent.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A change, and what the tests made of it."""

    module: str
    change: Change
    by: str | None  #: the test that noticed; none: nothing did
    stage: int | None  #: number of the group of tests that it is of
    slow: bool  #: noticed by the time it took
    tests: int  #: how many tests reach it
    reason: str | None  #: why it makes no difference, where that is on record

    @property
    def place(self) -> str:
        """Return where it is, as an editor takes it."""
        return f"src/{self.module.replace('.', '/')}.py:{self.change.line}"


def modules_of(root: Path, package: str) -> dict[str, str]:
    """Return name -> text of every module of a package, by name."""
    folder = root / "src" / package.replace(".", "/")
    named = {
        ".".join(path.relative_to(root / "src").with_suffix("").parts): path.read_text()
        for path in sorted(folder.rglob("*.py"))
    }
    return {name.removesuffix(".__init__"): text for name, text in named.items()}


def drawn(texts: dict[str, str], many: int, seed: int) -> list[tuple[str, Change]]:
    """Draw changes from every module and kind in proportion to what there is.

    Args:
        texts: Name -> text of modules.
        many: How many to draw; all where there are fewer.
        seed: The same draws the same.

    Returns:
        (module, change): one out of every stretch of the list of all, which is in the
        order of module and kind.
    """
    every = sorted(
        ((name, one) for name, text in texts.items() for one in changes(text)),
        key=lambda pair: (pair[0], pair[1].kind, pair[1].number),
    )
    many = min(many, len(every))
    chance = random.Random(seed)  # noqa: S311 - no secret
    edges = [len(every) * i // many for i in range(many + 1)] if many else [0]
    return [every[chance.randrange(a, b)] for a, b in itertools.pairwise(edges)]


def key_of(module: str, change: Change | argparse.Namespace) -> str:
    """Return what names a change whatever its line: module, function, was, now."""
    return f"{module} {change.function} | {change.was} -> {change.now}"


def reasons_in(text: str) -> dict[str, str]:
    """Return key of a change -> why it makes no difference, as a list on file says."""
    found: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if line.startswith("  "):
            found[key] = f"{found[key]} {line.strip()}".strip()
        elif line and not line.startswith("#"):
            key = line
            found[key] = ""
    return found


def score(tried: Sequence[Tried], stage: int, *, adjusted: bool) -> tuple[int, int]:
    """Return how many changes a group of tests and those before it notice, and of what.

    Args:
        tried: Changes with what became of them.
        stage: Number of the group, from 0.
        adjusted: Leave out those that go unnoticed and make no difference.
    """
    noticed = [each for each in tried if each.stage is not None and each.stage <= stage]
    left_out = [each for each in tried if each.stage is None and each.reason]
    return len(noticed), len(tried) - (len(left_out) if adjusted else 0)


def _stage(name: str, groups: Sequence[Sequence[str]]) -> int:
    for i, paths in enumerate(groups):
        for path in paths:
            if name == path or name.startswith((f"{path}/", f"{path}:")):
                return i
    return len(groups) - 1


def _copied(root: Path, to: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in _COPIED:
        source = (root / name).resolve()
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=ignored)
        elif source.exists():
            shutil.copy(source, to / name)
    return to


def within(
    tests: Iterable["Test"], groups: Sequence[Sequence[str]], patience_s: float
) -> list["Test"]:
    """Return tests in the order of trial, as many as there is patience for.

    Args:
        tests: That reach a change.
        groups: Paths of tests; the tests of the first are tried first.
        patience_s: CPU for the tests of one group.

    Returns:
        Of each group the quickest, as many as take no longer together.
    """
    spent = [0.0] * len(groups)
    found = []
    for test in sorted(tests, key=lambda test: (_stage(test.id, groups), test.cpu_s)):
        group = _stage(test.id, groups)
        spent[group] += test.cpu_s
        if spent[group] <= patience_s:
            found.append(replace(test, stage=group))
    return found


def missed_in(text: str, texts: dict[str, str]) -> list[tuple[str, Change]]:
    """Return the changes that an earlier run missed, as they are in the code now."""
    found = json.loads(text)["tried"]
    missed = {
        key_of(each["module"], argparse.Namespace(**each["change"]))
        for each in found
        if each["by"] is None
    }
    every = ((name, one) for name, held in texts.items() for one in changes(held))
    return [(name, one) for name, one in every if key_of(name, one) in missed]


def tried_on(root: Path, asked: argparse.Namespace) -> list[Tried]:
    """Return what became of each change drawn, tried on a copy of the project."""
    os.chdir(root)
    sys.path[:0] = [str(root / "src"), str(root)]
    # uncompiled loops show which blocks ran, and need not be compiled for each change
    os.environ |= {"NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    from tools.nursery import Trial, measure, try_all, warm_up  # noqa: PLC0415 - loaded when it is used

    groups = asked.tests or _TESTS
    paths = list(dict.fromkeys(path for group in groups for path in group))
    measured = measure(root, asked.package, paths)
    warm_up(measured, asked.package, _BELOW)
    spent = sum(each.cpu_s for each in measured.tests)
    print(f"{len(measured.tests)} tests in {spent:.0f} s CPU", file=sys.stderr)
    texts = modules_of(root, asked.package)
    reasons = reasons_in(_INDIFFERENT.read_text())
    every = asked.again and missed_in(asked.again.read_text(), texts)
    every = every or drawn(texts, asked.sample, asked.seed)
    reached = [
        within(measured.reaching(f"{module}:{one.block}"), groups, asked.patience)
        for module, one in every
    ]
    trials = [
        Trial(
            module=module,
            tree=changed(texts[module], one.number),
            within=bool(one.block),
            tests=tests,
        )
        for (module, one), tests in zip(every, reached, strict=True)
    ]
    found: list[Tried] = []

    def tell(number: int, verdict: "Verdict") -> None:
        module, one = every[number]
        tried = Tried(
            module=module,
            change=one,
            by=verdict.by,
            stage=None if verdict.by is None else _stage(verdict.by, groups),
            slow=verdict.slow,
            tests=len(reached[number]),
            reason=reasons.get(key_of(module, one)),
        )
        found.append(tried)
        print(f"\r{len(found)} of {len(every)}", end=" ", file=sys.stderr, flush=True)
        if tried.stage != 0:
            print(_told(tried), flush=True)

    try_all(root, asked.package, trials, asked.jobs, tell)
    return found


def _told(each: Tried) -> str:
    one = each.change
    reached = "no test reaches it" if not each.tests else f"{each.tests} tests reach it"
    if each.stage:
        reached = f"noticed by {each.by}"
    said = f"\n    indifferent: {each.reason}" if each.reason else ""
    return (
        f"{each.place} ({one.function or 'module'}; {one.kind}; {reached})\n"
        f"    {one.was}\n -> {one.now}{said}"
    )


def summary(tried: Sequence[Tried], groups: int) -> dict[str, Any]:
    """Return the scores as plain values: in all, by module, and by kind."""

    def scores(some: Sequence[Tried]) -> list[dict[str, Any]]:
        found = []
        for stage in range(groups):
            noticed, of = score(some, stage, adjusted=False)
            _, without = score(some, stage, adjusted=True)
            found.append({"noticed": noticed, "of": of, "of_adjusted": without})
        return found

    modules = dict.fromkeys(each.module for each in tried)
    kinds = Counter(each.change.kind for each in tried)
    return {
        "scores": scores(tried),
        "slow": sum(each.slow for each in tried),
        "modules": {
            name: scores([each for each in tried if each.module == name])
            for name in sorted(modules)
        },
        "kinds": {
            kind: scores([each for each in tried if each.change.kind == kind])
            for kind in sorted(kinds)
        },
    }


def _line(name: str, scores: Sequence[dict[str, Any]]) -> str:
    cells = [
        f"{one['noticed']:4} of {one['of']:4} ({one['noticed'] / one['of']:5.1%};"
        f" {one['noticed'] / max(one['of_adjusted'], 1):5.1%} adjusted)"
        for one in scores
    ]
    return f"{name:36} {'   '.join(cells)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a sample of the changes, and print what was missed and the score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="of the project")
    parser.add_argument("--package", default=_PACKAGE, help="what to change")
    parser.add_argument("--sample", type=int, default=100, help="how many changes")
    parser.add_argument("--seed", type=int, default=0, help="draws them")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--patience", type=float, default=60.0, help="CPU s a change")
    parser.add_argument("--again", type=Path, help="try what this result missed")
    parser.add_argument("--json", type=Path, help="file for the whole result")
    parser.add_argument("--tests", nargs="+", action="append", help="below the root")
    asked = parser.parse_args(arguments)
    out = asked.json and asked.json.resolve()
    asked.again = asked.again and asked.again.resolve()
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        tried = tried_on(_copied(asked.root, Path(folder)), asked)
        os.chdir(ROOT)
    found = summary(tried, len(asked.tests or _TESTS))
    for part in ("modules", "kinds"):
        print()
        for name, scores in found[part].items():
            print(_line(name.removeprefix(f"{asked.package}."), scores))
    print(_line(f"\nseed {asked.seed}, {len(tried)} changes", found["scores"]))
    if out:
        whole = {"seed": asked.seed, **found, "tried": [asdict(each) for each in tried]}
        out.write_text(json.dumps(whole, indent=1))


if __name__ == "__main__":
    main()
