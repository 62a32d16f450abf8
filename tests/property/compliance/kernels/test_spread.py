"""Chances under a place's error equal quadrature, where boundaries are worst."""

import math
from collections.abc import Callable

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.zones import Line
from pamiers.compliance.evidence.extent import near_lines
from pamiers.compliance.kernels.spread import chance_inside
from pamiers.core.geodesy import destination, distance_m
from pamiers.core.place import (
    RADII_PER_SIGMA,
    Area,
    Ellipse,
    Place,
    Sector,
    in_area,
    in_sector,
)

Floats = NDArray[np.float64]
LON, LAT = 38.0, 48.0
KM = 1 / 111.2  #: about a kilometre of latitude [deg]
WIDE = KM / math.cos(math.radians(LAT))


def gaussian(place: Place, held: Callable[[Floats, Floats], Floats]) -> float:
    """Return the share of a normal error, by quadrature on rings and bearings.

    Rings of equal probability, 200 of them, times 360 bearings: the yardstick errs
    by less than 0.004 however thin the area.
    """
    match place.shape:
        case Ellipse(major_m=major, minor_m=minor, azimuth_deg=azimuth):
            pass
        case _:
            major, minor, azimuth = place.radius_m, place.radius_m, 0.0
    quantile = (np.arange(200) + 0.5) / 200
    reach = np.sqrt(-2 * np.log1p(-quantile)) / RADII_PER_SIGMA
    turn = 2 * np.pi * (np.arange(360) + 0.5) / 360
    r, t = (each.ravel() for each in np.meshgrid(reach, turn))
    along, across = r * np.cos(t) * major, r * np.sin(t) * minor
    bearing = np.degrees(np.arctan2(across, along)) + azimuth
    at = destination(place.lon, place.lat, bearing, np.hypot(along, across))
    return float(held(*at).mean())


def even(sector: Sector, held: Callable[[Floats, Floats], Floats]) -> float:
    """Return the share of an even spread over a sector, by quadrature."""
    share = (np.arange(300) + 0.5) / 300
    inner, outer = sector.distance_from_m**2, sector.distance_to_m**2
    metres = np.sqrt(inner + share * (outer - inner))
    bearing = sector.bearing_from_deg + share * sector.width_deg
    r, b = (each.ravel() for each in np.meshgrid(metres, bearing))
    return float(held(*destination(sector.origin_lon, sector.origin_lat, b, r)).mean())


def circle(east_km: float, north_km: float, radius_m: float) -> Place:
    return Place(lon=LON + east_km * WIDE, lat=LAT + north_km * KM, radius_m=radius_m)


def ellipse(east_km: float, north_km: float, azimuth_deg: float) -> Place:
    shape = Ellipse(major_m=2_000, minor_m=300, azimuth_deg=azimuth_deg)
    place = circle(east_km, north_km, 2_000)
    return Place(lon=place.lon, lat=place.lat, radius_m=2_000, shape=shape)


SQUARE = box(LON, LAT, LON + 20 * WIDE, LAT + 20 * KM)
CORRIDOR = Polygon(
    [
        (LON, LAT),
        (LON + 30 * WIDE, LAT + 12 * KM),
        (LON + 30 * WIDE, LAT + 12.05 * KM),
        (LON, LAT + 0.05 * KM),
    ]
)
NEEDLE = Polygon([(LON, LAT), (LON + 9 * WIDE, LAT), (LON + 9 * WIDE, LAT + 0.3 * KM)])
HOLED = Polygon(
    SQUARE.exterior, [box(LON + WIDE, LAT + KM, LON + 2 * WIDE, LAT + 2 * KM).exterior]
)
SPLIT = MultiPolygon([SQUARE, box(LON - 9 * WIDE, LAT, LON - 0.2 * WIDE, LAT + 9 * KM)])
REGIONS: dict[str, BaseGeometry] = {
    "square": SQUARE,
    "corridor": CORRIDOR,
    "needle": NEEDLE,
    "holed": HOLED,
    "split": SPLIT,
}
PLACES = {
    "corner": circle(0, 0, 500),
    "edge": circle(0.01, 8, 300),
    "inside": circle(0.3, 0.2, 700),
    "in the hole": circle(1.5, 1.5, 400),
    "far": circle(-40, 0, 500),
    "coarse": circle(5, 3, 8_000),
    "tiny": circle(0, 0.001, 2),
    "long, along": ellipse(1, 0.4, 68),
    "long, across": ellipse(0.2, 0.1, 150),
}


