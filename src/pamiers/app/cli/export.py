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
        from pamiers.app.wiring import opened, write_file
        from pamiers.mission.export import export_files
        from pamiers.mission.published import as_of_instant

        with opened(folder) as mission:
            instant = None if as_of is None else as_of_instant(mission, as_of)
            files = export_files(mission, edition=edition, as_of=instant)
        for name, data in files.items():
            write_file(output / name, data)
    sizes = {name: len(data) for name, data in files.items()}
    if as_json:
        print_json({"folder": str(output), "edition": edition, "files": sizes})
        return
    rows = [[name, str(size)] for name, size in sizes.items()]
    say(table(rows, [f"{edition} edition in {output}", "bytes"]))
