"""What was heard in a fan, a ring, an ellipse or an area lies in a zone for its share.

The yardstick is a cloud of points laid evenly, or by the normal law, with the geodesics
of pyproj; whether each is in the zone is asked of shapely. It shares no code with the
engine.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod

from pamiers.agreement.model import Agreement
from pamiers.app.scenario_files import runnable
from pamiers.compliance.assess import assess_days
from pamiers.compliance.finding import Finding, Verdict
from pamiers.compliance.world import World
from pamiers.core.place import Area, Ellipse, Place, Sector, in_area, in_sector
from pamiers.core.rows import Coverage, Incident, shape_text
from pamiers.core.table import table_of
from tests.scenario.test_scenarios import OWN

WGS84 = Geod(ellps="WGS84")
EDGES = next(name for name in OWN if Path(name).name == "edges")
DAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
STRIP = shapely.box(37, 48, 38, 49)
KM = 1 / 111.2  #: of latitude [deg]
#: the radius about a normal error that holds 95 of 100 [standard deviations]
HOLDS_95 = 2.447746830680816


def fan(
    turn: tuple[float, float],
    reach: tuple[float, float],
    origin: tuple[float, float] = (37.0, 48.5),
) -> Sector:
    return Sector(
        origin_lon=origin[0],
        origin_lat=origin[1],
        bearing_from_deg=turn[0],
        bearing_to_deg=turn[1],
        distance_from_m=reach[0],
        distance_to_m=reach[1],
    )


def middle(low: float, high: float, many: int) -> np.ndarray:
    return low + (np.arange(many) + 0.5) / many * (high - low)


def share_of(heard: Sector) -> float:
    """Return the share of a fan's surface that lies in the strip."""
    width = (heard.bearing_to_deg - heard.bearing_from_deg) % 360 or 360
    squares = middle(heard.distance_from_m**2, heard.distance_to_m**2, 250)
    turns = middle(heard.bearing_from_deg, heard.bearing_from_deg + width, 250)
    r, turn = (each.ravel() for each in np.meshgrid(np.sqrt(squares), turns))
    origin = np.full(len(r), heard.origin_lon), np.full(len(r), heard.origin_lat)
    x, y, _ = WGS84.fwd(*origin, turn, r)
    return float(shapely.contains_xy(STRIP, x, y).mean())


FANS = {
    "northward, half in and half out over the western edge": fan(
        (270, 90), (0, 20_000)
    ),
    "narrow, straight along the edge, half of it in": fan((359, 1), (0, 20_000)),
    "eastward, all in": fan((45, 135), (0, 20_000)),
    "westward, all out": fan((225, 315), (0, 20_000)),
    "a quarter to the north-east of the south-western corner": fan(
        (30, 150), (0, 15_000), (37.0, 48.0)
    ),
    "narrow, over the edge by its far part": fan(
        (89.5, 90.5), (5_000, 15_000), (36.9, 48.5)
    ),
    "the whole turn": fan((0, 360), (0, 10_000), (37.05, 48.5)),
    "a ring about what is watched": fan((0, 360), (8_000, 10_000), (37.05, 48.5)),
    "a ring, begun from the south": fan((180, 180), (5_000, 9_000), (37.03, 48.03)),
    "a slice of a ring": fan((10, 200), (8_000, 10_000), (36.95, 48.1)),
    "less than a half degree": fan((88.9, 89.2), (0, 12_000), (36.9, 48.5)),
}


@pytest.mark.parametrize("heard", FANS.values(), ids=FANS.keys())
def test_a_fan_counts_for_its_share_of_the_zone(heard: Sector) -> None:
    found = finding([incident(in_sector(heard))])
    assert chances(found) == pytest.approx([share_of(heard)] * 2, abs=0.004)


def test_shares_that_can_be_told_without_a_cloud() -> None:
    half = finding([incident(in_sector(fan((270, 90), (0, 20_000))))])
    assert half.probability_low == pytest.approx(0.5, abs=0.002)
    quarter = finding([incident(in_sector(fan((0, 360), (0, 9_000), (37.0, 48.0))))])
    assert quarter.probability_low == pytest.approx(0.25, abs=0.002)
    inside = finding([incident(in_sector(FANS["eastward, all in"]))])
    assert (inside.verdict, inside.probability_low) == (Verdict.BREACHED, 1.0)


AREAS = {
    "a square, a third of it in": shapely.box(36.8, 48.2, 37.1, 48.4),
    "a square, all in": shapely.box(37.2, 48.2, 37.4, 48.4),
    "a square, all out": shapely.box(36.2, 48.2, 36.4, 48.4),
    "over a corner": shapely.box(36.9, 47.8, 37.1, 48.1),
}


@pytest.mark.parametrize("drawn", AREAS.values(), ids=AREAS.keys())
def test_an_area_counts_for_its_share_of_the_zone(drawn: shapely.Polygon) -> None:
    ring = tuple((float(x), float(y)) for x, y in drawn.exterior.coords)
    found = finding([incident(in_area(Area(ring=ring)))])
    wanted = drawn.intersection(STRIP).area / drawn.area
    assert chances(found) == pytest.approx([wanted] * 2, abs=1e-6)


