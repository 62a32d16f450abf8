"""The set-up tells what is wrong, waits its turn, and stays out of the way."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT

pytestmark = pytest.mark.integration
FILES = [
    *("pamiers", "tools/environment", "tools/environment.py", "pyproject.toml"),
    "tools/bundle_pages.py",
    *(path.name for path in ROOT.glob("requirements*.lock")),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a space in its name and only the set-up in it."""
    folder = tmp_path / "a clone"
    (folder / "tools").mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder.resolve()


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def run(*command: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def make_ready(root: Path, program: str = 'printf "%s|" "$@"; exit 3') -> None:
    """Put a stand-in for a whole environment into the folder."""
    script(root / ".venv" / "bin" / "pamiers", program)
    (root / ".venv" / ".ready-run").write_text(f"{root}\nany\n")


def test_a_ready_environment_is_entered_at_once(root: Path) -> None:
    make_ready(root)
    shutil.rmtree(root / "tools")
    found = run(root / "pamiers", "report", "a b", "--day", "2020-07-27")
    assert (found.stdout, found.stderr) == ("report|a b|--day|2020-07-27|", "")
    assert found.returncode == 3


def test_a_link_to_the_program_finds_its_folder(root: Path, tmp_path: Path) -> None:
    make_ready(root)
    (tmp_path / "link").symlink_to("a clone/pamiers")
    assert run(tmp_path / "link", "status").stdout == "status|"


@pytest.mark.parametrize("change", ["lock", "moved"])
def test_a_stale_environment_is_mended_first(root: Path, change: str) -> None:
    make_ready(root, "echo ran")
    script(root / "tools" / "environment", 'echo "set up $1"')
    if change == "lock":
        later = (root / ".venv" / ".ready-run").stat().st_mtime + 60
        os.utime(root / "requirements.lock", (later, later))
    else:
        (root / ".venv" / ".ready-run").write_text("/elsewhere\nany\n")
    found = run(root / "pamiers")
    assert (found.stdout, found.stderr) == ("ran\n", "set up run\n")


def test_an_old_python_is_refused_with_what_to_do(root: Path, tmp_path: Path) -> None:
    old = tmp_path / "old" / "python3"
    script(old, '[ "$1" = --version ] && echo Python 3.8.1 && exit 0; exit 1')
    found = run(root / "tools" / "environment", "run", PAMIERS_PYTHON=str(old))
    assert found.returncode == 1
    assert found.stdout == ""
    assert "expected Python 3.11 or newer, got none but Python 3.8.1" in found.stderr
    assert "PAMIERS_PYTHON" in found.stderr


def test_a_python_without_venv_is_refused_with_what_to_do(
    root: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "venv.py").write_text("raise SystemExit('ensurepip is not available')")
    found = run(root / "pamiers", "status", PYTHONPATH=str(broken))
    assert found.returncode == 1
    assert found.stdout == ""
    assert "apt-get install python3-venv" in found.stderr


def test_without_a_network_it_says_so_and_keeps_what_it_made(root: Path) -> None:
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "UV_OFFLINE": "1"}
    command = (root / "pamiers", "status")
    first = run(*command, **offline)
    made = (root / ".venv" / "bin" / "python").lstat().st_ino
    second = run(*command, **offline)
    for found in (first, second):
        assert found.returncode == 1
        assert found.stdout == ""
        assert "Check the network" in found.stderr
    assert (root / ".venv" / "bin" / "python").lstat().st_ino == made


def test_a_second_set_up_waits_for_the_first(root: Path) -> None:
    make_ready(root)
    holder = os.open(root, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    command = (sys.executable, root / "tools" / "environment.py", "run")
    env = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "UV_OFFLINE": "1"}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as late:
        assert late.stderr is not None
        assert "waiting for it" in late.stderr.readline()
        assert late.poll() is None
        os.close(holder)
        assert "preparing" in late.stderr.readline()
        late.kill()
