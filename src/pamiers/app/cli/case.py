"""`pamiers case`: cases of a mission, from their opening to their end."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table

case = typer.Typer(
    help="List, show, open and run cases by their procedures.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

FOLDER: Final = typer.Argument(metavar="DIR", help="A mission folder.")
ID: Final = typer.Argument(metavar="CASE", help="Id of a case.")
BY: Final = typer.Option("--by", help="Who acts: an actor or role.")
AT: Final = typer.Option("--at", metavar="TIME", help="When it took place; else now.")
NOW: Final = typer.Option(
    "--now", metavar="TIME", help="The clock to go by; else that of the machine."
)
WITH_FILE: Final = typer.Option(
    "--file", metavar="FILE", help="A letter or picture that goes with it."
)
TEXT: Final = typer.Option("--text", help="What is said.")
REFUSED: Final = 1


def clock(now: str | None) -> datetime:
    """Return the instant to go by."""
    from pamiers.app import wiring
    from pamiers.core.instant import parse_instant

    return wiring.now() if now is None else parse_instant(now)


@case.command("list")
def list_cases(
    folder: Annotated[Path, FOLDER],
    *,
    status: Annotated[str | None, typer.Option(help="Only: open or closed.")] = None,
    limit: Annotated[int, typer.Option(help="Most cases.", min=1)] = 200,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """List cases, those that are due next first."""
    with errors_shown(as_json=as_json):
        from pamiers.app.case_values import listed

        found = listed(folder, clock(now), status=status, limit=limit)
    if as_json:
        print_json(found)
        return
    rows = [
        [
            each["id"],
            each["status"],
            each["next"] or "-",
            each["next_due"] or "-",
            "OVERDUE" if each["overdue"] else "",
        ]
        for each in found["cases"]
    ]
    untold = sum(each["untold"] for each in found["cases"])
    say(table(rows, ["case", "status", "next", "due (UTC)", ""]))
    counts = ", ".join(f"{n} {name}" for name, n in sorted(found["counts"].items()))
    say(f"{counts or 'no cases'}.")
    if untold:
        say(f"{untold} with notices not told yet: `pamiers work {folder}` tells them.")


@case.command()
def show(
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    *,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show a case: findings and what contests them, steps, what is due, the log."""
    with errors_shown(as_json=as_json):
        from pamiers.app.case_values import shown

        found = shown(folder, name, clock(now))
    if as_json:
        print_json(found)
    else:
        _tell(found)


def _tell(found: dict[str, Any]) -> None:
    outcome = f", {found['outcome']}" if found["outcome"] else ""
    say(f"{found['id']}: {found['status']}{outcome} ({found['procedure']})")
    for each in found["findings"]:
        word = "alleged" if each["alleged"] else "found"
        party = each["party"] or "party not named"
        gone = f"; {each['withdrawn']}" if each["withdrawn"] else ""
        say(f"  {word} {each['key']}: {each['clause']}, {party}, {each['level']}{gone}")
    for each in found["said"]:
        say(f"  {each['what']} of {each['by']}: {each['reason']}")
    rows = [
        [
            e["id"],
            e["status"],
            ", ".join(e["by"]),
            e["due_at"] or "-",
            e["outcome"] or "",
        ]
        for e in found["steps"]
    ]
    say(table(rows, ["step", "status", "by", "due (UTC)", "outcome"]))
    for each in found["due"]:
        late = " OVERDUE" if each["overdue"] else ""
        say(f"  due {each['due_at']}: {each['key']} ({', '.join(each['by'])}){late}")
    if found["notices"]:
        say(f"  {_receipts(found['notices'])}")
    for each in found["refused"]:
        say(f"  refused: {each['kind']} of {each['by'] or 'nobody'}: {each['why']}")


def _receipts(notices: list[dict[str, Any]]) -> str:
    """Return how many notices were delivered, and how many each party acknowledged."""
    delivered = sum(each["delivered_at"] is not None for each in notices)
    parties = dict.fromkeys(who for each in notices for who in each["to"])
    counts = [
        f"{sum(each['acknowledged'].get(who) is not None for each in notices)} by {who}"
        for who in parties
    ]
    return (
        f"notices: {len(notices)}, delivered {delivered}, "
        f"acknowledged {', '.join(counts)}"
    )


@case.command("open")
def open_case(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    entries: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY=VALUE]...", help="finding=KEY clause=... party=..."
        ),
    ] = None,
    *,
    findings: Annotated[
        bool, typer.Option("--findings", help="From every standing finding of breach.")
    ] = False,
    severity: Annotated[
        int, typer.Option(help="Of findings not yet classified.", min=1, max=4)
    ] = 1,
    procedure: Annotated[str | None, typer.Option(help="Id of a procedure.")] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Open a case, or with --findings the cases that findings make."""
    with errors_shown(as_json=as_json):
        from pamiers.app.case_acts import begin_case, words_of
        from pamiers.app.gathering import gather

        if findings:
            found = gather(folder, severity, clock(now))
        else:
            written = words_of(entries or [])
            found = begin_case(folder, written, procedure, clock(now))
    if as_json:
        print_json(found)
    elif findings:
        back = len(found["retracted"])
        gone = f"; {back} found no longer, taken back" if back else ""
        say(f"{found['findings']} findings in {len(found['cases'])} cases{gone}.")
    else:
        _came(found)
    _leave(found)


@case.command()
def event(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    entries: Annotated[
        list[str],
        typer.Argument(
            metavar="KEY=VALUE...", help="act=STEP by=ROLE outcome=... at=..."
        ),
    ],
    *,
    file: Annotated[list[Path] | None, WITH_FILE] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Record anything of a case: an act, a session, evidence, a suspension ..."""
    with errors_shown(as_json=as_json):
        from pamiers.app.case_acts import words_of
        from pamiers.app.case_files import kept_files

        written = words_of(entries)
        if file:
            written["files"] = ",".join(kept_files(folder, file))
    _recorded(folder, name, written, now, as_json=as_json)


