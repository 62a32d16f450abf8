"""`pamiers ingest`: read a file into the record, accounting for every row."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import (
    JSON_OPTION,
    QUARANTINED,
    errors_shown,
    print_json,
    progress,
    say,
    table,
    warn,
)


def ingest(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")],
    *,
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Format; found out if left out."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="How columns map to fields (YAML)."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Source, where the file does not say."),
    ] = None,
    release: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Release of a source that corrects itself."),
    ] = None,
    released_on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Day the release was published."),
    ] = None,
    covers: Annotated[
        str | None,
        typer.Option(
            metavar="FROM/TO",
            help="Days the release covers, both included: absence in them withdraws.",
        ),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Read a file into the record, every row accounted.

    Leaves with code 3 when a row is quarantined, or when there was no row at all.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.receive import Request, receive

        request = Request(
            format=format_name,
            mapping=mapping,
            source=source,
            release=release,
            released_on=released_on,
            covers=covers,
        )
        with progress(f"Reading {file.name}") as shown:
            received = receive(folder, file, request, shown)
    if as_json:
        print_json(received)
    else:
        _show(received)
    if received["quarantined"] or not received["rows_read"]:
        raise typer.Exit(QUARANTINED)


def _show(received: dict[str, object]) -> None:
    counted = ("rows_read", "accepted", "duplicate", "quarantined", "header")
    rows = [[name.replace("_", " "), str(received[name])] for name in counted]
    say(table(rows, ["", "rows"]))
    _show_mapping("categories", received["counts"])
    _show_mapping("changes", received.get("changes"))
    notes = received["notes"]
    for note in notes if isinstance(notes, list) else []:
        many = "1 row" if note["rows"] == 1 else f"{note['rows']} rows"
        say(f"{note['code']} ({many}): {note['message']}")
    refusals = received["refusals"]
    for each in refusals if isinstance(refusals, list) else []:
        warn(f"{each['file']}:{each['line']}: {each['code']}: {each['message']}")
        warn(f"    {each['remedy']}")
    say(f"Head of the record: {received['head']}")


def _show_mapping(title: str, values: object) -> None:
    if isinstance(values, dict) and values:
        say(f"{title}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
