"""When, as worded: parts of days, dates, clocks, and what was said before.

A `TimePhrase` keeps only what the words give; `pamiers.ingest.smm.calendar`
turns it into instants with the report's dates.
"""

from dataclasses import dataclass, replace

from pamiers.ingest.smm.numerals import ORDINAL
from pamiers.ingest.smm.phrase.dates import Day, outer_days, read_days
from pamiers.ingest.smm.stream import Match, Phrasebook, Stream
from pamiers.ingest.smm.wordlist import phrases, words


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePhrase:
    """What a time phrase says; empty fields are left to the context."""

    days: tuple[Day, ...] = ()  #: first and last, equal days given once
    parts: tuple[str, ...] = ()  #: early morning, morning, afternoon, night ...
    start_min: float | None = None  #: clock [minutes after midnight]
    end_min: float | None = None
    shift_days: int = 0  #: the following day 1, the previous day -1
    later: bool = False  #: some time after what was said before
    reach: str | None = None  #: "until" a clock time, or from it "onward"
    spans: bool = False  #: each clock time was given its own date
    end_shift: int = 0  #: days from the last date to that of the end
    period: str | None = None  #: reporting, previous, cumulative, evenings
    about: bool = False
    text: str = ""


_PARTS: Phrasebook[str] = Phrasebook(
    {
        f"{shade}{part}{tail}": f"{shade}{part}".strip()
        for shade in ("", "early ", "late ", "mid ")
        for part in ("morning", "afternoon", "evening", "night", "day")
        for tail in ("", " hours")
        if not (shade and part == "day") or tail == ""
    }
    | {
        "daytime hours": "day",
        "daytime": "day",
        "daylight hours": "day",
        "midday": "midday",
        "noon": "midday",
        "midnight": "midnight",
        "overnight": "night",
        "evenings": "evening",
        "nights": "night",
        "mornings": "morning",
        "afternoons": "afternoon",
        "early hours": "early morning",
        "night time": "night",
        "night time hours": "night",
        "whole day": "day",
        "dawn": "early morning",
        "dusk": "evening",
        "early evening": "evening",
    }
)
_RELATIVE: Phrasebook[int | None] = Phrasebook(
    {
        "the following day": 1,
        "on the following day": 1,
        "the next day": 1,
        "on the next day": 1,
        "the following morning": 1,
        "the day after": 1,
        "the previous day": -1,
        "on the previous day": -1,
        "the day before": -1,
        "the previous evening": -1,
        "on the previous evening": -1,
        "the previous afternoon": -1,
        "the previous morning": -1,
        "the same day": 0,
        "on the same day": 0,
        "that day": 0,
        "on that day": 0,
        "earlier that day": 0,
        "earlier on the same day": 0,
        "later that day": 0,
        "later on the same day": 0,
        "later the same day": 0,
        "that same day": 0,
        "the same night": 0,
        "on the same night": 0,
        "the same evening": 0,
        "on the same evening": 0,
        "that evening": 0,
        "that night": 0,
        "that morning": 0,
        "that afternoon": 0,
        "the same morning": 0,
        "on the same afternoon": 0,
        "at the same time": 0,
        "on the same morning": 0,
        "on both days": 0,
        "during the same period": 0,
        "in the same period": 0,
        "on the same dates": 0,
        "on the same date": 0,
        "the same afternoon": 0,
    }
)
_LATER: Phrasebook[bool] = Phrasebook(
    dict.fromkeys(
        phrases(
            """
subsequently|later|afterwards|thereafter|immediately|simultaneously|soon after
shortly after|shortly afterwards|soon afterwards|a few seconds later|seconds later
moments later|a few minutes later|minutes later|shortly thereafter
some minutes later|less than|during the same flight|during this time|shortly before
immediately after|right after this|during the flight|after landing
almost immediately
"""
        ),
        True,
    )
)
_PERIODS: Phrasebook[str] = Phrasebook(
    {
        "in the previous reporting period": "previous",
        "during the previous reporting period": "previous",
        "in the previous 24 hours": "previous",
        "during the previous 24 hours": "previous",
        "in the preceding 24 hours": "previous",
        "the previous reporting period": "previous",
        "the previous 24 hours": "previous",
        "the preceding 24 hours": "previous",
        "previous reporting period": "previous",
        "the previous period": "previous",
        "in the previous period": "previous",
        "the reporting period before": "previous",
        "the previous 24 hour period": "previous",
        "in the reporting period": "reporting",
        "during the reporting period": "reporting",
        "over the reporting period": "reporting",
        "in this reporting period": "reporting",
        "throughout the reporting period": "reporting",
        "the reporting period": "reporting",
        "in the past 24 hours": "reporting",
        "in the last 24 hours": "reporting",
        "until the end of the reporting period": "reporting",
        "the previous week": "previous",
        "in the previous week": "previous",
        "the previous reporting periods": "previous",
    }
)
_LEADS = words(
    """
on in during throughout over at from the around about approximately by of since for
roughly whole overnight both shortly before after until till starting all course
just again into as
"""
)


