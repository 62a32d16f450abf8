"""Dates and times to intervals in UTC, with what had to be assumed.

A time is the interval of its own resolution: `19:30` lasts a minute, a date lasts
its calendar day in the zone, a month its month. A local time that a zone repeats
covers both readings; one that it skips is refused.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from pamiers.core.errors import MalformedSourceError
from pamiers.core.instant import to_utc
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.values.dates import parse_days
from pamiers.ingest.values.numbers import western_digits

_CLOCK: Final = re.compile(
    r"(?P<day>.+?)(?:[T ]|,\s*)"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?",
    re.ASCII,
)
_MIDNIGHT: Final = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2}) 00:00:00(?:\.0+)?", re.ASCII)
_DIGITS: Final = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_WORDS: Final = re.compile(
    r"\b(?:noon|midday|midnight|dawn|dusk|sunrise|sunset|morning|afternoon|evening|"
    r"night|yesterday|today|tomorrow)\b",
    re.IGNORECASE,
)
_UNIVERSAL: Final = ("Z", "UTC", "GMT")
_CANDIDATES: Final = {
    "IST": "India +05:30, Israel +02:00, Ireland +01:00",
    "CST": "North America -06:00, China +08:00, Cuba -05:00",
    "BST": "Britain +01:00, Bangladesh +06:00",
    "EST": "North America -05:00, Australia +10:00",
    "AST": "Atlantic -04:00, Arabia +03:00",
    "EET": "Europe/Kyiv, Africa/Cairo and others +02:00",
    "EEST": "Europe/Kyiv, Asia/Beirut and others +03:00",
    "MSK": "Europe/Moscow +03:00, +04:00 from 2011 to 2014",
}
_SECOND: Final = timedelta(seconds=1)
_MINUTE: Final = timedelta(minutes=1)
_LEAP: Final = 60
_LAST_HOUR: Final = 23
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_UNITS: Final = {"epoch_s": 1, "epoch_ms": 1_000, "epoch_us": 1_000_000}
#: serial 1 is 1 January 1900; 1900 counts as a leap year there, so day 0 is earlier
_SERIALS: Final = {"excel_1900": date(1899, 12, 30), "excel_1904": date(1904, 1, 1)}
_LIKELY_SERIAL: Final = range(20_000, 80_000)
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_BASIC_DATE: Final = re.compile(r"(?:19|20)\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimeGrammar:
    """What is known of the times of a column besides their text."""

    zone: tzinfo | None = None  #: of calendar days
    clock_zone: tzinfo | None = None  #: of local clock times; None refuses them
    order: str | None = None  #: of day and month
    form: str = "iso"  #: or `epoch_s`, `epoch_ms`, `epoch_us`, `excel_1900` ...
    midnight_is_day: bool = False  #: `2014-01-22 00:00:00.000` stands for the day


@dataclass(frozen=True, slots=True)
class When:
    """An interval `[start, end)` in UTC, and the codes of what was assumed."""

    start: datetime
    end: datetime
    notes: tuple[str, ...] = ()


def parse_time(text: str, grammar: TimeGrammar) -> When:
    """Return the interval that a date or time stands for.

    Args:
        text: A date, a time, or two of them with a slash between.
        grammar: Zone, order and form of the column.

    Returns:
        The interval, with `W-ZONE-ASSUMED` where a zone was taken from the grammar.

    Raises:
        RefusedError: `Q-TIME-...`, `Q-ZONE-ABBREV`, `Q-DATE-AMBIG`, `Q-INTERVAL`.
    """
    plain = western_digits(text).strip()
    if grammar.form != "iso":
        return _number(plain, grammar)
    if plain.count("/") == 1:
        return _between(plain, grammar)
    return _single(plain, grammar)


def _between(plain: str, grammar: TimeGrammar) -> When:
    ends = plain.split("/")
    if any(not end or end == ".." for end in ends):
        raise RefusedError(
            "Q-INTERVAL", expected="both ends of the interval", got=shown(plain)
        )
    first, last = (_single(end.strip(), grammar) for end in ends)
    if last.end <= first.start:
        raise RefusedError(
            "Q-INTERVAL", expected="an end after its start", got=shown(plain)
        )
    notes = tuple(sorted({*first.notes, *last.notes}))
    return When(first.start, last.end, notes)


def _single(plain: str, grammar: TimeGrammar) -> When:
    day_only = _MIDNIGHT.fullmatch(plain) if grammar.midnight_is_day else None
    if day_only is not None:
        return _days(day_only["day"], grammar)
    found = _CLOCK.fullmatch(plain)
    if found is not None:
        return _clocked(found, plain, grammar)
    if _WORDS.search(plain):
        raise RefusedError("Q-TIME-WORD", expected="hours", got=shown(plain))
    if _DIGITS.fullmatch(plain) and not _is_date(plain):
        raise _unitless(plain)
    return _days(plain, grammar)


def _is_date(plain: str) -> bool:
    return bool(_YEAR.fullmatch(plain) or _BASIC_DATE.fullmatch(plain))


def _unitless(plain: str) -> RefusedError:
    whole = len(plain.lstrip("+-").partition(".")[0])
    meaning = {10: "seconds", 13: "milliseconds", 16: "microseconds"}.get(whole)
    if meaning is not None:
        got = f"{plain}, perhaps {meaning} since 1970"
    elif float(plain) in _LIKELY_SERIAL or int(float(plain)) in _LIKELY_SERIAL:
        days = timedelta(days=int(float(plain)))
        either = " or ".join(str(each + days) for each in _SERIALS.values())
        got = f"{plain}, perhaps a spreadsheet's {either}"
    else:
        return RefusedError("Q-TIME-FORM", expected="a date", got=shown(plain))
    return RefusedError("Q-TIME-EPOCH", expected="a date", got=got)


def _number(plain: str, grammar: TimeGrammar) -> When:
    if not _DIGITS.fullmatch(plain):
        raise RefusedError(
            "Q-TIME-FORM", expected=f"a number ({grammar.form})", got=shown(plain)
        )
    try:
        return _counted(plain, grammar)
    except (OverflowError, ValueError) as error:
        raise RefusedError(
            "Q-TIME-FORM",
            expected=f"a number of {grammar.form} that is a date",
            got=shown(plain),
        ) from error


def _counted(plain: str, grammar: TimeGrammar) -> When:
    unit = _EPOCH_UNITS.get(grammar.form)
    if unit is not None:
        micros = round(float(plain) * 1_000_000 / unit)
        start = _EPOCH + timedelta(microseconds=micros)
        return When(start, start + max(_SECOND / unit, timedelta(microseconds=1)))
    days = float(plain)
    day = _SERIALS[grammar.form] + timedelta(days=int(days))
    if days == int(days):
        return _calendar(day, day + timedelta(days=1), grammar)
    seconds = round((days - int(days)) * 86_400)
    naive = datetime.combine(day, time()) + timedelta(seconds=seconds)
    return _local(naive, _SECOND, grammar)


def _days(plain: str, grammar: TimeGrammar) -> When:
    first, after = parse_days(plain, grammar.order)
    return _calendar(first, after, grammar)


def _calendar(first: date, after: date, grammar: TimeGrammar) -> When:
    if grammar.zone is None:
        raise _no_zone(str(first))
    start, end = (_midnight(day, grammar.zone) for day in (first, after))
    return When(start, end, ("W-ZONE-ASSUMED",))


def _midnight(day: date, zone: tzinfo) -> datetime:
    """Return the first instant of a day; a skipped midnight moves on by itself."""
    try:
        return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    except OverflowError as error:
        raise RefusedError(
            "Q-TIME-FORM", expected="a date that exists", got=str(day)
        ) from error


def _clocked(found: re.Match[str], plain: str, grammar: TimeGrammar) -> When:
    first, after = parse_days(found["day"].rstrip(","), grammar.order)
    if after - first != timedelta(days=1):
        raise RefusedError("Q-TIME-FORM", expected="one day", got=shown(plain))
    naive, step, notes = _naive(found, first, plain)
    zone = found["zone"]
    when = (
        _local(naive, step, grammar)
        if zone is None
        else _fixed(naive, step, _offset(zone, plain))
    )
    return replace(when, notes=when.notes + notes)


def _naive(
    found: re.Match[str], day: date, plain: str
) -> tuple[datetime, timedelta, tuple[str, ...]]:
    """Return the wall-clock time, its resolution and what was assumed."""
    hour, minute = int(found["hour"]), int(found["minute"])
    second = int(found["second"] or 0)
    micro = int((found["part"] or "0").ljust(6, "0")[:6])
    step = _MINUTE if found["second"] is None else _SECOND
    if found["part"] is not None:
        step = max(_SECOND / 10 ** len(found["part"]), timedelta(microseconds=1))
    notes: tuple[str, ...] = ()
    if second == _LEAP:
        second, micro, notes = 59, 999_999, ("W-LEAP-SECOND",)
        step = timedelta(microseconds=1)
    next_day = hour == _LAST_HOUR + 1 and minute == second == micro == 0
    try:
        clock = time(0 if next_day else hour, minute, second, micro)
        naive = datetime.combine(day + timedelta(days=int(next_day)), clock)
    except (ValueError, OverflowError) as error:
        raise RefusedError(
            "Q-TIME-FORM", expected="an hour that exists", got=shown(plain)
        ) from error
    return naive, step, notes


def _offset(zone: str, plain: str) -> tzinfo:
    if zone in _UNIVERSAL:
        return UTC
    if zone[0] in "+-":
        return _numeric_offset(zone, plain)
    candidates = _CANDIDATES.get(zone)
    got = f"{shown(zone)}, which may be {candidates}" if candidates else shown(zone)
    raise RefusedError("Q-ZONE-ABBREV", expected="an offset such as +03:00", got=got)


def _numeric_offset(zone: str, plain: str) -> tzinfo:
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > _LAST_HOUR or minutes >= 60:  # noqa: PLR2004 - minutes of an hour
        raise RefusedError(
            "Q-TIME-FORM", expected="an offset that exists", got=shown(plain)
        )
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if zone[0] == "-" else ahead)


def _fixed(naive: datetime, step: timedelta, zone: tzinfo) -> When:
    try:
        start = naive.replace(tzinfo=zone).astimezone(UTC)
        return When(start, start + step)
    except OverflowError as error:
        raise RefusedError(
            "Q-TIME-FORM", expected="a time that exists", got=str(naive)
        ) from error


def _local(naive: datetime, step: timedelta, grammar: TimeGrammar) -> When:
    zone = grammar.clock_zone
    if zone is None:
        raise _no_zone(naive.isoformat())
    try:
        early = to_utc(naive.replace(tzinfo=zone, fold=0))
        late = to_utc(naive.replace(tzinfo=zone, fold=1))
        end = late + step
    except MalformedSourceError as error:
        raise RefusedError(
            "Q-TIME-GAP",
            expected=f"a time that clocks in {zone} showed",
            got=naive.isoformat(),
        ) from error
    except OverflowError as error:
        raise RefusedError(
            "Q-TIME-FORM", expected="a time that exists", got=str(naive)
        ) from error
    folded = ("W-TIME-FOLD",) if late != early else ()
    return When(early, end, ("W-ZONE-ASSUMED", *folded))


def _no_zone(got: str) -> RefusedError:
    return RefusedError(
        "Q-TIME-NOZONE",
        expected="an offset, or a declared time zone",
        got=shown(got),
    )
