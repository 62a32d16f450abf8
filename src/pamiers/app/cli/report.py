"""`pamiers report`: the reports of a mission."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say
from pamiers.core.errors import UsageError

DAY: Final = typer.Option(metavar="DATE", help="Day whose cut-off ends the period.")
CASE: Final = typer.Option(
    metavar="ID", help="Instead: the dossier of a case, html or pdf."
)
KIND: Final = typer.Option(
    help="daily, flash, preliminary, weekly, movement or withdrawal; the last three "
    "cover seven days."
)
EDITION: Final = typer.Option(help="Who will read it: public, parties or commission.")
FORMAT: Final = typer.Option("--format", help="html, pdf, json, geojson or svg.")
ISSUE: Final = typer.Option(
    "--issue", help="Put on record that it was issued; a later one tells what changed."
)
OUTPUT: Final = typer.Option(
    "--output", "-o", metavar="FILE", help="Where to; else stdout."
)


def report(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    day: Annotated[str | None, DAY] = None,
    case: Annotated[str | None, CASE] = None,
    kind: Annotated[str, KIND] = "daily",
    edition: Annotated[str, EDITION] = "public",
    lang: Annotated[str, typer.Option(help="Language: en, uk, fr or lv.")] = "en",
    format_name: Annotated[str, FORMAT] = "html",
    issue: Annotated[bool, ISSUE] = False,
    output: Annotated[Path | None, OUTPUT] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Write the report of a day, or of the week it ends."""
    with errors_shown(as_json=as_json):
        from pamiers.app.dossiers import write_dossier
        from pamiers.app.paper import Wanted, write_report

        if as_json and output is None:
            raise UsageError(
                "--json",
                expected="--output FILE beside it",
                got="none",
                remedy="Name a file: stdout holds the one line of JSON.",
            )
        if (day is None) == (case is None):
            raise UsageError(
                "report",
                expected="either --day or --case",
                got="neither" if day is None else "both",
                remedy="Name one of them.",
            )
        wanted = Wanted(
            day=day or "",
            kind=kind,
            issue=issue,
            edition=edition,
            language=lang,
            format=format_name,
        )
        if case is not None:
            written = write_dossier(folder, case, wanted, output)
        else:
            written = write_report(folder, wanted, output)
    if as_json:
        print_json(written)
    elif output is not None:
        say(f"{output}: {written['bytes']} bytes, head {written['head']}")
