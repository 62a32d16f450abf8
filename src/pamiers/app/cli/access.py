"""`pamiers access`: who may do what, from the folder itself.

Whoever holds the folder gives the first roles; later ones may be given over HTTP.
"""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table

_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")
_NAME = typer.Argument(metavar="NAME", help="Whom.")
access = typer.Typer(
    help="Enrol people, and show who may do what.", no_args_is_help=True
)


@access.command("enrol")
def enrol(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    name: Annotated[str, _NAME],
    *,
    role: Annotated[
        list[str], typer.Option("--role", metavar="ROLE", help="May be repeated.")
    ],
    office: Annotated[
        str | None, typer.Option(metavar="ID", help="Party or role he acts for.")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="ID", help="Source he may send for."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Enrol somebody and print a token, once."""
    with errors_shown(as_json=as_json):
        from pamiers.app.enrolled import enrol as run

        found = run(folder, name, role, office, source or [])
    if as_json:
        print_json(found)
        return
    say(f"{name}: {', '.join(found['roles']) or 'no role yet'}")
    if found["proposed"]:
        waiting = ", ".join(found["proposed"])
        say(f"Proposed in entry {found['entry']}, for another to approve: {waiting}")
    say(f"Token, shown once: {found['token']}")


@access.command("list")
def listed(
    folder: Annotated[Path, _FOLDER],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List who is enrolled, and with which roles."""
    with errors_shown(as_json=as_json):
        from pamiers.app.enrolled import principals

        found = principals(folder)
    if as_json:
        print_json({"principals": found})
        return
    rows = [
        [str(each["name"]), " ".join(each["roles"]), " ".join(each["sources"])]
        for each in found
    ]
    say(table(rows, ["name", "roles", "sources"]))


@access.command("matrix")
def matrix(*, as_json: Annotated[bool, JSON_OPTION] = False) -> None:
    """Show the permission matrix: what each role may do to which class of thing."""
    from pamiers.mission.access.permissions import CLEARANCE, MATRIX

    if as_json:
        print_json({role: dict(does) for role, does in MATRIX.items()})
        return
    for role, does in MATRIX.items():
        reach = CLEARANCE[role].value if role in CLEARANCE else "public"
        say(f"{role} (sees what is for: {reach})")
        for action, classes in does.items():
            say(f"  {action}: {', '.join(classes)}")
