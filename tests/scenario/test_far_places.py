"""Facts about the meridian of 180 degrees and the poles, judged as the map has it.

Lines run along meridians, where the geodesic and the straight line of a map are one.
"""

import json
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, box, mapping
from shapely.geometry.base import BaseGeometry

from pamiers.agreement import load_agreement
from pamiers.compliance.bulk.compiled import program_of
from pamiers.compliance.bulk.engine import Batch, Engine, engine_of
from pamiers.compliance.bulk.vocabulary import Thing, Vocabulary
from pamiers.compliance.kernels.judging import Setting

WGS84 = Geod(ellps="WGS84")
WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])
BEGIN = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
REACH = 60_000.0
#: name -> what is drawn: a zone, and a line, in each
MAPS: dict[str, tuple[BaseGeometry, BaseGeometry]] = {
    "east of the seam": (
        box(-180, -18, -179, -16),
        LineString([(-179.9, -19), (-179.9, -17)]),
    ),
    "west of the seam": (
        box(178.5, -18, 180, -16),
        LineString([(179.8, -19), (179.8, -17)]),
    ),
    "both sides": (
        shapely.union_all([box(179, -17, 180, -16), box(-180, -17, -179, -16)]),
        shapely.union_all(
            [
                LineString([(179.9, -19), (179.9, -18)]),
                LineString([(-179.7, -18.5), (-179.7, -18)]),
            ]
        ),
    ),
    "far apart": (box(-2, 51, 1, 53), LineString([(178.0, -19), (178.0, -17)])),
    "the north": (
        shapely.union_all([box(-180, 86, 0, 90), box(1, 86, 180, 90)]),
        LineString([(10.0, 88.9), (10.0, 89.7)]),
    ),
    "the south": (box(-60, -90, 60, -86), LineString([(-70.0, -88.2), (-70.0, -87.2)])),
}
TEXT = """
pamiers: 2
agreement:
  id: far
  title: {en: Truce of far places}
  kind: truce
  parties: [north, south]
  time_zone: UTC
  cut_off: "00:00"
  durations: elapsed
  mandate: {attribution: permitted, cite: article 9}
  thresholds: {breached: 0.9, kept: 0.1}
sources: {text: {speaker: The text}}
actors: {north: {name: {en: North}}, south: {name: {en: South}}}
instruments:
  - id: truce
    title: {en: Truce}
    date: 2026-02-28
    status: in force
    signatures:
      - {actor: north, act: signed, source: text}
      - {actor: south, act: signed, source: text}
zones: {bay: {title: {en: Bay}, tolerance: 0 m}}
lines: {coast: {title: {en: Coast}, as_of: 2026-02-28, tolerance: 0 m}}
clauses:
  - id: quiet
    title: {en: Quiet}
    text: {en: No shot in the bay.}
    cite: "1"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:00Z
    forbid: {event: shot, in: bay}
  - id: away
    title: {en: Away}
    text: {en: No impact near the coast.}
    cite: "2"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:00Z
    forbid: {event: impact, within: {of: coast, distance: 60 km}}
"""
CODES = Vocabulary(
    kinds=("shot", "impact"), things=(Thing(),), actors=("north", "south")
)


@cache
def engine(name: str) -> Engine:
    shapes = dict(zip(("bay", "coast"), MAPS[name], strict=True))
    features = [
        {"type": "Feature", "id": key, "properties": {}, "geometry": mapping(shape)}
        for key, shape in shapes.items()
    ]
    drawn = json.dumps({"type": "FeatureCollection", "features": features})
    agreement = load_agreement({"agreement.yaml": TEXT, "zones.geojson": drawn})
    return engine_of(program_of(agreement, CODES), CODES)


@cache
def facts(name: str) -> Batch:
    """Return a shot and an impact at each place of grids, of all and near the drawn."""
    spots = [
        np.array(
            [(x, y) for x in np.arange(-180, 181, 7.5) for y in np.arange(-90, 91, 7.5)]
        )
    ]
    for shape in MAPS[name]:
        for part in shapely.get_parts(shape):
            west, south, east, north = part.bounds
            xs = np.linspace(west - 3.0, east + 3.0, 31)
            ys = np.linspace(max(south - 1.2, -90.0), min(north + 1.2, 90.0), 25)
            spots.append(np.array([(x, y) for x in xs for y in ys]))
            spots.append(
                np.array([(x, y) for x in (west, east, 180.0, -180.0) for y in ys])
            )
    lon, lat = np.repeat(np.vstack(spots), 2, axis=0).T
    none = np.zeros(len(lon), dtype=np.int16)
    return Batch(
        time=np.full(len(lon), BEGIN, dtype=np.int64),
        lon=np.where(lon > 180, lon - 360, np.where(lon < -180, lon + 360, lon)),
        lat=lat.copy(),
        kind=np.tile([0, 1], len(lon) // 2).astype(np.int16),
        group=none,
        actor=none,
        chance=np.ones(len(lon)),
        id=none.astype(np.int64),
    )


def in_bay(name: str) -> np.ndarray:
    """Tell which facts are in the zone; what is on the seam is beside either side."""
    told, zone = facts(name), MAPS[name][0]
    found = shapely.intersects_xy(zone, told.lon, told.lat)
    seam = np.abs(told.lon) == 180.0
    return np.asarray(found | (seam & shapely.intersects_xy(zone, -told.lon, told.lat)))


def away_m(name: str) -> np.ndarray:
    """Return how far facts are from the line: the nearest of its points, by thirds."""
    told = facts(name)
    found = np.full(len(told.lon), np.inf)
    for part in shapely.get_parts(MAPS[name][1]):
        lon, low, _, high = part.bounds
        lats = np.full((2, len(told.lon)), [[low], [high]])
        for _ in range(30):
            third = (lats[1] - lats[0]) / 3.0
            first, last = lats[0] + third, lats[1] - third
            nearer = _away(told, lon, first) < _away(told, lon, last)
            lats = np.where(nearer, [lats[0], last], [first, lats[1]])
        found = np.minimum(found, _away(told, lon, lats[0]))
    return found


def _away(told: Batch, lon: float, lat: np.ndarray) -> np.ndarray:
    at = np.full(len(lat), lon)
    return np.asarray(WGS84.inv(at, lat, told.lon, told.lat)[2])


@WAYS
@pytest.mark.parametrize("name", MAPS)
def test_the_seam_and_the_poles_divide_nothing(name: str, *, loops: bool) -> None:
    told = facts(name)
    quiet, away = engine(name).judge(told, Setting(known_s=BEGIN + 400, loops=loops))
    wanted = np.flatnonzero(in_bay(name) & (told.kind == 0))
    assert quiet.facts.tolist() == wanted.tolist()
    assert 20 < len(wanted) < len(told.lon) / 2
    metres = away_m(name)
    sure = np.abs(metres - REACH) > 3.0
    near = np.zeros(len(metres), dtype=bool)
    near[away.facts] = True
    here = sure & (told.kind == 1)
    assert near[here].tolist() == (metres <= REACH)[here].tolist()
    assert 20 < near.sum() < len(told.lon) / 2
