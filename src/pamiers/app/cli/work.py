"""`pamiers work`: the worker; `complaint`: what reaches a mission."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.case import BY, FOLDER, NOW, TEXT, clock
from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say


def work(
    folder: Annotated[Path, FOLDER],
    *,
    once: Annotated[
        bool, typer.Option("--once", help="One round, then leave.")
    ] = False,
    every: Annotated[float, typer.Option(help="Seconds between rounds.", min=0.1)] = 30,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Let times run out, once and dated right; deliver what waits.

    Notices are letters in DIR/notices, and what DIR/notices.json names besides. Drafts
    are for the role that decides; nothing sends them.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.worker import keep_working, one_round

        if not once and now is None:
            import time

            def wait() -> bool:
                time.sleep(every)
                return True

            if not as_json:
                say(f"Working on {folder}, every {every:g} s (Ctrl-C ends).")
            keep_working(folder, lambda: clock(None), wait)
            return
        done = one_round(folder, clock(now))
    if as_json:
        print_json(done.to_dict())
        return
    for each in done.told:
        late = f", late by {round(each['late_s'] / 60)} min" if each["late_s"] else ""
        say(f"{each['at']}  {each['case']}: {each['what']} {each['about']}{late}")
    counts = f"{len(done.told)} told, {done.delivered} delivered"
    say(f"{counts}, {done.undelivered} waiting.")


def complaint(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, FOLDER],
    *,
    clause: Annotated[str, typer.Option(help="Which clause was broken.")],
    by: Annotated[str, BY] = "public",
    party: Annotated[str | None, typer.Option(help="By which party.")] = None,
    began: Annotated[str | None, typer.Option(help="When it began; else now.")] = None,
    text: Annotated[str, TEXT] = "",
    own: Annotated[bool, typer.Option("--own", help="A party's own breach.")] = False,
    now: Annotated[str | None, NOW] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Complain of a breach, as anybody may; it proves nothing."""
    with errors_shown(as_json=as_json):
        from pamiers.app.case_acts import begin_case
        from pamiers.core.instant import format_instant

        at = clock(now)
        kind = "self-report" if own else "complaint"
        written = {
            kind: f"{kind}-{format_instant(at)}",
            "clause": clause,
            "by": by,
            "reason": text,
            "began": began or format_instant(at),
        }
        if party or own:
            written["party"] = party or by
        found = begin_case(folder, written, None, at)
    if as_json:
        print_json(found)
    else:
        say(f"{found['case']}: {found['refused'] or found['status']}")
    if found["refused"]:
        raise typer.Exit(1)
