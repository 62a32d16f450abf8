"""Edges of days, months, years and working days, in the agreement's zone."""

from datetime import UTC, date, datetime

import pytest

from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import parse_duration
from pamiers.agreement.values.moment import DayEdge, parse_moment, when
from pamiers.core.errors import MalformedAgreementError

ACEH = Calendar(
    time_zone="Asia/Jakarta",
    durations="wall_clock",
    weekend=(5, 6),
    holidays=(date(2005, 8, 17),),
)
D = datetime(2005, 8, 15, 4, 30, tzinfo=UTC)  # a Monday, 11:30 in Jakarta


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("start of D", datetime(2005, 8, 14, 17, tzinfo=UTC)),
        ("end of D", datetime(2005, 8, 15, 17, tzinfo=UTC)),
        ("day after D", datetime(2005, 8, 15, 17, tzinfo=UTC)),
        ("end of D + 5 d", datetime(2005, 8, 20, 17, tzinfo=UTC)),
        ("end of 2006-03-31", datetime(2006, 3, 31, 17, tzinfo=UTC)),
        ("start of 2006-03-31", datetime(2006, 3, 30, 17, tzinfo=UTC)),
        ("day after 2006-03-31", datetime(2006, 3, 31, 17, tzinfo=UTC)),
        ("D + 5 d working", datetime(2005, 8, 23, 4, 30, tzinfo=UTC)),
        ("D - 1 d working", datetime(2005, 8, 12, 4, 30, tzinfo=UTC)),
        ("D + 1 mo", datetime(2005, 9, 15, 4, 30, tzinfo=UTC)),
        ("D - 3 mo", datetime(2005, 5, 15, 4, 30, tzinfo=UTC)),
        ("D + 1 y", datetime(2006, 8, 15, 4, 30, tzinfo=UTC)),
    ],
)
def test_moments_fall_where_the_calendar_puts_them(
    text: str, instant: datetime
) -> None:
    found = parse_moment(text, "Asia/Jakarta")
    assert when(found, {"D": D}, ACEH) == instant
    assert parse_moment(str(found), None) == found


def test_a_month_after_the_31st_is_the_last_of_the_month() -> None:
    month = parse_duration("1 mo")
    rome = Calendar(time_zone="Europe/Rome")
    january = datetime(2024, 1, 31, 12, tzinfo=UTC)
    assert rome.after(january, month) == datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert rome.before(datetime(2023, 3, 31, 10, tzinfo=UTC), month) == datetime(
        2023, 2, 28, 11, tzinfo=UTC
    )


def test_midnight_in_a_gap_begins_with_the_first_instant_of_the_day() -> None:
    # Beirut skipped 00:00-01:00 on 27 March 2022
    beirut = Calendar(time_zone="Asia/Beirut")
    noon = datetime(2022, 3, 27, 9, tzinfo=UTC)
    assert beirut.start_of_day(noon) == datetime(2022, 3, 26, 22, tzinfo=UTC)


def test_what_hangs_on_an_unknown_anchor_or_leaves_the_calendar_has_no_instant() -> (
    None
):
    assert when(parse_moment("end of W + 2 d", None), {}, ACEH) is None
    late = parse_moment("L + 250 y", None)
    last = datetime(9999, 1, 1, tzinfo=UTC)
    assert when(late, {"L": last}, ACEH) is None


def test_a_week_needs_a_working_day() -> None:
    with pytest.raises(MalformedAgreementError, match="seven days of rest"):
        Calendar(time_zone="UTC", weekend=tuple(range(7)))


def test_the_words_for_an_edge_are_kept() -> None:
    found = parse_moment("day after W", None)
    assert isinstance(found, DayEdge)
    assert str(found) == "day after W"
