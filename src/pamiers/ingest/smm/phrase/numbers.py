"""Counts as worded: three, about 30, 30-35, at least 48, a total of 12, none."""

from pamiers.ingest.smm.numerals import SCALE
from pamiers.ingest.smm.sentence import Count, Manner
from pamiers.ingest.smm.stream import Match, Phrasebook, Stream
from pamiers.ingest.smm.wordlist import phrases

_QUALIFIERS: Phrasebook[Manner] = Phrasebook(
    {
        "about": Manner.ABOUT,
        "approximately": Manner.ABOUT,
        "around": Manner.ABOUT,
        "approx": Manner.ABOUT,
        "approx .": Manner.ABOUT,
        "roughly": Manner.ABOUT,
        "some": Manner.ABOUT,
        "an estimated": Manner.ABOUT,
        "estimated": Manner.ABOUT,
        "circa": Manner.ABOUT,
        "close to": Manner.ABOUT,
        "~": Manner.ABOUT,
        "at least": Manner.AT_LEAST,
        "no fewer than": Manner.AT_LEAST,
        "no less than": Manner.AT_LEAST,
        "not less than": Manner.AT_LEAST,
        "over": Manner.OVER,
        "more than": Manner.OVER,
        "in excess of": Manner.OVER,
        "well over": Manner.OVER,
        "above": Manner.OVER,
        "almost": Manner.ALMOST,
        "nearly": Manner.ALMOST,
        "just under": Manner.ALMOST,
        "fewer than": Manner.ALMOST,
        "less than": Manner.ALMOST,
        "up to": Manner.UP_TO,
        "as many as": Manner.UP_TO,
        "at most": Manner.UP_TO,
        "no more than": Manner.UP_TO,
        "not more than": Manner.UP_TO,
    }
)
_VAGUE: Phrasebook[Manner] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
some|several|multiple|numerous|many|few|uncountable|various|dozens|tens|hundreds
scores|intermittent|sporadic|continuous|countless|frequent|unaccountable|repeated
heavy|a few|a number of|a couple of|a couple|a series of|dozens of|tens of
hundreds of|several dozen|scores of|a large number of|a small number of
large numbers of|a lot of|an undetermined number of|an uncountable number of
a great number of|an unknown number of|an undetermined quantity of
a significant number of|an intermittent|multiple uncountable|several hundred
several hundreds of|a few hundred|several thousand|a few thousand|thousands of
thousands|several dozens of|a few dozen
"""
        ),
        Manner.VAGUE,
    )
)
_LEADS = phrases(
    """
a total of|totals of|total of|an overall total of|a combined total of|an additional
a further|additional|another|a group of|groups of|a further total of|the following
a pair of|as many as|in total|yet|other|all|both|these|a set of|a combined
at least another|the|a line of|a row of|again|up to another
"""
)
_LEAD: Phrasebook[bool] = Phrasebook(dict.fromkeys(_LEADS, True))
_ZERO = ("no", "none", "zero", "nil", "neither", "nor")


def count(stream: Stream, at: int) -> Match[Count] | None:
    """Read a count in figures or words, with its qualifier, or decline.

    An article counts one; a bare plural is not a count and is declined.

    Examples:
        >>> count(Stream.of("at least 48 vehicles"), 0).value.low
        48
    """
    start = _skip_leads(stream, at)
    for reader in (_qualified, _vague, _none, _article):
        match = reader(stream, start, at)
        if match is not None:
            return match
    return None


def _skip_leads(stream: Stream, at: int) -> int:
    """Return the position after words that lead in a count without changing it."""
    end = at
    while (lead := _LEAD.read(stream, end)) is not None:
        if stream.is_word(end, "another", "additional") and not _figures(
            stream, lead.end
        ):
            return end
        end = lead.end
    return end


def _qualified(stream: Stream, at: int, begin: int) -> Match[Count] | None:
    """Read qualifiers and a figure; the innermost qualifier is kept."""
    pair = _between(stream, at)
    if pair is not None:
        return pair
    manner = Manner.EXACT
    end = at
    while (qualifier := _QUALIFIERS.read(stream, end)) is not None:
        manner, end = qualifier.value, qualifier.end
        end = _skip_leads(stream, end)
    figures = _figures(stream, end)
    if figures is None or not _is_free(stream, figures.end):
        return None
    text = stream.text(begin, figures.end)
    return Match(_bounded(manner, figures.value, text), figures.end)


def _between(stream: Stream, at: int) -> Match[Count] | None:
    """Read "between 25 and 30" before a noun."""
    low, high = stream.at(at + 1), stream.at(at + 3)
    both = low.kind == high.kind == "number" and stream.is_word(at + 2, "and")
    if not stream.is_word(at, "between") or not both or not _is_free(stream, at + 4):
        return None
    text = stream.text(at, at + 4)
    found = Count(low=int(low.low), high=int(high.high), manner=Manner.RANGE, text=text)
    return Match(found, at + 4) if low.low < high.high else None


def _bounded(manner: Manner, bounds: tuple[int, int], text: str) -> Count:
    """Return the count whose bounds the qualifier leaves."""
    low, high = bounds
    if low != high:
        kind = manner if manner is not Manner.EXACT else Manner.RANGE
        return Count(low=low, high=high, manner=kind, text=text)
    if manner in (Manner.AT_LEAST, Manner.OVER):
        return Count(low=low, high=None, manner=manner, text=text)
    if manner in (Manner.ALMOST, Manner.UP_TO):
        return Count(low=None, high=high, manner=manner, text=text)
    return Count(low=low, high=high, manner=manner, text=text)


def _is_free(stream: Stream, at: int) -> bool:
    """Return whether a figure stands alone: not a percentage, date or clock."""
    if stream.is_word(at, "/", "%", ":") or stream.is_kind(at, "month", "clock"):
        return False
    return not stream.is_word(at, "per", "percent", "degrees", "hours", "hour", "hrs")


def _figures(stream: Stream, at: int) -> Match[tuple[int, int]] | None:
    """Read one number, a range, or a scaled number such as two hundred."""
    first = _single(stream, at)
    if first is None:
        return None
    if stream.is_word(first.end, "to", "or", "-"):
        second = _single(stream, first.end + 1)
        if second is not None and _rises(first.value, second.value):
            return Match((first.value[0], second.value[1]), second.end)
    return first


def _rises(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Return whether two figures make a range, as six to seven does."""
    return first[0] == first[1] and second[0] > first[0]


