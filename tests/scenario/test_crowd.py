# ruff: noqa: S311 - these are cases for tests, not secrets
"""A crowd of facts about the edges of `streams`, judged at once and read off the map.

The yardstick shares no code with the engine: polygons by shapely, distances by the
geodesics of pyproj to points every 40 m along a line, windows by comparing all pairs.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from random import Random

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from pamiers.compliance.bulk.engine import Batch
from pamiers.compliance.bulk.running import Running
from pamiers.compliance.bulk.standing import Standing
from pamiers.compliance.bulk.vocabulary import NOBODY
from pamiers.compliance.kernels.judging import Setting
from tests.scenario.test_streams import CODES, WORDS, engine, loaded

WAYS = pytest.mark.parametrize("loops", [False, True], ids=["numpy", "loops"])
WGS84 = Geod(ellps="WGS84")
BEGIN = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
HOUR, DAY = 3_600, 86_400
KNOWN = BEGIN + 20 * DAY
MANY = 900
#: metres off a boundary, in or out
OFF = (1.5, 4.0, 15.0, 60.0, 250.0, 1_000.0, 4_000.0, 20_000.0)
SHOT, IMPACT, FLIGHT, PRESENT, ALARM, ANSWER = range(6)
_, TANK, HOWITZER = range(len(WORDS))


def shape(name: str) -> BaseGeometry:
    agreement = loaded()[0]
    held = agreement.zones.get(name) or agreement.lines[name]
    return held.shape


@cache
def along(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return points of a line every 40 m, lon and lat."""
    points = shapely.get_coordinates(shapely.segmentize(shape(name), 40 / 111_320))
    return points[:, 0].copy(), points[:, 1].copy()


def away_m(name: str, lon: float, lat: float) -> float:
    x, y = along(name)
    _, _, metres = WGS84.inv(np.full(len(x), lon), np.full(len(x), lat), x, y)
    return float(np.min(metres))


def spot(rng: Random) -> tuple[float, float]:
    """Return a place: about an edge, at the end of a reach, in between, or far off."""
    way = rng.random()
    if way < 0.08:
        return rng.uniform(-179.9, 179.9), rng.uniform(-89, 89)
    if way < 0.25:
        return rng.uniform(36.5, 41.8), rng.uniform(46.9, 49.4)
    name = rng.choice(["strip", "town", "lake", "lake", "river", "road", "road"])
    edge = shapely.boundary(shape(name)) if name not in {"river", "road"} else None
    line = edge or shape(name)
    base = shapely.line_interpolate_point(
        rng.choice(shapely.get_parts(line).tolist()), rng.random(), normalized=True
    )
    reach = {"river": 5_000.0, "road": 25_000.0}.get(name, 0.0)
    metres = max(1.0, reach + rng.choice([-1, 1]) * rng.choice(OFF))
    lon, lat, _ = WGS84.fwd(base.x, base.y, rng.uniform(0, 360), abs(metres))
    return lon, lat


@cache
def crowd() -> Batch:
    """Return facts in order of time; some come by threes, six hours wide or nearly."""
    rng = Random("a crowd")
    rows = []
    for _ in range(MANY):
        at = BEGIN + rng.randrange(-DAY, 14 * DAY)
        kind = rng.choice([SHOT, SHOT, IMPACT, IMPACT, FLIGHT, PRESENT, PRESENT])
        thing = rng.choice([TANK, HOWITZER])
        rows.append((at, *spot(rng), kind, thing, rng.randrange(5), -1))
    for number in range(60):
        at = BEGIN + number * 5 * HOUR
        lon, lat = rng.choice([(37.3, 48.2), (37.31, 48.9)])
        for later in (0, rng.randrange(6 * HOUR), 6 * HOUR + rng.choice([-1, 0, 1])):
            who = rng.choice([0, 0, 1, 2])
            rows.append((at + later, lon, lat, SHOT, 0, who, -1))
        wait = rng.choice([-1, 0, HOUR, 12 * HOUR, 12 * HOUR + 1])
        rows.append((at, 0.0, 0.0, ALARM, 0, 0, number % 7))
        who = rng.choice([1, 1, 0])
        rows.append((at + wait, 0.0, 0.0, ANSWER, 0, who, number % 7))
    late = KNOWN - 12 * HOUR
    rows += [(late + n, 0.0, 0.0, ALARM, 0, 0, 9) for n in (-1, 0, 1)]
    columns = list(zip(*sorted(rows), strict=True))
    code = [np.array(columns[i], dtype=np.int16) for i in (3, 4, 5)]
    chance = np.array([rng.choice([0.2, 0.6, 0.95, 1.0]) for _ in rows])
    return Batch(
        time=np.array(columns[0], dtype=np.int64),
        lon=np.array(columns[1]),
        lat=np.array(columns[2]),
        kind=code[0],
        group=code[1],
        actor=code[2],
        chance=chance,
        id=np.array(columns[6], dtype=np.int64),
    )


