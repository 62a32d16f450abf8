# ruff: noqa: S311 - these are cases for tests, not secrets
"""Random zones, lines and places with errors, laid over the cases of other drawings."""

from dataclasses import replace
from random import Random
from typing import Any

from shapely.geometry import LineString, Polygon, box

from pamiers.agreement.model import (
    AllOf,
    InZones,
    NearLine,
    OutsideZones,
    Reading,
    Where,
)
from pamiers.agreement.shapes import band, buffer
from pamiers.agreement.zones import Line, Zone
from pamiers.core.place import Ellipse, Place, Sector, in_sector
from pamiers.core.rows import Incident, Row, Tally, shape_text
from tests.property.compliance.reference import draw
from tests.property.compliance.reference.clauses import at
from tests.property.compliance.reference.ground import Atlas, Drawing

LON, LAT = 38.0, 48.0
NORTH_DEG = 1 / 111_200  #: about a metre
EAST_DEG = NORTH_DEG / 0.669
#: forms whose findings go by where things are
FORMS = ("prohibition", "presence", "absence", "frequency", "duty", "response")


def problem(form: str, number: int) -> tuple[draw.Problem, Atlas]:
    """Return a problem whose clause holds in some places, and what is drawn there."""
    rng = Random(f"terrain {form} {number}")
    posed = draw.problem(form, number, fewest=3)
    by = posed.day.start - draw.DAY.start
    atlas: Atlas = {
        "front": (_front(rng, 0.0),),
        "rear": (_front(rng, -8_000.0),),
        "strip": (_strip(rng),),
        "corridor": (_corridor(rng),),
        "redrawn": (
            _square(rng),
            replace(_square(rng), from_at=at(rng, 20, 80) + by),
        ),
    }
    clause = posed.rules.clauses[0]
    reading = replace(clause.default, where=_where(rng, clause.default))
    rules = replace(
        posed.rules,
        clauses=(replace(clause, readings=(reading,)), *posed.rules.clauses[1:]),
        zones={name: _zone(name, atlas[name]) for name in ZONES},
        lines={name: _line(name, atlas[name][0]) for name in ("front", "rear")},
    )
    rows = [_placed(rng, row) for row in posed.rows if not isinstance(row, Tally)]
    return replace(posed, rules=rules, rows=rows), atlas


ZONES = ("strip", "corridor", "redrawn")


def _front(rng: Random, north_m: float) -> Drawing:
    points = [
        (37.4 + 0.3 * i, LAT + (north_m + rng.uniform(-4e3, 4e3)) * NORTH_DEG)
        for i in range(5)
    ]
    off = rng.choice([0.0, 0.0, 200.0])
    return Drawing(LineString(points), "line", tolerance_m=off)


def _strip(rng: Random) -> Drawing:
    line = _front(rng, 2_000.0).shape
    off = rng.choice([0.0, 0.0, 300.0])
    if rng.random() < 0.5:
        width = rng.choice([500.0, 2_000.0, 10_000.0])
        return Drawing(line, "buffer", to_m=width, tolerance_m=off)
    near = rng.choice([0.0, 1_000.0])
    return Drawing(line, "north", near, near + rng.choice([700.0, 9_000.0]), off)


def _corridor(rng: Random) -> Drawing:
    wide = rng.choice([50.0, 400.0, 3_000.0]) * NORTH_DEG
    tilt = rng.uniform(-0.1, 0.1)
    ring = [(37.7, LAT - tilt), (38.3, LAT + tilt)]
    ring += [(38.3, LAT + tilt + wide), (37.7, LAT - tilt + wide)]
    return Drawing(Polygon(ring), "polygon", tolerance_m=rng.choice([0.0, 150.0]))


def _square(rng: Random) -> Drawing:
    half = rng.choice([2e3, 8e3]) * NORTH_DEG
    lon = LON + rng.uniform(-5e3, 5e3) * EAST_DEG
    whole = box(lon - half, LAT - half, lon + half, LAT + half)
    hole = box(lon - half / 4, LAT - half / 4, lon + half / 4, LAT + half / 4)
    return Drawing(rng.choice([whole, whole.difference(hole)]), "polygon")


def _zone(name: str, drawings: tuple[Drawing, ...]) -> Zone:
    versions = tuple(
        Zone(
            id=name,
            title={},
            shape=_shape(each),
            tolerance_m=each.tolerance_m,
            from_at=each.from_at,
        )
        for each in drawings
    )
    return replace(versions[-1], versions=versions if len(versions) > 1 else ())


def _shape(drawn: Drawing) -> Any:  # noqa: ANN401 - any geometry
    match drawn.form:
        case "buffer":
            return buffer(drawn.shape, drawn.to_m)
        case "north":
            return band(drawn.shape, "north", drawn.from_m, drawn.to_m)
        case _:
            return drawn.shape


def _line(name: str, drawn: Drawing) -> Line:
    return Line(id=name, title={}, shape=drawn.shape, tolerance_m=drawn.tolerance_m)


def _where(rng: Random, reading: Reading) -> Where:
    inside = InZones(tuple(rng.sample(ZONES, rng.choice([1, 1, 2]))))
    each = dict.fromkeys(reading.bearers, "front")
    mixed = {**each, reading.bearers[-1]: "rear"}
    near = NearLine(rng.choice([each, mixed]), rng.choice([500.0, 5_000.0]))
    outside = OutsideZones(inside.zones)
    ways: list[Where] = [inside, inside, near, outside, AllOf((inside, near))]
    return rng.choice(ways)


def _placed(rng: Random, row: Row) -> Row:
    if not isinstance(row, Incident) or rng.random() < 0.1:
        return row
    place = _place(rng)
    return replace(
        row,
        lon=place.lon,
        lat=place.lat,
        radius_m=place.radius_m,
        shape=shape_text(place.shape),
        control=rng.choice([None, "A", "B"]),
    )


def _place(rng: Random) -> Place:
    lon = LON + rng.uniform(-12e3, 12e3) * EAST_DEG
    lat = LAT + rng.uniform(-9e3, 9e3) * NORTH_DEG
    radius = rng.choice([30.0, 300.0, 1_000.0, 4_000.0])
    if rng.random() < 0.2:
        start, far = rng.uniform(0, 360), rng.choice([1_000.0, 6_000.0])
        return in_sector(
            Sector(
                origin_lon=lon,
                origin_lat=lat,
                bearing_from_deg=start,
                bearing_to_deg=(start + rng.choice([10, 60, 200])) % 360,
                distance_from_m=rng.choice([0.0, far / 2]),
                distance_to_m=far,
            )
        )
    shape = None
    if rng.random() < 0.3:
        shape = Ellipse(
            major_m=radius, minor_m=radius / 5, azimuth_deg=rng.uniform(0, 180)
        )
    return Place(lon=lon, lat=lat, radius_m=radius, shape=shape)
