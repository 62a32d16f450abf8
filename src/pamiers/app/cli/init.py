"""`pamiers init`: begin a mission on an agreement."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import (
    DATABASE_OPTION,
    JSON_OPTION,
    errors_shown,
    print_json,
    say,
)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    agreement: Annotated[
        str,
        typer.Option(
            help="Folder of the agreement, or the name of a bundled one.",
            metavar="PATH",
        ),
    ],
    *,
    database: Annotated[str | None, DATABASE_OPTION] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Begin a mission on an agreement, in a new folder."""
    with errors_shown(as_json=as_json):
        from pamiers.app.begin import begin_mission

        begun = begin_mission(folder, agreement, database)
    if as_json:
        print_json(begun)
        return
    say(f"Mission begun in {folder} on {begun['agreement']}.")
    say(f"Head of the record: {begun['head']}")
    say(f"Next: pamiers ingest {folder} FILE --format NAME")
