"""Try changed code with tests, each change in a process of its own.

One process collects the tests, then forks for each change: the fork puts the changed
code into the function that it is of, and runs the tests that ran the changed block
before, first those that run most for their time. What is changed outside of functions
is decided while modules are imported; such a change is tried in a fork from before
that. Files are never written to.
"""

import ast
import contextlib
import gc
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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, Final, NoReturn, TypeAlias

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
_BROKEN: Final = 70  #: exit status of a process that could not try its change


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test, as it ran on the code as it is."""

    __test__ = False

    id: str
    cpu_s: float
    ran: frozenset[int]  #: numbers of blocks
    stage: int = 0  #: those of a later one are tried later


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the tests do on the code as it is."""

    tests: tuple[Test, ...]
    blocks: Mapping[str, int]  #: `module name:block` -> its number
    always: frozenset[int]  #: blocks that run while tests are imported and collected
    modules: tuple[str, ...]  #: imported on the way, in order

    def reaching(self, block: str) -> list[Test]:
        """Return the tests that run a block, first those that run most for their time.

        Args:
            block: `module name:block`; what is in no function has no block, and all
                tests may depend on it.

        Returns:
            Tests; none where no test ever runs it.
        """
        number = self.blocks.get(block)
        everyone = block.endswith(":") or number in self.always
        found = [each for each in self.tests if everyone or number in each.ran]
        return sorted(found, key=lambda each: each.cpu_s / (1 + len(each.ran)))


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
    within: bool  #: whether it is in a function
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
    root: Path,
    package: str,
    trials: Sequence[Trial],
    jobs: int,
    tell: Callable[[int, Verdict], None],
) -> None:
    """Try changes, some at a time.

    Args:
        root: Folder of the project.
        package: Dotted name of the package.
        trials: Changes.
        jobs: How many at a time.
        tell: Is given number and verdict of each, as they come.
    """
    for i, trial in enumerate(trials):
        if not trial.tests:
            tell(i, Verdict(by=None))
    left = {i: one for i, one in enumerate(trials) if one.tests}
    noticed: Counter[tuple[str, str]] = Counter()

    def heard(number: int, verdict: Verdict) -> None:
        noticed[trials[number].module, verdict.by or ""] += 1
        tell(number, verdict)

    pool = _Pool(root, jobs, heard)
    for number, trial in left.items():
        if not trial.within:
            pool.start(number, lambda judge, t=trial: _anew(package, t, judge))  # type: ignore[misc] # the value of now
    pool.finish()
    ward = _Ward(pool, noticed, {i: one for i, one in left.items() if one.within})
    if ward.trials:
        paths = _files(each for one in left.values() for each in one.tests)
        pytest.main([*_OPTIONS, "-s", *paths], plugins=[ward])


def _files(tests: Iterable[Test]) -> list[str]:
    return list(dict.fromkeys(each.id.partition("::")[0] for each in tests))


def _hopeful(trial: Trial, noticed: Counter[tuple[str, str]]) -> Trial:
    """Return a trial whose tests stand in the order in which they may notice it."""

    def order(test: Test) -> tuple[int, int, float]:
        cost = test.cpu_s / (1 + len(test.ran))
        return test.stage, -noticed[trial.module, test.id], cost

    return replace(trial, tests=sorted(trial.tests, key=order))


class _Pool:
    """Runs trials in processes of their own, so many at a time."""

    def __init__(
        self, root: Path, jobs: int, tell: Callable[[int, Verdict], None]
    ) -> None:
        self.root, self.jobs, self.tell = root, jobs, tell
        self.running: dict[int, tuple[int, Path]] = {}

    def start(self, number: int, job: "Callable[[_Judge], None]") -> None:
        if len(self.running) >= self.jobs:
            self._wait()
        out = self.root / f".verdict-{number}.json"
        self.running[_forked(lambda: job(_Judge(out)), None)] = number, out

    def finish(self) -> None:
        while self.running:
            self._wait()

    def _wait(self) -> None:
        pid, status = os.wait()
        number, out = self.running.pop(pid)
        self.tell(number, _verdict(out, status))


