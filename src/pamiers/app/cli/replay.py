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
)


def replay(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Verify the record and compute everything again.

    Leaves with code 4 where an entry was altered or a result differs.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import opened
        from pamiers.core.errors import LedgerMismatchError
        from pamiers.mission.replay import replay as run

        with opened(folder) as mission, progress("Verifying") as shown:
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
