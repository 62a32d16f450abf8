"""From worded times to UTC intervals, with the dates a report gives of itself.

A year that the sentence leaves out is the latest that does not lie after the
report; without any date in the report the time stays unresolved. Parts of the
day are conventions of this reader, wide on purpose, in Kyiv wall-clock time:
the Mission never published its own.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pamiers.ingest.smm.phrase.dates import Day
from pamiers.ingest.smm.phrase.times import TimePhrase
from pamiers.ingest.smm.sentence import ReportHeader, TimeSpan

ZONE = ZoneInfo("Europe/Kyiv")
CUT_OFF = time(19, 30)  #: end of the Mission's reporting day, Kyiv wall clock
#: Part of day to its first and last hour; an end past 24 is on the next day.
PARTS: dict[str, tuple[int, int]] = {
    "early morning": (3, 9),
    "morning": (5, 12),
    "late morning": (9, 13),
    "mid morning": (8, 12),
    "midday": (11, 14),
    "early afternoon": (12, 16),
    "afternoon": (12, 18),
    "late afternoon": (15, 19),
    "mid afternoon": (13, 17),
    "early evening": (16, 20),
    "evening": (17, 24),
    "late evening": (20, 24),
    "mid evening": (18, 23),
    "early night": (20, 25),
    "night": (20, 30),
    "late night": (22, 28),
    "mid night": (22, 26),
    "midnight": (23, 25),
    "day": (5, 21),
}
#: "That evening" of 4-5 August was the 4th, "that morning" the 5th.
_FIRST_DAY = (("evening",), ("afternoon",), ("late evening",), ("early evening",))
_LAST_DAY = (("morning",), ("early morning",), ("late morning",))
_SLACK = timedelta(days=2)  #: a report may name the day after its own date
_ABOUT = timedelta(minutes=10)
_EARLY = (90, 10)  #: numbers of daily and of spot reports that spring has passed
_DAYS_OF_WEEK = timedelta(days=5)  #: of a week at the least, with and without its ends
_ONE_DAY = timedelta(hours=25)  #: with the hour that clocks are put back
_HOUR_MIN = 60
_NOON_MIN = 720.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What resolves a time phrase: the report's dates and the last ones named."""

    anchor: date | None  #: date of the report, None when it gives none
    as_of: datetime | None  #: cut-off of the report, UTC
    period_start: datetime | None  #: begin of the reporting period, UTC
    days: tuple[date, date] | None = None  #: first and last day named before
    span: TimeSpan | None = None  #: last time resolved before
    year: int | None = None  #: of the report's number, where no date gives one


def dates_of(header: ReportHeader) -> Dates:
    """Return the dates of a report before its first sentence."""
    local = header.as_of.astimezone(ZONE).date() if header.as_of else None
    start = None
    if local is not None and header.as_of is not None:
        start = at_clock(
            local - timedelta(days=1), header.as_of.astimezone(ZONE).time()
        )
    return Dates(
        anchor=local or header.issued_on,
        as_of=header.as_of,
        period_start=start,
        year=_numbered_year(header),
    )


def _numbered_year(header: ReportHeader) -> int | None:
    """Return the year of the report's number, unless it may tell of the one before."""
    number, _, year = (header.number or "").partition("/")
    early = number.isdigit() and int(number) < _EARLY[header.kind == "spot"]
    return int(year) if year.isdigit() and not early else None


def at_clock(day: date, clock: time, *, last: bool = False) -> datetime:
    """Return a Kyiv wall-clock time as UTC; `last` takes a repeated hour late."""
    local = datetime.combine(day, clock, tzinfo=ZONE).replace(fold=int(last))
    return local.astimezone(UTC)


