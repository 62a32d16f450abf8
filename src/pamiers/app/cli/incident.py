"""`pamiers incident`: list and show incidents, and decide about them on record."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table
from pamiers.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pamiers.ledger.tree import Head
    from pamiers.mission.mission import Mission

COLUMNS: Final = 80

incident = typer.Typer(
    help="List, show, merge, split and correct incidents.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")
_ID = typer.Argument(metavar="ID", help="Id of an incident.")
_REPORT = typer.Argument(metavar="REPORT", help="A report, as source:key.")
_BY = typer.Option("--by", help="Who decides.")
_REASON = typer.Option("--reason", help="Why, in a sentence.")


@incident.command("list")
def list_incidents(
    folder: Annotated[Path, _FOLDER],
    *,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="List what was decided instead.")
    ] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List incidents: those that stand, were merged, or were withdrawn."""
    with errors_shown(as_json=as_json):
        from pamiers.app.incident_values import decided, incidents

        found = decided(folder) if decisions else incidents(folder)
    if as_json:
        print_json(found)
    elif decisions:
        _tell_decisions(found)
    else:
        rows = [_row(each) for each in found]
        say(table(rows, ["id", "from (UTC)", "kind", "P", "n", "status"]))


def _row(found: dict[str, Any]) -> list[str]:
    status = found["status"]
    if found["alias_of"]:
        status = f"now {found['alias_of']}"
    elif found["reopened"]:
        status += f", told {found['reopened'] + 1} times"
    return [
        found["key"],
        str(found.get("start", ""))[:16].replace("T", " "),
        str(found.get("kind", "")),
        f"{found.get('probability', 0.0):.2f}",
        str(len(found["reports"])),
        status,
    ]


def _tell_decisions(found: list[dict[str, Any]]) -> None:
    for each in found:
        force = "" if each["in_force"] else " (undone)"
        about = ", ".join((*each.get("incidents", ()), *each.get("reports", ())))
        about = about or f"entry {each.get('of')}"
        text = f"{each['entry']:>5}  {each['act']}{force}: {about}"
        say(textwrap.fill(text, 80, subsequent_indent=" " * 9))
        text = f"{each['by']}, {each['recorded_at']}: {each['reason']}"
        say(textwrap.fill(text, 80, initial_indent=" " * 9, subsequent_indent=" " * 9))
    say(f"{len(found)} {'decision' if len(found) == 1 else 'decisions'} on record.")


