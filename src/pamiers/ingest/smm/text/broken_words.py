"""Words broken at the end of a line, and compounds that only happen to stand there."""

import re
from functools import cache

from pamiers.ingest.smm.numerals import CARDINAL
from pamiers.ingest.smm.wordlist import words
from pamiers.ingest.smm.words.fillers import FILLERS
from pamiers.ingest.smm.words.nouns import NOUNS
from pamiers.ingest.smm.words.verbs import CALM, DO, NEGATION, OCCUR, PERCEIVE, RESTRICT
from pamiers.ingest.smm.words.weapons import WEAPON_NAMES

#: First and last members of compounds that the lists of the grammar do not hold.
_MEMBERS = words(
    """
north south east west anti self non government controlled mini mid long short multi
semi pre co live large small heavy light high single double two three half type old
year range fire day first rocket propelled mounted facing level term operated
undetermined violations violation explosions explosion projectiles projectile
directions direction direct northern southern eastern western easterly westerly
northerly southerly ceasefire disengagement withdrawal region regions checkpoint
"""
)


@cache
def _known() -> frozenset[str]:
    """Return the words of the grammar."""
    books = (NOUNS, PERCEIVE, DO, OCCUR, CALM, NEGATION, RESTRICT, WEAPON_NAMES)
    return frozenset(
        (*_MEMBERS, *FILLERS, *CARDINAL, *(w for book in books for w in book.words()))
    )


def joined(before: str, line: str) -> str | None:
    """Return text and next line as one where a hyphen parts them, else None.

    A word that the grammar knows is closed; so is one of which it knows neither
    half. A compound of known words keeps its hyphen.

    Examples:
        >>> joined("14 pro-", "jectiles"), joined("south-", "east of it")
        ('14 projectiles', 'south-east of it')
    """
    if re.search(r"\d-$", before) and line[:1].isdigit():
        return before + line
    left = re.search(r"([^\W\d_]*[a-z])-$", before)
    right = re.match(r"[a-z]+", line)
    if left is None or right is None:
        return None
    halves = (left[1].lower(), right[0])
    whole = "".join(halves) in _known()
    if whole or not any(half in _known() for half in halves):
        return before[:-1] + line
    return before + line
