"""Zones made from lines, places and other zones; lines and zones drawn anew."""

from datetime import UTC, datetime, timedelta

import pytest
import shapely

from pamiers.agreement import Agreement, Line, Zone, check, load_agreement, read
from pamiers.agreement.schedule import bind
from pamiers.core.geodesy import distance_m
from tests.unit.agreement.small import complaint, texts

PLACE = "zones:\n"
LINES = "  river: {title: The river, as_of: 2026-02-01, tolerance: 200 m}\n"


def made(zone: str, *changes: tuple[str, str]) -> Zone:
    """Return a zone `made`, added to the small agreement in one line."""
    return whole(zone, *changes).zones["made"]


def whole(zone: str, *changes: tuple[str, str]) -> Agreement:
    return load_agreement(texts((PLACE, f"{PLACE}  made: {zone}\n"), *changes))


def test_a_band_lies_on_its_side_and_inherits_the_tolerance_of_its_line() -> None:
    zone = made("{band: {of: river, side: north, from: 2 km, to: 10 km}}")
    lat = [48.51, 48.53, 48.58, 48.6, 48.45]
    assert zone.contains([37.5] * 5, lat).tolist() == [False, True, True, False, False]
    assert zone.tolerance_m == 200.0
    own = made("{band: {of: river, side: left, to: 10 km}, tolerance: 50 m}")
    assert own.tolerance_m == 50.0
    assert own.contains([37.5], [48.501]).all()


def test_a_buffer_by_its_width_is_half_of_it_on_each_side() -> None:
    by_width = made("{buffer: {of: river, width: 10 km}}")
    by_side = made("{buffer: {of: river, each_side: 5 km}}")
    assert by_width.shape.equals(by_side.shape)
    edge = shapely.get_coordinates(by_width.shape)
    away = Line(
        id="river", title={}, shape=shapely.LineString([(37, 48.5), (38, 48.5)])
    ).distance_m(edge[:, 0], edge[:, 1])
    assert abs(away - 5_000.0).max() < 0.5


def test_discs_hulls_unions_and_what_they_leave_out() -> None:
    town = "{around: {places: {town: '48.2 N, 37.2 E'}, radius: 3 km}}"
    edge = shapely.get_coordinates(made(town).shape)
    assert abs(distance_m(37.2, 48.2, edge[:, 0], edge[:, 1]) - 3_000.0).max() < 0.1
    hull = made("{hull: {a: '48 N, 37 E', b: '48 N, 38 E', c: '49 N, 37 E'}}")
    assert hull.contains([37.2, 37.9], [48.2, 48.9]).tolist() == [True, False]
    both = whole(
        "{any_of: [strip, town], but_not: [core]}",
        (PLACE, f"{PLACE}  town: {town}\n  core: {town.replace('3 km', '1 km')}\n"),
    ).zones["made"]
    assert both.contains([37.2, 37.22, 37.9], [48.2, 48.2, 48.9]).tolist() == [
        *(False, True, True)
    ]


def test_a_zone_of_a_line_drawn_anew_follows_it() -> None:
    versions = (
        "  river:\n    title: The river\n    tolerance: 200 m\n    versions:\n"
        "      - {from: D + 10 d, until: D + 20 d, feature: river, tolerance: 9 m}\n"
    )
    small = whole("{buffer: {of: river, each_side: 1 km}}", (LINES, versions))
    assert [each.tolerance_m for each in small.lines["river"].versions] == [200.0, 9.0]
    zone = small.zones["made"]
    assert len(zone.versions) == 2
    first, later = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 15, tzinfo=UTC)
    assert zone.at(first) is zone.versions[0]
    assert zone.at(later) is zone.versions[1]
    assert zone.at(datetime(2026, 4, 1, tzinfo=UTC)) is zone.versions[0]


DISC = "around: {places: {p: '48.2 N, 37.2 E'}, radius: "
TIMES = ("D + 10 d", "D + 20 d")


def redrawn(name: str, times: tuple[str, str] = TIMES) -> str:
    """Return a zone drawn twice: one kilometre wide, and then two."""
    begin, turn = times
    first = f"{{from: {begin}, until: {turn}, {DISC}1 km}}}}"
    later = f"{{from: {turn}, {DISC}2 km}}}}"
    return f"  {name}:\n    versions:\n      - {first}\n      - {later}\n"


def at(zone: Zone, day: int) -> float:
    """Return about how large a zone is so many days after D [km2]."""
    found = zone.at(datetime(2026, 2, 28, 23, tzinfo=UTC) + timedelta(day))
    return 0.0 if found is None else round(found.shape.area * 74.2 * 111.2, 1)


def test_a_union_follows_the_part_of_it_that_is_drawn_anew() -> None:
    town = f"  town: {{{DISC}3 km}}}}\n".replace("37.2 E", "37.6 E")
    changes = (PLACE, f"{PLACE}{town}{redrawn('camp')}")
    union = made("{any_of: [town, camp]}", changes)
    own = at(made("{any_of: [town]}", changes), 5)
    assert [at(union, day) > own for day in (5, 15, 25)] == [False, True, True]
    assert at(union, 5) == own
    assert at(union, 15) < at(union, 25)