@pytest.mark.parametrize("region", REGIONS.values(), ids=REGIONS)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_normal_error_in_a_region(place: Place, region: BaseGeometry) -> None:
    wanted = gaussian(place, lambda x, y: shapely.intersects_xy(region, x, y))
    assert chance_inside(place, region) == pytest.approx(wanted, abs=0.005)


SECTORS = {
    "narrow": Sector(
        origin_lon=LON - 2 * WIDE,
        origin_lat=LAT + KM,
        bearing_from_deg=60,
        bearing_to_deg=100,
        distance_from_m=1_000,
        distance_to_m=6_000,
    ),
    "over north": Sector(
        origin_lon=LON,
        origin_lat=LAT,
        bearing_from_deg=330,
        bearing_to_deg=30,
        distance_from_m=0,
        distance_to_m=3_000,
    ),
    "all round": Sector(
        origin_lon=LON,
        origin_lat=LAT,
        bearing_from_deg=0,
        bearing_to_deg=360,
        distance_from_m=500,
        distance_to_m=2_500,
    ),
}


@pytest.mark.parametrize("region", REGIONS.values(), ids=REGIONS)
@pytest.mark.parametrize("sector", SECTORS.values(), ids=SECTORS)
def test_an_even_spread_over_a_sector(sector: Sector, region: BaseGeometry) -> None:
    wanted = even(sector, lambda x, y: shapely.intersects_xy(region, x, y))
    assert chance_inside(in_sector(sector), region) == pytest.approx(wanted, abs=0.005)


LINE = LineString(
    [(LON, LAT), (LON + 12 * WIDE, LAT + 5 * KM), (LON + 13 * WIDE, LAT - 9 * KM)]
)


def band(reach: float) -> BaseGeometry:
    """Return all within a distance of the line, as the engine draws it."""
    line = Line(id="line", title={}, shape=LINE, tolerance_m=0.0)
    return near_lines([line], reach).regions()[0]


def near(reach: float) -> Callable[[Floats, Floats], Floats]:
    points = shapely.get_coordinates(shapely.segmentize(LINE, min(0.005, reach / 4e5)))

    def held(lon: Floats, lat: Floats) -> Floats:
        # A grid is fine enough: within 3 m of the true boundary for these lines.
        away = np.full(len(lon), np.inf)
        for x, y in points:
            shrink = np.cos(np.radians((lat + y) / 2))
            flat = np.hypot((lon - x) * 111_320 * shrink, (lat - y) * 111_200)
            close = np.flatnonzero(flat < reach * 1.02 + 50)
            away[close] = np.minimum(
                away[close], distance_m(lon[close], lat[close], x, y)
            )
        return np.asarray(away <= reach)

    return held


@pytest.mark.parametrize(
    ("place", "reach"),
    [
        (circle(6, 7.5, 600), 5_000),
        (circle(-4.9, 0, 900), 5_000),
        (circle(12.5, 8, 3_000), 3_000),
        (circle(6, 2.5, 800), 400),
        (ellipse(6, 7.6, 22), 5_000),
        (circle(6, -30, 1_500), 25_000),
        (circle(6, 2.5, 800), 60_000),
        (circle(90, 0, 500), 5_000),
    ],
)
def test_a_normal_error_near_a_line(place: Place, reach: float) -> None:
    wanted = gaussian(place, near(reach))
    assert chance_inside(place, band(reach)) == pytest.approx(wanted, abs=0.007)


def test_an_even_spread_near_a_line() -> None:
    sector = SECTORS["narrow"]
    wanted = even(sector, near(1_500))
    assert chance_inside(in_sector(sector), band(1_500)) == pytest.approx(
        wanted, abs=0.01
    )


def test_an_area_is_shared_by_surface() -> None:
    ring = ((LON - WIDE, LAT + KM), (LON + WIDE, LAT + KM), (LON, LAT + 3 * KM))
    place = in_area(Area(ring=ring))
    assert chance_inside(place, SQUARE) == pytest.approx(0.5, abs=1e-6)


def test_the_antimeridian_is_no_edge() -> None:
    area = MultiPolygon([box(179, -1, 180, 1), box(-180, -1, -179, 1)])
    place = Place(lon=180.0, lat=0.2, radius_m=900)
    assert chance_inside(place, area) == pytest.approx(1.0, abs=1e-6)
    place = Place(lon=-179.999, lat=1.0, radius_m=900)
    assert chance_inside(place, area) == pytest.approx(0.5, abs=0.003)
