"""`pamiers form`: the field form for phones that run ODK Collect or KoboCollect."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, warn

form = typer.Typer(
    help="Give the field form to ODK or Kobo, and read forms of theirs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@form.command("export")
def export_form(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The workbook.")
    ],
    form_name: Annotated[
        str, typer.Option("--format", metavar="NAME", help="xlsform.")
    ] = "xlsform",
    source: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Source that these phones report for."),
    ] = None,
    language: Annotated[
        str, typer.Option(help="Language it opens in: en, uk, fr or lv.")
    ] = "en",
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Write the mission's field form as an XLSForm."""
    with errors_shown(as_json=as_json):
        from pamiers.app.field_form import write_form

        told = write_form(
            folder, output, form=form_name, source=source, language=language
        )
    if as_json:
        print_json(told)
        return
    say(f"{told['file']}: form {told['form']}, version {told['version']},")
    say(f"{told['questions']} questions in {', '.join(told['languages'])}.")
    say("Read what it collects with `pamiers ingest DIR FILE --format odk`.")


@form.command("import")
def import_form(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An XLSForm, .xlsx.")],
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="MAPPING", help="The mapping file."),
    ],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Write how the questions of an XLSForm become fields, for `ingest --mapping`.

    Says of every question what becomes of it, and what is still to be filled in.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.foreign_form import write_mapping

        told = write_mapping(file, output)
    if as_json:
        print_json(told)
        return
    for each in told["questions"]:
        say(f"{each['name']}: {each['becomes']}")
    for each in told["to_do"]:
        warn(each)
    say(f"Written to {told['file']}. Check it, then:")
    say(f"pamiers ingest DIR FILE --format odk --mapping {told['file']}")
