"""The `pamiers` program: its commands, and how it starts.

Commands are imported here; what they need is imported inside them, so that
`pamiers --help` answers at once.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer
from typer.core import TyperGroup

from pamiers.app.cli import versions
from pamiers.app.cli.access import access
from pamiers.app.cli.agreement import agreement
from pamiers.app.cli.backup import backup, restore
from pamiers.app.cli.calendar import calendar
from pamiers.app.cli.calibrate import calibrate
from pamiers.app.cli.case import case
from pamiers.app.cli.demo import demo
from pamiers.app.cli.deploy import deploy
from pamiers.app.cli.erasure import erasure
from pamiers.app.cli.export import export
from pamiers.app.cli.form import form
from pamiers.app.cli.fsck import fsck
from pamiers.app.cli.hotline import hotline
from pamiers.app.cli.importing import import_bundle
from pamiers.app.cli.incident import incident
from pamiers.app.cli.ingest import ingest
from pamiers.app.cli.init import init
from pamiers.app.cli.judge import assess, explain, fuse
from pamiers.app.cli.key import key
from pamiers.app.cli.ledger import ledger
from pamiers.app.cli.output import print_json
from pamiers.app.cli.quarantine import quarantine
from pamiers.app.cli.rehearse import rehearse
from pamiers.app.cli.replay import replay
from pamiers.app.cli.report import report
from pamiers.app.cli.serve import serve
from pamiers.app.cli.simulate import simulate
from pamiers.app.cli.site import site
from pamiers.app.cli.status import status
from pamiers.app.cli.stress import stress
from pamiers.app.cli.taxonomy import taxonomy
from pamiers.app.cli.verify import checkpoint, verify
from pamiers.app.cli.witness import witness
from pamiers.app.cli.work import complaint, work

_AS_JSON: Final = "pamiers.json"
#: typer does not export the base of the errors of wrong use; this one is exported
_MISUSE: Final[type[Exception]] = typer.BadParameter.__mro__[1]


class Program(TyperGroup):
    """The root command: wrong use is told as JSON too, where that is asked for."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Any = None,  # noqa: ANN401 - typer's own form
        **extra: Any,  # noqa: ANN401 - any value
    ) -> Any:  # noqa: ANN401 - any value
        """Read the arguments, noting whether JSON is asked for."""
        as_json = "--json" in args
        with _misuse_shown(as_json=as_json):
            context = super().make_context(info_name, args, parent, **extra)
        context.meta[_AS_JSON] = as_json
        return context

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - any value
        """Run the command that is named."""
        with _misuse_shown(as_json=ctx.meta[_AS_JSON]):
            return super().invoke(ctx)


@contextmanager
def _misuse_shown(*, as_json: bool) -> Iterator[None]:
    try:
        yield
    except _MISUSE as error:
        if as_json:
            print_json(_told(error))
        raise


def _told(error: Any) -> dict[str, object]:  # noqa: ANN401 - any value
    command = "pamiers" if error.ctx is None else error.ctx.command_path
    remedy = f"See `{command} --help`."
    return {
        "error": "UsageError",
        "file": command,
        "line": None,
        "column": None,
        "path": None,
        "message": f"{command}: {error.format_message()} {remedy}",
        "remedy": remedy,
    }


app = typer.Typer(
    name="pamiers",
    cls=Program,
    help="Monitor whether an agreement to stop fighting is being kept.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(demo)
agreement.command("record")(versions.record)
agreement.command("sign")(versions.sign)
agreement.command("versions")(versions.versions)
app.add_typer(agreement, name="agreement")
app.command()(init)
app.command()(status)
app.command()(ingest)
app.add_typer(form, name="form")
app.add_typer(quarantine, name="quarantine")
app.add_typer(taxonomy, name="taxonomy")
app.command()(calibrate)
app.command()(fuse)
app.add_typer(incident, name="incident")
app.command()(assess)
app.command()(explain)
app.add_typer(case, name="case")
app.command()(complaint)
app.command()(hotline)
app.command()(work)
app.command()(calendar)
app.command()(ledger)
app.command()(report)
app.command()(export)
app.command()(site)
app.command()(replay)
app.command()(checkpoint)
app.command()(verify)
app.command()(witness)
app.command()(fsck)
app.command()(backup)
app.command()(restore)
app.command("import")(import_bundle)
app.command()(serve)
app.add_typer(access, name="access")
app.add_typer(key, name="key")
app.add_typer(erasure, name="erasure")
app.command()(stress)
app.command()(deploy)
app.command()(rehearse)
app.command()(simulate)


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
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file's name need not be text, and a terminal need not know every letter.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        # The other end of a pipe, such as `head`, has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
