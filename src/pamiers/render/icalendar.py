"""Duties, and what is due in cases, as iCalendar, for any calendar program.

One event for each duty that has a date: on its last day where it runs to the end of a
day of the agreement's zone, else at its instant in UTC. Identifiers stay the same from
one export to the next, so that a calendar program moves an event and does not double
it. Duties without a date are none of an event and are left out.

Source:
    RFC 5545: content lines 3.1, text 3.3.11, events 3.6.1, class 3.8.1.3.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.ledgers.calendar.duty import Duty, Occasion, Status
from pamiers.core.instant import zone

_LINE_END: Final = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_WIDTH: Final = 75  #: octets of a content line, its end not counted
_CLASSES: Final = {"public": "PUBLIC", "parties": "PRIVATE"}
_FROM: Final = {Occasion.BEGINS: "From", Occasion.ENDS: "Until"}
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that is due in a case at an instant."""

    key: str  #: the same from one export to the next
    due_at: datetime  #: [UTC]
    summary: str
    description: str = ""
    overdue: bool = False


def render_icalendar(
    duties: Iterable[Duty],
    agreement: Agreement,
    now: datetime,
    language: str = "en",
    deadlines: Iterable[Deadline] = (),
) -> bytes:
    """Return duties, and what is due in cases, as one iCalendar object.

    Args:
        duties: In any order; those without a due instant are left out.
        agreement: Its title, names and time zone.
        now: When the calendar was drawn up [UTC].
        language: Code of the language of names, where they are given in it.
        deadlines: What is due in cases, in any order; not for the public.

    Returns:
        Content lines in UTF-8, folded at 75 octets, each ended by CR LF.
    """
    title = _in(agreement.title, language) or agreement.id
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pamiers//obligation calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(title)}",
        f"NAME:{_escaped(title)}",
    ]
    for duty in sorted(duties, key=lambda each: each.key):
        if duty.due_at is not None:
            lines += _event(duty, duty.due_at, agreement, (now, language))
    for each in sorted(deadlines, key=lambda each: each.key):
        lines += _deadline(each, agreement, now)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(
    duty: Duty, due: datetime, agreement: Agreement, told: tuple[datetime, str]
) -> Iterator[str]:
    now, language = told
    yield "BEGIN:VEVENT"
    yield f"UID:{duty.key}@{agreement.id}.pamiers"
    yield f"DTSTAMP:{_utc(now)}"
    yield from _times(due, duty.occasion, agreement)
    yield f"SUMMARY:{_escaped(_summary(duty, agreement, language))}"
    yield f"DESCRIPTION:{_escaped(_description(duty, due, agreement))}"
    yield f"CATEGORIES:{_escaped(duty.occasion.value)},{_escaped(duty.status.value)}"
    yield f"CLASS:{_CLASSES.get(duty.visibility, 'CONFIDENTIAL')}"
    suspended = duty.status in (Status.SUSPENDED, Status.LOCKED)
    yield f"STATUS:{'TENTATIVE' if suspended else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _deadline(due: Deadline, agreement: Agreement, now: datetime) -> Iterator[str]:
    """Yield one that is due to the minute, as an event at its instant."""
    local = due.due_at.astimezone(zone(agreement.time_zone))
    until = f"Before {local:%Y-%m-%d %H:%M} {agreement.time_zone}"
    parts = (f"{until}, {due.due_at:%Y-%m-%d %H:%M} UTC", due.description)
    yield "BEGIN:VEVENT"
    yield f"UID:{due.key}@{agreement.id}.cases.pamiers"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(due.due_at)}"
    yield f"SUMMARY:{_escaped(due.summary)}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(filter(None, parts)))}"
    yield f"CATEGORIES:case,{'overdue' if due.overdue else 'due'}"
    yield "CLASS:CONFIDENTIAL"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _times(due: datetime, occasion: Occasion, agreement: Agreement) -> Iterator[str]:
    """Yield the last day, where a duty runs to the end of one, or the instant.

    What begins with a day is put on it.
    """
    local = due.astimezone(zone(agreement.time_zone)).replace(tzinfo=None)
    if local.time() == time():
        before = timedelta() if occasion is Occasion.BEGINS else _TICK
        day = (local - before).date()
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DTSTART:{_utc(due)}"


def _summary(duty: Duty, agreement: Agreement, language: str) -> str:
    title = _in(duty.title, language) or duty.clause
    late = f" by {duty.late}" if duty.late is not None else ""
    who = "" if duty.bearer is None else f"{_name(duty.bearer, agreement, language)}: "
    return f"{who}{title} ({duty.status.value}{late})"


def _description(duty: Duty, due: datetime, agreement: Agreement) -> str:
    local = due.astimezone(zone(agreement.time_zone))
    from_ = _FROM.get(duty.occasion, "Before")
    zoned = f"{local:%Y-%m-%d %H:%M} {agreement.time_zone}"
    parts = [
        f"Clause {duty.clause}" + (f" ({duty.cite})" if duty.cite else ""),
        f"{from_} {zoned}, {due:%Y-%m-%d %H:%M} UTC",
        f"As written: {duty.written}",
    ]
    if duty.readings:
        parts.append(f"Under the reading {', '.join(duty.readings)}")
    if duty.version:
        parts.append(f"As amended by {duty.version}")
    return "\n".join([*parts, *(each.text for each in duty.why)])


def _name(bearer: str, agreement: Agreement, language: str) -> str:
    return _in(agreement.names.get(bearer, {}), language) or bearer


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def _utc(instant: datetime) -> str:
    return f"{instant:%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Return text as a value: backslash, semicolon, comma and line ends escaped.

    Other control characters, which no value may hold, become spaces.
    """
    for plain, escape in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, escape)
    lines = "\\n".join(_LINE_END.split(text))
    return _CONTROL.sub(" ", lines)


def _folded(line: str) -> bytes:
    """Return a content line of at most 75 octets a line, no letter cut in two."""
    parts, room = [b""], _WIDTH
    for letter in line:
        octets = letter.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = _WIDTH - 1  # the space that marks a folded line
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
