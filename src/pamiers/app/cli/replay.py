"""`pamiers replay`: compute everything again from the entries, and compare."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import (
    JSON_OPTION,
    VERIFICATION_FAILED,
    errors_shown,
    fail,
    print_json,
    progress,
    say,
    table,
)


def replay(
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR|DRAFT", help="A mission folder, or a draft."),
    ],
    *,
    over: Annotated[
        Path | None,
        typer.Option("--over", metavar="DIR", help="Mission to replay a draft over."),
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Verify the record and compute everything again.

    Leaves with code 4 where an entry was altered or a result differs. With --over, say
    what a draft agreement would have found and begun on the record of a mission.
    """
    if over is not None:
        _over(folder, over, as_json=as_json)
        return
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import opened
        from pamiers.core.errors import LedgerMismatchError
        from pamiers.mission.replay import replay as run

        with opened(Path(folder)) as mission, progress("Verifying") as shown:
            try:
                found = run(mission, shown)
            except LedgerMismatchError as error:
                fail(error, as_json=as_json, code=VERIFICATION_FAILED)
    if as_json:
        print_json(
            {
                "entries": found.head.size,
                "head": found.head.hex,
                "batches": found.batches,
                "incidents": found.incidents,
                "findings": found.findings,
                "signatures": found.signatures.checked,
                "differences": list(found.differences),
            }
        )
    else:
        say(f"{found.head.size} entries and {found.batches} batches verified.")
        say(
            f"{found.incidents} incidents and {found.findings} findings computed again."
        )
        for difference in found.differences:
            say(f"Differs: {difference}")
        say("Everything agrees." if not found.differences else "The record differs.")
    if found.differences:
        raise typer.Exit(VERIFICATION_FAILED)


def _over(draft: str, over: Path, *, as_json: bool) -> None:
    with errors_shown(as_json=as_json):
        from pamiers.app.draft_replay import replay_draft

        found = replay_draft(draft, over)
    if as_json:
        print_json(found)
        return
    draft_counts, own = found["findings"], found["own_findings"]
    if isinstance(draft_counts, dict) and isinstance(own, dict):
        names = [str(found["agreement"]), f"{found['own_agreement']} (on record)"]
        rows = [
            [name, *(str(each[verdict]) for verdict in draft_counts)]
            for name, each in zip(names, (draft_counts, own), strict=True)
        ]
        say(table(rows, ["agreement", *draft_counts]))
    say(
        f"{found['days']} reporting days; {found['breaches']} breaches that a "
        f"procedure of the draft answers, in {found['cases']} cases."
    )
    steps = found["steps"]
    if isinstance(steps, list):
        for each in steps[:10]:
            due = each["due_at"] or "no time set"
            say(f"{each['case']}: {each['step']} by {', '.join(each['by'])}, due {due}")
        if len(steps) > 10:  # noqa: PLR2004 - what a screen holds
            say(f"... and {len(steps) - 10} more; --json has all.")
