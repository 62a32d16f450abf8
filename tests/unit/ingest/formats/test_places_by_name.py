"""A mapping says where the names are of a source that has no coordinates."""

import pytest

from pamiers.core.rows import Observation
from pamiers.ingest.registry import get
from pamiers.mission.reading import Reading, ReadOptions

NAMED = "places: {North: {lon: 37.5, lat: 48.25, radius_m: 9000}}\n"
HEAD = "key,source,time,place,lon,lat\n"


def read(data: str, mapping: str = NAMED, **more: object) -> Reading:
    asked = ReadOptions(
        file_name="named.csv",
        time_zone="UTC",
        mapping=mapping,
        **more,  # type: ignore[arg-type]
    )
    return get("pamiers-csv").read(data.encode(), asked)


def rows(reading: Reading) -> list[Observation]:
    found = reading.tables["observation"].views()
    return [each for each in found if isinstance(each, Observation)]


def test_a_name_stands_for_its_place_where_no_coordinates_are_given() -> None:
    reading = read(f"{HEAD}a,x,2020-07-27,North,,\nb,x,2020-07-27,North,38.1,48.9\n")
    named, given = rows(reading)
    assert (named.lon, named.lat, named.radius_m) == (37.5, 48.25, 9000.0)
    assert (given.lon, given.lat) == (38.1, 48.9)
    codes = {note.code: note.row for note in reading.notes}
    assert codes.get("W-RADIUS-FROM-DIGITS") == 2  # the row with digits alone


def test_the_region_stands_in_where_there_is_no_place() -> None:
    data = "key,source,time,region\na,x,2020-07-27,North\n"
    (row,) = rows(read(data))
    assert (row.lon, row.region) == (37.5, "North")


def test_an_unknown_name_is_quarantined_and_an_empty_one_has_no_place() -> None:
    reading = read(f"{HEAD}a,x,2020-07-27,South,,\nb,x,2020-07-27,,,\n")
    (refused,) = reading.quarantined
    assert (refused.code, refused.row) == ("Q-WORD", 1)
    (row,) = rows(reading)
    assert (row.key, row.lon, row.radius_m) == ("b", None, None)


def test_a_row_that_is_refused_for_its_coordinates_is_refused_once() -> None:
    reading = read(f"{HEAD}a,x,2020-07-27,North,37.8,\n")
    assert [each.code for each in reading.quarantined] == ["Q-MISSING"]


def test_a_named_place_outside_the_area_is_flagged_like_any_other() -> None:
    box = (30.0, 45.0, 32.0, 47.0)
    reading = read("key,source,time,place\na,x,2020-07-27,North\n", bounds=box)
    assert "W-OUT-OF-AREA" in {note.code for note in reading.notes}


@pytest.mark.parametrize(
    "wrong",
    [
        "{lon: 200.0, lat: 48.0, radius_m: 1.0}",
        "{lon: 37.0, lat: 48.0, radius_m: 0}",
        "{lon: 37.0, lat: 48.0}",
        "{lon: 37.0, lat: 48.0, radius_m: 1.0, name: N}",
    ],
)
def test_a_place_that_is_none_spoils_the_mapping(wrong: str) -> None:
    reading = read(f"{HEAD}a,x,2020-07-27,North,,\n", f"places: {{North: {wrong}}}\n")
    assert [each.code for each in reading.quarantined] == ["F-MAPPING"]
