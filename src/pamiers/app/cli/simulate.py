"""`pamiers simulate`: a mission as it would have grown, and the truth beside it."""

from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say


def simulate(
    scenario: Annotated[
        Path, typer.Argument(metavar="SCENARIO", help="Who behaves how (YAML).")
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="New folder of the mission.")
    ],
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The same seed, the same world.")
    ] = 0,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Live through a scenario; keep its record as a mission.

    Every other command works on the folder. The truth goes to DIR-truth, apart.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.simulation import simulate as run

        found = run(scenario, seed, out)
    if as_json:
        print_json(found)
        return
    say(f"{found['entries']} entries, {found['incidents']} incidents in {out}.")
    say(f"{found['breaches']} breaches went to {found['cases']} cases.")
    say(f"The truth, and the after-action report: {found['truth']}")