@incident.command()
def show(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    key: Annotated[str, _ID],
    *,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Draw the sum too.")
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option("--proof", metavar="FILE", help="Write proof it is on record."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language: en, uk, fr or lv.")] = "en",
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show one incident: the sum of its evidence, rivals, and what was said when."""
    with errors_shown(as_json=as_json):
        from pamiers.app.incident_page import show_incident, write_proof

        found = show_incident(folder, key, lang, svg)
        proven = None if proof is None else write_proof(folder, key, proof)
    if as_json:
        print_json(
            found.values if proven is None else {**found.values, "proof": proven}
        )
        return
    for each in found.lines:
        say(each if len(each) <= COLUMNS else _folded(each))
    if proven is not None:
        say(f"Proof of entry {proven['entry']} written to {proof}. Its leaf hash:")
        say(proven["leaf"])


@incident.command()
def compare(
    folder: Annotated[Path, _FOLDER],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV: incident, happened.")
    ],
    *,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Draw it too.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language: en, uk, fr or lv.")] = "en",
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Compare what was said of incidents with what was verified."""
    with errors_shown(as_json=as_json):
        from pamiers.app.compared import compared

        found = compared(folder, file, svg, lang)
    if as_json:
        print_json(found)
        return
    figures = ("said", "found", "low", "high")
    rows = [
        [*(f"{each[name]:.2f}" for name in figures), str(each["n"])]
        for each in found["points"]
    ]
    say(table(rows, ["said", "happened", "from", "to", "incidents"]))
    say(f"Brier score {found['brier']:.3f}; of the base rate {found['base']:.3f}.")
    say(f"Said and found lie {found['ece']:.3f} apart on average.")


def _folded(text: str) -> str:
    return textwrap.fill(
        text, COLUMNS, subsequent_indent="    ", break_on_hyphens=False
    )


@incident.command()
def merge(
    folder: Annotated[Path, _FOLDER],
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Ids of what is one.")
    ],
    *,
    by: Annotated[str, _BY],
    reason: Annotated[str, _REASON],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Decide that incidents are one; the oldest id is kept."""

    def run(mission: "Mission", now: "datetime") -> "tuple[int, Head]":
        from pamiers.mission.incidents import merge as decide

        return decide(mission, ids, (by, reason), now)

    _decide(folder, run, as_json=as_json)


@incident.command()
def split(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    key: Annotated[str, _ID],
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORT...", help="Reports that leave it.")
    ],
    *,
    by: Annotated[str, _BY],
    reason: Annotated[str, _REASON],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Decide that some reports tell of something else."""

    def run(mission: "Mission", now: "datetime") -> "tuple[int, Head]":
        from pamiers.mission.incidents import split as decide

        return decide(mission, key, reports, (by, reason), now)

    _decide(folder, run, as_json=as_json)


@incident.command()
def duplicate(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    report: Annotated[str, _REPORT],
    *,
    of: Annotated[str, typer.Option("--of", help="The report that it repeats.")],
    by: Annotated[str, _BY],
    reason: Annotated[str, _REASON],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Decide that a report repeats another, and adds nothing."""

    def run(mission: "Mission", now: "datetime") -> "tuple[int, Head]":
        from pamiers.mission.incidents import duplicate as decide

        return decide(mission, report, of, (by, reason), now)

    _decide(folder, run, as_json=as_json)


@incident.command()
def withdraw(
    folder: Annotated[Path, _FOLDER],
    report: Annotated[str, _REPORT],
    *,
    by: Annotated[str, _BY],
    reason: Annotated[str, _REASON],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Decide that a report no longer stands; it stays on record."""

    def run(mission: "Mission", now: "datetime") -> "tuple[int, Head]":
        from pamiers.mission.incidents import withdraw as decide

        return decide(mission, report, (by, reason), now)

    _decide(folder, run, as_json=as_json)


@incident.command()
def correct(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, _FOLDER],
    report: Annotated[str, _REPORT],
    *,
    changed: Annotated[
        list[str],
        typer.Option("--set", metavar="COLUMN=VALUE", help="May be given again."),
    ],
    by: Annotated[str, _BY],
    reason: Annotated[str, _REASON],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Decide what a report ought to say; what it said stays on record."""

    def run(mission: "Mission", now: "datetime") -> "tuple[int, Head]":
        from pamiers.mission.incidents import correct as decide

        return decide(mission, report, _pairs(changed), (by, reason), now)

    _decide(folder, run, as_json=as_json)


def _pairs(given: list[str]) -> dict[str, str | None]:
    for each in given:
        if "=" not in each:
            raise UsageError(
                "--set",
                expected="COLUMN=VALUE",
                got=repr(each),
                remedy="Write for instance --set kind=burst.",
            )
    split_at = (each.partition("=") for each in given)
    return {name.strip(): value.strip() or None for name, _, value in split_at}


@incident.command()
def undo(
    folder: Annotated[Path, _FOLDER],
    entry: Annotated[
        int, typer.Argument(metavar="ENTRY", help="Number of the decision's entry.")
    ],
    *,
    by: Annotated[str, _BY],
    reason: Annotated[str, _REASON],
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Undo a decision by a further one; both stay on record."""

    def run(mission: "Mission", now: "datetime") -> "tuple[int, Head]":
        from pamiers.mission.decided import undo as decide

        return decide(mission, entry, (by, reason), now)

    _decide(folder, run, as_json=as_json)


def _decide(
    folder: Path,
    run: "Callable[[Mission, datetime], tuple[int, Head]]",
    *,
    as_json: bool,
) -> None:
    """Record a decision, and say which entry it is."""
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import now, opened

        with opened(folder) as mission:
            entry, head = run(mission, now())
    if as_json:
        print_json({"decision": entry, "entries": head.size, "head": head.hex})
        return
    say(f"Recorded as entry {entry}. `pamiers fuse {folder}` puts on record what")
    say(f"follows; `pamiers incident undo {folder} {entry}` undoes it.")
    say(f"Head of the record: {head.hex}")
