"""Which kind a sentence and its things are filed under; what is never a statement."""

import pytest

from pamiers.core.rows import Observation
from pamiers.ingest.smm.reading import parse_file
from pamiers.ingest.smm.sentence import Category, Standing
from tests.unit.ingest.formats.test_smm_report import observations
from tests.unit.ingest.formats.test_smm_report import read as file_of
from tests.unit.ingest.smm.rendering import read, total

HEAD = "Based on information from the Monitoring Teams as of 19:30 4 August 2020.\n"


def kinds(*sentences: str) -> list[tuple[str, int | None]]:
    return [(row.kind, row.count) for row in filed(*sentences)]


def filed(*sentences: str) -> list[Observation]:
    reading = file_of(*sentences)
    return observations(reading) if "observation" in reading.tables else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two SMM mini-UAVs came under small-arms fire in Horlivka.",
         [("fire_at_monitor", None)]),
        (("The SMM had to leave the bridge due to three incoming mortar rounds 400m "
         "west of its position."), [("explosion", 3)]),
        (("The SMM was forced to leave Spartak after four mortar rounds impacted 200m "
         "from its vehicles."), [("explosion", 4)]),
        ("The SMM monitored two howitzers in violation of withdrawal lines.",
         [("weapon_presence", 2)]),
        ("At 22:10 on 3 August, the UAV spotted the first convoy leaving the town.",
         [("convoy", 1)]),
        (("The SMM visited Pikuzy and saw that several structures had been damaged by "
         "shelling."), [("damage", None)]),
        (("The SMM was unable to use the road due to the presence of five anti-tank "
         "mines."), [("mine", 5)]),
        ("The SMM monitored the recovery of 11 bodies in Debaltseve.",
         [("casualty", 11)]),
    ],
)  # fmt: skip
def test_what_was_perceived_is_an_observation_whatever_the_verb(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        (
            "Some 30 per cent of the 480 ceasefire violations in Donetsk region were "
            "recorded near Svitlodarsk."
        ),
        "Of these, 512 were caused by shelling, small-arms or light weapons fire.",
    ],
)
def test_a_share_or_a_count_said_before_is_neither_counted_nor_lost(text: str) -> None:
    parsed = read(text)
    assert parsed.category is None
    assert parsed.fault


def test_an_agreement_tells_nobody_anything() -> None:
    by_terms = read(
        "The SMM saw six tanks near Teple, in a zone proscribed according to Point 5 "
        "of the Memorandum."
    )
    by_people = read("According to residents, six tanks had been near Teple.")
    assert by_terms.observations[0].standing is Standing.OBSERVED
    assert by_people.observations[0].standing is Standing.CLAIMED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (("An SMM mini-UAV spotted the presence of 14 anti-tank mines on a road "
         'between Ukrainian Armed Forces and "DPR" checkpoints.'), [("mine", 14)]),
        ("The SMM saw an S-60 57mm anti-aircraft gun near Zolote.",
         [("weapon_presence", 1)]),
        ("The SMM saw six multiple rocket launcher systems near Zolote.",
         [("weapon_presence", 6)]),
        ("The SMM confirmed casualties, with five killed and four injured.",
         [("casualty", None), ("casualty", 5), ("casualty", 4)]),
        ("A man was killed and another injured near Kadiivka.",
         [("casualty", 1), ("casualty", 1)]),
        (("A resident told the SMM that his wife had been killed and two neighbours "
         "injured."), [("casualty", 1), ("casualty", 2)]),
        ("A woman had died from a gunshot wound in Sakhanka.", [("casualty", 1)]),
        ("The SMM saw the body of a young man at the morgue.", [("casualty", 1)]),
        ("The SMM saw 25 partially and severely damaged dwellings.", [("damage", 25)]),
        ("The SMM observed damage caused by shelling at five houses in Teple.",
         [("damage", 5)]),
        ("The SMM counted six burned trucks and two destroyed tanks near Teple.",
         [("damage", 6), ("damage", 2)]),
        ("The SMM heard three heavy-machine-gun rounds.", [("shot", 3)]),
        ("The SMM heard light weapons fire.", [("fire", None)]),
        ("The SMM observed the funeral of two soldiers attended by about 300 people.",
         [("person_presence", 300)]),
    ],
)  # fmt: skip
def test_a_thing_is_filed_under_its_own_kind(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (("On the nights of 1-2 and 2-3 August, the SMM camera in Avdiivka recorded 12 "
         "and 15 undetermined explosions, respectively."),
         [("explosion", 12), ("explosion", 15)]),
        (("The SMM in Popasna heard 61 explosions between 08:00 and 10:00; and an "
         "additional 22 between 13:00 and 15:00."),
         [("explosion", 61), ("explosion", 22)]),
        (("Between 14:00 and 18:00 on 3 August, the SMM camera in Shyrokyne recorded "
         "nine projectiles in flight and between 22:10 and 23:00, a further six."),
         [("projectile", 9), ("projectile", 6)]),
        (("The SMM carried out analysis on 13 craters and concluded that either 122 or "
         "152mm artillery rounds had caused them."), [("damage", 13)]),
        ("The SMM saw two fresh craters, one 6m south and another 20m west of a house.",
         [("damage", 2)]),
        (("The SMM heard 31 explosions from anti-aircraft fire, rocket-propelled "
         "grenades, one 82mm calibre mortar and 70 bursts of small-arms fire."),
         [("explosion", 31), ("burst", 70)]),
        ("During 40 minutes, the SMM saw nine cars.", [("movement", 9)]),
        ("The SMM counted 51 tanks: 30 T-64s, 19 T-72s and two of unknown type.",
         [("weapon_presence", 51)]),
    ],
)  # fmt: skip
def test_figures_apart_from_their_nouns_are_read(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert kinds(text) == expected


def test_another_lot_has_its_own_time_and_the_same_sector() -> None:
    first, second = read(
        "At 20:15 on 3 August the SMM heard two explosions 3km west of Pisky, and at "
        "20:20 one more."
    ).observations
    assert first.place == second.place
    assert first.time != second.time


def test_a_visit_and_a_lull_are_understood() -> None:
    visit = read('The SMM visited again one "LPR" heavy weapons holding area.')
    assert visit.category is Category.ACTIVITY
    lull = read("A lull in fighting followed on 3 August.")
    assert lull.category is Category.COVERAGE


def test_it_recorded_means_the_region_of_the_sentence_before() -> None:
    text = (
        "In Luhansk region, the SMM recorded 81 ceasefire violations. Between the "
        "evenings of 2 and 3 August, it recorded 204 ceasefire violations."
    )
    *_, last = parse_file((HEAD + text).encode()).sentences
    assert total(last.totals[0]).startswith("ceasefire_violations in Luhansk: 204")


def test_violations_at_an_airport_are_no_count_of_a_region() -> None:
    parsed = read("At the airport the SMM observed 22 ceasefire violations.")
    assert not parsed.totals
    assert [o.count and o.count.low for o in parsed.observations] == [22]
