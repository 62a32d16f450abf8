"""Cases 47 to 60: dates and times."""

from typing import Final

from tests.badinput.ingest.case import (
    Case,
    bad,
    ok,
    row,
    rows,
)

TIMES: Final = (
    Case(
        number=47,
        name="month_or_day",
        data=rows(row(time="03/04/2015")),
        expected=bad((2, "Q-DATE-AMBIG", "time")),
    ),
    Case(
        number=47,
        name="order_declared",
        data=rows(row(time="03/04/2015")),
        mapping="date_order: dmy\n",
        expected=ok({"start": "2015-04-02T21:00:00Z"}),
    ),
    Case(
        number=48,
        name="order_proven",
        data=rows(row(time="03/04/2015"), row("b", time="13/04/2015")),
        expected=ok(
            {"start": "2015-04-02T21:00:00Z"},
            {"start": "2015-04-12T21:00:00Z"},
            notes=("W-DATE-ORDER",),
            note_lines={"W-DATE-ORDER": 3},
        ),
    ),
    Case(
        number=48,
        name="order_contradicted",
        data=rows(
            row(time="13/04/2015"),
            row("b", time="04/13/2015"),
            row("c", time="03/04/2015"),
        ),
        expected=bad((4, "Q-DATE-AMBIG", "time"), accepted=2),
    ),
    Case(
        number=49,
        name="two_digit_year",
        data=rows(row(time="10.11.12")),
        expected=bad((2, "Q-DATE-AMBIG", "time")),
    ),
    Case(
        number=50,
        name="words_for_times",
        data=rows(
            row(time="noon"),
            row("b", time="dawn"),
            row("c", time="last night"),
            row("d", time="12"),
        ),
        expected=bad(
            (2, "Q-TIME-WORD", "time"),
            (3, "Q-TIME-WORD", "time"),
            (4, "Q-TIME-WORD", "time"),
            (5, "Q-TIME-FORM", "time"),
        ),
    ),
    Case(
        number=51,
        name="no_zone",
        data=rows(row(time="2020-07-27T10:00")),
        expected=bad((2, "Q-TIME-NOZONE", "time")),
    ),
    Case(
        number=51,
        name="zone_by_mapping",
        data=rows(row(time="2020-07-27T10:00")),
        mapping="time_zone: mission\n",
        expected=ok(
            {"start": "2020-07-27T07:00:00Z", "end": "2020-07-27T07:01:00Z"},
            notes=("W-ZONE-ASSUMED",),
        ),
    ),
    Case(
        number=51,
        name="date_in_mission_zone",
        data=rows(row(time="2020-07-27")),
        expected=ok(
            {"start": "2020-07-26T21:00:00Z", "end": "2020-07-27T21:00:00Z"},
            notes=("W-ZONE-ASSUMED",),
        ),
    ),
    Case(
        number=51,
        name="date_without_any_zone",
        data=rows(row(time="2020-07-27")),
        options={"source": "osce-smm"},
        expected=bad((2, "Q-TIME-NOZONE", "time")),
    ),
    Case(
        number=52,
        name="zone_abbreviations",
        data=rows(
            *(row(z, time=f"2020-07-27 10:00 {z}") for z in ("IST", "CST", "EET"))
        ),
        expected=bad(*((i, "Q-ZONE-ABBREV", "time") for i in (2, 3, 4))),
    ),
    Case(
        number=53,
        name="dst_gap",
        data=rows(row(time="2015-03-29 03:30")),
        mapping="time_zone: Europe/Kyiv\n",
        expected=bad((2, "Q-TIME-GAP", "time")),
    ),
    Case(
        number=54,
        name="dst_fold",
        data=rows(row(time="2015-10-25 03:30")),
        mapping="time_zone: Europe/Kyiv\n",
        expected=ok(
            {"start": "2015-10-25T00:30:00Z", "end": "2015-10-25T01:31:00Z"},
            notes=("W-TIME-FOLD",),
        ),
    ),
    Case(
        number=55,
        name="odd_clocks",
        data=rows(
            row(time="2020-07-27T24:00Z"),
            row("b", time="2015-06-30T23:59:60Z"),
            row("c", time="2020-07-27 8:05Z"),
        ),
        expected=ok(
            {"start": "2020-07-28T00:00:00Z"},
            {"start": "2015-06-30T23:59:59.999999Z"},
            {"start": "2020-07-27T08:05:00Z"},
            notes=("W-LEAP-SECOND",),
        ),
    ),
    Case(
        number=56,
        name="excel_serial",
        data=rows(row(time="42050")),
        expected=bad((2, "Q-TIME-EPOCH", "time")),
    ),
    Case(
        number=56,
        name="excel_1900",
        data=rows(row(time="42050")),
        mapping="time_format: excel_1900\n",
        expected=ok({"start": "2015-02-14T22:00:00Z"}),
    ),
    Case(
        number=56,
        name="excel_1904",
        data=rows(row(time="42050")),
        mapping="time_format: excel_1904\n",
        expected=ok({"start": "2019-02-15T22:00:00Z"}),
    ),
    Case(
        number=57,
        name="epoch",
        data=rows(
            row(time="1595844000"),
            row("b", time="1595844000000"),
            row("c", time="1595844000000000"),
        ),
        expected=bad(*((i, "Q-TIME-EPOCH", "time") for i in (2, 3, 4))),
    ),
    Case(
        number=57,
        name="epoch_declared",
        data=rows(row(time="1595844000000")),
        mapping="time_format: epoch_ms\n",
        expected=ok({"start": "2020-07-27T10:00:00Z"}),
    ),
    Case(
        number=57,
        name="epoch_ms_as_s",
        data=rows(row(time="1595844000000")),
        mapping="time_format: epoch_s\n",
        expected=bad((2, "Q-TIME-FORM", "time")),
    ),
    Case(
        number=58,
        name="unlikely_dates",
        data=rows(
            row(time="1900-01-01"),
            row("b", time="2525-01-01"),
            row("c", time="0000-00-00"),
        ),
        expected=bad((4, "Q-TIME-FORM", "time"), accepted=2, notes=("W-TIME-RANGE",)),
    ),
    Case(
        number=58,
        name="before_the_period",
        data=rows(row(time="2019-07-27")),
        mapping="period: 2020-07-27/2020-12-31\n",
        expected=ok({}, notes=("W-TIME-RANGE",)),
    ),
    Case(
        number=59,
        name="end_before_start",
        data="key,start,end\na,2020-07-28,2020-07-27\nb,2020-07-01,2020-07-27\n",
        expected=bad((2, "Q-INTERVAL", "end"), accepted=1, notes=("W-LONG",)),
    ),
    Case(
        number=60,
        name="edtf",
        data=rows(
            row(time="2015-02-XX"),
            row("b", time="../2015-03-02"),
            row("c", time="2015-13-45"),
            row("d", time="2015-02-27/2015-03-02"),
        ),
        expected=bad(
            (3, "Q-INTERVAL", "time"),
            (4, "Q-TIME-FORM", "time"),
            accepted=2,
            values=[
                {"start": "2015-01-31T22:00:00Z", "end": "2015-02-28T22:00:00Z"},
                {"end": "2015-03-02T22:00:00Z"},
            ],
        ),
    ),
)
