"""What tells where an observer stood is in no message."""

import pytest

from pamiers.ingest.registry import get
from pamiers.mission.reading import Reading, ReadOptions

PLACE = "48.0123456"
TABLE = "key,time,lat,lon,status\n"


def messages(reading: Reading) -> str:
    said = [f"{each.message} {each.remedy}" for each in reading.quarantined]
    return " ".join([*said, *(note.message for note in reading.notes)])


def read(name: str, data: str, mapping: str) -> Reading:
    bounds = (36.5, 46.8, 40.5, 50.1)
    options = ReadOptions(
        file_name="x",
        time_zone="Europe/Kyiv",
        source="smm",
        bounds=bounds,
        mapping=mapping,
    )
    reading = get(name).read(data.encode(), options)
    assert len(reading.quarantined) == 1
    return reading


@pytest.mark.parametrize(
    "cells",
    [
        f"37.8000000,{PLACE}",  # exchanged
        f"{PLACE}x,37.8000000",
        f"{PLACE},237.8000000",
        f"{PLACE}00,",
    ],
)
def test_a_refused_coverage_row_shows_no_coordinate(cells: str) -> None:
    data = f"{TABLE}a,2020-07-27,{cells},observed\n"
    reading = read("pamiers-csv", data, "row: coverage")
    assert PLACE not in messages(reading)
    assert PLACE in reading.quarantined[0].raw


def test_a_refused_coverage_feature_shows_no_coordinate() -> None:
    point = f'{{"type":"Point","coordinates":["37.8","{PLACE}"]}}'
    data = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":'
        f'{point},"properties":{{"key":"a","time":"2020-07-27","row":"coverage"}}}}]}}'
    )
    assert PLACE not in messages(read("geojson", data, ""))


def test_an_event_is_shown_with_both_readings() -> None:
    data = f"key,time,lat,lon\na,2020-07-27,37.8000000,{PLACE}\n"
    reading = read("pamiers-csv", data, "row: observation")
    assert messages(reading).count(PLACE) == 2
