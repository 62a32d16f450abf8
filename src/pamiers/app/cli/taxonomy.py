"""`pamiers taxonomy`: what the words of sources mean, as tables that people edit."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import (
    ERROR,
    JSON_OPTION,
    errors_shown,
    print_json,
    say,
    table,
)

taxonomy = typer.Typer(
    help="List, show, check and set tables of sources' words.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_NAME = typer.Argument(metavar="NAME", help="Name of a table, such as acled.")
_MISSION = typer.Option("--mission", metavar="DIR", help="As a mission has them.")
_FILE = typer.Argument(metavar="FILE", help="A table, CSV.")
_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")


@taxonomy.command("list")
def list_tables(
    *,
    mission: Annotated[Path | None, _MISSION] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List the tables in force, and how many words each has."""
    with errors_shown(as_json=as_json):
        from pamiers.app.taxonomy_values import tables

        found = tables(mission)
    if as_json:
        print_json(found)
        return
    rows = [[each["name"], str(each["words"]), each["sources"]] for each in found]
    say(table(rows, ["table", "words", "sources"]))


@taxonomy.command()
def show(
    name: Annotated[str, _NAME],
    *,
    mission: Annotated[Path | None, _MISSION] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Print a table as CSV, to be edited."""
    with errors_shown(as_json=as_json):
        from pamiers.app.taxonomy_values import text_of

        text = text_of(name, mission)
    if as_json:
        print_json({"name": name, "text": text})
        return
    say(text.rstrip("\n"))


@taxonomy.command()
def check(
    file: Annotated[Path, _FILE],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Name all that is wrong with a table, with line and remedy."""
    with errors_shown(as_json=as_json):
        from pamiers.app.taxonomy_values import checked

        found = checked(file)
    if as_json:
        print_json(found)
    else:
        for each in found["complaints"]:
            say(each["message"])
        say(f"{found['words']} words, {len(found['complaints'])} complaints.")
    if found["complaints"]:
        raise typer.Exit(ERROR)


@taxonomy.command("set")
def set_table(
    folder: Annotated[Path, _FOLDER],
    file: Annotated[Path, _FILE],
    *,
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, in a sentence.")],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Put a table on record, in place of the one named as the file is."""
    with errors_shown(as_json=as_json):
        from pamiers.app.taxonomy_values import put

        found = put(folder, file, (by, reason))
    if as_json:
        print_json(found)
        return
    say(f"Recorded as entry {found['entry']}: {found['name']}.")
    say("Run `pamiers calibrate` where sources were learned by the old words.")
    say(f"Head of the record: {found['head']}")
