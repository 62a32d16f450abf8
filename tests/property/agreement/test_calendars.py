"""What holds of every duration, zone and moment."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import Duration, parse_duration
from pamiers.agreement.values.moment import parse_moment, when

ZONES = ("Europe/Kyiv", "Asia/Jakarta", "Asia/Beirut", "America/Caracas", "UTC")
instants = st.datetimes(
    datetime(1950, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.just(UTC),
)
calendars = st.builds(
    lambda zone, counted, rest, off: Calendar(
        time_zone=zone, durations=counted, weekend=tuple(rest), holidays=tuple(off)
    ),
    st.sampled_from(ZONES),
    st.sampled_from(["elapsed", "wall_clock"]),
    st.sets(st.integers(0, 6), max_size=6),
    st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), max_size=5),
)
durations = st.one_of(
    st.builds(
        lambda n, unit, how: parse_duration(f"{n} {unit} {how}"),
        st.integers(0, 1000),
        st.sampled_from(["s", "min", "h", "d", "w"]),
        st.sampled_from(["elapsed", "wall_clock", ""]),
    ),
    st.builds(lambda n: parse_duration(f"{n} d working"), st.integers(0, 60)),
    st.builds(
        lambda n, unit: parse_duration(f"{n} {unit}"),
        st.integers(0, 40),
        st.sampled_from(["mo", "y"]),
    ),
)


@given(durations)
def test_a_duration_reads_back_as_it_was_written(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration


@given(calendars, instants, durations)
def test_later_is_never_earlier(
    calendar: Calendar, start: datetime, duration: Duration
) -> None:
    # an hour shown twice counts at its first showing, at most an hour or so back
    slack = timedelta(hours=2)
    assert calendar.after(start, duration) >= start - slack
    assert calendar.before(start, duration) <= start + slack


@given(calendars, instants, st.integers(0, 40))
def test_elapsed_time_goes_there_and_back(
    calendar: Calendar, start: datetime, days: int
) -> None:
    span = parse_duration(f"{days} d elapsed")
    assert calendar.before(calendar.after(start, span), span) == start


@given(calendars, instants)
def test_a_day_holds_its_instants(calendar: Calendar, instant: datetime) -> None:
    begin, end = calendar.start_of_day(instant), calendar.end_of_day(instant)
    local = ZoneInfo(calendar.time_zone)
    assert begin <= instant < end
    assert timedelta(hours=22) <= end - begin <= timedelta(hours=26)
    assert instant.astimezone(local).date() == begin.astimezone(local).date()


@given(calendars, instants, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(
    calendar: Calendar, start: datetime, days: int
) -> None:
    found = calendar.after(start, parse_duration(f"{days} d working"))
    local = ZoneInfo(calendar.time_zone)
    first, last = start.astimezone(local).date(), found.astimezone(local).date()
    between = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    assert sum(calendar.is_working(day) for day in between) == days
    assert calendar.is_working(last)


@given(calendars, instants, durations, st.sampled_from(["start of", "end of"]))
def test_the_edges_of_a_day_enclose_the_moment_in_it(
    calendar: Calendar, anchor: datetime, duration: Duration, edge: str
) -> None:
    anchors = {"D": anchor}
    inside = when(parse_moment(f"D + {duration}", None), anchors, calendar)
    found = when(parse_moment(f"{edge} D + {duration}", None), anchors, calendar)
    assert inside is not None
    assert found is not None
    assert found <= inside if edge == "start of" else found > inside