def _single(stream: Stream, at: int) -> Match[tuple[int, int]] | None:
    """Read one number token with a scale word after it, whole numbers only."""
    token = stream.at(at)
    if token.kind != "number":
        return _article_of_scale(stream, at)
    if token.low % 1 or token.high % 1:
        return None
    scale = SCALE.get(stream.at(at + 1).lower)
    if scale is None:
        return Match((int(token.low), int(token.high)), at + 1)
    return _scaled(stream, at + 2, (int(token.low), int(token.high)), scale)


def _article_of_scale(stream: Stream, at: int) -> Match[tuple[int, int]] | None:
    """Read "a hundred and ten" and "a dozen"."""
    scale = SCALE.get(stream.at(at + 1).lower)
    if scale is None or not stream.is_word(at, "a"):
        return None
    return _scaled(stream, at + 2, (1, 1), scale)


def _scaled(
    stream: Stream, at: int, many: tuple[int, int], scale: int
) -> Match[tuple[int, int]]:
    """Read the rest of one thousand two hundred and twenty after its scale."""
    low, high = many[0] * scale, many[1] * scale
    more = _single(stream, stream.after(at, "and") or at)
    if more is None or more.value[1] >= scale or scale < 100:  # noqa: PLR2004 - a figure plain in its place
        return Match((low, high), at)
    return Match((low + more.value[0], high + more.value[1]), more.end)


def _vague(stream: Stream, at: int, begin: int) -> Match[Count] | None:
    """Read several, numerous, a number of: a count without bounds."""
    match = _VAGUE.read(stream, at)
    if match is None:
        return None
    text = stream.text(begin, match.end)
    return Match(Count(low=None, high=None, manner=Manner.VAGUE, text=text), match.end)


def _none(stream: Stream, at: int, begin: int) -> Match[Count] | None:
    """Read no, none or zero as the count nought."""
    if not stream.is_word(at, *_ZERO) or stream.is_word(at + 1, "longer", "."):
        return None
    text = stream.text(begin, at + 1)
    return Match(Count(low=0, high=0, manner=Manner.EXACT, text=text), at + 1)


def _article(stream: Stream, at: int, begin: int) -> Match[Count] | None:
    """Read a, an and another as the count one."""
    end = stream.skip(at, "additional", "further")
    if stream.is_word(end, "a", "an", "another"):
        end += 1
    elif begin == end or not stream.is_word(end - 1, "another", "additional"):
        return None
    text = stream.text(begin, end)
    return Match(Count(low=1, high=1, manner=Manner.EXACT, text=text), end)
