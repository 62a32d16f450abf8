"""`pamiers rehearse`: a table-top exercise of an agreement's procedures."""

from pathlib import Path
from textwrap import shorten
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say, table


def rehearse(  # noqa: PLR0913 - one argument is one option
    agreement: Annotated[
        str,
        typer.Argument(metavar="AGREEMENT", help="A folder, or a bundled name."),
    ],
    *,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The same seed, the same world.")
    ] = 0,
    days: Annotated[
        int | None, typer.Option("--days", help="How many; a week if not said.")
    ] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="First day; else chosen."),
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option("--scenario", metavar="FILE", help="Who behaves how (YAML)."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where the report goes."),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Tell reports apart by the truth, unfused."),
    ] = False,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Rehearse the procedures of an agreement in a simulated world.

    Breaches are drawn, watched, reported, found and answered on an accelerated clock;
    the after-action report says what was late, by whom, and how much. No forecast.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.rehearsal import Wanted
        from pamiers.app.rehearsal import rehearse as run

        wanted = Wanted(
            seed=seed, days=days, first=first, scenario=scenario, quick=quick
        )
        found = run(agreement, wanted, out)
    if as_json:
        print_json(found)
        return
    _tell(found)


def _tell(found: dict[str, object]) -> None:
    say(
        f"Breaches that a procedure answers: {found['breaches']}. First steps: "
        f"{found['first_steps_in_time']} in time, {found['late']} late, "
        f"{found['missed']} missed."
    )
    say(f"{found['omissions']} steps left undone; {found['deeds']} deeds in truth.")
    if found["no_step_foreseen"]:
        say(f"Breaches that no step is foreseen for: {found['no_step_foreseen']}.")
    roles = found["roles"]
    if isinstance(roles, list) and roles:
        names = ("role", "asked", "in_time", "late", "undone")
        rows = [[shorten(str(each[name]), 44) for name in names] for each in roles]
        say()
        say(table(rows, ["role", "asked", "in time", "late", "undone"]))
    say()
    say(f"After-action report: {found['after_action']}")
