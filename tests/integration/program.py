"""Run the program as a user does: its whole command line, to its exit code."""

import io
import json
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from pamiers.app.cli import main
from tests.shared import ROOT

DONBAS = str(ROOT / "agreements" / "donbas-2020")
Done = subprocess.CompletedProcess[str]


def run(*arguments: object, expect: int = 0) -> Done:
    """Run a command in this process and check its exit code.

    To begin a process costs more than most commands do: tests/acceptance begins them.
    """
    words = ["pamiers", *(str(each) for each in arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    held, sys.argv = sys.argv, words
    try:
        with chdir(ROOT), redirect_stdout(out), redirect_stderr(err):
            code = _code()
    finally:
        sys.argv = held
    told = [_told(each) for each in (out, err)]
    assert code == expect, "".join(reversed(told))
    return subprocess.CompletedProcess(words, code, *told)


def _told(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _code() -> int:
    try:
        main.run()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(bool(left.code))
    return 0


def answer(*arguments: object, expect: int = 0) -> Any:  # noqa: ANN401 - any JSON
    """Run a command with --json and return what its one line says."""
    lines = run(*arguments, "--json", expect=expect).stdout.splitlines()
    assert len(lines) == 1, lines
    return json.loads(lines[0])


def begun(folder: Path) -> Path:
    """Begin a mission on the bundled case and return its folder."""
    answer("init", folder, "--agreement", DONBAS)
    return folder
