"""`pamiers site`: the public site of a mission, as plain files."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, progress, say


def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "--out", "-o", metavar="FOLDER", help="Where to."),
    ],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Write the public site: map, findings, record and reports."""
    with errors_shown(as_json=as_json):
        from pamiers.app.site import write_site

        with progress("Writing the site") as shown:
            written = write_site(folder, output, shown)
    if as_json:
        print_json(written)
        return
    say(f"{written['pages']} pages of the public edition in {output}.")
    say(f"Head of the record: {written['head']}")
