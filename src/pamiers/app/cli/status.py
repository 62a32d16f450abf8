"""`pamiers status`: what is on record, and what stands of it."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="As known at an instant or a release."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show what is on record, and what stands of it."""
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import opened
        from pamiers.mission.published import as_of_instant
        from pamiers.mission.status import status_of

        with opened(folder) as mission:
            instant = None if as_of is None else as_of_instant(mission, as_of)
            found = status_of(mission, as_of=instant)
    if as_json:
        print_json(found)
        return
    say(f"Agreement: {found['agreement']}")
    rows = [
        [name.replace("_", " "), str(value)]
        for name, value in found.items()
        if isinstance(value, int)
    ]
    say(table(rows, ["", "number"]))
    say(f"Head of the record: {found['head']}")
