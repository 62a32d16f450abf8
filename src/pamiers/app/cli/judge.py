"""`pamiers fuse`, `assess` and `explain`: what happened, what it means, and why."""

import textwrap
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
        from pamiers.app.wiring import now, opened
        from pamiers.mission.happened import fuse as run

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
        from pamiers.app.judgement import judge

        found = judge(folder, first, last)
    if as_json:
        print_json(found)
        return
    verdicts, clauses = found["findings"], found["clauses"]
    if isinstance(clauses, dict) and isinstance(verdicts, dict):
        say(table(_rows(clauses, verdicts), ["clause", *verdicts]))
    say(f"{found['days']} reporting days. Head of the record: {found['head']}")


def _rows(
    clauses: dict[str, dict[str, int]], verdicts: dict[str, int]
) -> list[list[str]]:
    """Return a line for each clause, its readings indented below it."""
    rows: list[list[str]] = []
    last = ""
    named = [(*name.rstrip(")").partition(" ("), name) for name in clauses]
    order = [clause for clause, *_ in named]
    for clause, _, reading, name in sorted(named, key=lambda n: order.index(n[0])):
        counts = clauses[name]
        if reading and clause != last:
            rows.append([clause, *("" for _ in verdicts)])
        last = clause
        shown = f"  {reading}" if reading else clause
        rows.append([shown, *(str(counts.get(verdict, 0)) for verdict in verdicts)])
    rows.append(["all", *(str(count) for count in verdicts.values())])
    return rows


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
        from pamiers.app.reasons import reasons

        found = reasons(folder, key)
    if as_json:
        print_json(found.values)
        return
    for line in found.lines:
        say(_wrapped(line))


def _wrapped(line: str) -> str:
    """Return a line within 80 columns, what runs over set deeper than its start."""
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(
        line,
        80,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
        drop_whitespace=True,
    )