def test_what_is_left_out_is_left_out_as_long_as_it_is_there() -> None:
    strip = made("{any_of: strip, but_not: camp}", (PLACE, f"{PLACE}{redrawn('camp')}"))
    assert at(strip, 5) > at(strip, 15) > at(strip, 25)


def test_parts_drawn_anew_on_the_same_days_are_joined_day_by_day() -> None:
    both = f"{PLACE}{redrawn('camp')}{redrawn('fort').replace('37.2 E', '37.6 E')}"
    union = made("{any_of: [camp, fort]}", (PLACE, both))
    assert at(union, 5) == 0.0
    assert 0.0 < at(union, 15) < at(union, 25)


def test_parts_drawn_anew_on_different_days_are_refused() -> None:
    both = f"{PLACE}{redrawn('camp')}{redrawn('fort', ('D + 1 d', 'D + 9 d'))}"
    zone = f"{both}  made: {{any_of: [camp, fort]}}\n"
    found = complaint("F-GEOM-SHAPE", (PLACE, zone))
    assert found.path == "zones.made.any_of"
    assert "same moments" in found.message


ZONE = "{band: {of: river, side: north, to: 10 km}, from: W, until: W + 5 d}"


def test_a_zone_that_waits_for_an_event_is_not_there_yet() -> None:
    small = whole(ZONE, ("anchors:\n", "anchors:\n  W: {event: fire}\n"))
    zone, at = small.zones["made"], datetime(2026, 3, 5, tzinfo=UTC)
    assert zone.at(at) is None
    bound = bind(small, {"W": datetime(2026, 3, 4, tzinfo=UTC)}).zones["made"]
    assert bound.at(at) is bound
    assert bound.at(datetime(2026, 3, 10, tzinfo=UTC)) is None
    assert bound.shape is zone.shape


@pytest.mark.parametrize(
    ("zone", "code", "path"),
    [
        ("{band: {of: river, side: east, to: 9 km}}", "F-GEOM-SHAPE", "band.side"),
        (
            "{band: {of: river, side: north, from: 9 km, to: 2 km}}",
            "F-GEOM-SHAPE",
            "to",
        ),
        ("{buffer: {of: river, width: 0 m}}", "F-GEOM-SHAPE", "buffer"),
        ("{buffer: {of: river}}", "F-SCHEMA-ONE", "buffer"),
        ("{buffer: {of: river, width: 1 m, each_side: 1 m}}", "F-SCHEMA-ONE", "buffer"),
        ("{around: {places: {}, radius: 1 km}}", "F-GEOM-SHAPE", "around.places"),
        ("{hull: {a: '48 N, 37 E', b: '49 N, 37 E'}}", "F-GEOM-SHAPE", "hull"),
        ("{any_of: [strip], feature: strip}", "F-SCHEMA-ONE", "zones.made"),
        ("{any_of: [made]}", "L-CIRCULAR", "zones.made"),
        ("{}", "L-UNDEFINED", "zones.made"),
    ],
)
def test_what_cannot_be_made_is_named(zone: str, code: str, path: str) -> None:
    found = complaint(code, (PLACE, f"{PLACE}  made: {zone}\n"))
    assert path in found.path
    assert found.path.startswith("zones.made")


def test_a_line_is_drawn_and_never_an_area() -> None:
    spoilt = (LINES, "  river: {buffer: {of: river, width: 1 km}}\n")
    assert complaint("F-GEOM-SHAPE", spoilt).path == "lines.river.buffer"


def test_a_line_per_party_has_one_for_each() -> None:
    found = complaint("L-LINE", ("of: river,", "of: {north: river},"))
    assert found.path == "clauses[1].forbid.near.of"
    assert "none for south" in found.message


BANK = '''{"type": "Feature", "id": "bank", "properties": {}, "geometry": {
 "type": "LineString", "coordinates": [[38, 48.7], [37, 48.8]]}},
{"type": "Feature", "id": "river"'''


def two_lines(zone: str) -> dict[str, str]:
    """Return the small agreement with a second line, drawn the other way."""
    given = texts(
        (PLACE, f"{PLACE}  made: {zone}\n"),
        (LINES, f"{LINES}  bank: {{title: The bank, as_of: 2026-02-01}}\n"),
    )
    zones = given["zones.geojson"]
    swapped = zones.replace('{"type": "Feature", "id": "river"', BANK, 1)
    return {**given, "zones.geojson": swapped}


def test_the_area_between_two_lines_in_whichever_direction_they_are_drawn() -> None:
    zone = load_agreement(two_lines("{between: [river, bank]}")).zones["made"]
    inside = zone.contains([37.5, 37.5, 37.1], [48.6, 48.4, 48.78])
    assert inside.tolist() == [True, False, True]
    assert zone.tolerance_m == 200.0


def test_between_needs_two_lines_that_bound_an_area() -> None:
    found = complaint("F-GEOM-SHAPE", (PLACE, f"{PLACE}  made: {{between: river}}\n"))
    assert found.path == "zones.made.between"
    crossing = two_lines("{between: [river, bank]}")
    zones = crossing["zones.geojson"].replace("[37, 48.8]", "[37, 48.2]")
    spoilt = check(read({**crossing, "zones.geojson": zones}))
    assert "F-GEOM-SHAPE" in [each.code for each in spoilt.complaints]
