"""Distances on a map where an agreement says that they are measured on one."""

import numpy as np
import pytest
import shapely

from pamiers.agreement.map_plane import MapPlane
from pamiers.agreement.zones import Line

PLANE = MapPlane(east_m_per_deg=70_000.0, north_m_per_deg=110_000.0)
LINE = shapely.LineString([(30.0, 50.0), (31.0, 50.0)])


def test_a_degree_is_as_long_as_the_agreement_says() -> None:
    line = Line(id="line", title={}, shape=LINE, plane=PLANE)
    found = line.distance_m([30.5, 32.0, np.nan], [51.0, 50.0, 50.0])
    assert found[:2] == pytest.approx([110_000.0, 70_000.0])
    assert np.isnan(found[2])


def test_a_band_ends_where_the_map_says() -> None:
    band = Line(id="line", title={}, shape=LINE, plane=PLANE).band(11_000.0)
    inside = shapely.intersects_xy(band, [30.5, 30.5], [50.0999, 50.1001])
    assert inside.tolist() == [True, False]