def normal_share(place: Place, long: Ellipse) -> float:
    """Return the share of a normal error in the strip, on rings of equal weight."""
    held = -2 * np.log1p(-middle(0.0, 1.0, 250))
    r, t = (
        each.ravel() for each in np.meshgrid(np.sqrt(held), middle(0, 2 * np.pi, 360))
    )
    along, across = (
        r * np.cos(t) * long.major_m / HOLDS_95,
        r * np.sin(t) * long.minor_m / HOLDS_95,
    )
    turn = np.degrees(np.arctan2(across, along)) + long.azimuth_deg
    at = np.full(len(r), place.lon), np.full(len(r), place.lat)
    x, y, _ = WGS84.fwd(*at, turn, np.hypot(along, across))
    return float(shapely.contains_xy(STRIP, x, y).mean())


@pytest.mark.parametrize("azimuth", [0.0, 30.0, 90.0, 135.0])
@pytest.mark.parametrize(
    "at", [(37.01, 48.5), (36.99, 48.5), (37.0, 48.0), (37.02, 48.01)]
)
def test_an_ellipse_counts_by_how_it_is_turned(
    at: tuple[float, float], azimuth: float
) -> None:
    long = Ellipse(major_m=6_000.0, minor_m=1_500.0, azimuth_deg=azimuth)
    place = Place(lon=at[0], lat=at[1], radius_m=6_000.0, shape=long)
    found = finding([incident(place)])
    assert chances(found) == pytest.approx([normal_share(place, long)] * 2, abs=0.005)


def test_an_ellipse_along_the_edge_is_surer_than_one_across() -> None:
    """Two kilometres in: of 6 km by 1.5 km, lain along it nearly all is in."""
    at = 37.0 + 2 * KM / np.cos(np.radians(48.5)), 48.5
    shapes = [
        Ellipse(major_m=6_000.0, minor_m=1_500.0, azimuth_deg=turn) for turn in (0, 90)
    ]
    along, across = (
        finding([incident(Place(lon=at[0], lat=at[1], radius_m=6_000.0, shape=each))])
        for each in shapes
    )
    assert along.probability_low > 0.99
    assert across.probability_low == pytest.approx(0.7927, abs=0.005)  # 2 km: 0.816 sd


def test_what_a_fan_saw_is_the_part_of_the_zone_that_lies_in_it() -> None:
    """Fans from a corner, from the middle, and all but a quarter of the turn."""
    for seen in (
        fan((0, 90), (0, 60_000), (37.0, 48.0)),
        fan((0, 45), (0, 40_000), (37.0, 48.0)),
        fan((350, 100), (10_000, 50_000), (37.0, 48.0)),
        fan((90, 0), (0, 60_000), (37.0, 48.0)),  # all the other way about
        fan((0, 360), (20_000, 40_000), (37.5, 48.5)),
    ):
        found = finding([], [watch(in_sector(seen))])
        assert found.coverage_share == pytest.approx(watched_share(seen), abs=0.03)


def watched_share(seen: Sector) -> float:
    """Return the share of the strip that lies in a fan, on a grid."""
    x, y = (
        each.ravel() for each in np.meshgrid(middle(37, 38, 200), middle(48, 49, 200))
    )
    origin = np.full(len(x), seen.origin_lon), np.full(len(x), seen.origin_lat)
    turn, _, away = WGS84.inv(*origin, x, y)
    width = (seen.bearing_to_deg - seen.bearing_from_deg) % 360 or 360
    within = (turn - seen.bearing_from_deg) % 360 <= width
    near = (seen.distance_from_m <= away) & (away <= seen.distance_to_m)
    return float((within & near).mean())


def chances(found: Finding) -> list[float]:
    return [found.probability_low, found.reported_high]


def incident(place: Place) -> Incident:
    return Incident(
        key="heard",
        source="pamiers",
        start=NOON,
        end=NOON + timedelta(minutes=1),
        kind="fire",
        actor="north",
        probability=1.0,
        observed=1,
        claimed=0,
        sources="club",
        members="club:heard",
        **laid(place),
    )


def watch(place: Place) -> Coverage:
    return Coverage(
        key="watch",
        source="club",
        start=datetime(2026, 3, 3, tzinfo=UTC),
        end=datetime(2026, 3, 4, tzinfo=UTC),
        status="observed",
        means="patrols",
        watched="any",
        **laid(place),
    )


def laid(place: Place) -> dict[str, Any]:
    return {
        "lon": place.lon,
        "lat": place.lat,
        "radius_m": place.radius_m,
        "shape": None if place.shape is None else shape_text(place.shape),
    }


@cache
def agreement() -> Agreement:
    return runnable(EDGES)[0]


def finding(rows: list[Incident], watches: list[Coverage] | None = None) -> Finding:
    """Return what is found on the day of the ban on fire in the strip."""
    world = World(
        sources=runnable(EDGES)[1],
        incidents=table_of("incident", rows),
        coverage=table_of("coverage", watches or []),
    )
    (found,) = _of(
        "no-fire", assess_days(agreement(), world, [DAY], NOON + timedelta(days=2))
    )
    return found


def _of(clause: str, found: list[Finding]) -> Iterator[Finding]:
    return (each for each in found if each.clause == clause)
