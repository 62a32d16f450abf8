"""Submissions of ODK and Kobo, in every form in which their servers export them."""

import json
from typing import Any

import pytest

from pamiers.core.instant import format_instant
from pamiers.ingest.formats.odk import FORMAT
from pamiers.ingest.limits import LIMITS
from pamiers.ingest.registry import detect
from pamiers.mission.reading import Reading, ReadOptions

OPTIONS = ReadOptions(file_name="x", time_zone="Europe/Kyiv", source="patrol")
SEEN: dict[str, Any] = {
    "row": "observation",
    "kind": "explosion",
    "means": "heard",
    "count": 10,
    "count_manner": "about",
    "time_manner": "exact",
    "begin": "2020-07-27T10:30:20.123+03:00",
    "place_way": "map",
    "radius": "500",
}
WHERE = "48.1331 37.808 0 0"


def read(data: object, options: ReadOptions = OPTIONS) -> Reading:
    if isinstance(data, bytes):
        return FORMAT.read(data, options)
    return FORMAT.read(json.dumps(data).encode(), options)


def kobo(key: str = "a", **more: object) -> dict[str, Any]:
    return {"_id": 7, "_uuid": key, **SEEN, "where": WHERE, **more}


def rows(reading: Reading) -> list[Any]:
    assert [each.message for each in reading.quarantined] == []
    return [view for table in reading.tables.values() for view in table.views()]


def code(data: object) -> str:
    (refused,) = read(data).quarantined
    return refused.code


def central() -> dict[str, Any]:
    seen = {name: SEEN[name] for name in ("kind", "means", "count", "count_manner")}
    point = {"type": "Point", "coordinates": [37.808, 48.1331, 12]}
    return {
        "__id": "uuid:a",
        "__system": {"submitterName": "Ivan Canary", "reviewState": None},
        "g_seen": seen,
        "g_time": {"begin": SEEN["begin"], "time_manner": "exact", "until": None},
        "g_place": {"where": {**point, "properties": {"accuracy": 0}}, "radius": "500"},
        "row": "observation",
    }


