"""Sentences for a terminal of eighty columns."""

import textwrap

from pamiers.app.cli.output import WIDTH, say


def wrapped(text: str, first: str = "") -> None:
    """Print a sentence in lines of at most 79 letters, all after the first set in."""
    say(
        textwrap.fill(
            text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first)
        )
    )
