"""Change one operator of a package at a time, and see whether the tests notice.

`python -m tools.mutate --sample 200 --seed 3` draws changes evenly from every module of
`pamiers.compliance`, tries each on a copy of the project with the tests that reach it,
and tells which went unnoticed. `--tests PATH...` may be given several times: the score
is told for the first ones alone, for the first and second together, and so on. Changes
that make no difference are listed, with the reason, in `tools/indifferent.txt`; the
score is told with and without them.

`--map FILE` keeps what the tests run of the code, for the next run on the same code and
tests; `--keep FILE` keeps what became of each change, to go on after an interruption;
`--census` tries nothing, and lists the changes that no test reaches.
"""

import argparse
import itertools
import json
import os
import random
import re
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
    from tools.kept import Diary
    from tools.nursery import Measured, Test, Trial, Verdict

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
    tests: int  #: how many tests that reach it were within patience
    cut: int = 0  #: how many more reach it
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
        tests: That reach a change, those to be tried first before others.
        groups: Paths of tests; the tests of the first are tried first.
        patience_s: CPU for the tests of one group.

    Returns:
        Of each group those that take no longer together; one that no longer fits is
        left out, and not those after it.
    """
    spent = [0.0] * len(groups)
    found = []
    for test in sorted(tests, key=lambda test: _stage(test.id, groups)):
        group = _stage(test.id, groups)
        if spent[group] + test.cpu_s <= patience_s:
            spent[group] += test.cpu_s
            found.append(replace(test, stage=group))
    return found


def _nearest(
    tests: "Iterable[Test]", module: str, measured: "Measured"
) -> "list[Test]":
    """Return tests in their order, those first that run something of a module."""
    named = (n for name, n in measured.blocks.items() if name.startswith(f"{module}:"))
    own = frozenset(named) - measured.always
    return sorted(tests, key=lambda test: test.ran.isdisjoint(own))


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
    from tools.kept import Diary, digest_of, known  # noqa: PLC0415 - loaded when it is used
    from tools.nursery import measure, try_all, warm_up  # noqa: PLC0415 - loaded when it is used

    groups = asked.tests or _TESTS
    paths = list(dict.fromkeys(path for group in groups for path in group))
    digest = digest_of(root, paths)
    measured = known(asked.map, digest, lambda: measure(root, asked.package, paths))
    spent = sum(each.cpu_s for each in measured.tests)
    print(f"{len(measured.tests)} tests in {spent:.0f} s CPU", file=sys.stderr)
    texts = modules_of(root, asked.package)
    if asked.census:
        return census(texts, measured)
    warm_up(measured, asked.package, _BELOW)
    slate = _Slate(_asked_for(texts, asked), groups, Diary(asked.keep, digest))
    trials = slate.trials(texts, measured, asked.patience)
    try_all(root, asked.package, trials, asked.jobs, slate.tell)
    return slate.found


def _asked_for(
    texts: dict[str, str], asked: argparse.Namespace
) -> list[tuple[str, Change]]:
    if asked.again:
        return missed_in(asked.again.read_text(), texts)
    if not asked.only:
        return drawn(texts, asked.sample, asked.seed)
    every = ((name, one) for name, text in texts.items() for one in changes(text))
    return [pair for pair in every if re.search(asked.only, key_of(*pair))]


def census(texts: dict[str, str], measured: "Measured") -> list[Tried]:
    """Return the changes that no test reaches, and tell of each."""
    reasons = reasons_in(_INDIFFERENT.read_text())
    found = [
        Tried(
            module=module,
            change=one,
            by=None,
            stage=None,
            slow=False,
            tests=0,
            reason=reasons.get(key_of(module, one)),
        )
        for module, text in texts.items()
        for one in changes(text)
        if not measured.reaching(f"{module}:{one.block}")
    ]
    print("\n".join(map(_told, found)))
    return found


class _Slate:
    """What is to be tried, and what has become of it; told and kept as it comes."""

    def __init__(
        self,
        every: Sequence[tuple[str, Change]],
        groups: Sequence[Sequence[str]],
        diary: "Diary",
    ) -> None:
        self.every, self.groups, self.diary = every, groups, diary
        self.found: list[Tried] = []
        self._reached: list[list[Test]] = []
        self._cut: list[int] = []  #: tests for which there was no patience
        self._left: list[int] = []  #: numbers of those to be tried
        self._reasons = reasons_in(_INDIFFERENT.read_text())

    def trials(
        self, texts: dict[str, str], measured: "Measured", patience_s: float
    ) -> "list[Trial]":
        """Return what is still to be tried; tell of what was tried before."""
        from tools.nursery import Trial, Verdict  # noqa: PLC0415 - loaded when it is used

        trials = []
        for i, (module, one) in enumerate(self.every):
            tests = measured.reaching(f"{module}:{one.block}")
            if not one.block:  # first those that run something of its module
                tests = _nearest(tests, module, measured)
            self._reached.append(within(tests, self.groups, patience_s))
            self._cut.append(len(tests) - len(self._reached[i]))
            if known := self.diary.became.get(f"{module} {one.number}"):
                self._add(i, Verdict(by=known["by"], slow=known["slow"]))
                continue
            self._left.append(i)
            tree = changed(texts[module], one.number)
            inside, tests = bool(one.block), self._reached[i]
            trials.append(Trial(module=module, tree=tree, within=inside, tests=tests))
        return trials

    def tell(self, number: int, verdict: "Verdict") -> None:
        """Keep what became of one of the trials."""
        module, one = self.every[self._left[number]]
        self.diary.write(
            f"{module} {one.number}", by=verdict.by, slow=verdict.slow, was=one.was
        )
        self._add(self._left[number], verdict)

    def _add(self, i: int, verdict: "Verdict") -> None:
        module, one = self.every[i]
        tried = Tried(
            module=module,
            change=one,
            by=verdict.by,
            stage=None if verdict.by is None else _stage(verdict.by, self.groups),
            slow=verdict.slow,
            tests=len(self._reached[i]),
            cut=self._cut[i],
            reason=self._reasons.get(key_of(module, one)),
        )
        self.found.append(tried)
        if tried.stage != 0:
            print(_told(tried), flush=True)
        noticed, _ = score(self.found, 0, adjusted=False)
        said = f"{noticed} noticed of {len(self.found)} tried, {len(self.every)} in all"
        print(said, file=sys.stderr, flush=True)


def _told(each: Tried) -> str:
    one = each.change
    reached = "no test reaches it"
    if each.tests or each.cut:
        reached = f"{each.tests + each.cut} tests reach it, {each.cut} not tried"
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
    parser.add_argument("--map", type=Path, help="file: what the tests run of the code")
    parser.add_argument("--keep", type=Path, help="file to go on from when interrupted")
    parser.add_argument("--census", action="store_true", help="what no test reaches")
    parser.add_argument("--only", help="all whose module, function, words match this")
    parser.add_argument("--json", type=Path, help="file for the whole result")
    parser.add_argument("--tests", nargs="+", action="append", help="below the root")
    asked = parser.parse_args(arguments)
    out = asked.json and asked.json.resolve()
    for name in ("again", "map", "keep"):  # before the folder is another
        setattr(asked, name, (path := getattr(asked, name)) and path.resolve())
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
