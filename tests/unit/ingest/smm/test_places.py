"""Where things were: what a sentence takes from its paragraph, and what it names."""

import json

import pytest

from pamiers.core.rows import Observation
from pamiers.ingest.smm.hindrance import restriction_kind, times
from pamiers.ingest.smm.reading import parse_file
from pamiers.ingest.smm.sentence import Observed
from tests.unit.ingest.formats.test_smm_report import observations, read, rows
from tests.unit.ingest.smm.rendering import place

HEAD = "Based on information from the Monitoring Teams as of 19:30 4 August 2020.\n"


def things(*paragraphs: str) -> list[Observed]:
    file = parse_file((HEAD + "\n\n".join(paragraphs)).encode())
    return [one for sentence in file.sentences for one in sentence.observations]


def filed(*paragraphs: str) -> list[Observation]:
    return observations(read(*paragraphs))


def test_a_gathering_elsewhere_takes_no_place_from_the_camera_before_it() -> None:
    *_, gathering = things(
        "On 3 August, the SMM camera at the Donetsk Filtration Station recorded a "
        "burst 2km south.",
        "It monitored a peaceful rally in Lviv.",
    )
    assert gathering.observer is None
    assert place(gathering.place) == "in Lviv"


@pytest.mark.parametrize(
    "second",
    [
        "The SMM heard two shots 1km south.",
        "The SMM also heard two shots 1km south.",
        "In Luhansk region, the SMM heard two shots 1km south.",
    ],
)
def test_another_paragraph_takes_no_position(second: str) -> None:
    *_, shots = things("Positioned in Pisky, the SMM heard a burst 1km west.", second)
    assert shots.observer is None


@pytest.mark.parametrize(
    "second",
    [
        "At the same location, the SMM heard two shots 1km south.",
        "From the same position, the SMM heard two shots 1km south.",
    ],
)
def test_words_that_point_back_reach_another_paragraph(second: str) -> None:
    *_, shots = things("Positioned in Pisky, the SMM heard a burst 1km west.", second)
    assert place(shots.observer) == "in Pisky"


def test_a_patrol_does_not_stand_where_the_camera_hangs() -> None:
    *_, shots = things(
        "The SMM camera in Avdiivka recorded a burst 1km west. The SMM heard two "
        "shots 300m north."
    )
    assert shots.observer is None


def test_an_observer_said_before_the_verb_stays_for_the_paragraph() -> None:
    *_, round_ = things(
        "At the Kharkivka mill, at 09:10 the SMM heard three shots north-east of its "
        "position. At 10:25, the SMM heard a mortar round fired from 300m to the "
        "south of the SMM position."
    )
    assert place(round_.observer) == "in Kharkivka"


def test_damage_lies_in_the_town_of_its_paragraph() -> None:
    first, second, third = things(
        "In Pikuzy, the SMM saw a crater. The SMM also saw a damaged shed. At 7 "
        "Tsentralna Street, the SMM saw four shattered windows."
    )
    assert [place(one.place) for one in (first, second, third)] == ["in Pikuzy"] * 3


def test_damage_of_another_day_or_area_is_not_carried_there() -> None:
    _, second, third = things(
        "In Pikuzy, the SMM saw a crater. On 2 August, the SMM saw a damaged shed. In "
        "non-government-controlled areas, the SMM saw a damaged roof."
    )
    assert second.place is None
    assert third.place is None or not third.place.names


def test_what_was_told_is_not_placed_where_the_listener_stood() -> None:
    *_, told = things(
        "Positioned in Maiorsk, the SMM heard a burst 1km east. Armed men told the "
        "SMM that they had heard 30 explosions."
    )
    assert told.observer is None


def test_the_harmed_did_not_come_to_harm_in_the_hospital() -> None:
    (man,) = things(
        "At a hospital in Horlivka, the SMM saw a man with shrapnel wounds to his arm."
    )
    assert man.kind == "casualty"
    assert man.place is None


def test_a_station_lies_where_the_text_puts_it_not_in_the_middle_of_its_town() -> None:
    (one,) = filed(
        "At the Donetsk railway station (8km north-west of Donetsk city centre), the "
        "SMM heard two explosions 3km north."
    )
    stand = json.loads(one.observer or "{}")
    assert stand["radius_m"] < 4_000
    assert stand["lat"] > 48.05


def test_what_a_report_states_once_holds_for_the_name_alone() -> None:
    first, second = filed(
        "On 2 August, the SMM saw a tank near Kalynove (60km west of Luhansk).",
        "On 3 August, the SMM saw a tank near Kalynove.",
    )
    assert (first.lat, first.lon) == (second.lat, second.lon)
    assert second.lat is not None


