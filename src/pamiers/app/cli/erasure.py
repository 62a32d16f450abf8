"""`pamiers erasure`: forget what an entry says, by two persons."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table

_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")
_TOKEN = typer.Option(
    "--token",
    metavar="TOKEN",
    envvar="PAMIERS_TOKEN",
    help="Your token; better in the environment.",
)
erasure = typer.Typer(
    help="Forget what an entry says; two persons do.", no_args_is_help=True
)


@erasure.command("propose")
def propose(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    entry: Annotated[int, typer.Argument(metavar="ENTRY", min=0, help="Which.")],
    *,
    field: Annotated[
        list[str], typer.Option("--field", metavar="NAME", help="May be repeated.")
    ],
    why: Annotated[str, typer.Option(metavar="TEXT", help="A reason, on record.")],
    token: Annotated[str, _TOKEN],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Propose that fields of an entry be forgotten; another person approves."""
    with errors_shown(as_json=as_json):
        from pamiers.app.erasing import propose as run

        found = run(folder, entry, field, why, token)
    if as_json:
        print_json(found)
        return
    say(f"Proposal {found['proposal']}, for another than {found['by']} to approve.")


@erasure.command("approve")
def approve(
    folder: Annotated[Path, _FOLDER],
    proposal: Annotated[int, typer.Argument(metavar="PROPOSAL", min=0, help="Which.")],
    *,
    token: Annotated[str, _TOKEN],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Approve what another proposed: it is overwritten at once, and for good."""
    with errors_shown(as_json=as_json):
        from pamiers.app.erasing import approve as run

        found = run(folder, proposal, token)
    _tell(found, as_json=as_json)


@erasure.command("finish")
def finish(
    folder: Annotated[Path, _FOLDER],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Overwrite what was approved and is not done, such as after a power cut."""
    with errors_shown(as_json=as_json):
        from pamiers.app.erasing import finish_all as run

        found = run(folder)
    _tell(found, as_json=as_json)


@erasure.command("list")
def listed(
    folder: Annotated[Path, _FOLDER],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List what was proposed, by whom and why, and what was done."""
    with errors_shown(as_json=as_json):
        from pamiers.app.erasing import listed as run

        found = run(folder)
    if as_json:
        print_json({"erasures": found})
        return
    names = ("proposal", "entry", "by", "second", "done", "why")
    rows = [[str(each[name] or "") for name in names] for each in found]
    say(table(rows, list(names)))


def _tell(found: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    entries = found["entries"]
    assert isinstance(entries, list)  # noqa: S101 - made above
    say(f"Forgotten in entries: {', '.join(map(str, entries)) or 'none'}.")
    if not found["log_clean"]:
        say("The database's log may hold it still: stop the service and run this")
        say("again; a server keeps it until it drops that part of its log.")
    say("Copies made before still hold it: make new ones, and destroy those.")
