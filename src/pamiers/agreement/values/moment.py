"""Times in an agreement: instants with an offset, and days counted from an event.

`D + 14 d` says nothing until two things are known: when D was, and whether a day
is 24 hours (`elapsed`) or the same hour on the next day of the calendar
(`wall_clock`). Where clocks change the two lie an hour apart.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

from pamiers.agreement.values.quantity import UNITS, Quantity
from pamiers.core.errors import MalformedSourceError, UnknownTermError
from pamiers.core.instant import parse_instant, to_utc, zone

Reckoning = Literal["elapsed", "wall_clock"]

_TIME: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2}(?::\d{2})?)\s*"
    r"(Z|[+-]\d{2}:?\d{2}|[A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+)+|[A-Za-z]{1,5})?"
)
_DURATION: Final = re.compile(
    r"(\d+(?:\.\d+)?)\s*(s|min|h|d|w)(?:\s+(elapsed|wall_clock))?"
)
_RELATIVE: Final = re.compile(
    r"([A-Za-z][A-Za-z0-9_-]*?)(?:\s*([+-])\s*(\d+(?:\.\d+)?\s*[a-z]+(?:\s+\w+)?))?"
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


class TimeTroubleError(Exception):
    """A time that cannot be taken; becomes a complaint with the same facts."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """Keep the facts."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time, and how it is counted; None leaves it to the agreement."""

    quantity: Quantity
    reckoning: Reckoning | None = None

    def __str__(self) -> str:
        """Return the duration as an agreement writes it, such as `48 h elapsed`."""
        return " ".join([str(self.quantity), *([self.reckoning or ""])]).strip()

    def after(self, start: datetime, default: Reckoning, time_zone: str) -> datetime:
        """Return the instant at which the duration from `start` is over.

        Args:
            start: Aware instant.
            default: How to count where the duration does not say.
            time_zone: IANA zone of the wall clock.

        Returns:
            UTC instant. By the wall clock, an hour that clocks skip ends at the
            first instant after the gap, and one shown twice at its first showing.
        """
        return self._shift(start, 1, default, time_zone)

    def before(self, end: datetime, default: Reckoning, time_zone: str) -> datetime:
        """Return the instant from which the duration would be over at `end`.

        Args:
            end: Aware instant.
            default: How to count where the duration does not say.
            time_zone: IANA zone of the wall clock.

        Returns:
            UTC instant; gaps and repeated hours as in `after`.
        """
        return self._shift(end, -1, default, time_zone)

    def _shift(
        self, start: datetime, sign: int, default: Reckoning, time_zone: str
    ) -> datetime:
        length = sign * timedelta(seconds=self.quantity.base)
        if (self.reckoning or default) == "elapsed":
            return start.astimezone(UTC) + length
        tz = ZoneInfo(time_zone)
        local = start.astimezone(tz).replace(tzinfo=None) + length
        return _first_showing(local, tz)


def _first_showing(local: datetime, tz: ZoneInfo) -> datetime:
    """Return when a wall clock first shows a local time, or the end of the gap."""
    early = local.replace(tzinfo=tz, fold=0).astimezone(UTC)
    if early.astimezone(tz).replace(tzinfo=None) == local:
        return early
    late = local.replace(tzinfo=tz, fold=1).astimezone(UTC)
    gap_s = (early - late).total_seconds()
    return _gap_end(late, late + timedelta(seconds=gap_s), tz)


def _gap_end(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """Return the transition in `(low, high]`, to the second, by halving."""
    before = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        changed = middle.astimezone(tz).utcoffset() != before
        low, high = (low, middle) if changed else (middle, high)
    return high


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


Moment = At | Relative


def parse_duration(text: str) -> Duration:
    """Return the duration that text such as `14 d wall_clock` states.

    Raises:
        TimeTroubleError: Another form, or a way of counting not known here.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        working = " Working days need a calendar of holidays: give the date instead."
        raise TimeTroubleError(
            "Q-TIME-FORM",
            f"expected a duration such as '24 h elapsed', got {text!r}",
            "Write amount, unit (s, min, h, d, w) and elapsed or wall_clock."
            + working * ("working" in text),
        )
    quantity = Quantity(float(found[1]), found[2])
    return Duration(quantity, cast("Reckoning | None", found[3]))


def parse_moment(text: str, time_zone: str | None) -> Moment:
    """Return the moment that a text states.

    Args:
        text: An instant with offset or IANA zone, an anchor, or one with an offset.
        time_zone: The agreement's zone, for the remedy; None where it has none.

    Returns:
        The moment.

    Raises:
        TimeTroubleError: No zone, an abbreviation, or another form.
    """
    body = text.strip()
    found = _TIME.fullmatch(body)
    if found is not None:
        return At(_instant(found, time_zone), _canonical(found))
    relative = _RELATIVE.fullmatch(body)
    if relative is None:
        raise _no_time(text)
    if relative[2] is None:
        return Relative(relative[1])
    return Relative(relative[1], parse_duration(relative[3]), relative[2] == "-")


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


def _no_time(text: str) -> TimeTroubleError:
    return TimeTroubleError(
        "Q-TIME-FORM",
        f"expected a time such as 2015-02-15T00:00+02:00 or D + 14 d, got {text!r}",
        "Give date, T, time and offset; or an anchor, a sign, an amount and a unit.",
    )


#: units of time, for the schema
TIME_UNITS: Final = tuple(u for u, (kind, _) in UNITS.items() if kind == "time")
