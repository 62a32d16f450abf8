"""`pamiers calibrate`: learn what sources are like, as a step on record."""

import textwrap
from pathlib import Path
from typing import Annotated

import typer

from pamiers.app.cli.output import JSON_OPTION, errors_shown, print_json, say


def calibrate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A mission folder.")],
    *,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> None:
    """Learn what each source is like from the record, for fusion.

    Errors of place, clock and count, what its words mean, whom it copies, and how far
    it is believed alone. Without it fusion rests on stated priors.
    """
    with errors_shown(as_json=as_json):
        from pamiers.app.calibration import calibrated, card_lines

        found = calibrated(folder)
    if as_json:
        print_json(found)
        return
    for card in found["sources"]:
        for text in card_lines(card):
            say(textwrap.fill(text, 80, subsequent_indent="    "))
    news = "" if found["new_entries"] else ", as it was"
    say(f"{found['reports']} reports taught; in force is entry {found['entry']}{news}.")
    say(f"Head of the record: {found['head']}")