@case.command()
def vote(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    *,
    step: Annotated[str, typer.Option(help="Which step.")],
    by: Annotated[str, BY],
    choice: Annotated[str, typer.Option(help="for, against or abstain.")],
    at: Annotated[str | None, AT] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Record a vote; without a quorum none can be."""
    written = {"vote": choice, "step": step, "by": by} | _when(at)
    _recorded(folder, name, written, now, as_json=as_json)


@case.command()
def reply(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    *,
    by: Annotated[str, BY],
    text: Annotated[str, TEXT],
    at: Annotated[str | None, AT] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Record the reply of a party."""
    written = {"reply": text, "by": by} | _when(at)
    _recorded(folder, name, written, now, as_json=as_json)


@case.command()
def dispute(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    *,
    by: Annotated[str, BY],
    text: Annotated[str, TEXT],
    finding: Annotated[str | None, typer.Option(help="Which finding.")] = None,
    at: Annotated[str | None, AT] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Contest a finding; the finding stays, and the contest stands beside it."""
    written = {"dispute": text, "by": by} | _when(at)
    if finding:
        written["findings"] = finding
    _recorded(folder, name, written, now, as_json=as_json)


@case.command()
def remedy(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    which: Annotated[str, typer.Argument(metavar="REMEDY", help="Id of the remedy.")],
    *,
    by: Annotated[str, BY],
    party: Annotated[str | None, typer.Option(help="Who is to do it.")] = None,
    done: Annotated[bool, typer.Option("--done", help="It was carried out.")] = False,
    verified: Annotated[
        str | None, typer.Option(help="It was verified: yes or no.")
    ] = None,
    at: Annotated[str | None, AT] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Determine a remedy of the agreement's list, or say what became of it."""
    kind = "remedy-verified" if verified else "remedy-done" if done else "remedy"
    written = {kind: which, "by": by} | _when(at)
    if party:
        written["party"] = party
    if verified:
        written["choice"] = verified
    _recorded(folder, name, written, now, as_json=as_json)


@case.command()
def close(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    *,
    by: Annotated[str, BY],
    outcome: Annotated[str, typer.Option(help="Such as not-substantiated.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
    at: Annotated[str | None, AT] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Close a case, with its outcome and the reason."""
    written = {"closed": outcome, "by": by, "reason": reason} | _when(at)
    _recorded(folder, name, written, now, as_json=as_json)


@case.command("acknowledge")
def acknowledge_notices(
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    *,
    by: Annotated[str, BY],
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Record that a party acknowledges the notices it was given of a case."""
    with errors_shown(as_json=as_json):
        from pamiers.app.case_acts import acknowledged

        found = acknowledged(folder, name, by, clock(now))
    if as_json:
        print_json(found)
        return
    say(f"{name}: {found['acknowledged']} notices acknowledged by {by}.")
    if found["not_delivered"]:
        say(f"{found['not_delivered']} are not delivered yet: `pamiers work {folder}`.")


@case.command()
def simulate(
    folder: Annotated[Path, FOLDER],
    name: Annotated[str, ID],
    *,
    silent: Annotated[
        str | None, typer.Option("--if", help="'PARTY silent', or 'anybody silent'.")
    ] = None,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show the steps that lie ahead, if somebody stays silent; nothing is recorded."""
    with errors_shown(as_json=as_json):
        from pamiers.app.case_acts import ahead

        who = silent.removesuffix(" silent").strip() if silent else None
        found = ahead(folder, name, who, clock(now))
    if as_json:
        print_json(found)
        return
    for each in found["ahead"]:
        say(f"  {each}")
    say(f"Then it is {found['status']}" + (", and stuck." if found["stuck"] else "."))


def _when(at: str | None) -> dict[str, str]:
    return {} if at is None else {"at": at}


def _recorded(
    folder: Path,
    name: str,
    written: dict[str, str],
    now: str | None,
    *,
    as_json: bool,
) -> None:
    with errors_shown(as_json=as_json):
        from pamiers.app.case_acts import record

        found = record(folder, name, written, clock(now))
    if as_json:
        print_json(found)
    else:
        _came(found)
    _leave(found)


def _came(found: dict[str, Any]) -> None:
    if found["refused"]:
        say(f"{found['case']}: on record as refused: {found['refused']}.")
        return
    say(f"{found['case']}: {found['status']}.")
    for each in found["told"]:
        about = f" ({each['about']})" if each["about"] else ""
        say(f"  {each['kind']} to {', '.join(each['to'])}: {each['what']}{about}")
    for each in found["due"]:
        say(f"  due {each['due_at']}: {each['key']}")


def _leave(found: dict[str, Any]) -> None:
    if found.get("refused"):
        raise typer.Exit(REFUSED)
