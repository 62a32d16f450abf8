"""Sentences for a terminal of eighty columns."""

import textwrap
from typing import Final

from pamiers.app.cli.output import say

_WIDTH: Final = 79


def wrapped(text: str, first: str = "") -> None:
    """Print a sentence in lines of at most 79 letters, all after the first set in."""
    say(
        textwrap.fill(
            text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first)
        )
    )
