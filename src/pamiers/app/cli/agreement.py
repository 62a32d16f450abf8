"""`pamiers agreement`: check it, show it in words, print the language's schema."""

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from pamiers.app.cli.output import (
    ERROR,
    JSON_OPTION,
    errors_shown,
    fail,
    print_json,
    say,
    warn,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pamiers.agreement import Complaint, Read, Written
    from pamiers.app.scenario_files import Outcome

agreement = typer.Typer(
    help="Begin, check, show and compare agreements.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

PATH: Final = typer.Argument(
    metavar="PATH", help="Folder of the agreement, or the name of a bundled one."
)
LANGUAGE: Final = typer.Option("--language", "--lang", help="en, uk or fr.")
PROSE_IN: Final = typer.Option(
    "--language", "--lang", help="en, uk or fr; en where left out."
)
FOLDER: Final = typer.Argument(metavar="DIR", help="New or empty folder.")
TEMPLATE: Final = typer.Option("--template", help="Which one; --list names them.")
PROCEDURE: Final = typer.Option("--procedure", help="A worked procedure instead.")
LIST: Final = typer.Option("--list", help="Print the names of the templates.")
OLD: Final = typer.Argument(metavar="OLD", help="The earlier version.")
NEW: Final = typer.Argument(metavar="NEW", help="The later version.")
TABLE: Final = typer.Option("--table", help="One page: who owes what, by when.")
HTML: Final = typer.Option("--html", help="That page as HTML, for A4 landscape.")
_ORDER: Final = ("error", "blank", "warning")
_ALIKE: Final = 3  #: warnings or blanks of one code that are told in full
_HEADS: Final = {
    "error": "Errors: it cannot run",
    "blank": "Blanks: still to be agreed",
    "warning": "Warnings: no hindrance, but worth knowing",
}


@agreement.command()
def check(
    path: Annotated[str, PATH],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Name what is wrong or missing, with line and remedy.

    Of blanks and warnings of one code the first three are told, and the lines of
    the others; --json has all. Leaves with 0 when it can run, else with 1.
    """
    with errors_shown(as_json=as_json):
        from pamiers.procedure.checking import check_cases

        played = check_cases(_checked(path))
        read = played.read
    if as_json:
        print_json(
            {
                "runnable": read.runnable,
                "complaints": [each.to_dict() for each in read.complaints],
                "procedures": played.to_dict(),
            }
        )
    else:
        _tell(read)
    if not read.runnable:
        raise typer.Exit(ERROR)


@agreement.command()
def show(
    path: Annotated[str, PATH],
    *,
    language: Annotated[str | None, PROSE_IN] = None,
    table: Annotated[bool, TABLE] = False,
    as_html: Annotated[bool, HTML] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show an agreement as prose, with who signed what.

    Blanks and rival claims are shown as they are; errors go to stderr. With --table
    it is one page: who owes what, to whom, by when, watched by what, answered how.
    With --json it is the data, every language in them; with --json and --language
    the prose in that language, part by part.
    """
    with errors_shown(as_json=as_json):
        written = _written(path, as_json=as_json)
        if table or as_html:
            _show_table(written, language or "en", as_html=as_html, as_json=as_json)
        elif as_json:
            print_json(_as_data(written, language))
        else:
            from pamiers.agreement import show as told

            say(told(written, language or "en").rstrip("\n"))


def _as_data(written: "Written", language: str | None) -> "Mapping[str, object]":
    if language is not None:
        from pamiers.agreement.prose.show import show_parts

        return show_parts(written, language)
    from pamiers.agreement import to_dict

    return to_dict(written)


def _show_table(
    written: "Written", language: str, *, as_html: bool, as_json: bool
) -> None:
    import dataclasses

    from pamiers.agreement.prose.table import commitments, page_html, page_text

    if as_json:
        rows = commitments(written, language)
        print_json({"commitments": [dataclasses.asdict(each) for each in rows]})
        return
    page = page_html if as_html else page_text
    say(page(written, language).rstrip("\n"))


@agreement.command("test")
def scenarios(
    path: Annotated[str, PATH],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Run the scenarios of an agreement: facts in, verdicts out.

    They are the files scenarios/*.yaml of its folder. Leaves with 1 where one of
    them does not come out as it says, or where there is none.
    """
    from pamiers.app.scenario_files import run_scenarios

    with errors_shown(as_json=as_json):
        outcomes = list(run_scenarios(path))
    if as_json:
        print_json([_plain(each) for each in outcomes])
    else:
        _tell_outcomes(outcomes)
    if not outcomes or not all(each.passed for each in outcomes):
        raise typer.Exit(ERROR)


def _plain(outcome: "Outcome") -> dict[str, object]:
    return {
        "file": outcome.file,
        "scenario": outcome.title,
        "passed": outcome.passed,
        "error": outcome.error,
        "failures": [
            {"line": each.line, "clause": each.clause, "reasons": list(each.reasons)}
            for each in outcome.failures
        ],
    }


def _tell_outcomes(outcomes: "list[Outcome]") -> None:
    for each in outcomes:
        head = "came out" if each.passed else "DID NOT COME OUT"
        say(_folded(f"{each.title}: {head}"))
        if each.error is not None:
            say(_folded(each.error, indent="    "))
        for failure in each.failures:
            say(_folded(f"{each.file}:{failure.line}: {failure.clause}", indent="  "))
            for reason in failure.reasons:
                say(_folded(reason, indent="    "))
    good = sum(each.passed for each in outcomes)
    say(f"{good} of {len(outcomes)} scenarios came out as they say.")


def _folded(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, 80, initial_indent=indent, subsequent_indent=f"{indent}  "
    )


@agreement.command()
def diff(
    old: Annotated[str, OLD],
    new: Annotated[str, NEW],
    *,
    language: Annotated[str, LANGUAGE] = "en",
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Say in words what changed between two versions, and for whom.

    Order, comments and ways of writing a number are no change.
    """
    with errors_shown(as_json=as_json):
        import dataclasses

        from pamiers.agreement.diff.change import diff as compared
        from pamiers.agreement.diff.page import page_text

        before = _written(old, as_json=as_json)
        after = _written(new, as_json=as_json)
        changes = compared(before, after, language)
        text = page_text(before, after, language)
    if as_json:
        print_json({"changes": [dataclasses.asdict(each) for each in changes]})
    else:
        say(text.rstrip("\n"))


@agreement.command()
def new(
    folder: Annotated[Path | None, FOLDER] = None,
    *,
    template: Annotated[str, TEMPLATE] = "ceasefire",
    procedure: Annotated[str | None, PROCEDURE] = None,
    listed: Annotated[bool, LIST] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Begin an agreement from a template, in a new folder.

    Parties, places and figures in it are invented: replace them by yours.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.agreement_files import worked_procedures
        from pamiers.app.templates import begin_agreement, begin_procedure, templates

        if listed:
            _list(templates(), worked_procedures(), as_json=as_json)
            return
        if folder is None:
            raise typer.BadParameter("give the folder to make, or --list")
        begun = (
            begin_agreement(folder, template)
            if procedure is None
            else begin_procedure(folder, procedure)
        )
    if as_json:
        print_json(begun)
    else:
        held = f"template {template}" if procedure is None else f"{procedure}"
        say(f"{folder} holds the {held}. Change it, and run:")
        say(f"  pamiers agreement check {folder}")


def _list(names: list[str], worked: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json({"templates": names, "procedures": worked})
        return
    for name in names:
        say(name)
    warn(f"Procedures, for --procedure: {', '.join(worked)}.")


@agreement.command()
def migrate(
    path: Annotated[str, typer.Argument(metavar="PATH", help="Folder of yours.")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only print what would change.")
    ] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Rewrite an agreement of an older version of the language in the newest.

    Only the words that have to change are; comments and order stay. Older versions
    are read all the same: nothing has to be migrated.
    """
    from pamiers.app.agreement_files import rewrite_agreement

    with errors_shown(as_json=as_json):
        edits = rewrite_agreement(path, write=not dry_run)
    if as_json:
        print_json([{"edit": str(each)} for each in edits])
        return
    for each in edits:
        say(str(each))
    if not edits:
        say("Nothing to change: it is in the newest version.")


@agreement.command()
def schema(
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Print the JSON Schema of agreement.yaml, for editors."""
    from pamiers.agreement import json_schema

    if as_json:
        print_json(json_schema())
    else:
        say(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _checked(path: str) -> "Read":
    """Return an agreement with every complaint; bytes that are no text are one."""
    from pamiers.agreement import check as examined
    from pamiers.agreement import read, unreadable
    from pamiers.app.agreement_files import agreement_texts
    from pamiers.core.errors import MalformedAgreementError

    try:
        return examined(read(agreement_texts(path)))
    except MalformedAgreementError as error:
        return unreadable(error)


def _written(path: str, *, as_json: bool) -> "Written":
    """Return an agreement as written, or leave with why it cannot be read."""
    read = _checked(path)
    if read.written is None:
        _refuse(read, as_json=as_json)
    return read.written


def _refuse(read: "Read", *, as_json: bool) -> NoReturn:
    from pamiers.core.errors import MalformedAgreementError, Where

    for each in read.complaints:
        warn(f"{each}\n  {each.remedy}")
    first = read.complaints[0]
    error = MalformedAgreementError(
        Where(first.file, line=first.line, field=first.path),
        expected="an agreement that can be read",
        got=f"{len(read.complaints)} complaints",
        remedy="Run `pamiers agreement check` for each of them.",
    )
    fail(error, as_json=as_json)


def _tell(read: "Read") -> None:
    """Print complaints for a person, grouped by how far they stand in the way."""
    for severity in _ORDER:
        found = [each for each in read.complaints if each.severity == severity]
        if found:
            say(f"{_HEADS[severity]} ({len(found)})")
            _each(found, most=len(found) if severity == "error" else _ALIKE)
            say()
    counts = [
        f"{sum(each.severity == severity for each in read.complaints)} {severity}s"
        for severity in _ORDER
    ]
    say(f"{'Runnable' if read.runnable else 'Not runnable'}: {', '.join(counts)}.")


def _each(found: "list[Complaint]", most: int) -> None:
    """Print complaints; of one code the first few, then where the others stand."""
    by_code: dict[str, list[Complaint]] = {}
    for each in found:
        by_code.setdefault(each.code, []).append(each)
    said = ""
    for each in found:
        if each in by_code[each.code][:most]:
            _wrapped(f"{each} [{each.code}]", 2, 4)
            if each.remedy != said:
                _wrapped(f"-> {each.remedy}", 4, 7)
            said = each.remedy
    for code, alike in by_code.items():
        lines = ", ".join(str(each.line) for each in alike[most:])
        if lines:
            _wrapped(f"... and {len(alike) - most} more [{code}], lines {lines}", 2, 4)


def _wrapped(text: str, first: int, rest: int) -> None:
    say(
        textwrap.fill(
            text,
            80,
            initial_indent=" " * first,
            subsequent_indent=" " * rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
