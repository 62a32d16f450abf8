"""The `pamiers` program: its commands, and how it starts.

Commands are imported here; what they need is imported inside them, so that
`pamiers --help` answers at once.
"""

import os
import sys

import typer

from pamiers.app.cli.agreement import agreement
from pamiers.app.cli.demo import demo
from pamiers.app.cli.export import export
from pamiers.app.cli.ingest import ingest
from pamiers.app.cli.init import init
from pamiers.app.cli.judge import assess, explain, fuse
from pamiers.app.cli.quarantine import quarantine
from pamiers.app.cli.replay import replay
from pamiers.app.cli.report import report
from pamiers.app.cli.status import status

app = typer.Typer(
    name="pamiers",
    help="Monitor whether an agreement to stop fighting is being kept.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(demo)
app.add_typer(agreement, name="agreement")
app.command()(init)
app.command()(status)
app.command()(ingest)
app.add_typer(quarantine, name="quarantine")
app.command()(fuse)
app.command()(assess)
app.command()(explain)
app.command()(report)
app.command()(export)
app.command()(replay)


def version(*, wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from importlib.metadata import version as installed

        typer.echo(f"pamiers {installed('pamiers')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _version: bool = typer.Option(
        False,  # noqa: FBT003 - typer's own form
        "--version",
        help="Print the version and leave.",
        callback=lambda value: version(wanted=value),
        is_eager=True,
    ),
) -> None:
    """Monitor whether an agreement to stop fighting is being kept."""


def run() -> None:
    """Start the program; a reader that hangs up early is not an error."""
    try:
        app()
    except BrokenPipeError:
        # The other end of a pipe, such as `head`, has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
