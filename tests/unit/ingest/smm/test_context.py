"""What a sentence takes from the ones before it, and what it does not."""

import pytest

from pamiers.ingest.smm.reading import parse_file
from pamiers.ingest.smm.sentence import Category, ParsedSentence
from tests.unit.ingest.smm.rendering import observed, place, span, total

HEAD = "Based on information from the Monitoring Teams as of 19:30 4 August 2020.\n"


def read(*paragraphs: str, head: str = HEAD) -> tuple[ParsedSentence, ...]:
    return parse_file((head + "\n\n".join(paragraphs)).encode()).sentences


def test_the_same_camera_and_the_date_carry_on() -> None:
    first, second = read(
        "On the morning of 3 August, the SMM camera in Avdiivka recorded two "
        "explosions 3km south. In the afternoon, the same camera recorded a burst."
    )
    (burst,) = second.observations
    assert place(burst.observer) == place(first.observations[0].observer)
    assert span(burst.time) == "2020-08-03 12:00..2020-08-03 18:00 (part-of-day)"


def test_the_following_day_is_the_day_after_the_last_one_named() -> None:
    _, second = read(
        "On 1 August, positioned 2km west of Pisky, the SMM heard a burst. The "
        "following day, at the same position, the SMM heard two shots 1km south."
    )
    (shots,) = second.observations
    assert place(shots.observer) == "offset 2000-2000m 270 Pisky"
    assert span(shots.time).startswith("2020-08-02 00:00..2020-08-03 00:00")


def test_another_paragraph_inherits_no_position_and_no_date() -> None:
    _, second = read(
        "On 1 August, positioned in Pisky, the SMM heard a burst 1km south.",
        "The SMM heard two shots 1km south.",
    )
    assert second.observations[0].observer is None
    assert span(second.observations[0].time) == "period"


def test_a_clock_without_a_date_is_the_one_in_the_reporting_day() -> None:
    evening, noon = read(
        "At 21:10, the SMM heard a shot.", "At 12:10, it heard a shot."
    )
    assert span(evening.observations[0].time).startswith("2020-08-03 21:10")
    assert span(noon.observations[0].time).startswith("2020-08-04 12:10")


def test_a_year_comes_from_the_report_and_never_lies_after_it() -> None:
    head = HEAD.replace("4 August 2020", "2 January 2021")
    (old, new) = read(
        "On 31 December, the SMM heard a shot.", "On 1 January, it heard a shot.",
        head=head,
    )  # fmt: skip
    assert span(old.observations[0].time).startswith("2020-12-31")
    assert span(new.observations[0].time).startswith("2021-01-01")


def test_a_date_that_no_report_fixes_stays_unresolved() -> None:
    (one,) = read("On 3 May, the SMM heard two shots.", head="")
    assert span(one.observations[0].time) == "unresolved"
    assert "no date" in one.notes[0]


def test_an_interval_ends_no_later_than_the_cut_off() -> None:
    (one,) = read("On 4 August, the SMM heard two shots.")
    assert span(one.observations[0].time).startswith(
        "2020-08-04 00:00..2020-08-04 19:30"
    )


def test_hours_that_clocks_repeat_are_both_inside() -> None:
    head = HEAD.replace("4 August 2020", "25 October 2020")
    (one,) = read(
        "Between 02:30 and 03:30 on 25 October, the SMM heard a shot.", head=head
    )
    time = one.observations[0].time
    assert time is not None
    assert time.start is not None
    assert time.end is not None
    assert (time.end - time.start).total_seconds() == 2 * 3600 + 60


def test_the_latter_two_areas_are_the_last_of_those_listed() -> None:
    _, second = read(
        "The SMM continued monitoring the disengagement areas near Stanytsia "
        "Luhanska, Zolote and Petrivske. Inside the latter two areas, an SMM "
        "long-range UAV observed people."
    )
    (people,) = second.observations
    assert people.place is not None
    assert people.place.names == ("Zolote", "Petrivske")
    assert people.place.feature == "disengagement area"


def test_entries_of_a_list_take_verb_and_category_from_its_lead() -> None:
    lead, first, second = read(
        "In violation of withdrawal lines, in non-government-controlled areas, on 2 "
        "August an SMM mini-UAV spotted:",
        "- five tanks (T-72) near Myrne (28km south-west of Luhansk); and",
        "- two mortars (120mm) near Teple (31km north of Luhansk).",
    )
    assert lead.category is Category.WITHDRAWAL
    assert [first.category, second.category] == [Category.WITHDRAWAL] * 2
    tanks, mortars = first.observations[0], second.observations[0]
    assert tanks.sense == mortars.sense == "spotted"
    assert mortars.weapons[0].calibre_mm == 120.0


def test_a_heading_on_withdrawal_lines_governs_the_rows_under_it() -> None:
    (one,) = read(
        "Weapons in violation of withdrawal lines",
        "25 July 2020 | 22 | tank (T-64) | Near Buhaivka (37km SW of Luhansk) | UAV",
    )
    assert one.category is Category.WITHDRAWAL
    assert observed(one.observations[0]).startswith("tank 22 | weapons tank/T-64")


@pytest.mark.parametrize("words", ["in the region", "in the same region"])
def test_the_region_is_the_one_named_before(words: str) -> None:
    found = read(
        "The SMM recorded 28 ceasefire violations in Luhansk region. In the previous "
        f"reporting period, it recorded 20 ceasefire violations {words}."
    )[-1]
    assert total(found.totals[0]).startswith("ceasefire_violations in Luhansk: 20")
    assert found.totals[0].period_kind == "previous"


def test_a_report_over_a_weekend_counts_from_its_first_evening() -> None:
    found = read(
        "Between the evenings of 2 and 3 August, the SMM recorded fewer ceasefire "
        "violations in Donetsk region.",
        "The SMM saw three tanks near Pisky.",
    )[-1]
    time = found.observations[0].time
    assert time is not None
    assert str(time.start) == "2020-08-02 16:30:00+00:00"
