"""Parties: those whom an agreement binds.

Whoever was seen doing something is an actor, party or not; only an agreement
makes a party. Identifiers are plain ASCII so that no look-alike letter can
make two parties of one.
"""

import re
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import MalformedSourceError, Where

ID_PATTERN: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One who is bound by clauses; `name` maps a language code to its name."""

    id: str
    name: dict[str, str]


def check_id(text: str, where: Where | str) -> str:
    """Return an identifier unchanged, refusing letters that imitate others.

    Args:
        text: Candidate identifier.
        where: What to name in an error.

    Returns:
        `text`.

    Raises:
        MalformedSourceError: A character outside `[A-Za-z0-9_-]`; the message
            names it by code point, since it may look like an ordinary letter.

    Examples:
        >>> check_id("cadlr", "party")
        'cadlr'
    """
    if ID_PATTERN.fullmatch(text):
        return text
    strange = sorted({c for c in text if not ID_PATTERN.fullmatch(c)})
    points = ", ".join(f"U+{ord(c):04X}" for c in strange) or "nothing"
    raise MalformedSourceError(
        where,
        expected="an identifier of letters a-z, digits, _ and -",
        got=f"{text!r} with {points}",
        remedy="Replace those characters; they may only look like Latin letters.",
    )
