"""Places, distances and uncertainty."""

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from pamiers.core.errors import MalformedSourceError
from pamiers.core.geodesy import (
    bearing_deg,
    compass_point,
    destination,
    distance_m,
)
from pamiers.core.place import (
    Area,
    Ellipse,
    Place,
    Sector,
    in_area,
    in_sector,
    sample_points,
)
from pamiers.core.rows import read_shape, shape_text

DONETSK = (37.80, 48.00)


def test_a_known_distance() -> None:
    # Karney (2013): JFK to LHR, 5 551.76 km on WGS84.
    assert distance_m(-73.8, 40.6, -0.5, 51.6) == pytest.approx(5_551_760, abs=10)
    assert distance_m([], [], [], []).shape == (0,)


@given(st.floats(-170, 170), st.floats(-80, 80), st.floats(0, 359.9), st.floats(1, 2e5))
def test_going_out_and_measuring_back(
    lon: float, lat: float, bearing: float, metres: float
) -> None:
    east, north = destination(lon, lat, bearing, metres)
    assert distance_m(lon, lat, east, north) == pytest.approx(metres, rel=1e-6)
    turn = (bearing_deg(lon, lat, east, north) - bearing + 180) % 360 - 180
    assert abs(turn) < 1e-2


def test_points_of_the_compass() -> None:
    assert compass_point(0) == "north"
    assert compass_point(202.5) == "south-south-west"
    assert compass_point(-11.2) == "north"
    assert len({compass_point(22.5 * i) for i in range(16)}) == 16


@pytest.mark.parametrize(
    ("lon", "lat", "radius"), [(0, 91, 1), (181, 0, 1), (0, 0, 0), (0, 0, math.nan)]
)
def test_a_place_off_the_globe_is_refused(
    lon: float, lat: float, radius: float
) -> None:
    with pytest.raises(MalformedSourceError, match="globe"):
        Place(lon=lon, lat=lat, radius_m=radius)


@settings(max_examples=30)
@given(st.floats(0, 359), st.floats(10, 350), st.floats(0, 3000), st.floats(100, 5000))
def test_a_sector_is_where_its_words_put_it(
    start: float, width: float, near: float, deep: float
) -> None:
    sector = Sector(
        origin_lon=DONETSK[0],
        origin_lat=DONETSK[1],
        bearing_from_deg=start,
        bearing_to_deg=start + width,
        distance_from_m=near,
        distance_to_m=near + deep,
    )
    place = in_sector(sector, name="x")
    points = sample_points(place)
    away = distance_m(*DONETSK, points[:, 0], points[:, 1])
    assert near - 1 <= away.min()
    assert away.max() <= near + deep + 1
    turned = (bearing_deg(*DONETSK, points[:, 0], points[:, 1]) - start) % 360
    assert np.all((turned <= width + 0.1) | (turned >= 359.9))
    held = distance_m(place.lon, place.lat, points[:, 0], points[:, 1])
    assert np.mean(held <= place.radius_m) == pytest.approx(0.95, abs=0.02)


def test_a_circle_and_an_ellipse_hold_what_they_say() -> None:
    circle = Place(lon=37.8, lat=48.0, radius_m=1000)
    points = sample_points(circle, 4096)
    away = distance_m(37.8, 48.0, points[:, 0], points[:, 1])
    assert np.mean(away <= 1000) == pytest.approx(0.95, abs=0.005)
    long = Ellipse(major_m=3000, minor_m=500, azimuth_deg=90)
    shaped = Place(lon=37.8, lat=48.0, radius_m=2500, shape=long)
    points = sample_points(shaped, 4096)
    east = distance_m(37.8, 48.0, points[:, 0], np.full(len(points), 48.0))
    north = distance_m(37.8, 48.0, np.full(len(points), 37.8), points[:, 1])
    assert east.std() > 5 * north.std()


def test_a_square_of_ground() -> None:
    square = Area(ring=((37, 48), (37.02, 48), (37.02, 48.02), (37, 48.02)))
    place = in_area(square)
    assert (place.lon, place.lat) == pytest.approx((37.01, 48.01), abs=1e-3)
    with pytest.raises(MalformedSourceError, match="ring"):
        in_area(Area(ring=((37, 48), (38, 49), (38, 48), (37, 49))))
    with pytest.raises(MalformedSourceError, match="ring"):
        in_area(Area(ring=((37, 48), (38, 49))))


@pytest.mark.parametrize(
    "shape",
    [
        None,
        Ellipse(major_m=3000.0, minor_m=500.0, azimuth_deg=90.0),
        Area(ring=((37.0, 48.0), (37.02, 48.0), (37.02, 48.02))),
        Sector(
            origin_lon=37.8,
            origin_lat=48.0,
            bearing_from_deg=11.25,
            bearing_to_deg=33.75,
            distance_from_m=1000.0,
            distance_to_m=2000.0,
        ),
    ],
)
def test_shapes_are_written_and_read(shape: Ellipse | Sector | Area | None) -> None:
    assert read_shape(shape_text(shape)) == shape
