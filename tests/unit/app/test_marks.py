"""Incidents as marks: counted whole, drawn thinned, never finer than their table."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from pamiers.app.pages.marks import (
    FINEST,
    Marks,
    Wanted,
    local_days,
    marks_of,
    put_of_few,
)
from pamiers.app.pages.readers import MARKED
from pamiers.core.instant import zone
from pamiers.core.table import INSTANT, empty, from_columns
from tests.unit.app.tiles import decoded

KYIV = zone("Europe/Kyiv")
ROWS = (
    # lon, lat, observed, probability, kind, place
    (37.80, 48.0, 1, 0.95, "explosion", "Donetsk"),
    (37.80, 48.0, 1, 0.95, "shot", "Donetsk"),
    (37.80, 48.0, 1, 0.5, "shot", "Горлівка"),
    (37.81, 48.0, 0, 0.95, "shot", None),
    (None, None, 1, 0.95, "shot", "Mariupol"),
)


def marks(count: int = len(ROWS)) -> Marks:
    start = datetime(2020, 7, 27, 20, 30, tzinfo=UTC)
    begun = [start + timedelta(hours=n) for n in range(count)]
    lon, lat, observed, probability, kind, place = zip(*ROWS[:count], strict=True)
    columns = {
        "source": pa.array(["pamiers"] * count),
        "key": pa.array([f"k{n}" for n in range(count)]),
        "start": pa.array(begun, INSTANT),
        "end": pa.array([each + timedelta(minutes=30) for each in begun], INSTANT),
        "lon": pa.array(lon, pa.float64()),
        "lat": pa.array(lat, pa.float64()),
        "radius_m": pa.array([1000.0] * count),
        "kind": pa.array(kind),
        "place": pa.array(place, pa.string()),
        "probability": pa.array(probability),
        "observed": pa.array(observed),
    }
    return marks_of(from_columns("incident", columns, count), MARKED, KYIV)


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (Wanted(), ["k0", "k1", "k2", "k3", "k4"]),
        (Wanted(until="2020-07-27"), ["k0"]),
        (Wanted(since="2020-07-28"), ["k1", "k2", "k3", "k4"]),
        (Wanted(kind="explosion"), ["k0"]),
        (Wanted(standing="assessed"), ["k2"]),
        (Wanted(standing="no such"), []),
        (Wanted(text="ГОРЛ"), ["k2"]),
        (Wanted(key="k3"), ["k3"]),
    ],
)
def test_a_question_finds_what_it_asks_for(wanted: Wanted, keys: list[str]) -> None:
    told = marks().listed(wanted, 0, 100)
    assert told["incidents"]["key"] == keys
    assert told["matched"] == len(keys) == sum(told["kinds"].values())


def test_a_stretch_of_the_list_counts_all_the_same() -> None:
    told = marks().listed(Wanted(kind="shot"), 1, 2)
    assert (told["matched"], told["offset"]) == (4, 1)
    assert told["incidents"]["key"] == ["k2", "k3"]


def test_days_begin_at_the_missions_midnight() -> None:
    assert marks().days() == {date(2020, 7, 27): 1, date(2020, 7, 28): 4}
    summer, winter = 1595883600_000_000, 1580421600_000_000  # midnights in Kyiv
    at = np.array([summer - 1, summer, winter - 1, winter])
    days = np.diff(local_days(at, KYIV)).tolist()
    assert (days[0], days[2]) == (1, 1)


def test_a_mark_from_afar_stands_for_all_of_its_standing_nearby() -> None:
    found = decoded(marks().tile(Wanted(), 5, 19, 11))
    told = sorted((each["standing"], each["n"], each.get("key")) for each in found)
    assert told == [
        ("assessed", 1, "k2"),
        ("claimed", 1, "k3"),
        ("verified", 2, None),
    ]


def test_every_incident_with_a_place_is_in_one_tile_of_each_zoom() -> None:
    every = marks()
    for z in (0, 3, 4):
        side = range(1 << z)
        tiles = (every.tile(Wanted(), z, x, y) for x in side for y in side)
        assert sum(each["n"] for tile in tiles for each in decoded(tile)) == 4


def test_a_tile_holds_what_is_asked_for_alone() -> None:
    found = decoded(marks().tile(Wanted(kind="explosion"), 5, 19, 11))
    assert [each["key"] for each in found] == ["k0"]
    assert marks().tile(Wanted(kind="explosion"), 5, 0, 0) == b""
    every = marks()
    column, row = (int(each[0] * 2**FINEST) for each in (every.x, every.y))
    together = decoded(every.tile(Wanted(), FINEST, column, row))
    assert sorted(each["n"] for each in together) == [1, 1, 2]


def test_no_incidents_are_no_marks() -> None:
    none = marks_of(empty("incident"), MARKED, KYIV)
    assert (len(none), none.box(), none.days()) == (0, None, {})
    assert none.listed(Wanted(text="a"), 0, 10)["matched"] == 0
    assert none.tile(Wanted(), 0, 0, 0) == b""


def test_few_are_kept_the_latest_ones() -> None:
    kept: dict[int, int] = {}
    for each in range(5):
        put_of_few(kept, each, each, 2)
    assert kept == {3: 3, 4: 4}
