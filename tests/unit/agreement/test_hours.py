"""Hours of the day on days of the week, also where clocks change."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from pamiers.agreement import resolve
from pamiers.agreement.values.calendar import WEEKDAYS, Calendar
from pamiers.agreement.values.duration import TimeTroubleError
from pamiers.agreement.values.hours import open_hours, parse_hours
from pamiers.core.instant import Interval, zone
from tests.unit.agreement.small import checked, complaint

MINUTE = timedelta(minutes=1)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def lies_in(at: datetime, hours: list[str], days: list[str], tz: str) -> bool:
    """Tell whether a wall clock shows one of some hours, by what it shows alone."""
    local = at.astimezone(zone(tz))
    today, yesterday = WEEKDAYS[local.weekday()], WEEKDAYS[local.weekday() - 1]
    shown = f"{local:%H:%M}"
    for each in hours or ["00:00-24:00"]:
        begin, _, end = each.partition("-")
        on, before = (not days or day in days for day in (today, yesterday))
        if begin < end and on and begin <= shown < end:
            return True
        if begin > end and ((on and shown >= begin) or (before and shown < end)):
            return True
    return False


def minutes(period: Interval) -> Iterator[datetime]:
    moment = period.start
    while moment < period.end:
        yield moment
        moment += MINUTE


def parts(
    hours: list[str], days: list[str], period: Interval, tz: str
) -> list[Interval]:
    held = [parse_hours(each) for each in hours]
    return list(open_hours(held, days, period, Calendar(time_zone=tz)))


@pytest.mark.parametrize("text", ["22:00-06:00", "06:00-15:00", "00:00-24:00"])
def test_hours_are_written_as_they_are_read(text: str) -> None:
    assert str(parse_hours(text)) == text


def test_hours_until_midnight_end_at_24() -> None:
    assert parse_hours("22:00-00:00") == parse_hours("22:00-24:00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("22:00", "Q-TIME-FORM"),
        ("22-06", "Q-TIME-FORM"),
        ("24:00-06:00", "Q-TIME-FORM"),
        ("22:00-24:01", "Q-TIME-FORM"),
        ("22:00-25:00", "Q-TIME-FORM"),
        ("06:60-07:00", "Q-TIME-FORM"),
        ("06:00-06:00", "Q-TIME-ORDER"),
        ("00:00-00:00", "Q-TIME-ORDER"),
    ],
)
def test_other_hours_are_refused(text: str, code: str) -> None:
    with pytest.raises(TimeTroubleError) as caught:
        parse_hours(text)
    assert caught.value.code == code


def test_a_night_is_longer_or_shorter_where_clocks_change() -> None:
    spring = Interval(at(2026, 3, 28, 12), at(2026, 3, 29, 12))
    autumn = Interval(at(2026, 10, 24, 12), at(2026, 10, 25, 12))
    assert parts(["22:00-06:00"], [], spring, "Europe/Kyiv") == [
        Interval(at(2026, 3, 28, 20), at(2026, 3, 29, 3))
    ]
    assert parts(["22:00-06:00"], [], autumn, "Europe/Kyiv") == [
        Interval(at(2026, 10, 24, 19), at(2026, 10, 25, 4))
    ]


def test_an_hour_that_clocks_skip_is_in_no_hours_and_one_shown_twice_is_in_twice() -> (
    None
):
    spring = Interval(at(2026, 3, 28, 12), at(2026, 3, 29, 12))
    autumn = Interval(at(2026, 10, 24, 12), at(2026, 10, 25, 12))
    assert parts(["03:00-04:00"], [], spring, "Europe/Kyiv") == []
    assert parts(["03:00-03:30"], [], autumn, "Europe/Kyiv") == [
        Interval(at(2026, 10, 25, 0), at(2026, 10, 25, 0, 30)),
        Interval(at(2026, 10, 25, 1), at(2026, 10, 25, 1, 30)),
    ]


@pytest.mark.parametrize(
    ("tz", "day"),
    [
        ("Europe/Kyiv", at(2026, 3, 27)),
        ("Europe/Kyiv", at(2026, 10, 23)),
        ("Asia/Beirut", at(2026, 3, 27)),  # clocks skip midnight
        ("Asia/Beirut", at(2026, 10, 23)),  # and show the hour before it twice
        ("Australia/Lord_Howe", at(2026, 4, 3)),  # by half an hour
        ("Asia/Kathmandu", at(2026, 4, 3)),
    ],
)
@pytest.mark.parametrize(
    ("hours", "days"),
    [
        (["22:00-06:00"], []),
        (["22:00-06:00"], ["saturday"]),
        (["23:30-01:30", "02:15-03:45"], ["friday", "sunday"]),
        (["06:00-15:00", "14:00-18:00"], []),
        ([], ["saturday", "sunday"]),
        (["12:00-24:00"], ["sunday"]),
    ],
)
def test_every_minute_is_in_hours_where_the_clock_shows_them(
    tz: str, day: datetime, hours: list[str], days: list[str]
) -> None:
    period = Interval(day, day + timedelta(days=4))
    found = parts(hours, days, period, tz)
    wrong = [
        each
        for each in minutes(period)
        if lies_in(each, hours, days, tz) != any(part.contains(each) for part in found)
    ]
    assert wrong == []
    assert found
    assert all(a.end < b.start for a, b in pairwise(found))


HOURS = "    bearer: each party\n    hours: 22:00-06:00\n    days: [friday]"


def test_answers_and_amendments_change_the_hours() -> None:
    later = "{instrument: truce, on: D + 9 d, hours: 20:00-05:00}"
    amended = f"{HOURS}\n    amended: [{later}]"
    found = resolve(checked(("    bearer: each party", amended)))
    first, second = found.clauses[0].readings
    assert [str(each) for each in (*first.hours, *second.hours)] == [
        *("22:00-06:00", "20:00-05:00")
    ]
    assert first.days == second.days == ("friday",)


def test_a_duty_to_be_done_once_has_no_hours() -> None:
    duty = "oblige: {event: movement, in: strip}\n    deadline: D + 9 d"
    found = complaint(
        "L-MISPLACED",
        ("forbid: {event: fire, in: strip}", duty),
        ("    bearer: each party", "    bearer: each party\n    hours: 06:00-15:00"),
    )
    assert found.path == "clauses[0].hours"
    assert "`deadline`" in found.remedy


def test_a_floor_under_what_is_present_may_have_hours() -> None:
    floor = "at_least: {n: 10 persons, in: strip}"
    read = checked(
        ("forbid: {event: fire, in: strip}", floor), ("    bearer: each party", HOURS)
    )
    assert "L-MISPLACED" not in {each.code for each in read.complaints}