def _verdict(out: Path, status: int) -> Verdict:
    if out.exists():
        held = json.loads(out.read_text())
        return Verdict(by=held["by"], slow=held["slow"])
    if os.waitstatus_to_exitcode(status) == _BROKEN:
        raise RuntimeError("a change could not be put into the code")
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    slow = ended in {signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL}
    return Verdict(by=_TOO_LONG if slow else "the program crashed", slow=slow)


def _limit(trial: Trial) -> None:
    spent = sum(_LEAST_S + _TIMES * each.cpu_s for each in trial.tests)
    most = int(_IMPORTS_S + spent)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.alarm(20 * most)


def _anew(package: str, trial: Trial, judge: "_Judge") -> None:
    """Try a change in what is imported from now on."""
    _limit(trial)

    def change(name: str, tree: ast.Module) -> ast.Module:
        return trial.tree if name == trial.module else tree

    sys.meta_path.insert(0, _Finder(package, change, {}))
    judge.usual_s = {each.id: each.cpu_s for each in trial.tests}
    judge.begin(_IMPORTS_S)
    code = pytest.main([*_OPTIONS, *_files(trial.tests)], plugins=[judge])
    judge.end(judge.failed or (None if code == 0 else f"pytest ended with {code}"))


_Known: TypeAlias = tuple[Mapping[str, pytest.Item], Sequence[FunctionType]]


def _swapped(trial: Trial, known: _Known, judge: "_Judge") -> None:
    """Try a change in functions of modules that are imported."""
    items, functions = known
    _limit(trial)
    judge.usual_s = {each.id: each.cpu_s for each in trial.tests}
    swap(functions, str(sys.modules[trial.module].__file__), trial.tree)
    chosen = [items[each.id] for each in trial.tests]
    chosen[0].config.pluginmanager.register(judge)
    try:
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if judge.failed:
                break
    except BaseException as error:  # noqa: BLE001 - what the change brings about
        judge.failed = repr(error)
    judge.end(judge.failed)


def swap(functions: Iterable[FunctionType], path: str, tree: ast.Module) -> None:
    """Give functions the code that a tree has for them.

    Args:
        functions: Of any file.
        path: File of the tree; functions of others are left alone.
        tree: Where it differs from the file, no line is added or left out.
    """
    new: dict[tuple[str, int], list[CodeType]] = {}
    for code in _codes(compile(tree, path, "exec", dont_inherit=True)):
        new.setdefault((code.co_qualname, code.co_firstlineno), []).append(code)
    for each in functions:
        old = each.__code__
        if old.co_filename == path:
            codes = new.get((old.co_qualname, old.co_firstlineno), [])
            if len(codes) == 1 and codes[0].co_freevars == old.co_freevars:
                each.__code__ = codes[0]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


class _Plain:
    """What every run of pytest is given: failures are found, and not made small."""

    def pytest_sessionstart(self) -> None:
        found = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "found", hypothesis.settings.default, phases=found
        )
        hypothesis.settings.load_profile("found")


class _Ward(_Plain):
    """Collects tests, and then tries changes instead of running the tests."""

    def __init__(
        self,
        pool: _Pool,
        noticed: Counter[tuple[str, str]],
        trials: Mapping[int, Trial],
    ) -> None:
        self.pool, self.noticed, self.trials = pool, noticed, trials

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {each.nodeid: each for each in session.items}
        for trial in self.trials.values():
            importlib.import_module(trial.module)
        gc.collect()
        functions = [each for each in gc.get_objects() if type(each) is FunctionType]
        gc.freeze()  # what is never looked at is never copied
        known = items, functions
        for number, trial in self.trials.items():
            ready = _hopeful(trial, self.noticed)
            self.pool.start(number, lambda j, t=ready: _swapped(t, known, j))  # type: ignore[misc] # the value of now
        self.pool.finish()
        return True


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
        sys.stderr.flush()
        os._exit(_BROKEN)
    sys.stdout.flush()
    os._exit(0)


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

    def __init__(self, out: Path) -> None:
        self.out = out
        self.usual_s: Mapping[str, float] = {}
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
