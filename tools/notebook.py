"""Run the notebooks of the documentation, and write below each block what it printed.

Usage: `python -m tools.notebook write|check FOLDER`; FOLDER is a mission of the demo.
"""

import contextlib
import io
import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs" / "howto"
PAGES = tuple(sorted(DOCS.glob("notebook-*.md")))
_CELL = re.compile(r"```python\n(.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)
#: what stands in the pages for the folder of the mission
_FOLDER = "demo-mission"


def executed(text: str, folder: Path) -> str:
    """Return a page with each of its blocks run and its output below it.

    Args:
        text: The page.
        folder: A mission on the bundled case.

    Returns:
        The page; equal to the one given where its outputs are up to date.
    """
    names: dict[str, object] = {}

    def run(cell: re.Match[str]) -> str:
        printed = io.StringIO()
        code = cell[1].replace(f'"{_FOLDER}"', repr(str(folder)))
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "notebook", "exec"), names)  # noqa: S102  (our own page)
        shown = "\n".join(line.rstrip() for line in printed.getvalue().splitlines())
        return f"```python\n{cell[1]}```\n\n```text\n{shown}\n```\n"

    return _CELL.sub(run, text)


def main(verb: str, folder: str) -> int:
    """Write the pages, or tell which are not what they print; 0 for none."""
    stale = 0
    for page in PAGES:
        before = page.read_text(encoding="utf-8")
        after = executed(before, Path(folder))
        if verb == "write":
            page.write_text(after, encoding="utf-8")
        elif before != after:
            stale = 1
            sys.stderr.write(f"{page.name} is not what it prints.\n")
    return stale


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