def time_phrase(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read one time phrase with everything that belongs to it, or decline.

    Examples:
        >>> time_phrase(Stream.of("On the night of 22-23 August, the"), 0).value.parts
        ('night',)
    """
    for reader in (_period, _since, _evenings, _relative, _clocks, _elapsed, _dated):
        match = reader(stream, at)
        if match is not None:
            text = stream.text(at, match.end)
            return Match(replace(match.value, text=text), match.end)
    return None


def _period(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read "in the previous reporting period"."""
    match = _PERIODS.read(stream, at)
    if match is None:
        return None
    return Match(TimePhrase(period=match.value), match.end)


def _since(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read "From 00:01 on 27 July until the end of the reporting period"."""
    if not stream.is_word(at, "from", "since", "between"):
        return None
    start = _clocked_day(stream, at + 1)
    if start is None:
        return None
    end = stream.skip(start.end, ",")
    closing = stream.after(end, "until the end of the reporting period")
    closing = closing or stream.after(end, "to the end of the reporting period")
    if closing is None and not stream.is_word(at, "since"):
        return None
    return Match(replace(start.value, period="cumulative"), closing or start.end)


def _clocked_day(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read "00:01 on 27 July" or "27 July" alone."""
    clock = stream.at(stream.skip(at, "about", "around"))
    start = None
    if clock.kind == "clock":
        start, at = clock.low, stream.skip(at, "about", "around") + 1
    days = read_days(stream, stream.skip(at, "on", ",", "the"))
    if days is None:
        return None
    return Match(TimePhrase(days=days.value, start_min=start), days.end)


def _evenings(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read "between the evenings of 14 and 15 July": cut-off to cut-off."""
    if not stream.is_word(at, "between", "from"):
        return None
    end = stream.after(at + 1, "the evenings of") or stream.after(
        at + 1, "the evening of"
    )
    days = read_days(stream, end) if end is not None else None
    if days is None:
        return None
    found, end = days.value, days.end
    again = stream.skip(end, "and", "to", "until", "the", "evening", "of", "on")
    more = read_days(stream, again) if again > end else None
    if more is not None and len(found) == 1:
        found, end = outer_days(found + more.value), more.end
    return Match(TimePhrase(days=found, period="evenings"), end)


def _relative(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read "The following day" and "Seconds later"."""
    match = _RELATIVE.read(stream, stream.skip(at, "later", "earlier", ","))
    if match is not None:
        shift = match.value or 0
        found = TimePhrase(shift_days=shift, later=True)
        return _with_part(stream, at, match.end, found)
    later = _LATER.read(stream, at)
    if later is None or stream.is_word(later.end - 1, "than"):
        return None
    return Match(TimePhrase(later=True), later.end)


def _with_part(
    stream: Stream, at: int, end: int, found: TimePhrase
) -> Match[TimePhrase]:
    """Add the part of day that a relative phrase names inside or after it."""
    while stream.is_word(end, "and") and _PARTS.read(stream, end + 1) is not None:
        end += 2
    words = {stream.at(i).lower for i in range(at, end)}
    parts = tuple(
        part for part in ("morning", "afternoon", "evening", "night") if part in words
    )
    after = _clocks(stream, stream.skip(end, ","))
    if after is not None and not after.value.days:
        clock = after.value
        merged = replace(found, start_min=clock.start_min, end_min=clock.end_min)
        return Match(merged, after.end)
    return Match(replace(found, parts=parts), end)


def _clocks(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read clock times with the date beside them, on either side."""
    about = stream.is_word(at + 1, "about", "around", "approximately")
    lead = stream.skip(
        at,
        "at",
        "between",
        "from",
        "around",
        "about",
        "approximately",
        "by",
        "since",
        "until",
        "before",
        "after",
        "and",
        "exactly",
        "just",
        "shortly",
    )
    first = _clock(stream, lead, said=lead > at)
    if first is None:
        return None
    found = TimePhrase(start_min=first.value, about=about)
    tail = _clock_tail(stream, first.end, found)
    return _reaching(stream, at, lead, tail)


def _reaching(
    stream: Stream, at: int, lead: int, found: Match[TimePhrase]
) -> Match[TimePhrase]:
    """Read "until 14:00", "by 14:00" and "from 14:00 onwards" as stretches."""
    if found.value.end_min is not None:
        return found
    words = {stream.at(i).lower for i in range(at, lead)}
    onward = stream.is_word(found.end, "onwards", "onward")
    if words & {"shortly", "just"}:
        return Match(replace(found.value, about=True), found.end)
    reach = "onward" if onward or words & {"since", "after"} else None
    reach = "until" if words & {"until", "by", "before"} else reach
    return Match(replace(found.value, reach=reach), found.end + onward)


def _clock(stream: Stream, at: int, *, said: bool) -> Match[float] | None:
    """Read one time of day; "at 13.08" counts where a preposition says so."""
    token = stream.at(at)
    if token.kind == "clock":
        return Match(token.low, stream.skip(at + 1, "hrs", "hours", "h"))
    if said and token.kind == "number" and _is_dotted(token.text):
        hours, _, minutes = token.text.partition(".")
        end = stream.skip(at + 1, "hrs", "hours")
        return Match(60.0 * int(hours) + int(minutes), end)
    if stream.is_word(at, "midnight", "noon", "midday") and said:
        return Match(0.0 if token.lower == "midnight" else 720.0, at + 1)
    return None


def _is_dotted(text: str) -> bool:
    """Return whether a figure such as 13.08 can be a time of day."""
    hours, dot, minutes = text.partition(".")
    whole = hours.isdigit() and len(minutes) == 2 and minutes.isdigit()  # noqa: PLR2004 - a figure plain in its place
    return bool(dot) and whole and int(hours) < 24 and int(minutes) < 60  # noqa: PLR2004 - a figure plain in its place


def _clock_tail(stream: Stream, at: int, found: TimePhrase) -> Match[TimePhrase]:
    """Read an end time and the dates of a clock phrase."""
    first_day = read_days(stream, stream.skip(at, "on", "of", ","), joined=False)
    end = first_day.end if first_day is not None else at
    days = first_day.value if first_day is not None else ()
    joined = stream.is_word(end, "and", "-", "to", "until", "till")
    if joined:
        last = _clock(stream, stream.skip(end + 1, "about", "around"), said=True)
        if last is not None:
            found, end = replace(found, end_min=last.value), last.end
            more = read_days(stream, stream.skip(end, "on", "of", ",", "the"))
            if more is not None:
                found = replace(found, spans=bool(days))
                days, end = days + more.value, more.end
            next_day = _RELATIVE.read(stream, stream.skip(end, ",")) if days else None
            if next_day is not None and next_day.value == 1:
                found, end = replace(found, end_shift=1), next_day.end
    if not days:
        return _clock_part(stream, end, found)
    return Match(replace(found, days=outer_days(days)), end)


def _clock_part(stream: Stream, at: int, found: TimePhrase) -> Match[TimePhrase]:
    """Read "on the morning of 25 May" or "the following day" after a clock."""
    relative = _RELATIVE.read(stream, stream.skip(at, ",", "on"))
    if relative is not None:
        shifted = replace(found, shift_days=relative.value or 0, later=True)
        return Match(shifted, relative.end)
    if not stream.is_word(at, "on", "in", "during", "of"):
        return Match(found, at)
    dated = _dated(stream, at)
    if dated is None:
        return Match(found, at)
    return Match(replace(found, days=dated.value.days), dated.end)


def _elapsed(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read "Less than half a minute later" and "After about five minutes"."""
    start = stream.skip(
        at,
        "less",
        "than",
        "about",
        "approximately",
        "around",
        "after",
        "some",
        "half",
        "a",
        "an",
        "few",
        "couple",
        "of",
        "for",
        "over",
        "within",
        "period",
        "in",
        "the",
        "space",
        "several",
        "lasting",
        "at",
        "least",
        "more",
        "another",
    )
    end = start + 1 if stream.is_kind(start, "number") else start
    unit = stream.skip(
        end,
        "second",
        "seconds",
        "minute",
        "minutes",
        "hour",
        "hours",
        "hour-long",
        "days",
        "weeks",
        "months",
        "year",
        "years",
        "week",
        "month",
    )
    tail = stream.skip(
        unit, "later", "after", "earlier", "before", "following", "period", "afterwards"
    )
    if unit == end or (tail == unit and start == at):
        return None
    days_back = _days_back(stream, start, end, unit)
    if days_back:
        return Match(TimePhrase(shift_days=-days_back, later=True), tail)
    return Match(TimePhrase(later=True), tail)


def _days_back(stream: Stream, start: int, end: int, unit: int) -> int:
    """Return how many days "two days earlier" goes back, 0 for anything else."""
    if not stream.is_word(unit - 1, "day", "days", "week", "weeks"):
        return 0
    if end == start or not stream.is_word(unit, "earlier", "before"):
        return 0
    each = 7 if stream.is_word(unit - 1, "week", "weeks") else 1
    return each * int(stream.at(start).low)


def _dated(stream: Stream, at: int) -> Match[TimePhrase] | None:
    """Read parts of day and dates: "On the evening and night of 23-24 September"."""
    start = stream.skip(at, *_LEADS)
    parts, end = _part_list(stream, start)
    days = read_days(stream, stream.skip(end, "of", "on", "the", "hours", ","))
    if days is None:
        lead = start > at or stream.is_word(at, "overnight")
        if not parts or not (lead or stream.is_word(start, "overnight")):
            return None
        return Match(TimePhrase(parts=parts), end)
    if not parts and "overnight" in [stream.at(i).lower for i in range(at, start)]:
        parts = ("night",)
    return _dated_clock(stream, days, parts)


def _dated_clock(
    stream: Stream, days: Match[tuple[Day, ...]], parts: tuple[str, ...]
) -> Match[TimePhrase]:
    """Read the clock that may follow a date: "On 8 August, at 20:20"."""
    found = TimePhrase(days=days.value, parts=parts)
    after = stream.skip(days.end, ",")
    said = stream.is_word(after, "at", "between", "from", "around")
    if not said and not stream.is_kind(after, "clock"):
        return Match(found, days.end)
    clock = _clocks(stream, after)
    if clock is None or (clock.value.days and clock.value.days != days.value):
        return Match(found, days.end)
    merged = replace(
        found, start_min=clock.value.start_min, end_min=clock.value.end_min
    )
    return Match(merged, clock.end)


def _part_list(stream: Stream, at: int) -> tuple[tuple[str, ...], int]:
    """Read "evening and night hours" as parts of the day."""
    found: list[str] = []
    end = at
    while (
        part := _PARTS.read(stream, end if not found else _and(stream, end))
    ) is not None:
        found.append(part.value)
        end = part.end
    return tuple(found), end


def _and(stream: Stream, at: int) -> int:
    """Return the position after what joins two parts of a day."""
    return stream.skip(at, "and", ",", "/", "the", "or", "-")


def is_ordinal(word: str) -> bool:
    """Return whether a word is an ordinal, which is never a count."""
    return word in ORDINAL
