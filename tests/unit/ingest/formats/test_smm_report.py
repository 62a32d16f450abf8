"""Reports become rows of the record, every sentence accounted for."""

import json
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

import pamiers
from pamiers.core.geodesy import bearing_deg, distance_m
from pamiers.core.rows import Coverage, Observation, Row, Total
from pamiers.ingest import registry
from pamiers.ingest.formats.smm_report import FORMAT
from pamiers.mission.reading import Reading, ReadOptions
from tests.shared import SHARED, needs_shared

PLACES = Path(pamiers.__file__).parent / "agreements/donbas-2020/places.csv"
HEAD = (
    "OSCE Special Monitoring Mission to Ukraine (SMM) Daily Report 185/2020 issued on "
    "5 August 2020\nBased on information from the Monitoring Teams as of 19:30 4 "
    "August 2020.\n"
)
CAMERA = (
    "On the evening and night of 2-3 August, the SMM camera 1.5km north-east of "
    "Hnutove (government-controlled, 20km north-east of Mariupol) recorded three "
    "undetermined explosions and about 110 projectiles in flight, all 2-4km "
    "east-north-east and east."
)


def read(*sentences: str, head: str = HEAD) -> Reading:
    options = ReadOptions(
        file_name="report.txt",
        places=PLACES.read_text(encoding="utf-8"),
        parties=("ua", "cadlr"),
    )
    return FORMAT.read((head + "\n\n".join(sentences)).encode(), options)


def rows(reading: Reading, kind: str) -> list[Row]:
    return list(reading.tables[kind].views())


def observations(reading: Reading) -> list[Observation]:
    return [row for row in rows(reading, "observation") if isinstance(row, Observation)]


def test_the_format_is_registered_and_tells_its_files() -> None:
    assert registry.get("smm-report") is FORMAT
    assert FORMAT.detect((HEAD + CAMERA).encode())
    assert not FORMAT.detect(b'{"type": "FeatureCollection"}')
    assert not FORMAT.detect(b"ref,date,complete_day,region,place\nx,2020-07-27,yes")


def test_an_observation_carries_what_the_sentence_says() -> None:
    explosion, projectile = observations(read(CAMERA))
    assert (explosion.kind, explosion.count) == ("explosion", 3)
    assert (projectile.kind, projectile.count) == ("projectile", 110)
    assert (projectile.count_low, projectile.count_high) == (88, 132)
    assert explosion.start == datetime(2020, 8, 2, 14, tzinfo=UTC)
    assert explosion.end == datetime(2020, 8, 3, 3, tzinfo=UTC)
    assert (explosion.means, explosion.source) == ("camera", "osce-smm")
    assert explosion.text == CAMERA
    assert explosion.cite == "OSCE SMM Daily Report 185/2020, issued 2020-08-05"


def test_the_place_of_an_event_lies_in_the_sector_from_the_observer() -> None:
    one = observations(read(CAMERA))[0]
    assert one.lon is not None
    assert one.lat is not None
    assert one.radius_m is not None
    stand = json.loads(one.observer or "{}")
    away = distance_m(stand["lon"], stand["lat"], one.lon, one.lat).item()
    turn = bearing_deg(stand["lon"], stand["lat"], one.lon, one.lat).item()
    assert 2_000 < away < 4_000
    assert 67 < turn < 92
    assert 1_500 < one.radius_m < 6_000


def test_the_position_of_the_observer_is_only_in_its_own_column() -> None:
    one = observations(read(CAMERA))[0]
    assert one.shape is None
    assert "Hnutove" not in (one.extra or "")
    assert "Hnutove" in (one.observer or "")


def test_a_breakdown_is_not_counted_twice() -> None:
    (one,) = observations(
        read("The SMM saw 15 tanks (nine T-64 and six T-72) near Teple.")
    )
    assert one.count == 15
    assert json.loads(one.extra or "{}")["parts"] == [
        {"count": "nine", "noun": None, "weapon": "tank (T-64)"},
        {"count": "six", "noun": None, "weapon": "tank (T-72)"},
    ]


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("17", (17, None, None)),
        ("about 110", (110, 88, 132)),
        ("30-35", (None, 30, 35)),
        ("at least 48", (None, 48, None)),
        ("over 200", (None, 201, None)),
        ("up to 25", (None, 0, 25)),
        ("almost 160", (160, 128, 160)),
        ("several", (None, None, None)),
    ],
)
def test_vague_counts_keep_their_bounds(
    words: str, figures: tuple[int | None, int | None, int | None]
) -> None:
    (one,) = observations(read(f"The SMM heard {words} explosions near Pisky."))
    assert (one.count, one.count_low, one.count_high) == figures


def test_a_total_is_no_observation_and_carries_the_figure_before() -> None:
    reading = read(
        "In Donetsk region, the SMM recorded 159 ceasefire violations, including 33 "
        "explosions. In the previous reporting period, it recorded 265 ceasefire "
        "violations in the region."
    )
    assert "observation" not in reading.tables
    totals = [row for row in rows(reading, "total") if isinstance(row, Total)]
    assert [(t.kind, t.count, t.previous) for t in totals] == [
        ("ceasefire_violation", 159, 265),
        ("explosion", 33, None),
        ("ceasefire_violation", 265, None),
    ]
    assert totals[0].end == totals[2].end + (totals[0].end - totals[0].start)
    assert {t.region for t in totals} == {"Donetsk"}


def test_what_was_looked_for_and_not_seen_is_coverage() -> None:
    reading = read(
        "On 3 August, positioned in Shchastia (20km north of Luhansk) between 10:00 "
        "and 16:30, the SMM did not observe any ceasefire violations."
    )
    (one,) = rows(reading, "coverage")
    assert isinstance(one, Coverage)
    assert (one.status, one.watched, one.place) == ("observed", "fire", "Shchastia")
    assert one.lat == pytest.approx(48.74, abs=0.02)
    assert (one.end - one.start).total_seconds() == 6.5 * 3600 + 60


