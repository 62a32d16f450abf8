"""Times in an agreement: instants, days counted from an event, edges of days.

`D + 14 d` says nothing until two things are known: when D was, and whether a day
is 24 hours (`elapsed`) or the same hour on the next day of the calendar
(`wall_clock`). Where clocks change the two lie an hour apart. `start of`, `end of`
and `day after` cut at midnight of the agreement's zone.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import (
    TIME_UNITS,
    Duration,
    TimeTroubleError,
    parse_duration,
)
from pamiers.agreement.values.quantity import LIKELY
from pamiers.core.errors import MalformedSourceError, UnknownTermError
from pamiers.core.instant import parse_instant, to_utc, zone

#: what renews a term of life that nobody has denounced in time
SILENCE: Final = "silence"
Edge = Literal["start of", "end of", "day after"]

_EDGE: Final = re.compile(r"(start of|end of|day after)\s+(\S.*)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_YEAR: Final = 1648
_LAST_YEAR: Final = 2999
_TIME: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2}(?::\d{2})?)\s*"
    r"(Z|[+-]\d{2}:?\d{2}|[A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+)+|[A-Za-z]{1,5})?"
)
_RELATIVE: Final = re.compile(
    r"([A-Za-z][A-Za-z0-9_-]*?)(?:\s*([+-])\s*(\d+(?:\.\d+)?\s*[a-z]+(?:\s+\w+)?))?"
)
#: days counted from an anchor, with words before, or without a unit
_MEANT: Final = re.compile(
    r"\b([A-Za-z][A-Za-z0-9_]*)\s*(\+|(?<=\s)-(?=\s))\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)"
)
#: abbreviation -> a zone that uses it; several zones share most of them
_LIKELY_ZONE: Final = {
    "EET": "Europe/Kyiv",
    "EEST": "Europe/Kyiv",
    "MSK": "Europe/Moscow",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "GMT": "Europe/London",
    "BST": "Europe/London",
    "IST": "Asia/Jerusalem",
    "KST": "Asia/Seoul",
    "EAT": "Africa/Nairobi",
    "CAT": "Africa/Khartoum",
    "WIB": "Asia/Jakarta",
}


@dataclass(frozen=True, slots=True)
class At:
    """An instant given outright."""

    instant: datetime  #: UTC
    text: str  #: as written, with its offset

    def __str__(self) -> str:
        """Return the instant as written."""
        return self.text


@dataclass(frozen=True, slots=True)
class Relative:
    """An instant counted from an anchor, such as `D + 14 d`."""

    anchor: str
    offset: Duration | None = None
    backward: bool = False

    def __str__(self) -> str:
        """Return the moment as an agreement writes it."""
        if self.offset is None:
            return self.anchor
        return f"{self.anchor} {'-' if self.backward else '+'} {self.offset}"


@dataclass(frozen=True, slots=True)
class DayEdge:
    """Where a local day begins or ends, such as `end of 2006-03-31`.

    The end of a day is the beginning of the next; so is the day after it, which is
    kept apart because texts and lawyers do.
    """

    edge: Edge
    of: date | Relative  #: a date in the agreement's zone, or the day of a moment

    def __str__(self) -> str:
        """Return the moment as an agreement writes it."""
        return f"{self.edge} {self.of}"


Moment = At | Relative | DayEdge


def anchor_of(moment: Moment) -> str | None:
    """Return the anchor that a moment is counted from; None for none."""
    counted = moment.of if isinstance(moment, DayEdge) else moment
    return counted.anchor if isinstance(counted, Relative) else None


def offset_of(moment: Moment) -> Duration | None:
    """Return how long before or after its anchor a moment is; None for none."""
    counted = moment.of if isinstance(moment, DayEdge) else moment
    return counted.offset if isinstance(counted, Relative) else None


def when(
    moment: Moment, anchors: Mapping[str, datetime], calendar: Calendar
) -> datetime | None:
    """Return when a moment is [UTC].

    Args:
        moment: Instant, time counted from an anchor, or edge of a local day.
        anchors: Anchor -> UTC instant, as far as known.
        calendar: How the agreement counts.

    Returns:
        The instant; None where its anchor is not known, or where it lies outside
        the years 1 to 9999.
    """
    try:
        match moment:
            case At(instant):
                return instant
            case Relative():
                return _counted(moment, anchors, calendar)
            case DayEdge(edge, of):
                return _edge(edge, of, anchors, calendar)
    except OverflowError:
        return None


def _counted(
    moment: Relative, anchors: Mapping[str, datetime], calendar: Calendar
) -> datetime | None:
    start = anchors.get(moment.anchor)
    if start is None or moment.offset is None:
        return start
    shift = calendar.before if moment.backward else calendar.after
    return shift(start, moment.offset)


def _edge(
    edge: Edge, of: date | Relative, anchors: Mapping[str, datetime], calendar: Calendar
) -> datetime | None:
    if isinstance(of, Relative):
        within = _counted(of, anchors, calendar)
    else:
        within = calendar.midnight(of)
    if within is None:
        return None
    cut = calendar.start_of_day if edge == "start of" else calendar.end_of_day
    return cut(within)


def parse_moment(text: str, time_zone: str | None) -> Moment:
    """Return the moment that a text states.

    Args:
        text: An instant with offset or IANA zone; an anchor, perhaps with a duration
            before or after it; or the edge of a day, such as `end of 2006-03-31`.
        time_zone: The agreement's zone, for the remedy; None where it has none.

    Returns:
        The moment.

    Raises:
        TimeTroubleError: No zone, an abbreviation, or another form.
    """
    body = text.strip()
    edge = _EDGE.fullmatch(body)
    if edge is not None:
        return DayEdge(cast("Edge", edge[1]), _day(edge[2], text))
    found = _TIME.fullmatch(body)
    if found is not None:
        return At(_instant(found, time_zone), _canonical(found))
    return _relative(body, text)


def _relative(body: str, text: str) -> Relative:
    relative = _RELATIVE.fullmatch(body)
    if relative is None:
        raise _no_time(text)
    if relative[2] is None:
        return Relative(relative[1])
    return Relative(relative[1], parse_duration(relative[3]), relative[2] == "-")


def _day(body: str, text: str) -> date | Relative:
    if not body[0].isdigit():
        return _relative(body, text)
    try:
        return _dated(date.fromisoformat(body) if _DATE.fullmatch(body) else None)
    except ValueError:
        raise TimeTroubleError(
            "Q-TIME-FORM",
            f"expected a date such as 2006-03-31, or an anchor, got {text!r}",
            "Write `end of 2006-03-31`, `start of D + 5 d` or `day after D`.",
        ) from None


def _dated(day: date | None) -> date:
    """Return a date within the years that an agreement may name.

    Raises:
        ValueError: None, or another year.
    """
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(day)
    return day


def offset_then(local: str, time_zone: str) -> str | None:
    """Return the offset, such as `+02:00`, of a zone at a local time.

    Returns:
        None where the clocks skipped the time or showed it twice.
    """
    tz = ZoneInfo(time_zone)
    naive = datetime.fromisoformat(local)
    first, second = (naive.replace(tzinfo=tz, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        return None
    return first.isoformat()[len(naive.isoformat()) :]


def _instant(found: re.Match[str], time_zone: str | None) -> datetime:
    local, where = f"{found[1]}T{found[2]:0>5}", found[3]
    if not _FIRST_YEAR <= int(local[:4]) <= _LAST_YEAR:
        raise TimeTroubleError(
            "Q-TIME-FORM",
            f"expected a year from {_FIRST_YEAR} to {_LAST_YEAR}, got {found[0]!r}",
            "Correct the year; leave `until` out where there is no end.",
        )
    if where is None:
        raise TimeTroubleError(
            "Q-TIME-NOZONE",
            f"expected a time with its offset, got {found[0]!r}",
            _suggestion(local, time_zone),
        )
    if where == "Z" or where[0] in "+-":
        return _offset_instant(f"{local}{where}", found[0])
    if "/" not in where:
        raise TimeTroubleError(
            "Q-TIME-ABBREV",
            f"expected an offset or IANA zone, got the abbreviation {where!r}",
            _suggestion(local, time_zone or _LIKELY_ZONE.get(where.upper())),
        )
    return _zoned_instant(local, where)


def _offset_instant(text: str, got: str) -> datetime:
    try:
        return parse_instant(text)
    except MalformedSourceError:
        raise _no_time(got) from None


def _zoned_instant(local: str, name: str) -> datetime:
    try:
        tz = zone(name)
        offset = offset_then(local, name)
    except UnknownTermError as error:
        raise TimeTroubleError(
            "Q-TIME-ZONE",
            f"expected an IANA time zone, got {name!r}",
            "Write Area/City, such as Europe/Kyiv.",
        ) from error
    except ValueError:
        raise _no_time(local) from None
    if offset is None:
        raise TimeTroubleError(
            "Q-TIME-GAP",
            f"expected a time shown once in {name}, got {local}",
            "Clocks changed then: write the offset.",
        )
    return to_utc(datetime.fromisoformat(local).replace(tzinfo=tz))


def _canonical(found: re.Match[str]) -> str:
    local, where = f"{found[1]}T{found[2]:0>5}", found[3]
    if where is not None and "/" in where:
        return f"{local}{offset_then(local, where)}"
    return f"{local}{where}"


def _suggestion(local: str, time_zone: str | None) -> str:
    offset = None
    with suppress(ValueError):
        offset = offset_then(local, time_zone) if time_zone else None
    if offset is None:
        return "Add the offset, or an IANA zone such as Europe/Kyiv."
    return f"Write {local}{offset} ({time_zone} on that date)."


def _counted_from(text: str) -> str:
    """Return what to write for `D+30` or `by D + 30 days`; empty for other forms."""
    found = _MEANT.search(text)
    if found is None:
        return ""
    unit = LIKELY.get(found[4], found[4] or "d")
    unit = unit if unit in TIME_UNITS else "d"
    meant = f"{found[1]} {found[2]} {found[3]} {unit}"
    return f"Write `{meant}`: anchor, sign, amount and unit (s, min, h, d, w, mo, y)."


def _no_time(text: str) -> TimeTroubleError:
    remedy = _counted_from(text) or (
        "Give date, T, time and offset; or an anchor, a sign, an amount and a unit."
    )
    if _DATE.fullmatch(text.strip()):
        remedy = (
            f"Write `start of {text}` or `end of {text}`; or date, T, time, offset."
        )
    return TimeTroubleError(
        "Q-TIME-FORM",
        f"expected a time such as 2015-02-15T00:00+02:00 or D + 14 d, got {text!r}",
        remedy,
    )