def test_a_camera_decides_between_villages_of_one_name() -> None:
    (one,) = filed("The SMM camera in Petrivske recorded a burst 1km south.")
    assert one.lat == pytest.approx(47.64, abs=0.03)
    (other,) = filed("The SMM saw a tank in Petrivske.")
    assert other.lat is None


def test_every_place_of_a_restriction_is_filed() -> None:
    reading = read("The SMM was denied passage near Shchastia and Zolote.")
    assert [getattr(row, "place", "") for row in rows(reading, "coverage")] == [
        "Shchastia",
        "Zolote",
    ]
    assert [row.place for row in observations(reading)] == ["Shchastia", "Zolote"]


@pytest.mark.parametrize(
    ("text", "kind", "often"),
    [
        ("An SMM UAV lost its GPS signal twice near Pisky.", "jamming", 2),
        ("The SMM lost spatial control of two mini-UAVs near Pisky.", "jamming", 2),
        ("The SMM lost a long-range UAV near Pisky.", "restriction", 1),
        ("The SMM was denied passage on three occasions near Pisky.",
         "access_denied", 3),
        ("The SMM was delayed near Pisky.", "access_delayed", None),
    ],
)  # fmt: skip
def test_hindrances_are_counted(text: str, kind: str, often: int | None) -> None:
    found = times(text)
    assert (restriction_kind(text), found and found.low) == (kind, often)
    assert [(o.kind, o.count) for o in filed(text)] == [(kind, often)]


def test_a_distance_in_words_with_spaces_keeps_both_ends() -> None:
    (one,) = things(
        "The SMM heard one explosion at a range of 5 \u2013 7 kilometres NE."
    )
    assert one.sector is not None
    assert one.sector.distance is not None
    assert (one.sector.distance.low_m, one.sector.distance.high_m) == (5_000, 7_000)


def test_an_observer_at_two_distances_is_not_the_event() -> None:
    (one,) = things(
        "Positioned at two locations about 1km and 3km north of Pikuzy, respectively, "
        "the SMM heard 21 explosions 4-7km west."
    )
    assert place(one.observer) == "offset 1000-3000m 0 Pikuzy locations"
    assert one.place is None


def test_its_position_in_a_town_is_where_the_observer_stood() -> None:
    (one,) = things(
        "The SMM heard 35 explosions up to 7km to the NE and ENE of its position in "
        "Avdiivka."
    )
    assert place(one.observer) == "in Avdiivka"
    assert one.sector is not None
    assert [wind.degrees for wind in one.sector.bearings] == [45.0, 67.5]


def test_a_flight_of_the_aircraft_is_not_the_sector_of_the_shots() -> None:
    (shots,) = things(
        "While the UAV was flying about 900m north of the SMM's position, the SMM "
        "heard four shots of small-arms fire 2km north of the SMM's position."
    )
    assert shots.sector is not None
    assert shots.sector.distance is not None
    assert shots.sector.distance.low_m == 2_000


def test_up_to_a_distance_begins_at_nought() -> None:
    (one,) = things("The SMM heard a burst up to 7km south of its position in Pisky.")
    assert one.sector is not None
    assert one.sector.distance is not None
    assert (one.sector.distance.low_m, one.sector.distance.high_m) == (0, 7_000)


def test_a_patrol_that_monitors_works_stands_at_them() -> None:
    _, shots = things(
        "The SMM monitored repair works in Pisky and heard four shots 1km south."
    )
    assert place(shots.observer) == "in Pisky"


def test_a_street_lies_in_the_town_said_after_it() -> None:
    (one,) = things("The SMM saw a crater on Myru Street in Pikuzy.")
    assert place(one.place) == "in Pikuzy"


def test_that_area_is_the_sector_of_the_same_sentence() -> None:
    *_, shots = things(
        "The SMM saw a tank near Luhansk. The SMM heard six shots 300m south of its "
        "position, assessed as directed at an SMM mini-UAV flying in that area."
    )
    assert shots.place is None


def test_a_tank_said_to_be_stationary_lies_where_it_is_said_to_be() -> None:
    (tank,) = things("The SMM saw a tank (T-64) stationary near Pankivka.")
    assert place(tank.place) == "near Pankivka"
    assert tank.observer is None


def test_houses_and_streets_of_a_town_are_in_it() -> None:
    found = things(
        "In Pikuzy, the SMM saw two craters at 12 Sadova Street. In another apartment "
        "building, the SMM saw three broken windows. At 8 Myru Street, the SMM saw a "
        "hole in a fence."
    )
    assert [one.place and one.place.names for one in found] == [("Pikuzy",)] * 3
