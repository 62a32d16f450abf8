"""Instants with their zones, and the mission's day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pamiers.core.errors import MalformedSourceError, UnknownTermError
from pamiers.core.instant import (
    Interval,
    calendar_day,
    format_instant,
    parse_instant,
    reporting_date,
    reporting_day,
    to_utc,
    zone,
)

KYIV = ZoneInfo("Europe/Kyiv")
CUT_OFF = time(19, 30)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2020-07-27T00:01+03:00", "2020-07-26T21:01:00Z"),
        ("2020-07-27 00:01:30 +0300", "2020-07-26T21:01:30Z"),
        ("2015-02-15T24:00+02:00", "2015-02-15T22:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999999Z"),
        ("2020-07-27T8:05Z", "2020-07-27T08:05:00Z"),
        ("2020-07-27T08:05:00,25Z", "2020-07-27T08:05:00.250000Z"),
    ],
)
def test_times_with_an_offset_are_read(text: str, utc: str) -> None:
    assert format_instant(parse_instant(text)) == utc


@pytest.mark.parametrize(
    "text",
    [
        "2020-07-27T00:01",
        "2020-07-27",
        "27.07.2020 00:01+03:00",
        "2020-02-30T00:00Z",
        "2020-07-27T25:00Z",
        "2020-07-27T24:01Z",
        "2020-07-27T00:01 EET",
        "",
    ],
)
def test_times_that_would_have_to_be_guessed_are_refused(text: str) -> None:
    with pytest.raises(MalformedSourceError, match=r"offset|exist"):
        parse_instant(text)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="clocks"):
        to_utc(datetime(2015, 3, 29, 3, 30, tzinfo=KYIV))
    with pytest.raises(MalformedSourceError, match="offset"):
        to_utc(datetime(2015, 3, 29, 3, 30))


def test_a_repeated_hour_has_two_readings() -> None:
    first = to_utc(datetime(2015, 10, 25, 3, 30, tzinfo=KYIV))
    second = to_utc(datetime(2015, 10, 25, 3, 30, tzinfo=KYIV, fold=1))
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize("name", ["EET", "IST", "Kyiv", "Europe/Nowhere", "../etc"])
def test_a_zone_is_named_by_area_and_city(name: str) -> None:
    with pytest.raises(UnknownTermError, match="Europe/Kyiv"):
        zone(name)


def test_the_reporting_day_ends_at_the_cut_off() -> None:
    day = reporting_day(date(2020, 7, 27), CUT_OFF, KYIV)
    assert format_instant(day.start) == "2020-07-26T16:30:00Z"
    assert format_instant(day.end) == "2020-07-27T16:30:00Z"


@given(st.dates(date(1992, 1, 1), date(2050, 1, 1)))
def test_a_day_has_23_to_25_hours_and_touches_the_next(day: date) -> None:
    for length in (calendar_day, lambda d, tz: reporting_day(d, CUT_OFF, tz)):
        this, after = length(day, KYIV), length(day + timedelta(days=1), KYIV)
        assert this.end == after.start
        assert 23 <= this.seconds / 3600 <= 25
        assert this.overlap_s(after) == 0


@given(
    st.datetimes(datetime(1992, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([CUT_OFF, time(), time(6, 0)]),
)
def test_every_instant_falls_in_the_day_that_reports_it(
    instant: datetime, cut_off: time
) -> None:
    day = reporting_date(instant, cut_off, KYIV)
    assert reporting_day(day, cut_off, KYIV).contains(instant)


def test_an_interval_goes_forward_and_is_aware() -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC)
    with pytest.raises(MalformedSourceError, match="after its start"):
        Interval(now, now)
    with pytest.raises(MalformedSourceError, match="offset"):
        Interval(now.replace(tzinfo=None), now)
