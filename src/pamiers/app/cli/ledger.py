"""`pamiers ledger`: where an agreement stands, counted from what is on record."""

import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from pamiers.app.cli.calendar import AT, PATH, TIER
from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say

if TYPE_CHECKING:
    from pamiers.app.ledger_values import Ledgers


def ledger(
    path: Annotated[str, PATH],
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="weapons, persons, mines, pledges, corridors, implementation, "
            "access, notices or gates; all in short if left out.",
        ),
    ] = None,
    *,
    at: Annotated[str | None, AT] = None,
    tier: Annotated[str, TIER] = "commission",
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Show who counts what, as of when, side by side."""
    with errors_shown(as_json=as_json):
        from pamiers.app.ledger_values import ledgers, values

        found = ledgers(path, kind, at, tier)
        told = values(found)
    if as_json:
        print_json(told)
    else:
        _tell(found, kind)


def _tell(found: "Ledgers", kind: str | None) -> None:
    """Print one ledger whole, or a line on each."""
    from pamiers.app.ledger_text import lines, overview

    if kind is None:
        for line in overview(found):
            _say(line)
        say("Name a ledger to see it whole.")
        return
    for line in lines(kind, found):
        _say(line)


def _say(line: str) -> None:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    say(
        textwrap.fill(
            line,
            80,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
            replace_whitespace=False,
        )
    )
