"""Blocks of a page that a tool writes: between `<!-- NAME -->` and `<!-- /NAME -->`."""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Body = Callable[[], str]


def replaced(text: str, name: str, body: str) -> str:
    """Return a page with one block filled anew.

    Args:
        text: The page.
        name: Name of the block.
        body: What is to stand in it, without a line end.

    Returns:
        The page; the markers stay.

    Raises:
        SystemExit: The page has no such block.
    """
    pattern = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"expected a block <!-- {name} -->, got none. Put it back.")
    block = f"<!-- {name} -->\n{body}\n<!-- /{name} -->"
    return pattern.sub(lambda _: block, text)


def console(command: str, printed: str) -> str:
    """Return a command and what it printed, as a block of text."""
    return f"```text\n$ {command}\n{printed}\n```"


def run(pages: Mapping[Path, Mapping[str, Body]], arguments: list[str]) -> int:
    """Write or check the blocks of some pages, from the command line.

    Args:
        pages: Page -> name of a block -> what makes its body.
        arguments: `write` or `check`, and the blocks wanted; without, all.

    Returns:
        Exit code: 1 where `check` finds a page that differs.
    """
    verb, *wanted = arguments
    differ = False
    for page, blocks in pages.items():
        before = after = page.read_text()
        for name, body in blocks.items():
            if not wanted or name in wanted:
                after = replaced(after, name, body())
        if verb == "write":
            page.write_text(after)
        elif after != before:
            differ = True
            print(f"{page.name}: out of date. Run `make pages`.", file=sys.stderr)
    return int(differ)