def test_a_denial_is_lost_coverage_and_an_event() -> None:
    reading = read(
        "Members of the armed formations denied the SMM passage near Zolote."
    )
    (lack,) = rows(reading, "coverage")
    assert isinstance(lack, Coverage)
    assert lack.status == "denied"
    assert lack.denied_by == "Members of the armed formations"
    assert [o.kind for o in observations(reading)] == ["access_denied"]


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("The SMM facilitated repairs to power lines near Almazna.", "activity"),
        (
            "The Mission's freedom of movement continued to be restricted.",
            "restriction",
        ),
    ],
)
def test_a_sentence_without_a_quantity_is_kept_whole(
    sentence: str, category: str
) -> None:
    reading = read(sentence)
    (one,) = rows(reading, "statement")
    assert (one.text, getattr(one, "category", None)) == (sentence, category)
    assert reading.counts == {category: 1}


def test_an_account_of_others_is_a_claim() -> None:
    (one,) = observations(
        read("A resident told the SMM that four shells had landed in Kodema.")
    )
    assert (one.standing, one.count) == ("claimed", 4)


def test_what_is_not_understood_is_quarantined_with_the_sentence() -> None:
    sentence = "Two-thirds of the windows zorblaxed."
    reading = read(sentence, CAMERA)
    (lost,) = reading.quarantined
    assert (lost.code, lost.line, lost.raw) == ("Q-PROSE", 3, sentence)
    assert reading.rows_read == 2
    assert len(observations(reading)) == 2


def test_a_quantity_without_a_date_is_quarantined() -> None:
    reading = read("The SMM heard 12 explosions near Pisky.", head="")
    assert [q.code for q in reading.quarantined] == ["Q-PROSE-DATE"]


def test_every_row_read_is_accepted_or_quarantined() -> None:
    reading = read(CAMERA, "Zorblax.", "The SMM visited Pisky.", "It heard a shot.")
    accepted = {row for o in reading.origins.values() for row, _ in o.tolist()}
    refused = {q.row for q in reading.quarantined}
    assert accepted | refused == set(range(1, reading.rows_read + 1))
    assert not accepted & refused
    assert sum(reading.counts.values()) == len(accepted)


def test_the_control_of_a_place_is_said_in_parties_of_the_agreement() -> None:
    (one,) = observations(
        read("The SMM saw a tank near non-government-controlled Teple.")
    )
    assert one.control == "cadlr"


def test_keys_do_not_depend_on_what_else_is_in_the_file() -> None:
    alone = observations(read(CAMERA))
    other = HEAD.replace("185/2020", "184/2020") + "The SMM heard a shot.\n\n"
    among = observations(read(CAMERA, head=other + HEAD))[1:]
    assert [o.key for o in alone] == [o.key for o in among]
    assert [o.key.rpartition(".")[2] for o in alone] == ["1", "2"]
    assert all(o.key.startswith("185/2020#") for o in alone)


def test_a_sentence_told_twice_has_two_keys() -> None:
    told = "The SMM heard a shot.\n\nThe SMM heard a shot.\n"
    once, twice = (o.key.rpartition(".")[0] for o in observations(read(told)))
    assert twice == f"{once}-2"


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "F-EMPTY"), (b"\xff\xfe\x00\xd8\x00", "F-ENC")]
)
def test_a_file_that_is_no_text_is_refused_whole(data: bytes, code: str) -> None:
    reading = FORMAT.read(data, ReadOptions(file_name="x"))
    codes = [q.code for q in reading.quarantined] + [n.code for n in reading.notes]
    assert codes == [code]
    assert reading.rows_read == len(reading.quarantined)


@pytest.mark.parametrize(
    "noise",
    ["(" * 200_000, '"' * 200_000, "a-" * 100_000, "1" * 200_000, "north " * 40_000],
    ids=["parentheses", "quotes", "hyphens", "digits", "winds"],
)
def test_a_hostile_line_is_quarantined_in_little_time(noise: str) -> None:
    begin = process_time()
    reading = read(CAMERA, noise)
    assert process_time() - begin < 5
    assert [q.code for q in reading.quarantined] == ["Q-PROSE"]
    assert len(reading.quarantined[0].raw) <= 32_000
    assert len(observations(reading)) == 2


@needs_shared
@pytest.mark.parametrize(
    "name", ["smm_narrative_and_spot_reports", "smm_daily_summaries_pages"]
)
def test_published_reports_are_accounted_for(name: str) -> None:
    data = (SHARED / f"data/osce_smm/{name}.txt").read_bytes()
    options = ReadOptions(
        file_name=name, places=PLACES.read_text(encoding="utf-8"), parties=("ua",)
    )
    reading = FORMAT.read(data, options)
    assert reading.quarantined == ()
    assert sum(reading.counts.values()) == reading.rows_read
    assert reading.header > 50
    placed = [o for o in observations(reading) if o.lat is not None]
    assert len(placed) >= 0.6 * len(observations(reading))


def test_a_line_past_the_limit_is_refused_and_the_rest_is_read() -> None:
    told = b"On 27 July 2020, the SMM heard two undetermined explosions.\n"
    data = told + b"x" * 1_000_001 + b"\n" + told
    read = FORMAT.read(data, ReadOptions(file_name="r.txt", time_zone="Europe/Kyiv"))
    assert (read.rows_read, len(read.quarantined)) == (3, 1)
    (refused,) = read.quarantined
    assert (refused.code, refused.row, refused.line) == ("Q-CELL-SIZE", 3, 2)
