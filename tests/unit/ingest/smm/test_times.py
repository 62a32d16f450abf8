"""Which dates and clock times a sentence states, and which belong elsewhere."""

import pytest

from pamiers.ingest.smm.reading import parse_file
from pamiers.ingest.smm.sentence import ParsedSentence
from tests.unit.ingest.smm.rendering import read, span

HEAD = "Based on information from the Monitoring Teams as of 19:30 4 August 2020.\n"


def when(text: str) -> str:
    return span(read(text).observations[0].time)


def story(*paragraphs: str) -> tuple[ParsedSentence, ...]:
    return parse_file((HEAD + "\n\n".join(paragraphs)).encode()).sentences


@pytest.mark.parametrize(
    "text",
    [
        "The SMM saw two tanks near Pisky, contrary to the Memorandum of 5 June 2014.",
        "The SMM saw two tanks near Pisky (see SMM Daily Report of 12 July 2020).",
        "The SMM saw two tanks near Pisky (see SMM Spot Report 12 July 2020).",
        "Under the 8 March 2016 notification, the SMM saw two tanks near Pisky.",
        "The SMM saw two tanks near Pisky, compared with imagery from 2 July.",
        "The SMM saw two tanks near Pisky, not seen on 20 July.",
    ],
)
def test_the_date_of_a_document_or_an_image_is_not_the_event(text: str) -> None:
    assert when(text) == "period"


def test_a_document_makes_no_claim_of_what_was_seen() -> None:
    parsed = read(
        "The SMM saw two tanks near Pisky, which are forbidden according to Point 3 of "
        "the Memorandum of 5 June 2014."
    )
    assert [str(o.standing) for o in parsed.observations] == ["observed"]


@pytest.mark.parametrize(
    "words",
    [
        "from the evenings of 1 to 3 August",
        "between the evenings of 1 and 3 August",
        "between the evening of 1 August and the evening of 3 August",
    ],
)
def test_a_period_of_several_days_is_read_whole(words: str) -> None:
    parsed = read(
        f"In Donetsk region, {words}, the SMM recorded 40 ceasefire violations."
    )
    assert span(parsed.totals[0].period).startswith(
        "2020-08-01 19:30..2020-08-03 19:30"
    )


def test_the_following_day_moves_a_clock_time_too() -> None:
    _, second = story(
        "On 2 August, positioned in Pisky, the SMM heard a shot. The following day, "
        "positioned in Opytne between 09:10 and 10:20, the SMM heard two shots."
    )
    assert span(second.observations[0].time).startswith(
        "2020-08-03 09:10..2020-08-03 10:21"
    )


def test_an_old_date_gives_no_day_to_a_clock_in_the_next_paragraph() -> None:
    _, second = story(
        "On 11 July, the SMM saw three craters in Pisky.",
        "At 09:40, the SMM heard two shots in Pisky.",
    )
    assert span(second.observations[0].time).startswith("2020-08-04 09:40")


def test_a_clock_goes_on_from_the_clock_before_it() -> None:
    _, second = story(
        "At 10:10 on 3 August, the SMM heard two shots in Pisky.",
        "At 11:30, the SMM heard a shot in Pisky.",
    )
    assert span(second.observations[0].time).startswith("2020-08-03 11:30")


def test_a_list_keeps_the_date_of_its_lead() -> None:
    found = story(
        "On 2 August, an SMM mini-UAV spotted:", "- two tanks near Pisky;\n- a mortar."
    )
    assert span(found[1].observations[0].time).startswith("2020-08-02")


def test_an_account_of_others_gives_its_day_and_no_clock() -> None:
    *_, last = story(
        "Residents told the SMM that shells had landed between 02:10 and 02:30 on 3 "
        "August. The SMM saw two craters."
    )
    assert span(last.observations[0].time).startswith(
        "2020-08-03 00:00..2020-08-04 00:00"
    )


def test_a_comparison_gives_no_date_to_the_next_sentence() -> None:
    *_, last = story(
        "On 3 August, the SMM recorded 20 explosions in Donetsk region compared with "
        "12 explosions until the evening of 2 August. The SMM heard a shot in Pisky."
    )
    assert span(last.observations[0].time).startswith("2020-08-03")


def test_a_denial_is_of_the_period_not_of_the_night_before_it() -> None:
    *_, last = story(
        "On the night of 2 August, the SMM heard a shot in Pisky. Armed men denied the "
        "SMM passage near Olenivka."
    )
    assert span(last.time) == "period"


@pytest.mark.parametrize(
    ("words", "stretch"),
    [
        ("At 3pm on 3 August", "2020-08-03 15:00..2020-08-03 15:01"),
        ("At 11.20 a.m. on 3 August", "2020-08-03 11:20..2020-08-03 11:21"),
        ("At 12:30pm on 3 August", "2020-08-03 12:30..2020-08-03 12:31"),
        ("At 16h45 on 3 August", "2020-08-03 16:45..2020-08-03 16:46"),
        ("Until 13:00", "2020-08-03 19:30..2020-08-04 13:00"),
        ("By 13:00 on 3 August", "2020-08-03 00:00..2020-08-03 13:00"),
        ("From 16:10 onwards", "2020-08-04 16:10..2020-08-04 19:30"),
        (
            "Between 23:10 on 2 August and 2:05 the following day",
            "2020-08-02 23:10..2020-08-03 02:06",
        ),
        (
            "Between 21:00 on 2 August and 22:00 the next day",
            "2020-08-02 21:00..2020-08-03 22:01",
        ),
        (
            "On the night of 2-3 August, between 02:10 and 03:00",
            "2020-08-03 02:10..2020-08-03 03:01",
        ),
        ("After 13:00 on 3 August", "2020-08-03 13:00..2020-08-04 00:00"),
        (
            "On the evening of 2 August and in the morning hours of 3 August",
            "2020-08-02 17:00..2020-08-03 12:00",
        ),
        ("During the night of 2/3 August", "2020-08-02 20:00..2020-08-03 06:00"),
    ],
)
def test_times_are_read_in_their_several_forms(words: str, stretch: str) -> None:
    assert when(f"{words}, the SMM heard a shot in Pisky.").startswith(stretch)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("Two days earlier", "2020-08-01 00:00"),
        ("The previous evening", "2020-08-02 17:00"),
        ("The following day", "2020-08-04 00:00"),
        ("On the same evening and night", "2020-08-03 17:00"),
    ],
)
def test_days_are_counted_from_the_one_named_before(words: str, start: str) -> None:
    _, second = story(
        f"On 3 August, the SMM heard a shot. {words}, the SMM heard two shots in Pisky."
    )
    assert span(second.observations[0].time).startswith(start)


def test_a_weekly_report_counts_by_the_week_it_names() -> None:
    first, second = parse_file(
        b"Weekly Update from the OSCE Special Monitoring Mission as of 9 May 2018\n"
        b"Between 30 April and 6 May 2018, the SMM recorded about 900 ceasefire "
        b"violations, fewer than in the previous week (almost 950).\n"
        b"The SMM saw 12 tanks in violation of withdrawal lines."
    ).sentences
    (weekly, tanks) = (first.totals[0].period, second.observations[0].time)
    assert weekly is not None
    assert tanks is not None
    assert str(weekly.start) == "2018-04-29 21:00:00+00:00"
    assert (tanks.start, tanks.end) == (weekly.start, weekly.end)


def test_a_day_counted_from_none_is_not_guessed() -> None:
    assert when("Two days earlier, the SMM had heard a shot in Pisky.") == "unresolved"
