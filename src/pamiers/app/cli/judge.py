"""`pamiers fuse`, `assess` and `explain`: what happened, what it means, and why."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table

_FOLDER = typer.Argument(metavar="DIR", help="A mission folder.")


def fuse(
    folder: Annotated[Path, _FOLDER],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Make incidents of observations and claims."""
    with errors_shown(as_json=as_json):
        from pamiers.app.wiring import now, opened  # noqa: PLC0415 - starts fast
        from pamiers.mission.happened import fuse as run  # noqa: PLC0415

        with opened(folder) as mission:
            fused = run(mission, now())
            head = mission.record.head()
    found = {
        "reports": fused.reports,
        "incidents": len(fused.incidents),
        "digest": fused.digest,
        "new_entries": fused.new_entries,
        "entries": head.size,
        "head": head.hex,
    }
    if as_json:
        print_json(found)
        return
    say(f"{found['reports']} reports tell of {found['incidents']} incidents.")
    say(f"Head of the record: {found['head']}")


def assess(
    folder: Annotated[Path, _FOLDER],
    *,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="Judge these days instead."),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Last of those days.")
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Judge the days on record, clause by clause."""
    with errors_shown(as_json=as_json):
        from pamiers.app.judgement import judge  # noqa: PLC0415 - starts fast

        found = judge(folder, first, last)
    if as_json:
        print_json(found)
        return
    clauses = found["clauses"]
    verdicts = found["findings"]
    if isinstance(clauses, dict) and isinstance(verdicts, dict):
        names = list(verdicts)
        rows = [
            [clause, *(str(counts.get(name, 0)) for name in names)]
            for clause, counts in clauses.items()
        ]
        rows.append(["all", *(str(verdicts[name]) for name in names)])
        say(table(rows, ["clause", *names]))
    say(f"{found['days']} reporting days. Head of the record: {found['head']}")


def explain(
    folder: Annotated[Path, _FOLDER],
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="Key of an incident or a finding.")
    ],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Say why an incident or a finding is what it is."""
    with errors_shown(as_json=as_json):
        from pamiers.app.reasons import reasons  # noqa: PLC0415 - starts fast

        found = reasons(folder, key)
    if as_json:
        print_json(found.values)
        return
    for line in found.lines:
        say(line)
