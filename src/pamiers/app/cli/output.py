"""How commands speak: one JSON line or words, progress, and errors with a remedy."""

import json
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import typer

from pamiers.core.errors import PamiersError, StoreError, UsageError

#: letters in a line, for a terminal of eighty columns
WIDTH: Final = 79
ERROR: Final = 1
MISUSED: Final = 2
QUARANTINED: Final = 3
VERIFICATION_FAILED: Final = 4

JSON_OPTION: Final = typer.Option("--json", help="Print one line of JSON.")
DATABASE_OPTION: Final = typer.Option(
    metavar="URL",
    help="Keep the record in this empty database of PostgreSQL; no password here.",
)


def print_json(value: object) -> None:
    """Print a value as exactly one line of JSON on stdout.

    Letters stay as they are where stdout can write them and no reader of lines
    would take one, such as U+2028, for the end of the line.
    """
    text = json.dumps(value, ensure_ascii=False)
    if not _plain(text):
        text = json.dumps(value)
    print(text)  # noqa: T201 - where the program speaks


def _plain(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return len(text.splitlines()) == 1


def say(text: str = "") -> None:
    """Print words for a person on stdout."""
    print(text)  # noqa: T201 - where the program speaks


def warn(text: str) -> None:
    """Print a remark on stderr.

    For a person at a terminal in lines of at most 79 letters, broken between words; for
    a file or another program each remark stays on the line that it has.
    """
    for line in text.splitlines() or [""]:
        told = fitted(line) if sys.stderr.isatty() else line
        print(told, file=sys.stderr)  # noqa: T201 - where the program speaks


def fitted(line: str) -> str:
    """Return a line as lines of at most 79 letters, all set in as the first one is.

    A word that is longer, such as a path, stays whole, so that it can be copied.
    """
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line.strip(),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


@contextmanager
def errors_shown(*, as_json: bool) -> Iterator[None]:
    """Turn errors into a message on stderr, or JSON, and an exit code.

    What the system refuses is told like any other error. A fault of the program
    itself keeps its traceback on stderr, below one line of JSON on stdout.
    """
    try:
        yield
    except PamiersError as error:
        fail(error, as_json=as_json)
    except (typer.Exit, BrokenPipeError):
        raise
    except OSError as error:
        fail(_refused_by_system(error), as_json=as_json)
    except Exception as fault:
        if as_json:
            print_json(_unforeseen(fault))
        raise


def fail(error: PamiersError, *, as_json: bool, code: int | None = None) -> NoReturn:
    """Show an error and leave.

    Args:
        error: What to show.
        as_json: Also as one line of JSON.
        code: Exit code; None for the one that the error's class stands for.
    """
    if as_json:
        print_json(error.to_dict())
    warn(f"Error: {error}")
    if code is None:
        code = MISUSED if isinstance(error, UsageError) else ERROR
    raise typer.Exit(code) from error


def _refused_by_system(error: OSError) -> StoreError:
    return StoreError(
        str(error.filename or "system"),
        expected="a file or folder that can be used",
        got=error.strerror or str(error),
        remedy="Check the name, the permissions and the space, then run it again.",
    )


def _unforeseen(fault: Exception) -> dict[str, object]:
    remedy = "Report this with the lines on stderr; the record is as it was."
    message = f"pamiers: expected no such fault, got {type(fault).__name__}. {remedy}"
    return {
        "error": type(fault).__name__,
        "file": "pamiers",
        "line": None,
        "column": None,
        "path": None,
        "message": message,
        "remedy": remedy,
    }


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