def _at_minutes(day: date, minutes: float, *, last: bool = False) -> datetime:
    """Return minutes after a day's midnight as UTC; beyond 24 h on the next day."""
    days, rest = divmod(int(minutes), 24 * _HOUR_MIN)
    clock = time(rest // _HOUR_MIN, rest % _HOUR_MIN)
    return at_clock(day + timedelta(days=days), clock, last=last)


def named_days(phrase: TimePhrase, dates: Dates) -> tuple[date, date] | None:
    """Return the first and last day a phrase means, or None when it cannot be told."""
    if phrase.days:
        found = [_date(day, dates.anchor, dates.year) for day in phrase.days]
        if any(day is None for day in found):
            return None
        known = [day for day in found if day is not None]
        return known[0], known[-1]
    if dates.days is None:
        return None
    first = dates.days[1] + timedelta(days=phrase.shift_days)
    if phrase.shift_days:
        return first, first
    at = 0 if phrase.parts in _FIRST_DAY else 1
    one = phrase.parts in (*_FIRST_DAY, *_LAST_DAY)
    return (dates.days[at], dates.days[at]) if one else dates.days


def _date(day: Day, anchor: date | None, numbered: int | None) -> date | None:
    """Return a date, its year taken from the report when it has none."""
    if not day.exact or day.month is None:
        return None
    year = day.year or (anchor.year if anchor is not None else numbered)
    if year is None:
        return None
    try:
        found = date(year, day.month, day.day)
    except ValueError:
        return _leap(day, year)
    if day.year is None and anchor is not None and found > anchor + _SLACK:
        return _last_year(found)
    return found


def _leap(day: Day, year: int) -> date | None:
    """Return 29 February of the leap year before, or None for no such day."""
    try:
        return date(year - 1, day.month or 1, day.day) if day.year is None else None
    except ValueError:
        return None


def _last_year(found: date) -> date | None:
    """Return the same day a year before, None for 29 February."""
    try:
        return found.replace(year=found.year - 1)
    except ValueError:
        return None


def resolve(phrase: TimePhrase | None, dates: Dates) -> TimeSpan:
    """Return the interval of a time phrase; `basis` says how it was arrived at.

    Without a phrase the time is that of the sentence before when dates carry
    one, else the reporting period; without either it is unresolved.
    """
    if phrase is None:
        return dates.span or _reporting(dates, "")
    if phrase.period is not None:
        return _of_period(phrase, dates)
    days = named_days(phrase, dates)
    if days is None:
        return _undated(phrase, dates)
    plain = phrase.start_min is None and not phrase.parts
    if plain and phrase.later and not phrase.days and not phrase.shift_days:
        return _later(phrase, dates)
    return _clipped(_on_days(phrase, days), dates)


def _on_days(phrase: TimePhrase, days: tuple[date, date]) -> TimeSpan:
    """Return the interval of a phrase on known days: clock, part of day, or whole."""
    if phrase.start_min is not None:
        return _clocked(phrase, days)
    if phrase.parts:
        return _parted(phrase, days)
    start = at_clock(days[0], time())
    end = at_clock(days[1] + timedelta(days=1), time())
    return _span(start, end, "stated", phrase)


def _span(start: datetime, end: datetime, basis: str, phrase: TimePhrase) -> TimeSpan:
    """Return an interval that keeps the words it was read from."""
    return TimeSpan(start=start, end=end, basis=basis, text=phrase.text)


def _undated(phrase: TimePhrase, dates: Dates) -> TimeSpan:
    """Return the reporting period for "during night hours", else no interval."""
    only = None
    if not phrase.days and not phrase.shift_days:
        only = _in_period(phrase, dates)
    if only is not None:
        return only
    told = phrase.days or phrase.shift_days or phrase.start_min is not None
    if told or dates.as_of is None:
        return TimeSpan(start=None, end=None, basis="unresolved", text=phrase.text)
    if phrase.later and dates.span is not None:
        return _later(phrase, dates)
    return _reporting(dates, phrase.text)


def _in_period(phrase: TimePhrase, dates: Dates) -> TimeSpan | None:
    """Return the one interval of the reporting day that a clock time can mean.

    A reporting day is 24 hours, so a time of day falls in it once; a longer
    period, or one that is not known, gives None.
    """
    start, end = dates.period_start, dates.as_of
    if start is None or end is None or end - start > _ONE_DAY:
        return None
    last = end.astimezone(ZONE).date()
    if phrase.reach is not None:
        return _reaching(phrase, dates)
    for day in (last, last - timedelta(days=1)):
        found = _on_days(phrase, (day, day))
        if found.start and found.end and start <= found.start < found.end <= end:
            return found
    return None


def _reaching(phrase: TimePhrase, dates: Dates) -> TimeSpan | None:
    """Return the part of the reporting day until a clock time, or from it on."""
    clock = _in_period(replace(phrase, reach=None), dates)
    if clock is None:
        return None
    if phrase.reach == "until":
        return replace(clock, start=dates.period_start, end=clock.start)
    return replace(clock, end=dates.as_of)


def _reporting(dates: Dates, text: str) -> TimeSpan:
    """Return the reporting period, unresolved when the report gives no cut-off."""
    if dates.as_of is None or dates.period_start is None:
        return TimeSpan(start=None, end=None, basis="unresolved", text=text)
    return TimeSpan(
        start=dates.period_start, end=dates.as_of, basis="reporting-period", text=text
    )


def _of_period(phrase: TimePhrase, dates: Dates) -> TimeSpan:
    """Return the reporting period, the one before, or a running one."""
    if phrase.period == "evenings":
        days = named_days(phrase, dates)
        if days is None:
            return TimeSpan(start=None, end=None, basis="unresolved", text=phrase.text)
        cut = dates.as_of.astimezone(ZONE).time() if dates.as_of else CUT_OFF
        return _span(at_clock(days[0], cut), at_clock(days[1], cut), "stated", phrase)
    current = _reporting(dates, phrase.text)
    if current.start is None or phrase.period == "reporting":
        return current
    if phrase.period == "previous":
        length = current.end - current.start if current.end else timedelta()
        start = current.start - max(
            timedelta(days=1), length if length > _DAYS_OF_WEEK else timedelta()
        )
        return _span(start, current.start, "reporting-period", phrase)
    return _cumulative(phrase, dates)


def _cumulative(phrase: TimePhrase, dates: Dates) -> TimeSpan:
    """Return from a stated beginning until the cut-off."""
    days = named_days(phrase, dates)
    if days is None or dates.as_of is None:
        return TimeSpan(start=None, end=None, basis="unresolved", text=phrase.text)
    start = _at_minutes(days[0], phrase.start_min or 0.0)
    if start >= dates.as_of:
        return TimeSpan(start=None, end=None, basis="unresolved", text=phrase.text)
    return _span(start, dates.as_of, "stated", phrase)


def _clocked(phrase: TimePhrase, days: tuple[date, date]) -> TimeSpan:
    """Return the interval of clock times; an end before the start is the next day."""
    begin = phrase.start_min or 0.0
    if phrase.end_min is not None and phrase.end_min > begin and not phrase.spans:
        days = (days[1], days[1]) if begin < _NOON_MIN else (days[0], days[0])
    first = days[0]
    night = days[0] != days[1] and begin < _NOON_MIN and phrase.end_min is None
    first = days[1] if night else first
    start = _at_minutes(first, begin)
    if phrase.reach == "until":
        return _span(at_clock(first, time()), start, "stated", phrase)
    if phrase.reach == "onward":
        end = at_clock(first + timedelta(days=1), time())
        return _span(start, end, "stated", phrase)
    if phrase.end_min is None:
        end = _at_minutes(first, begin + 1, last=True)
        wide = _ABOUT if phrase.about else timedelta()
        return _span(start - wide, end + wide, "stated", phrase)
    last = days[1] if days[0] != days[1] else first
    last += timedelta(days=phrase.end_shift)
    end = _at_minutes(last, phrase.end_min + 1, last=True)
    if end <= start:
        end = _at_minutes(last + timedelta(days=1), phrase.end_min + 1, last=True)
    return _span(start, end, "stated", phrase)


def _parted(phrase: TimePhrase, days: tuple[date, date]) -> TimeSpan:
    """Return the interval of parts of days, a night reaching into the morning."""
    first, last = PARTS[phrase.parts[0]], PARTS[phrase.parts[-1]]
    start = _at_minutes(days[0], first[0] * _HOUR_MIN)
    if phrase.parts == ("night",) and days[0] == days[1]:
        start = at_clock(days[0], time())
    spans_midnight = last[1] > 24 and days[0] != days[1]  # noqa: PLR2004 - a figure plain in its place
    hours = last[1] - 24 if spans_midnight else last[1]
    end = _at_minutes(days[1], hours * _HOUR_MIN, last=True)
    return _span(start, max(end, start + timedelta(hours=1)), "part-of-day", phrase)


def _later(phrase: TimePhrase, dates: Dates) -> TimeSpan:
    """Return from the time said before until an hour, or the day's end, after it."""
    before = dates.span
    if before is None or before.start is None or before.end is None:
        return _reporting(dates, phrase.text)
    short = any(
        unit in phrase.text.lower() for unit in ("second", "minute", "same time")
    )
    end = before.end + timedelta(hours=1)
    if not short:
        local = before.start.astimezone(ZONE).date()
        end = max(before.end, at_clock(local + timedelta(days=1), time()))
    return _clipped(_span(before.start, end, "carried", phrase), dates)


def _clipped(span: TimeSpan, dates: Dates) -> TimeSpan:
    """Return an interval that ends no later than the report's cut-off."""
    if dates.as_of is None or span.start is None or span.end is None:
        return span
    if span.start < dates.as_of < span.end and dates.as_of - span.start > timedelta(
        minutes=1
    ):
        return TimeSpan(
            start=span.start, end=dates.as_of, basis=span.basis, text=span.text
        )
    return span
