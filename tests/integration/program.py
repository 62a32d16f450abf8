"""Run the program as a user does, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.shared import ROOT

DONBAS = str(ROOT / "agreements" / "donbas-2020")


def run(*arguments: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command and check its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "pamiers", *(str(each) for each in arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == expect, done.stderr + done.stdout
    return done


def answer(*arguments: object, expect: int = 0) -> Any:  # noqa: ANN401 - any JSON
    """Run a command with --json and return what its one line says."""
    lines = run(*arguments, "--json", expect=expect).stdout.splitlines()
    assert len(lines) == 1, lines
    return json.loads(lines[0])


def begun(folder: Path) -> Path:
    """Begin a mission on the bundled case and return its folder."""
    answer("init", folder, "--agreement", DONBAS)
    return folder
