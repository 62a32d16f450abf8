"""How commands speak: one JSON line or words, progress, and errors with a remedy."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import typer

from pamiers.core.errors import PamiersError

OK: Final = 0
ERROR: Final = 1
USAGE: Final = 2
QUARANTINED: Final = 3

JSON_OPTION: Final = typer.Option("--json", help="Print one line of JSON.")


def print_json(value: object) -> None:
    """Print a value as exactly one line of JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, sort_keys=False))  # noqa: T201


def say(text: str = "") -> None:
    """Print words for a person on stdout."""
    print(text)  # noqa: T201


def warn(text: str) -> None:
    """Print a remark on stderr."""
    print(text, file=sys.stderr)  # noqa: T201


@contextmanager
def errors_shown(*, as_json: bool) -> Iterator[None]:
    """Turn deliberate errors into a message on stderr, or JSON, and exit code 1."""
    try:
        yield
    except PamiersError as error:
        fail(error, as_json=as_json)


def fail(error: PamiersError, *, as_json: bool) -> NoReturn:
    """Show an error and leave with code 1."""
    if as_json:
        print_json(error.to_dict())
    warn(f"Error: {error}")
    raise typer.Exit(ERROR) from error


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on stderr while something long runs, where a person looks on.

    Args:
        title: What runs.

    Yields:
        To be called with (done, total, what).
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total, _what: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        yield show


def table(rows: list[list[str]], header: list[str]) -> str:
    """Return rows as aligned text, numbers to the right, at most 80 columns wide.

    Args:
        rows: Cells as text; each row as long as the header.
        header: Column titles.

    Returns:
        Lines joined by line ends; only the header for no rows.
    """
    lines = [header, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    right = [
        bool(rows) and all(not row[i] or row[i][:1].isdigit() for row in rows)
        for i in range(len(header))
    ]
    shown = [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    ]
    return "\n".join([shown[0], "-" * min(80, len(shown[0])), *shown[1:]])
