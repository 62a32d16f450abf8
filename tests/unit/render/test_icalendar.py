"""The calendar as iCalendar, read again by a reader that knows only RFC 5545."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.agreement.model import Agreement
from pamiers.compliance.ledgers.calendar.compose import calendar
from pamiers.compliance.ledgers.known import Known
from pamiers.render.icalendar import render_icalendar
from tests.unit.compliance.ledgers.small import (
    NOW,
    agreement,
    at,
    duty,
    event,
    known,
    moment,
    owes,
)

LINE: Final = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.DOTALL)
ONCE: Final = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "CLASS"}
Event = dict[str, str]


def parsed(data: bytes) -> list[Event]:
    """Return the events of an iCalendar object; refuse what RFC 5545 does.

    Lines end with CR LF and have at most 75 octets; folded ones begin with a space.
    """
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert not any(b"\r" in line or b"\n" in line for line in physical)
    for line in physical:
        line.decode()  # no letter is cut in two
    logical = b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n")
    assert logical[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert logical[-1] == "END:VCALENDAR"
    return list(_events(logical))


def _events(lines: list[str]) -> list[Event]:
    found: list[Event] = []
    inside: Event | None = None
    for line in lines:
        match = LINE.fullmatch(line)
        assert match is not None, line
        name, parameters, value = match.groups()
        if line == "BEGIN:VEVENT":
            assert inside is None
            inside = {}
        elif line == "END:VEVENT":
            assert inside is not None
            assert set(inside) >= ONCE
            found.append(inside)
            inside = None
        elif inside is not None:
            assert name not in inside
            inside[name] = unescaped(value)
            inside[f"{name} parameters"] = parameters
    assert inside is None
    return found


def unescaped(value: str) -> str:
    return re.sub(
        r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value, flags=re.DOTALL
    )


def exported(found: Known, language: str = "en") -> list[Event]:
    duties = calendar(found)
    return parsed(render_icalendar(duties, found.agreement, found.now, language))


def test_a_duty_due_by_the_end_of_a_day_is_on_that_day() -> None:
    deal = agreement(owes(duty(deadline="end of 2006-03-31")))
    (law,) = exported(known(deal, [event("law_enacted", "2006-07-11")]))
    assert (law["DTSTART"], law["DTEND"]) == ("20060331", "20060401")
    assert law["DTSTART parameters"] == ";VALUE=DATE"
    assert law["SUMMARY"] == "A: law (done late by 102 d)"
    assert (
        "Before 2006-04-01 00:00 Asia/Jakarta, 2006-03-31 17:00 UTC"
        in law["DESCRIPTION"]
    )
    assert law["DTSTAMP"] == "20060801T000000Z"


def test_a_duty_due_at_an_hour_is_at_that_instant() -> None:
    (law,) = exported(known(agreement(owes(duty(deadline="D + 12 h")))))
    assert (law["DTSTART"], law["DTSTART parameters"]) == ("20050815T050000Z", "")


def test_what_has_no_date_is_no_event() -> None:
    waits = duty(deadline="T + 30 d", from_=(moment("T"),), from_at=None)
    assert exported(known(agreement(owes(waits)))) == []


def test_identifiers_stay_when_dates_and_states_change() -> None:
    one = agreement(owes(duty(deadline="D + 90 d")))
    other = agreement(owes(duty(deadline="D + 90 d")), anchors={"D": at("2005-09-01")})
    before, after = exported(known(one)), exported(known(other, now=at("2007-01-01")))
    done = exported(known(one, [event("law_enacted", "2005-09-01")]))
    assert before[0]["UID"] == after[0]["UID"] == done[0]["UID"]
    assert before[0]["DTSTART"] != after[0]["DTSTART"]


def test_every_identifier_is_its_own() -> None:
    both = duty(deadline="D + 90 d", bearers=("A", "B"))
    rival = duty(id="other", deadline="D + 91 d", bearers=("A", "B"))
    found = exported(known(agreement(owes(both, rival), owes(both, name="twin"))))
    assert len({each["UID"] for each in found}) == len(found) == 6


@pytest.mark.parametrize(
    ("visibility", "kind"),
    [("public", "PUBLIC"), ("parties", "PRIVATE"), ("restricted", "CONFIDENTIAL")],
)
def test_the_class_says_who_may_read_it(visibility: str, kind: str) -> None:
    deal = agreement(owes(duty(deadline="D + 90 d"), visibility=visibility))
    assert exported(known(deal))[0]["CLASS"] == kind


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.just("\n"))
)
def test_any_title_comes_back_as_it_was(title: str) -> None:
    changed = titled(title or "law")
    (law,) = exported(known(changed, now=datetime(2005, 9, 1, tzinfo=UTC)))
    assert law["SUMMARY"] == f"A: {title or 'law'} (due)"


def titled(title: str) -> Agreement:
    deal = agreement(owes(duty(deadline="D + 90 d")))
    return agreement(replace(deal.clauses[0], title={"en": title}))


def test_control_characters_become_spaces_and_line_ends_are_kept() -> None:
    deal = titled("a\x00b\x1ec\r\nd\u2028e")
    (law,) = exported(known(deal))
    assert law["SUMMARY"].startswith("A: a b c\nd\ne (")


def test_the_same_calendar_has_the_same_bytes() -> None:
    found = known(agreement(owes(duty(deadline="D + 90 d"))), now=NOW)
    duties = calendar(found)
    first = render_icalendar(duties, found.agreement, NOW)
    assert first == render_icalendar(duties[::-1], found.agreement, NOW)
