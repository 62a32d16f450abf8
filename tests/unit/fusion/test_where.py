"""Several places give one, by precision, each by its form."""

import math

import pytest

from pamiers.core.geodesy import distance_m
from pamiers.core.place import Ellipse, Sector
from pamiers.core.rows import shape_text
from pamiers.fusion.where import FLOOR_M, Spot, fused_place


def spot(lon: float = 37.5, lat: float = 48.0, radius_m: float = 1000.0) -> Spot:
    return Spot(lon=lon, lat=lat, radius_m=radius_m, shape=None)


def long(azimuth_deg: float, lon: float = 37.5) -> Spot:
    shape = Ellipse(major_m=4000.0, minor_m=400.0, azimuth_deg=azimuth_deg)
    return Spot(lon=lon, lat=48.0, radius_m=4000.0, shape=shape_text(shape))


def test_two_alike_meet_in_the_middle_and_halve_the_variance() -> None:
    found = fused_place([spot(37.5), spot(37.502)])
    assert found.lon == pytest.approx(37.501, abs=1e-6)
    assert found.radius_m == pytest.approx(1000.0 / math.sqrt(2.0), abs=0.1)
    assert found.shape is None


def test_scatter_beyond_what_is_stated_widens() -> None:
    near = fused_place([spot(37.5), spot(37.502)]).radius_m
    assert fused_place([spot(37.5), spot(37.55)]).radius_m > 2.0 * near


def test_nothing_is_known_better_than_the_floor() -> None:
    assert fused_place([spot(radius_m=20.0)] * 9).radius_m == FLOOR_M


def test_two_bearings_that_cross_fix_the_place() -> None:
    found = fused_place([long(0.0), long(90.0)])
    assert found.radius_m < 500.0
    assert found.lon == pytest.approx(37.5, abs=1e-3)


def test_two_that_are_long_the_same_way_stay_long_that_way() -> None:
    found = fused_place([long(30.0), long(30.0, lon=37.5001)])
    assert isinstance(found.shape, Ellipse)
    assert found.shape.azimuth_deg == pytest.approx(30.0, abs=3.0)
    assert found.shape.major_m / found.shape.minor_m > 5.0


def test_a_sector_pulls_across_its_bearing_only() -> None:
    sector = Sector(
        origin_lon=37.4,
        origin_lat=48.0,
        bearing_from_deg=88.0,
        bearing_to_deg=92.0,
        distance_from_m=2000.0,
        distance_to_m=14000.0,
    )
    seen = Spot(lon=37.5, lat=48.0, radius_m=6000.0, shape=shape_text(sector))
    found = fused_place([seen, spot(37.55, 48.02, 2000.0)])
    assert 37.53 < found.lon < 37.56
    assert found.lat < 48.01
    assert float(distance_m(37.55, 48.0, found.lon, found.lat)) < 2000.0
