"""Titles, page heads, headings, broken words and tables: no sentence is lost."""

import pytest

from pamiers.ingest.smm.reading import parse_file
from pamiers.ingest.smm.sentence import Category, ParsedSentence
from pamiers.ingest.smm.text.broken_words import joined
from pamiers.ingest.smm.text.characters import normal
from pamiers.ingest.smm.text.splitting import split_reports
from pamiers.ingest.smm.text.table_rows import Table, columns_of, row_text
from pamiers.ingest.smm.text.telling import tells
from tests.unit.ingest.smm.rendering import observed, span

TITLE = (
    "Latest from the OSCE Special Monitoring Mission to Ukraine (SMM), based on "
    "information received as of 19:30, 9 May 2018"
)
MISSION = "Latest from the Special Monitoring Mission in Ukraine"
HEAD = "Based on information from the Monitoring Teams as of 19:30 4 August 2020.\n"
SHOTS = "The SMM heard seven shots in Pisky."


def read(text: str) -> tuple[ParsedSentence, ...]:
    return parse_file(text.encode()).sentences


def texts(text: str) -> list[str]:
    return [one.sentence.text for one in read(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Fewer ceasefire violations were recorded by the Mission in Luhansk region.",
        "In breach of withdrawal lines, the SMM saw six mortars (2B11) near Almazna.",
        "Holes in the roof of a school and a kiosk were the result of shelling.",
        "Its patrol again counted four tanks near Brianka.",
    ],
)
@pytest.mark.parametrize("mark", ["title: ", ""])
def test_the_line_after_a_long_title_is_a_sentence(mark: str, line: str) -> None:
    assert texts(f"{mark}{TITLE}\n{line}\n") == [line]


def test_a_title_wraps_only_while_it_is_unfinished() -> None:
    first, second = TITLE.split("as of ")
    (report,) = split_reports(f"title: {first}as of\n{second}\n{SHOTS}")
    assert str(report.header.as_of) == "2018-05-09 16:30:00+00:00"
    assert [s.text for s in report.sentences] == [SHOTS]


@pytest.mark.parametrize(
    "head",
    [
        "OSCE Special Monitoring Mission to Ukraine      Page 3 of 9",
        "OSCE SMM Daily Report No. 201/2020    5",
        "Daily Report 201/2020           5",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_page_head_takes_no_sentence_with_it(head: str, gap: str) -> None:
    assert texts(f"{HEAD}{SHOTS}{gap}{head}{gap}{SHOTS}") == [SHOTS, SHOTS]


def test_a_page_head_before_a_sentence_is_cut_off() -> None:
    head = "OSCE Special Monitoring Mission to Ukraine   Page 3 of 9   "
    assert texts(f"{HEAD}{head}{SHOTS}") == [SHOTS]


@pytest.mark.parametrize(
    "text",
    [
        "OSCE Special Monitoring Mission members heard four shots in Pisky.",
        "Note: the SMM heard four shots in Pisky.",
        "Daily report: the SMM heard four shots in Pisky.",
        "The SMM camera locations in Pisky recorded four shots.",
    ],
)
def test_what_perceives_and_counts_is_never_header(text: str) -> None:
    (one,) = read(HEAD + text)
    assert [o.count and o.count.low for o in one.observations] == [4]


def test_a_title_that_counts_is_quarantined_and_dates_its_report() -> None:
    title = "Spot Report 12/2020: SMM patrol heard nine shots near Pisky, 3 August 2020"
    first, second = read(f"{title}\n{SHOTS.replace('heard', 'heard on 3 August')}")
    assert first.category is None
    assert first.fault is not None
    assert "title" in first.fault
    assert span(second.observations[0].time).startswith("2020-08-03")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the SMM saw two cars", True),
        ("As recorded on 3 May 2018 in Daily Report 105/2018", False),
        ("For a breakdown of recorded violations see page 4", False),
        ("two cars", False),
    ],
)
def test_a_quantity_is_a_figure_that_counts(text: str, said: bool) -> None:  # noqa: FBT001
    assert tells(text) is said


def test_numbers_of_footnotes_go() -> None:
    assert normal("violations,1 including 20") == "violations, including 20"
    note = "3 For a complete breakdown of all violations, see the annexed table."
    assert texts(f"{HEAD}{SHOTS}\n{note}") == [SHOTS]


@pytest.mark.parametrize(
    ("head", "cut_off"),
    [
        (
            "Daily Report 90/2019 issued by the OSCE SMM to Ukraine on 17 April 2019",
            "2019-04-16 16:30:00+00:00",
        ),
        (
            f"{MISSION}, received until 18:00 hrs, 2 October 2014 (Kyiv time)",
            "2014-10-02 15:00:00+00:00",
        ),
    ],
)
def test_titles_of_other_years_give_the_cut_off(head: str, cut_off: str) -> None:
    (report,) = split_reports(f"{head}\n{SHOTS}")
    assert str(report.header.as_of) == cut_off
    assert [s.text for s in report.sentences] == [SHOTS]


def test_a_spot_report_gives_its_year_by_its_number() -> None:
    text = "At 10:05 on 2 June, the SMM heard a shot in Pisky."
    head = "Spot Report 20/2021: Shots near a patrol in Pisky"
    (one,) = read(f"{head}\n{text}")
    assert span(one.observations[0].time).startswith("2021-06-02 10:05")
    (early,) = read(f"{head.replace('20/', '1/')}\n{text.replace('June', 'December')}")
    assert early.observations[0].time is not None
    assert early.observations[0].time.start is None