XML = (
    '<data id="f" version="1"><row>observation</row><g_seen><kind>explosion</kind>'
    "<means>heard</means><count>10</count><count_manner>about</count_manner></g_seen>"
    f"<g_time><begin>{SEEN['begin']}</begin></g_time><g_place><where>{WHERE}</where>"
    "<radius>500</radius></g_place><meta><instanceID>uuid:a</instanceID></meta></data>"
)
TABLE = (
    "SubmissionDate,row,g_seen-kind,g_seen-means,g_seen-count,g_seen-count_manner,"
    "g_time-begin,g_place-where-Latitude,g_place-where-Longitude,"
    "g_place-where-Altitude,g_place-where-Accuracy,g_place-radius,"
    "SubmitterName,KEY\n"
    f"2020,observation,explosion,heard,10,about,{SEEN['begin']},48.1331,37.808,0,0,500,"
    "Ivan Canary,uuid:a\n"
)
EXPORTS = {
    "central": json.dumps({"value": [central()], "@odata.count": 1}),
    "kobo": json.dumps({"count": 1, "results": [kobo()]}),
    "list": json.dumps([kobo()]),
    "xml": XML,
    "kobo-xml": f"<root><results>{XML}</results></root>",
    "csv": TABLE,
    "csv with bom": "\ufeff" + TABLE,
    "kobo-csv": TABLE.replace(",", ";").replace("g_seen-", "g_seen/"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_gives_the_same_row(name: str) -> None:
    data = EXPORTS[name].encode()
    (row,) = rows(read(data))
    assert row.key == "a"
    assert (row.kind, row.means) == ("explosion", "heard")
    assert (row.count, row.count_low, row.count_high) == (10, 8, 12)
    assert format_instant(row.start) == "2020-07-27T07:30:00Z"
    assert format_instant(row.end) == "2020-07-27T07:31:00Z"
    assert (row.lat, row.lon, row.radius_m) == (48.1331, 37.808, 500.0)
    assert "Canary" not in str(row.extra)
    assert detect(data) == ("odk",)


def test_nothing_observed_is_coverage() -> None:
    nothing = {
        "_uuid": "n", "row": "coverage", "watched": "fire", "radius_km": 5,
        "begin": "2020-07-27T09:00+03:00", "until": "2020-07-27T14:20+03:00",
        "where": WHERE,
    }  # fmt: skip
    reading = read([nothing, kobo()])
    found = {row.key: row for row in rows(reading)}
    assert found["n"].status == "observed"
    assert (found["n"].watched, found["n"].radius_m) == ("fire", 5000.0)
    assert format_instant(found["n"].end) == "2020-07-27T11:20:00Z"
    assert reading.counts == {"observation": 1, "coverage": 1}


def test_more_than_ten_has_no_upper_bound_and_about_a_time_has_two() -> None:
    (row,) = rows(read([kobo(count_manner="more", time_manner="about")]))
    assert (row.count, row.count_low, row.count_high) == (None, 11, None)
    assert format_instant(row.start) == "2020-07-27T07:20:00Z"
    assert format_instant(row.end) == "2020-07-27T07:40:00Z"


def test_a_position_is_never_finer_than_the_phone_knew() -> None:
    (row,) = rows(read([kobo(where="48.1331 37.808 0 1000")]))
    assert row.radius_m == pytest.approx(1622)


AWAY = {"where": "", "bearing_deg": "90", "distance_km": "3"}


def test_a_bearing_from_a_named_place_keeps_its_sector() -> None:
    (row,) = rows(read([kobo(**AWAY, from_lat="48.10000", from_lon="37.80000")]))
    assert row.lon == pytest.approx(37.8404, abs=0.002)
    assert row.lat == pytest.approx(48.1, abs=0.001)
    assert 700 < row.radius_m < 1200
    assert '"sector"' in row.shape


def test_a_bearing_from_where_one_stood_tells_nobody_where_that_was() -> None:
    (row,) = rows(read([kobo(**AWAY, observer="48.1 37.8 0 5")]))
    assert row.shape is None
    assert json.loads(row.observer) == {"lat": 48.1, "lon": 37.8}
    assert row.extra is None or "48.1" not in row.extra.replace("48.1331", "")


def test_a_bearing_from_nowhere_is_quarantined() -> None:
    assert code([kobo(**AWAY)]) == "Q-MISSING"


def test_where_the_phone_was_and_who_held_it_is_left_out() -> None:
    one = kobo(
        _submitted_by="ivan.canary",
        username="ivan.canary",
        deviceid="canary:1",
        _geolocation=[48.0999, 37.7999],
        _observer_latitude="48.0999",
        pitch="48.0999 37.7999 0 4",
        start="2020-07-27T11:00:00+03:00",
        __system={"deviceId": "canary:2"},
    )
    one["g/_me_longitude"] = "37.7999"
    reading = read([one])
    (row,) = rows(reading)
    told = str(row)
    assert "canary" not in told
    assert "48.0999" not in told
    assert "37.7999" not in told
    assert "form_start" in row.extra  # when it was filled in, not when it was
    assert {note.code for note in reading.notes} >= {"W-COLUMN-IGNORED"}


def test_an_edited_submission_keeps_the_key_of_the_first() -> None:
    edited = kobo("new", **{"meta/rootUuid": "uuid:first"})
    assert rows(read([edited]))[0].key == "first"
    older = XML.replace("</meta>", "<deprecatedID>uuid:first</deprecatedID></meta>")
    assert rows(read(older.encode()))[0].key == "first"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"_validation_status": {"uid": "validation_status_not_approved"}}, "Q-REVIEW"),
        ({"row": "rumour"}, "Q-WORD"),
        ({"begin": "2020-07-27T10:30"}, "Q-TIME-FORM"),
        ({"begin": "yesterday"}, "Q-TIME-FORM"),
        ({"begin": ""}, "Q-MISSING"),
        ({"time_manner": "between", "until": "2020-07-27T09:00+03:00"}, "Q-INTERVAL"),
        ({"count": "many"}, "Q-COUNT"),
        ({"kind": "salute"}, "Q-KIND"),
        ({"where": "148.1 37.8 0 0"}, "Q-COORD-RANGE"),
        ({**AWAY, "from_lat": "48", "from_lon": "37", "bearing_deg": "nan"}, "Q-NUM"),
        (
            {**AWAY, "from_lat": "48", "from_lon": "37", "distance_km": "60"},
            "Q-NUM-RANGE",
        ),
        ({"_uuid": ""}, "Q-ID"),
        ({"_uuid": "a\u200bb"}, "Q-ID"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_understood_is_quarantined_with_a_reason(
    change: dict[str, object], wanted: str
) -> None:
    reading = read([kobo("ok"), kobo() | change])
    (refused,) = reading.quarantined
    assert (refused.code, refused.row) == (wanted, 2)
    assert refused.remedy.endswith(".")
    assert reading.rows_read == 2
    assert sum(len(table) for table in reading.tables.values()) == 1


HOSTILE = {
    "F-XML": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "F-ARCHIVE": b"PK\x03\x04rest",
    "F-JSON": b'{"submissions": []}',
}


@pytest.mark.parametrize("wanted", HOSTILE)
def test_a_hostile_file_is_refused_whole(wanted: str) -> None:
    assert code(HOSTILE[wanted]) == wanted


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 100 + b"</a>" * 100,
        b"[" * 1_000 + b"]" * 1_000,
        b'[{"_uuid": "a", "_uuid": "b"}]',
        b'[{"_uuid": "a", "count": NaN}]',
        b"<data><meta><instanceID>",
        b"<data>\xff</data>",
        b"_uuid,_uuid\n1,2\n",
        b'[1, null, "a"]',
    ],
)  # fmt: skip
def test_no_form_of_breakage_passes_or_breaks_out(data: bytes) -> None:
    reading = read(data)
    assert reading.quarantined
    assert len(reading.quarantined) == reading.rows_read
    assert reading.tables == {}


@pytest.mark.parametrize("data", [b"", b" \n", b"[]", b"<data/>", b'{"value": []}'])
def test_a_file_without_a_submission_is_no_success(data: bytes) -> None:
    reading = read(data)
    assert reading.rows_read == 0
    assert [note.code for note in reading.notes] == ["F-EMPTY"]


def test_too_large_is_refused_unread() -> None:
    assert code(b" " * (LIMITS.file_bytes + 1)) == "F-SIZE"
