"""Fill the marked blocks of README and tutorial with what the program really prints.

Usage: `python -m tools.readme write|check [help-output] [demo-output]`.
"""

import os
import subprocess
import sys
from functools import cache, partial
from pathlib import Path

from tools.blocks import Body, console, run

ROOT = Path(__file__).resolve().parents[1]
PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}


def shown(*arguments: str) -> str:
    """Return what a command prints in a terminal of 80 columns, less the machine."""
    found = subprocess.run(
        [ROOT / "pamiers", *arguments],
        cwd=ROOT,
        env={**os.environ, **PLAIN},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode not in {0, 3}:  # 3: rows were quarantined, as they should be
        raise SystemExit(f"pamiers {' '.join(arguments)}: {found.stderr}")
    printed = found.stdout.replace(f"{ROOT}/", "").strip("\n").splitlines()
    lines = "\n".join(line.rstrip() for line in printed)
    return console(f"./pamiers {' '.join(arguments)}", lines)


@cache
def demo() -> str:
    """Return what the demo prints, run once for every page that shows it."""
    return shown("demo", "--no-serve")


PAGES: dict[Path, dict[str, Body]] = {
    ROOT / "README.md": {
        "help-output": partial(shown, "--help"),
        "demo-output": demo,
    },
    ROOT / "docs" / "tutorial.md": {"demo-output": demo},
}

if __name__ == "__main__":
    sys.exit(run(PAGES, sys.argv[1:]))