def test_a_sentence_with_its_own_year_needs_no_header() -> None:
    (one,) = read("On 3 May 2017, the SMM heard two shots in Pisky.")
    assert span(one.observations[0].time).startswith("2017-05-03")


def test_bare_headings_are_header_and_give_their_date() -> None:
    text = (
        f"{HEAD}Border areas\n{SHOTS}\nRestrictions\n{SHOTS}\nSmm facilitation of "
        f"dialogue\nGovernment-controlled areas\n3 August\n- {SHOTS}\n- {SHOTS}\n"
        f"Non-government-controlled areas, 2 August\n- {SHOTS}\nBorder areas\n{SHOTS}"
    )
    found = [span(one.observations[0].time) for one in read(text)]
    assert [one.sentence.text for one in read(text)] == [SHOTS] * 6
    assert found[:2] == ["period", "period"]
    assert [when[:10] for when in found[2:5]] == [
        "2020-08-03", "2020-08-03", "2020-08-02",
    ]  # fmt: skip
    assert found[5] == "period"


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("20 explo-", "sions west", "20 explosions west"),
        ("all south-", "west of it", "all south-west of it"),
        ("near Avdi-", "ivka and", "near Avdiivka and"),
        ("small-", "arms fire", "small-arms fire"),
        ("about 2-", "4km east", "about 2-4km east"),
        ("it left", "then", None),
    ],
)
def test_words_broken_at_a_line_end(before: str, after: str, whole: str | None) -> None:
    assert joined(before, after) == whole


COLUMNS = (
    "SMM position\tEvent location\tMeans\tNo.\tObservation\tDescription\tWeapon\t"
    "Date, Time"
)
CAMERA = (
    "SMM camera in Maiorsk (45km NE of Donetsk)", "2-3km SSE", "Recorded", "6",
    "Projectile", "W to E", "N/K", "3-Aug, 22:10",
)  # fmt: skip
PATROL = (
    "About 2km W of Popasna", "1-2km N", "Heard", "14", "Burst", "", "HMG",
    "3-Aug, 20:05-20:40",
)  # fmt: skip


@pytest.mark.parametrize("gap", ["\t", " | ", "    ", " "])
def test_rows_of_the_annex_are_read_by_column(gap: str) -> None:
    marked = bool(gap.strip(" "))
    rows = [gap.join(c for c in row if c or marked) for row in (CAMERA, PATROL)]
    camera, patrol = read("\n".join([HEAD, COLUMNS, *rows]))
    assert observed(camera.observations[0]) == (
        "projectile 6 | by camera recorded | sector 2000-3000m 157.5~11.25 | "
        "from in Maiorsk (45000m 45 of Donetsk) | flight 270>90 | "
        "when 2020-08-03 22:10..2020-08-03 22:11 (stated)"
    )
    assert observed(patrol.observations[0]) == (
        "burst 14 | weapons heavy_machine_gun | by patrol heard | "
        "sector 1000-2000m 0~11.25 | from offset 2000-2000m 270 Popasna | "
        "when 2020-08-03 20:05..2020-08-03 20:41 (stated)"
    )


def test_a_merged_cell_holds_for_the_rows_below() -> None:
    row = "\tN\tRecorded\t1\tExplosion\tUndetermined\tN/K\t3-Aug, 22:30"
    _, second = read("\n".join([HEAD, COLUMNS, "\t".join(CAMERA), row]))
    (explosion,) = second.observations
    assert explosion.platform == "camera"
    assert explosion.observer is not None
    assert explosion.observer.names == ("Maiorsk",)


def test_columns_of_another_order_are_followed() -> None:
    table = columns_of("Date | No. | Weapon | Means | Observation | Position | Place")
    told = row_text("3-Aug | 2 | Tank | Heard | Explosion | Pisky | N", table)
    assert told.prose is None or "2 explosions" in told.prose
    assert row_text("nothing of a table", Table()).prose is None


def test_rows_on_weapons_keep_day_before_month() -> None:
    text = (
        f"{HEAD}Weapons in violation of withdrawal lines\n"
        "Date No. Type of weapon Location Source of observation\n"
        "03/08/2020 4 Tank (T-72) Near Pisky (11km north-west of Donetsk) Mini-UAV\n"
    )
    (one,) = read(text)
    assert one.category is Category.WITHDRAWAL
    (tanks,) = one.observations
    assert (tanks.kind, tanks.count and tanks.count.low) == ("tank", 4)
    assert span(tanks.time).startswith("2020-08-03")


def test_justified_prose_with_wide_gaps_is_no_row() -> None:
    wide = SHOTS.replace(" ", "   ")
    assert texts(HEAD + wide) == [SHOTS]


def test_a_summary_right_below_a_title_is_a_heading() -> None:
    text = (
        "Daily Report 12/2019 issued by the OSCE Special Monitoring Mission (SMM) to "
        "Ukraine on 15 January 2019\nSummary\nThe SMM saw four tanks near Olhivka.\n"
    )
    (report,) = parse_file(text.encode()).reports
    assert [s.sentence.text for s in report.sentences] == [
        "The SMM saw four tanks near Olhivka."
    ]
    assert "Summary" in [line for _, line in report.headers]
