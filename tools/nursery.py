"""Try changed code with tests, each change in a process of its own.

One process imports all that the changed package does not touch, and forks for each
change; the fork imports the package with the change in it and runs, quickest first, the
tests that ran the changed block before. The files themselves are never written to.
"""

import ast
import contextlib
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, Final, NoReturn

import hypothesis
import pytest

from tools.changes import blocks, name_of

_MARK: Final = "__ran__"
_OPTIONS: Final = (
    *("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # imported before the fork
    # loops that are not compiled warn where whole numbers wrap, as is meant
    *("-W", "ignore:overflow encountered:RuntimeWarning"),
)
_IMPORTS_S: Final = 60.0  #: CPU for importing and collecting
_LEAST_S, _TIMES = 3.0, 6.0  #: CPU for a test: so much, and so many times its usual
_MEMORY: Final = 8 << 30  #: bytes of address space
_TOO_LONG: Final = "took too long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test, as it ran on the code as it is."""

    __test__ = False

    id: str
    cpu_s: float
    ran: frozenset[int]  #: numbers of blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the tests do on the code as it is."""

    tests: tuple[Test, ...]
    blocks: Mapping[str, int]  #: `module name:block` -> its number
    always: frozenset[int]  #: blocks that run while tests are imported and collected
    modules: tuple[str, ...]  #: imported on the way, in order

    def reaching(self, block: str) -> list[Test]:
        """Return the tests that run a block, quickest first.

        Args:
            block: `module name:block`; what is in no function has no block, and all
                tests may depend on it.

        Returns:
            Tests; none where no test ever runs it.
        """
        number = self.blocks.get(block)
        everyone = block.endswith(":") or number in self.always
        found = [each for each in self.tests if everyone or number in each.ran]
        return sorted(found, key=lambda each: each.cpu_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one change."""

    by: str | None  #: the test that failed, or why none could; none: it survived
    slow: bool = False  #: a test took too long, rather than fail


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One change to try: the module that it changes, as changed, and the tests."""

    module: str
    tree: ast.Module
    tests: Sequence[Test]


def measure(root: Path, package: str, paths: Sequence[str]) -> Measured:
    """Return what tests do on the code as it is.

    Args:
        root: Folder of the project.
        package: Dotted name of the package to be changed, not imported yet.
        paths: Of tests, below `root`.

    Raises:
        RuntimeError: A test fails.
    """
    numbers: dict[str, int] = {}
    out = root / ".measured.json"

    def marked(name: str, tree: ast.Module) -> ast.Module:
        for node in list(ast.walk(tree)):
            for block in blocks(node):
                number = numbers.setdefault(f"{name}:{name_of(block)}", len(numbers))
                _mark(block, number)
        return ast.fix_missing_locations(tree)

    def run() -> None:
        meter = _Meter()
        finder = _Finder(package, marked, {_MARK: meter.seen.add})
        sys.meta_path.insert(0, finder)
        code = pytest.main([*_OPTIONS, *paths], plugins=[meter])
        told = meter.told() | {"code": int(code), "blocks": numbers}
        out.write_text(json.dumps(told))

    os.waitpid(_forked(run, root / ".measured.log"), 0)
    held = json.loads(out.read_text()) if out.exists() else {}
    if held.get("code") != 0:
        log = (root / ".measured.log").read_text()[-3000:]
        raise RuntimeError(f"the tests fail on the code as it is:\n{log}")
    return Measured(
        tests=tuple(
            Test(id=name, cpu_s=cpu_s, ran=frozenset(ran))
            for name, (cpu_s, ran) in held["tests"].items()
        ),
        blocks=held["blocks"],
        always=frozenset(held["always"]),
        modules=tuple(held["modules"]),
    )


def warm_up(measured: Measured, package: str, apart: Sequence[str]) -> None:
    """Import what tests import, but for a package and what may import it.

    Args:
        measured: Names the modules.
        package: Not to be imported.
        apart: Beginnings of names of modules that do not import it, though their own
            package is that of `package`.

    Raises:
        RuntimeError: The package was imported nevertheless.
    """
    ours = {package.partition(".")[0], "tests", "tools", "conftest"}
    for name in measured.modules:
        if name.partition(".")[0] not in ours or name.startswith(tuple(apart)):
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    if package in sys.modules:
        raise RuntimeError(f"{package} is imported by what was said not to import it")


def try_all(
    root: Path, package: str, trials: Iterable[Trial], jobs: int
) -> Iterator[tuple[int, Verdict]]:
    """Try changes, some at a time.

    Args:
        root: Folder of the project.
        package: Dotted name of the package.
        trials: Changes; their order numbers them.
        jobs: How many at a time.

    Yields:
        Number and verdict, as they come.
    """
    running: dict[int, tuple[int, Path]] = {}
    for number, trial in enumerate(trials):
        if not trial.tests:
            yield number, Verdict(by=None)
            continue
        while len(running) >= jobs:
            yield _next(running)
        out = root / f".verdict-{number}.json"
        judge = _Judge(out, {each.id: each.cpu_s for each in trial.tests})
        pid = _forked(lambda t=trial, j=judge: _tried(package, t, j), None)  # type: ignore[misc]
        running[pid] = number, out
    while running:
        yield _next(running)


def _next(running: dict[int, tuple[int, Path]]) -> tuple[int, Verdict]:
    pid, status = os.wait()
    number, out = running.pop(pid)
    if out.exists():
        held = json.loads(out.read_text())
        out.unlink()
        return number, Verdict(by=held["by"], slow=held["slow"])
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    slow = ended in {signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL}
    return number, Verdict(by=_TOO_LONG if slow else "the program crashed", slow=slow)


def _tried(package: str, trial: Trial, judge: "_Judge") -> None:
    spent = sum(_LEAST_S + _TIMES * each.cpu_s for each in trial.tests)
    most = int(_IMPORTS_S + spent)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.alarm(20 * most)

    def change(name: str, tree: ast.Module) -> ast.Module:
        return trial.tree if name == trial.module else tree

    only = trial.module if trial.module != package else package
    sys.meta_path.insert(0, _Finder(only, change, {}))
    paths = dict.fromkeys(each.id.partition("::")[0] for each in trial.tests)
    judge.begin(_IMPORTS_S)
    code = pytest.main([*_OPTIONS, *paths], plugins=[judge])
    judge.end(judge.failed or (None if code == 0 else f"pytest ended with {code}"))


def _forked(job: Callable[[], None], log: Path | None) -> int:
    """Start a job in a process of its own; return its id."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        to = os.open(log or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(to, 1)
        os.dup2(to, 2)
        job()
    except BaseException:  # noqa: BLE001 - nothing may leave a fork but by its end
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


class _Plain:
    """What every run of pytest is given: failures are found, and not made small."""

    def pytest_sessionstart(self) -> None:
        found = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "found", hypothesis.settings.default, phases=found
        )
        hypothesis.settings.load_profile("found")


@dataclass(slots=True)
class _Meter(_Plain):
    """Notes which blocks each test runs, and how long it takes."""

    seen: set[int] = field(default_factory=set)
    always: list[int] = field(default_factory=list)
    tests: dict[str, tuple[float, list[int]]] = field(default_factory=dict)

    def pytest_collection_finish(self) -> None:
        self.always = sorted(self.seen)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.seen.clear()
        begun = time.process_time()
        done = yield
        cpu_s = time.process_time() - begun
        self.tests[item.nodeid] = cpu_s, sorted(self.seen)
        return done

    def told(self) -> dict[str, Any]:
        modules = [name for name in sys.modules if not name.startswith("__")]
        return {"tests": self.tests, "always": self.always, "modules": modules}


class _Judge(_Plain):
    """Runs the given tests in their order, each in its time, to the first failure."""

    def __init__(self, out: Path, usual_s: Mapping[str, float]) -> None:
        self.out, self.usual_s = out, usual_s
        self.failed: str | None = None
        self._now = "importing"

    def begin(self, most_s: float) -> None:
        signal.signal(signal.SIGPROF, self._late)
        signal.setitimer(signal.ITIMER_PROF, most_s)

    def end(self, by: str | None, *, slow: bool = False) -> None:
        self.out.write_text(json.dumps({"by": by, "slow": slow}))

    def _late(self, _signal: int, _frame: FrameType | None) -> NoReturn:
        self.end(self._now, slow=True)
        os._exit(0)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        by_id = {each.nodeid: each for each in items}
        if missing := [each for each in self.usual_s if each not in by_id]:
            self.failed = self.failed or f"{missing[0]} is not there"
        items[:] = [by_id[each] for each in self.usual_s if each in by_id]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._now = item.nodeid
        self.begin(_LEAST_S + _TIMES * self.usual_s[item.nodeid])
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed = self.failed or f"{report.nodeid} could not be imported"


def _mark(block: list[ast.stmt], number: int) -> None:
    call = ast.Call(ast.Name(_MARK, ast.Load()), [ast.Constant(number)], [])
    first = block[0]
    worded = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    block.insert(int(worded), ast.copy_location(ast.Expr(call), first))


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module from its tree as something makes it; leaves no bytecode."""

    make: Callable[[str, ast.Module], ast.Module]
    names: Mapping[str, object]

    def get_code(self, fullname: str) -> CodeType:
        tree = self.make(fullname, ast.parse(self.get_data(self.path), self.path))
        return compile(tree, self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__.update(self.names)
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds a package and what is below it, for `_Loader`."""

    def __init__(
        self,
        package: str,
        make: Callable[[str, ast.Module], ast.Module],
        names: Mapping[str, object],
    ) -> None:
        self.package, self.make, self.names = package, make, names

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.package and not fullname.startswith(f"{self.package}."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or not isinstance(
            spec.loader, importlib.machinery.SourceFileLoader
        ):
            return spec
        loader = _Loader(spec.loader.name, spec.loader.path)
        loader.make, loader.names = self.make, self.names
        spec.loader = loader
        return spec
