"""`pamiers backup` and `restore`: copy a mission, and put a copy in its place."""

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


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    target: Annotated[Path, typer.Argument(metavar="COPY", help="A new folder.")],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Copy a mission that may be in use, and verify the copy.

    The copy holds the key of the record: keep it as safe as the mission.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.backup import backup as copied

        told = copied(folder, target)
    _tell(told, f"Copied to {target}", as_json=as_json)


def restore(
    source: Annotated[Path, typer.Argument(metavar="COPY", help="Made by backup.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    *,
    database: Annotated[str | None, DATABASE_OPTION] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Put a verified copy in the place of a mission that was lost."""
    with errors_shown(as_json=as_json):
        from pamiers.app.backup import restore as restored

        told = restored(source, folder, database)
    _tell(told, f"Restored to {folder}", as_json=as_json)


def _tell(told: dict[str, object], what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    say(f"{what}: {told['entries']} entries, {told['files']} files, all verified.")
    say(f"Head {told['head']}")
