"""`pamiers export`: everything that stands, as files."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table


def export(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Files, into a folder."),
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="One file that anybody can check without pamiers."
        ),
    ] = None,
    edition: Annotated[
        str, typer.Option(help="Who will read it: public, parties or commission.")
    ] = "public",
    form: Annotated[
        str,
        typer.Option("--format", help="jsonl, csv (with HXL), xlsx, gpkg or tiles."),
    ] = "jsonl",
    as_of: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="As known at an instant or a release."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Write what stands as files, or the record as one file."""
    with errors_shown(as_json=as_json):
        _check_target(output, bundle, as_of)
        if bundle is not None:
            from pamiers.app.publication import write_bundle_of

            sizes = write_bundle_of(folder, bundle, edition=edition)
        else:
            from pamiers.app.publication import write_export

            sizes = write_export(
                folder,
                Path(output or "."),
                edition=edition,
                as_of=as_of,
                form=form,
            )
    target = bundle or output
    if as_json:
        key = "folder" if bundle is None else "bundle"
        print_json({key: str(target), "edition": edition, "files": sizes})
        return
    rows = [[name, str(size)] for name, size in sizes.items()]
    say(table(rows, [f"{edition} edition in {target}", "bytes"]))


def _check_target(output: Path | None, bundle: Path | None, as_of: str | None) -> None:
    from pamiers.core.errors import UsageError

    if (output is None) == (bundle is None):
        raise UsageError(
            "export",
            expected="either --output FOLDER or --bundle FILE",
            got="neither" if output is None else "both",
            remedy="Name one of them.",
        )
    if bundle is not None and as_of is not None:
        raise UsageError(
            "--as-of",
            expected="no --bundle beside it",
            got="one",
            remedy="A bundle holds the whole record; leave --as-of out.",
        )
