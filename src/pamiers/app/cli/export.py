"""`pamiers export`: everything that stands, as files."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to.")
    ],
    edition: Annotated[
        str, typer.Option(help="Who will read it: public, parties or commission.")
    ] = "public",
    as_of: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="As known at an instant or a release."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Write everything that stands as JSON lines."""
    with errors_shown(as_json=as_json):
        from pamiers.app.publication import write_export

        sizes = write_export(folder, output, edition=edition, as_of=as_of)
    if as_json:
        print_json({"folder": str(output), "edition": edition, "files": sizes})
        return
    rows = [[name, str(size)] for name, size in sizes.items()]
    say(table(rows, [f"{edition} edition in {output}", "bytes"]))
