"""Fill the marked blocks of README.md with what the program really prints.

Usage: `python tools/readme.py write|check [BLOCK...]`; without names, all. A block
stands between `<!-- NAME -->` and `<!-- /NAME -->`. `check` changes nothing and
fails where a block differs.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCKS = {
    "help-output": ("--help",),
    "demo-output": ("demo", "--no-serve"),
}
PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}


def printed(arguments: tuple[str, ...]) -> str:
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
    lines = [
        line.rstrip() for line in found.stdout.replace(f"{ROOT}/", "").splitlines()
    ]
    return "\n".join(lines).strip("\n")


def filled(text: str, name: str) -> str:
    """Return the text with one block filled anew."""
    pattern = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"README.md: expected a block {name}, got none. Put it back.")
    command = f"$ ./pamiers {' '.join(BLOCKS[name])}"
    block = f"```text\n{command}\n{printed(BLOCKS[name])}\n```"
    return pattern.sub(lambda _: f"<!-- {name} -->\n{block}\n<!-- /{name} -->", text)


def main(verb: str, names: list[str]) -> int:
    """Write or check some blocks; return 1 where a check finds a difference."""
    before = after = README.read_text()
    for name in names or BLOCKS:
        after = filled(after, name)
    if verb == "write":
        README.write_text(after)
    elif after != before:
        print("README.md: expected what the program prints now. Run `make readme`.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
