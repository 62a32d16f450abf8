"""The 16 winds, in words, as adjectives and as abbreviations."""

import re
from difflib import get_close_matches

from pamiers.ingest.smm.wordlist import words

_WINDS = words("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW")
_LETTER = {"north": "N", "south": "S", "east": "E", "west": "W"}
_SUFFIX = re.compile(r"(ernmost|erly|ern|wards|ward|bound)$")

WIND_HALF_WIDTH_DEG = 11.25  #: half of one of 16 winds
GENERAL_HALF_WIDTH_DEG = 45.0  #: "easterly directions" spans a quarter

#: What the lexer takes for a bearing, spelled out or abbreviated.
BEARING = (
    r"\b(?i:north|south|east|west)(?:[- ]?(?i:north|south|east|west)){0,2}"
    r"(?i:ernmost|erly|ern|wards|ward|bound)?(?![a-z])"
    r"|\b(?:NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW|NE|SE|SW|NW|[NESW])\b(?![/-])"
)


def degrees(text: str) -> float | None:
    """Return the bearing of a wind [deg clockwise from north], or None.

    Examples:
        >>> degrees("south-south-westerly"), degrees("NE"), degrees("north-south")
        (202.5, 45.0, None)
    """
    letters = text
    if text.upper() != text:
        bare = _SUFFIX.sub("", text.lower())
        letters = "".join(_LETTER[w] for w in re.findall("north|south|east|west", bare))
    return _WINDS.index(letters) * 22.5 if letters in _WINDS else None


def is_general(text: str) -> bool:
    """Return whether the word means a quarter of the horizon, as "easterly"."""
    return text.lower().endswith("erly")


def is_adjective(text: str) -> bool:
    """Return whether the word describes a side or part, as "southern"."""
    return text.lower().endswith(("ern", "ernmost"))


_SPELLED = words(
    """
north south east west north-east north-west south-east south-west northeast
northwest southeast southwest
"""
)


def nearest_wind(text: str) -> float | None:
    """Return the bearing that a misspelt wind means, or None when none is near.

    Examples:
        >>> nearest_wind("sourth"), nearest_wind("fourth"), nearest_wind("away")
        (180.0, None, None)
    """
    if len(text) < 4 or text[0] not in "nsew":  # noqa: PLR2004 - a figure plain in its place
        return None
    found = get_close_matches(text, _SPELLED, n=1, cutoff=0.85)
    return degrees(found[0]) if found else None
