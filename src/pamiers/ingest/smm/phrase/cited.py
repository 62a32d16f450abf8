"""Dates that belong to documents and to older imagery, never to an event.

"the Memorandum of 19 September 2014", "the 16 October 2015 notification", "see SMM
Daily Report 26 November 2015", "compared with imagery from 10 April".
"""

from pamiers.ingest.smm.phrase.dates import read_days
from pamiers.ingest.smm.stream import Match, Stream
from pamiers.ingest.smm.wordlist import words

_DOCUMENTS = frozenset(
    words(
        """
memorandum notification notifications agreement agreements protocol addendum decision
resolution letter measures package statement document documents provisions report
"""
    )
)
_SERIES = frozenset(words("daily spot weekly status thematic smm osce"))
_ACCORDING = ("according to", "as stipulated in", "stipulated in", "pursuant to",
              "in accordance with", "in line with", "in compliance with")  # fmt: skip
_IMAGES = ("imagery", "images", "image", "footage", "photographs", "pictures")
_UNSEEN = ("seen", "visible", "observed", "present")
_FAR = 9  #: words between "according to" and the document


def cited(stream: Stream, at: int) -> Match[object] | None:
    """Read a date with the document or imagery it belongs to, or decline.

    Examples:
        >>> cited(Stream.of("Memorandum of 19 September 2014,"), 1).end
        5
    """
    for reader in (_by_document, _dated_document, _of_document, _older_image):
        match = reader(stream, at)
        if match is not None:
            return match
    return None


def _by_document(stream: Stream, at: int) -> Match[object] | None:
    """Read "according to Point 5 of the Memorandum", with its date."""
    start = next((e for p in _ACCORDING if (e := stream.after(at, p))), None)
    if start is None:
        return None
    for end in range(start, min(start + _FAR, len(stream))):
        if stream.is_word(end, ",", ";", "."):
            return None
        if stream.is_word(end, *_DOCUMENTS):
            dated = _of_document(stream, end + 1)
            stop = dated.end if dated is not None else end + 1
            return Match(stream.text(at, stop), stop)
    return None


def _of_document(stream: Stream, at: int) -> Match[object] | None:
    """Read "of 19 September 2014" after the name of a document."""
    before = stream.at(at - 1)
    named = before.lower in _DOCUMENTS or before.kind == "ref"
    if before.lower == "report" and stream.at(at - 2).lower not in _SERIES:
        named = False
    if not named:
        return None
    days = read_days(
        stream, stream.skip(at, "of", "dated", "from", "issued", "on", ",")
    )
    return None if days is None else Match(stream.text(at, days.end), days.end)


def _dated_document(stream: Stream, at: int) -> Match[object] | None:
    """Read "the 16 October 2015 notification"."""
    days = read_days(
        stream, stream.skip(at, "in", "of", "the", "to", "with", "by", "on")
    )
    if days is None:
        return None
    end = stream.skip(days.end, "'s", "disengagement", "framework", "minsk")
    found = stream.is_word(end, *_DOCUMENTS)
    return Match(stream.text(at, end + 1), end + 1) if found else None


def _older_image(stream: Stream, at: int) -> Match[object] | None:
    """Read "compared with imagery from 10 April" and "not seen on 25 January"."""
    start = stream.after(at, "compared with") or stream.after(at, "compared to")
    if start is not None:
        start = stream.skip(start, "the", "previous", "earlier", "smm", "uav", "aerial")
        if not stream.is_word(start, *_IMAGES):
            return None
        return _from_day(stream, at, start + 1)
    unseen = stream.is_word(at, "not") and stream.is_word(at + 1, *_UNSEEN)
    if not (unseen and stream.is_word(at - 1, ",", "(", "which", "were", "was")):
        return None
    where = stream.skip(at + 2, "in", "on", "during", "the", "previous", "earlier")
    where = where + 1 if stream.is_word(where, *_IMAGES) else where
    return _from_day(stream, at, where)


def _from_day(stream: Stream, at: int, start: int) -> Match[object] | None:
    """Return what stands up to the date that follows, or None without one."""
    days = read_days(
        stream, stream.skip(start, "from", "of", "on", "taken", "dated", "since", "the")
    )
    return None if days is None else Match(stream.text(at, days.end), days.end)
