"""`pamiers demo`: the bundled case, from its agreement to a daily report."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import (
    JSON_OPTION,
    errors_shown,
    print_json,
    progress,
    say,
    table,
    warn,
)

DEFAULT = Path("demo-mission")


def demo(
    *,
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help="Where the mission is kept.")
    ] = DEFAULT,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Show the reports in a browser.")
    ] = True,
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port on localhost; 0 for any.")
    ] = 0,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Run the bundled case, from agreement to report."""
    with errors_shown(as_json=as_json):
        from pamiers.app.bundled_case import run_case

        with progress("Running the bundled case") as shown:
            done = run_case(folder, shown)
    if as_json:
        print_json(done.values)
    else:
        say(
            table(
                done.days,
                ["day", *done.verdicts, "published / on record"],
            )
        )
        say(done.words)
    if serve:
        with errors_shown(as_json=False):  # the line of JSON is printed already
            _serve(folder / "reports", port)


def _serve(folder: Path, port: int) -> None:
    import contextlib
    import threading
    import webbrowser

    from pamiers.app.serve import served

    with served(folder, port) as address, contextlib.suppress(KeyboardInterrupt):
        warn(f"Reports: {address} (Ctrl-C ends)")
        webbrowser.open(address)
        threading.Event().wait()
