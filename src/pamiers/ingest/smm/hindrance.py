"""How the Mission was hindered: which kind, by whom, how often, and where."""

import re
from dataclasses import replace
from typing import Final

from pamiers.ingest.smm.numerals import CARDINAL
from pamiers.ingest.smm.sentence import Count, Manner, ParsedSentence, PlacePhrase

_DELAYED: Final = re.compile(r"delay|conditional", re.IGNORECASE)
_DENIED: Final = re.compile(r"denied|prevent|refus|not allow|restricted", re.IGNORECASE)
_JAMMED: Final = re.compile(
    r"jamm|interference|spatial control|\bsignal\b", re.IGNORECASE
)
_LOST: Final = re.compile(
    r"\blost (?:an?|one|two|its)\b.{0,60}\b(?:uavs?|vehicles?|quadcopter)\b",
    re.IGNORECASE,
)
_DENIER: Final = re.compile(
    r"members? of the armed formations|armed formations|Ukrainian Armed Forces|"
    r"armed (?:person|man|men)|\"?[DL]PR\"? members?|border guards?",
    re.IGNORECASE,
)
_FIGURE: Final = rf"(?P<figure>\d+|{'|'.join(CARDINAL)})"
#: What a count of hindrances counts: occasions, or the aircraft lost or jammed.
_TIMES: Final = (
    re.compile(r"\b(?P<twice>twice)\b", re.IGNORECASE),
    re.compile(r"\blost (?P<once>an?|one) .{0,40}\b(?:uav|vehicle)\b", re.IGNORECASE),
    re.compile(
        rf"\b{_FIGURE} (?:separate |different )?(?:occasions|times|instances)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bof {_FIGURE} (?:(?:of its|smm|mini|mid|long|short|range|unmanned|aerial)"
        r"[- ]+)*(?:uavs?|vehicles?)\b",
        re.IGNORECASE,
    ),
)


def restriction_kind(text: str) -> str:
    """Return whether passage was denied or delayed, or means were jammed or lost."""
    if _JAMMED.search(text):
        return "jamming"
    if _LOST.search(text):
        return "restriction"
    late = _DELAYED.search(text) and not _DENIED.search(text)
    return "access_delayed" if late else "access_denied"


def denier(text: str) -> str | None:
    """Return who hindered the Mission, in the words of the text."""
    found = _DENIER.search(text)
    return found[0] if found is not None else None


def times(text: str) -> Count | None:
    """Return how often the Mission was hindered, None when the text leaves it out.

    Examples:
        >>> times("lost its signal twice").low, times("denied passage")
        (2, None)
    """
    for pattern in _TIMES:
        found = pattern.search(text)
        if found is not None:
            told = found.groupdict()
            word = told.get("figure") or ("1" if "once" in told else "2")
            figure = CARDINAL.get(word.lower()) or int(word)
            exact = Manner.EXACT
            return Count(low=figure, high=figure, manner=exact, text=found[0])
    return None


def hindered_at(parsed: ParsedSentence) -> tuple[PlacePhrase, ...]:
    """Return every place at which a sentence says that the Mission was hindered.

    "near A and B" is two places, "between A and B" one; each name counts once.
    """
    found: dict[tuple[str, ...], PlacePhrase] = {}
    for place in parsed.places:
        joined = place.relation == "between" or len(place.names) < 2  # noqa: PLR2004 - a figure plain in its place
        parts = (
            (place,)
            if joined
            else tuple(replace(place, names=(n,), anchor=None) for n in place.names)
        )
        for part in parts:
            if part.names and part.relation not in ("from", "towards"):
                found.setdefault(part.names, part)
    first = next((place for place in parsed.places if place.names), None)
    return tuple(found.values()) or ((first,) if first is not None else ())
