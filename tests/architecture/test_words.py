"""Files speak of the project alone: no machine, no registry, no second clock."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, modules, name_of

FOLDERS = ("src", "tests", "tools", "benchmarks", "docs", ".ci")
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".txt", ".lock", ".cff", ".po", ".html"}
MACHINE = re.compile(r"(?<![\w.:/-])/(?:work|root|Users|home)/[\w.-]+")
REGISTRY = re.compile(r"--(?:extra-)?index-url|\"resolved\": *\"http")
CLOCK = re.compile(
    r"\b(?:datetime\.now|utcnow|date\.today|datetime\.today"
    r"|time\.time|time_ns|monotonic|perf_counter|localtime|gmtime)\s*\("
)
VAGUE = re.compile(r"(?:^|_)(?:utils?|helpers?|manager|misc|common|handler)(?:_|$)")


def texts() -> Iterator[tuple[str, str]]:
    """Yield (name, text) of every text file of the project."""
    inside = [path for name in FOLDERS for path in (ROOT / name).rglob("*")]
    for path in sorted([*ROOT.iterdir(), *inside]):
        held = path.is_file() and path.name != ".git"  # a worktree's pointer
        if held and (path.suffix in TEXT or not path.suffix):
            yield name_of(path), path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY], ids=["machine", "registry"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    here = name_of(Path(__file__).resolve())
    found = [
        f"{name}: {hit.group()}"
        for name, text in texts()
        if name != here
        for hit in pattern.finditer(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=name_of)
def test_locks_hold_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(pins(lock.name)) > 0


def pins(lock: str) -> set[str]:
    """Return the `name==version` of every package of a lock."""
    text = (ROOT / lock).read_text()
    return set(re.findall(r"^[a-z0-9][\w.-]*==[^ ;]+", text, re.MULTILINE))


def test_developers_run_what_users_run() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_only_wiring_reads_the_clock() -> None:
    found = [
        f"{name_of(path)}: {hit.group()}"
        for path in modules()
        if path != PACKAGE / "app" / "wiring.py"
        for hit in CLOCK.finditer(path.read_text())
    ]
    assert not found, "\n".join(found)


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name_of(path) for path in modules() if VAGUE.search(path.stem)] == []
