"""Dates as written: 23-24 September, 3 and 4 August, January 16, 03-Jun."""

from dataclasses import dataclass, replace

from pamiers.ingest.smm.lexer import MONTH_NUMBER
from pamiers.ingest.smm.stream import Match, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date as written; the year is None where the text gives none."""

    day: int
    month: int | None
    year: int | None = None
    exact: bool = True  #: False for a numeric date whose order is not sure


def read_days(
    stream: Stream, at: int, *, joined: bool = True
) -> Match[tuple[Day, ...]] | None:
    """Read one date or the two ends of several: 23-24 September, 3 and 4 August."""
    first = _iso(stream, at) or _day_month(stream, at) or _month_day(stream, at)
    if first is None:
        return None
    days, end = first.value, first.end
    if joined and stream.is_word(end, "and", "-", "to", "until", ",", "/"):
        more = read_days(stream, stream.skip(end + 1, "on", "the"))
        if more is not None and not stream.is_kind(more.end, "clock"):
            days, end = days + more.value, more.end
    return Match(outer_days(days), end)


def outer_days(days: tuple[Day, ...]) -> tuple[Day, ...]:
    """Return the first and last of some days; a month said once holds for all."""
    month, year = days[-1].month, days[-1].year
    filled = tuple(
        replace(
            d,
            month=d.month or month,
            year=d.year
            or (year if d.month is None or d.month <= (month or 12) else None),
        )
        for d in days
    )
    return filled if len(filled) == 1 else (filled[0], filled[-1])


def _iso(stream: Stream, at: int) -> Match[tuple[Day, ...]] | None:
    """Read a numeric date token."""
    token = stream.at(at)
    if token.kind != "date":
        return None
    if token.value is None:
        return Match((Day(day=0, month=None, exact=False),), at + 1)
    year, month, day = (int(part) for part in token.value.split("-"))
    return Match((Day(day=day, month=month, year=year),), at + 1)


def _day_month(stream: Stream, at: int) -> Match[tuple[Day, ...]] | None:
    """Read "23-24 September 2018", "27 July" or "3 and 4 August"."""
    token = stream.at(at)
    if (
        token.kind != "number"
        or not 1 <= token.low <= token.high <= 31 + token.high % 1
    ):
        return _over_month(stream, at)
    end = at + 1
    if stream.is_word(end, "st", "nd", "rd", "th"):
        end += 1
    month = stream.at(stream.skip(end, "-", "of"))
    if month.kind != "month":
        return _shared_month(stream, at, end)
    return _finish(stream, at, stream.skip(end, "-", "of"))


def _over_month(stream: Stream, at: int) -> Match[tuple[Day, ...]] | None:
    """Decline: a figure that is no day of a month opens no date."""
    del stream, at
    return None


def _shared_month(stream: Stream, at: int, end: int) -> Match[tuple[Day, ...]] | None:
    """Read the first of "3 and 4 August" or "3, 4 and 5 August"."""
    if not stream.is_word(end, "and", ",", "-", "to", "/"):
        return None
    rest = _day_month(stream, stream.skip(end, "and", ",", "-", "to", "/"))
    if rest is None or stream.at(at).low != stream.at(at).high:
        return None
    first = Day(day=int(stream.at(at).low), month=None)
    return Match((first, *rest.value), rest.end)


def _finish(stream: Stream, at: int, month_at: int) -> Match[tuple[Day, ...]]:
    """Return the days of a date whose month stands at a position."""
    month = int(stream.at(month_at).low)
    low, high = int(stream.at(at).low), int(stream.at(at).high)
    year, end = _year(stream, month_at + 1)
    first = Day(day=low, month=month, year=year)
    if low == high:
        return Match((first,), end)
    return Match((first, Day(day=high, month=month, year=year)), end)


def _month_day(stream: Stream, at: int) -> Match[tuple[Day, ...]] | None:
    """Read "January 16, 2016" with the month first."""
    month, day = stream.at(at), stream.at(at + 1)
    if month.kind != "month" or day.kind != "number" or not 1 <= day.low <= 31:  # noqa: PLR2004 - a figure plain in its place
        return None
    year, end = _year(stream, stream.skip(at + 2, ","))
    end = end if year is not None else at + 2
    number = MONTH_NUMBER[month.lower]
    first = Day(day=int(day.low), month=number, year=year)
    if day.low == day.high:
        return Match((first,), end)
    return Match((first, replace(first, day=int(day.high))), end)


def _year(stream: Stream, at: int) -> tuple[int | None, int]:
    """Read a year of four digits, or of two after a hyphen."""
    start = stream.skip(at, ",") if stream.is_kind(at + 1, "number") else at
    start = stream.skip(start, "-")
    token = stream.at(start)
    if token.kind == "number" and 2000 <= token.low <= 2100:  # noqa: PLR2004 - a figure plain in its place
        return int(token.low), start + 1
    return None, at
