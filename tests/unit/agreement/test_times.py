"""Instants, zones, and days counted two ways where clocks change."""

from datetime import UTC, datetime

import pytest

from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import TimeTroubleError, parse_duration
from pamiers.agreement.values.moment import At, Relative, parse_moment
from tests.unit.agreement.small import TEXT, checked, codes, complaint

KYIV = "Europe/Kyiv"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2015-02-15T00:00+02:00", at(2015, 2, 14, 22)),
        ("2015-02-15 00:00 +02:00", at(2015, 2, 14, 22)),
        ("2015-02-15T00:00Z", at(2015, 2, 15)),
        ("2015-02-15 00:00 Europe/Kyiv", at(2015, 2, 14, 22)),
        ("2015-02-14T24:00+02:00", at(2015, 2, 14, 22)),
    ],
)
def test_an_instant_needs_offset_or_zone(text: str, instant: datetime) -> None:
    found = parse_moment(text, KYIV)
    assert isinstance(found, At)
    assert found.instant == instant


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("2015-02-15 00:00", "Q-TIME-NOZONE", "2015-02-15T00:00+02:00 (Europe/Kyiv"),
        ("2015-07-15 00:00", "Q-TIME-NOZONE", "2015-07-15T00:00+03:00 (Europe/Kyiv"),
        ("2015-02-15 00:00 EET", "Q-TIME-ABBREV", "2015-02-15T00:00+02:00"),
        ("2015-02-15 00:00 Europe/Nowhere", "Q-TIME-ZONE", "Area/City"),
        ("2015-03-29 03:30 Europe/Kyiv", "Q-TIME-GAP", "offset"),
        ("2015-10-25 03:30 Europe/Kyiv", "Q-TIME-GAP", "offset"),
        ("2015-02-30T00:00+02:00", "Q-TIME-FORM", "Give date"),
        ("2015-02-15", "Q-TIME-FORM", "`end of 2015-02-15`"),
        ("22:00", "Q-TIME-FORM", "Give date"),
        ("D + fourteen days", "Q-TIME-FORM", "Give date"),
        ("D + 14 days", "Q-TIME-FORM", "unit (s, min, h, d, w;"),
        ("D + 5 h working", "Q-TIME-FORM", "days also as working"),
        ("D + 2 mo elapsed", "Q-TIME-FORM", "by the calendar"),
        ("D + 1.5 y", "Q-TIME-FORM", "by the calendar"),
        ("D + 999 y", "Q-TIME-FORM", "elapsed or"),
        ("end of 2015-02-30", "Q-TIME-FORM", "`end of 2006-03-31`"),
        ("end of 2015-02-15T00:00Z", "Q-TIME-FORM", "`start of D + 5 d`"),
        ("0015-02-15T00:00Z", "Q-TIME-FORM", "Correct the year"),
    ],
)
def test_other_times_are_refused_with_a_remedy(
    text: str, code: str, remedy: str
) -> None:
    with pytest.raises(TimeTroubleError) as caught:
        parse_moment(text, KYIV)
    assert caught.value.code == code
    assert remedy in caught.value.remedy


def test_an_abbreviation_without_a_zone_of_the_agreement_suggests_one() -> None:
    with pytest.raises(TimeTroubleError) as caught:
        parse_moment("2015-02-15 00:00 MSK", None)
    assert "Europe/Moscow" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "anchor", "backward", "duration"),
    [
        ("D", "D", False, None),
        ("D+14 d", "D", False, "14 d"),
        ("D - 56 d", "D", True, "56 d"),
        (
            "transfer-of-authority + 24 h elapsed",
            "transfer-of-authority",
            False,
            "24 h elapsed",
        ),
    ],
)
def test_moments_counted_from_an_anchor(
    text: str, anchor: str, *, backward: bool, duration: str | None
) -> None:
    found = parse_moment(text, KYIV)
    assert isinstance(found, Relative)
    assert (found.anchor, found.backward) == (anchor, backward)
    assert (str(found.offset) if found.offset else None) == duration
    assert parse_moment(str(found), KYIV) == found


def counted(durations: str) -> Calendar:
    return Calendar(time_zone=KYIV, durations=durations)


def test_a_day_over_a_change_of_clocks_has_two_lengths() -> None:
    noon = at(2026, 3, 28, 10)  # 12:00 in Kyiv; clocks go forward on the 29th
    day = parse_duration("1 d")
    assert counted("elapsed").after(noon, day) == at(2026, 3, 29, 10)
    assert counted("wall_clock").after(noon, day) == at(2026, 3, 29, 9)
    assert counted("wall_clock").before(at(2026, 3, 29, 9), day) == noon


def test_a_wall_clock_deadline_in_a_gap_falls_at_its_end() -> None:
    start = at(2026, 3, 28, 1, 30)  # 03:30 in Kyiv, which the 29th does not have
    found = counted("wall_clock").after(start, parse_duration("1 d"))
    assert found == at(2026, 3, 29, 1)


def test_a_wall_clock_deadline_shown_twice_falls_at_the_first() -> None:
    start = at(2026, 10, 24, 0, 30)  # 03:30 in Kyiv; shown twice on the 25th
    found = counted("wall_clock").after(start, parse_duration("1 d"))
    assert found == at(2026, 10, 25, 0, 30)


def test_what_the_duration_says_goes_before_what_the_agreement_says() -> None:
    found = parse_duration("24 h elapsed")
    start = at(2026, 3, 28, 10)
    assert counted("wall_clock").after(start, found) == at(2026, 3, 29, 10)


def test_a_duration_must_say_how_it_is_counted() -> None:
    found = complaint("Q-TIME-DURATION", ("  durations: wall_clock\n", ""))
    assert found.path == "clauses[1].from"
    assert "14 d elapsed" in found.remedy


def test_an_anchor_must_exist_and_its_blank_stops_the_run() -> None:
    found = complaint("L-ANCHOR", ("from: D + 14 d", "from: X + 14 d"))
    assert TEXT.splitlines()[found.line - 1] == "    from: D + 14 d"
    assert codes(("D: 2026-03-01T00:00+02:00", "D: TBD")) == ["L-BLANK"]


def test_anchors_may_not_wait_for_one_another() -> None:
    spoilt = ("  D: 2026-03-01T00:00+02:00", "  D: E + 1 d\n  E: D - 1 d")
    assert "D -> E -> D" in complaint("L-CIRCULAR", spoilt).message


def test_an_end_must_follow_its_beginning() -> None:
    spoilt = ("from: D\n", "from: D\n    until: D - 1 d\n")
    assert complaint("Q-TIME-ORDER", spoilt).path == "clauses[0].until"


def test_an_offset_the_zone_did_not_have_is_flagged_and_taken() -> None:
    spoilt = ("2026-03-01T00:00+02:00", "2026-03-01T00:00+03:00")
    assert "+02:00 (Europe/Kyiv" in complaint("W-TIME-OFFSET", spoilt).message
    assert checked(spoilt).runnable


def test_a_lone_duration_needs_something_to_run_from() -> None:
    spoilt = (
        "forbid: {event: fire, in: strip}",
        "oblige: {event: fire}\n    deadline: 24 h elapsed",
    )
    assert complaint("L-ANCHOR", spoilt).path == "clauses[0].within"