def by_the_map() -> Iterator[tuple[str, list[int], list[int]]]:
    """Yield of each clause the facts that breach it, and those still open."""
    told = crowd()
    inside = {n: held_by(n, told) for n in ("strip", "town", "lake")}
    held = told.time >= BEGIN
    bound = told.actor != CODES.actors.index("militia")  # a third, of few alone
    yield "quiet", where(held & bound & inside["strip"] & (told.kind <= IMPACT)), []
    ends = told.time < BEGIN + 10 * DAY
    flights = held & bound & ends & (told.kind == FLIGHT) & ~inside["strip"]
    yield "flights", where(flights), []
    tanks = held & bound & (told.kind == PRESENT) & (told.group == TANK)
    guns = held & bound & (told.kind == PRESENT) & (told.group == HOWITZER)
    yield "tanks-out", where(tanks & inside["town"]), []
    yield "guns-back", within("river", 5_000.0, where(guns)), []
    yield "no-impact", where(held & bound & (told.kind == IMPACT) & inside["lake"]), []
    yield "tanks-off-road", within("road", 25_000.0, where(tanks)), []
    north = [CODES.actors.index(name) for name in ("north", "militia")]
    sure, most = (
        over_two(where(held & inside["strip"] & (told.kind <= IMPACT) & own))
        for own in (
            np.isin(told.actor, north),
            told.actor != CODES.actors.index("south"),
        )
    )
    yield "few", sure, sorted(set(most) - set(sure))
    yield "answers", *unanswered(told)


def over_two(some: list[int]) -> list[int]:
    """Return the facts up to which there are more than two in six hours."""
    times = crowd().time[some]
    many = [int(((t - 6 * HOUR <= times) & (times <= t)).sum()) for t in times]
    return [i for i, n in zip(some, many, strict=True) if n > 2]


def where(mask: np.ndarray) -> list[int]:
    return [int(i) for i in np.flatnonzero(mask)]


def held_by(name: str, told: Batch) -> np.ndarray:
    return np.asarray(shapely.contains_xy(shape(name), told.lon, told.lat))


def within(name: str, metres: float, some: list[int]) -> list[int]:
    told = crowd()
    return [i for i in some if away_m(name, told.lon[i], told.lat[i]) <= metres]


def unanswered(told: Batch) -> tuple[list[int], list[int]]:
    south, nobody = (CODES.actors.index(name) for name in ("south", NOBODY))
    bad: list[int] = []
    open_: list[int] = []
    for i in where((told.kind == ALARM) & (told.time >= BEGIN)):
        t, due = told.time[i], told.time[i] + 12 * HOUR
        here = (told.kind == ANSWER) & (told.id == told.id[i])
        in_time = told.actor[here & (t <= told.time) & (told.time <= due)]
        if not np.isin(in_time, [south]).any():
            late = due <= KNOWN and not np.isin(in_time, [nobody]).any()
            (bad if late else open_).append(i)
    return bad, open_


@WAYS
def test_each_fact_is_judged_as_the_map_has_it(*, loops: bool) -> None:
    judged = engine().judge(crowd(), Setting(known_s=KNOWN, loops=loops))
    names = [demand.rule.clause.id for demand in engine().program.demands]
    wanted = {name: rest for name, *rest in by_the_map()}
    assert sorted(names) == sorted(wanted)
    for name, found in zip(names, judged, strict=True):
        assert [found.facts.tolist(), found.open.tolist()] == wanted[name], name
        if name not in {"few", "answers"}:
            none = float(np.prod(1.0 - crowd().chance[found.facts]))
            assert (found.low, found.high) == pytest.approx((1 - none, 1 - none))


@WAYS
@pytest.mark.parametrize("size", [1, 83])
def test_counts_stay_the_same_in_batches_late_and_corrected(
    size: int, *, loops: bool
) -> None:
    told, known = crowd(), Setting(known_s=KNOWN, loops=loops)
    at_once = engine().count(told, known)
    few = range(0, len(told.time), size) if size > 1 else range(0, len(told.time), 9)
    running, standing = Running(engine(), loops=loops), Standing(engine(), loops=loops)
    for begin in range(0, len(told.time), 83):
        running.put(part(told, begin, begin + 83))
    assert running.counts(KNOWN) == at_once
    for begin in reversed(range(0, len(told.time), 83)):
        standing.put(part(told, begin, begin + 83))
    for begin in few:
        standing.take_out(part(told, begin, begin + size))
    for begin in few:
        standing.put(part(told, begin, begin + size))
    assert standing.counts(KNOWN) == at_once


@WAYS
def test_how_large_the_numbers_of_alarms_are_changes_nothing(*, loops: bool) -> None:
    told = crowd()
    wide = told._replace(id=np.where(told.id >= 0, told.id * 7_919_000_003 + 11, -1))
    (one,) = (s for s in by_the_map() if s[0] == "answers")
    names = [demand.rule.clause.id for demand in engine().program.demands]
    judged = engine().judge(wide, Setting(known_s=KNOWN, loops=loops))
    found = judged[names.index("answers")]
    assert [found.facts.tolist(), found.open.tolist()] == [one[1], one[2]]
    plain = engine().judge(told, Setting(known_s=KNOWN, loops=loops))
    assert found.low == plain[names.index("answers")].low


def part(whole: Batch, begin: int, end: int) -> Batch:
    names = Batch._fields
    return whole._replace(**{name: getattr(whole, name)[begin:end] for name in names})
