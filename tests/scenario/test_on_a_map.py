"""Facts on a grid of a flat map, on edges, corners and strokes, read off by shapely."""

import json
from datetime import UTC, datetime
from functools import cache
from itertools import product
from math import hypot

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Polygon, mapping

from pamiers.agreement import load_agreement
from pamiers.compliance.bulk.compiled import program_of
from pamiers.compliance.bulk.engine import Batch, Engine, engine_of
from pamiers.compliance.bulk.vocabulary import Thing, Vocabulary
from pamiers.compliance.kernels.judging import Breaches, Setting

WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])
BEGIN = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
ZONE = [(0, 0), (4, 0), (4, 3), (3, 3), (3, 1), (2, 2), (1, 1), (0, 2), (0, 0)]
LINE = [(6, 0), (6, 0), (9, 4), (9, 4), (12, 4)]  # two steps of no length
EAST, NORTH, REACH = 70_000.0, 110_000.0, 140_000.0
TEXT = """
pamiers: 2
agreement:
  id: map
  title: {en: Truce on a map}
  kind: truce
  parties: [north, south]
  time_zone: UTC
  cut_off: "00:00"
  durations: elapsed
  mandate: {attribution: permitted, cite: article 9}
  thresholds: {breached: 0.9, kept: 0.1}
  plane: {degree_east: 70 km, degree_north: 110 km}
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
zones: {town: {title: {en: Town}}}
lines: {contact: {title: {en: Line}, as_of: 2026-02-28}}
clauses:
  - id: quiet
    title: {en: Quiet}
    text: {en: No shot in the town.}
    cite: "1"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:00Z
    forbid: {event: shot, in: town}
  - id: away
    title: {en: Away}
    text: {en: No impact near the line.}
    cite: "2"
    instrument: truce
    bearer: each party
    from: 2026-03-01T00:00:00Z
    forbid: {event: impact, within: {of: contact, distance: 140 km}}
  - id: few
    title: {en: Few}
    text: {en: At most two flights in any twenty seconds.}
    cite: "3"
    instrument: truce
    bearer: north
    from: 2026-03-01T00:00:00Z
    at_most: {n: 2 events, event: flight, per: 20 s}
"""
CODES = Vocabulary(
    kinds=("shot", "impact", "flight"), things=(Thing(),), actors=("north", "south")
)
#: seconds and chances: twenty apart, one more, several at once, and alone
FLIGHTS = (
    *((0, 0.9), (10, 0.5), (20, 0.8), (21, 0.25), (41, 0.4), (41, 0.6), (41, 0.7)),
    *((61, 0.95), (62, 0.1), (200, 1.0), (210, 1.0), (220, 1.0), (241, 1.0)),
)


def drawn() -> str:
    shapes = {"town": Polygon(ZONE), "contact": LineString(LINE)}
    features = [
        {"type": "Feature", "id": name, "properties": {}, "geometry": mapping(shape)}
        for name, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@cache
def engine() -> Engine:
    agreement = load_agreement({"agreement.yaml": TEXT, "zones.geojson": drawn()})
    return engine_of(program_of(agreement, CODES), CODES)


@cache
def facts() -> Batch:
    """Return a shot and an impact at every quarter of a degree, then flights."""
    grid = np.arange(-4.0, 16.25, 0.25), np.arange(-2.0, 7.25, 0.25)
    places = [(x, y, kind) for x, y in product(*grid) for kind in (0, 1)]
    rows = [(0, x, y, kind, 1.0) for x, y, kind in places]
    rows += [(at, np.nan, np.nan, 2, chance) for at, chance in FLIGHTS]
    time, lon, lat, kind, chance = (np.array(each) for each in zip(*rows, strict=True))
    none = np.zeros(len(rows), dtype=np.int16)
    return Batch(
        time=time.astype(np.int64) + BEGIN,
        lon=lon.astype(float),
        lat=lat.astype(float),
        kind=kind.astype(np.int16),
        group=none,
        actor=none,
        chance=chance.astype(float),
        id=none.astype(np.int64),
    )


def judged(*, loops: bool) -> list[Breaches]:
    return engine().judge(facts(), Setting(known_s=BEGIN + 400, loops=loops))


@WAYS
def test_edges_and_corners_are_in_the_town(*, loops: bool) -> None:
    told = facts()
    within = shapely.intersects_xy(Polygon(ZONE), told.lon, told.lat)
    wanted = np.flatnonzero(within & (told.kind == 0))
    assert judged(loops=loops)[0].facts.tolist() == wanted.tolist()
    assert 70 < len(wanted) < 200


@WAYS
def test_near_is_as_far_as_the_map_is_stretched(*, loops: bool) -> None:
    told, placed = facts(), np.isfinite(facts().lon)
    scale = np.array([EAST, NORTH])
    line = LineString(np.array(LINE) * scale)
    points = shapely.points(np.column_stack([told.lon, told.lat]) * scale)
    near = shapely.dwithin(points[placed], line, REACH + 1e-6)
    wanted = np.flatnonzero(near & (told.kind[placed] == 1))
    assert judged(loops=loops)[1].facts.tolist() == wanted.tolist()
    assert hypot(2.0 * EAST, 0.0) == REACH  # two degrees east of the end is near
    assert 200 < len(wanted) < 2_000


def over_two(end: int) -> float:
    """Return the chance of more than two flights in a window, world by world."""
    held = [chance for at, chance in FLIGHTS if end - 20 <= at <= end]
    worlds = product((False, True), repeat=len(held))
    return sum(
        float(np.prod([p if flew else 1 - p for p, flew in zip(held, w, strict=True)]))
        for w in worlds
        if sum(w) > 2
    )


@WAYS
def test_the_ceiling_is_broken_on_the_stroke_and_as_surely_as_worlds_say(
    *, loops: bool
) -> None:
    found = judged(loops=loops)[2]
    first = len(facts().time) - len(FLIGHTS)
    ends = [at for at, _ in FLIGHTS]
    many = [sum(end - 20 <= at <= end for at in ends) for end in ends]
    assert [i - first for i in found.facts] == [i for i, n in enumerate(many) if n > 2]
    assert found.certain == 1  # the third of those that are sure
    assert found.low == pytest.approx(max(over_two(end) for end in ends))
    none = np.prod([1 - over_two(ends[i - first]) for i in found.facts])
    assert found.high == pytest.approx(1 - none)
    assert len(found.episodes.none) == 1
