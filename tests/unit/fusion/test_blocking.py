"""Blocking loses no pair that could weigh anything, and finds few others."""

from datetime import timedelta

import numpy as np
import pytest

from pamiers.core.rows import Observation
from pamiers.fusion.blocking import candidate_pairs
from pamiers.fusion.crowding import crowding
from pamiers.fusion.grid import Grid, lon_lat, position, positions
from pamiers.fusion.reports import reports_of
from pamiers.fusion.weights import peak_bits, weigh_pairs
from tests.unit.fusion.small import MODEL, NOON, seen, table


def scattered(n: int, span_km: float, minutes: int) -> list[Observation]:
    """Return reports of five sources, of three sizes of error, over an area."""
    chance = np.random.default_rng(7)
    return [
        seen(
            "abcde"[i % 5],
            f"{i:05d}",
            lon=37.0 + float(chance.uniform(0, span_km / 75)),
            lat=48.0 + float(chance.uniform(0, span_km / 111)),
            start=NOON + timedelta(minutes=int(chance.integers(0, minutes))),
            end=NOON + timedelta(minutes=minutes + int(chance.integers(1, 1440))),
            radius_m=float(chance.choice([200.0, 1_500.0, 12_000.0])),
        )
        for i in range(n)
    ]


def found(rows: list[Observation]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Return the candidate pairs, and all pairs that weigh more than 0 bits."""
    reports = reports_of(table(rows), MODEL)
    crowd = crowding(reports, MODEL)
    first, second = candidate_pairs(reports, peak_bits(reports, crowd, MODEL))
    every = np.triu_indices(len(reports), 1)
    other = reports.source[every[0]] != reports.source[every[1]]
    pairs = (every[0][other], every[1][other])
    weighed = weigh_pairs(reports, crowd, MODEL, pairs)
    good = weighed.total > 0.0
    strong = zip(pairs[0][good].tolist(), pairs[1][good].tolist(), strict=True)
    return set(zip(first.tolist(), second.tolist(), strict=True)), set(strong)


@pytest.mark.parametrize(("span_km", "minutes"), [(5, 30), (60, 600), (400, 30_000)])
def test_no_pair_that_weighs_anything_is_missed(span_km: float, minutes: int) -> None:
    candidates, strong = found(scattered(300, span_km, minutes))
    assert strong <= candidates


def test_candidates_grow_no_faster_than_reports_at_one_density() -> None:
    few, _ = found(scattered(300, 300, 3_000))
    many, _ = found(scattered(1_200, 600, 3_000))
    assert len(many) < 6 * len(few)


def test_a_flood_about_one_spot_gives_no_candidates() -> None:
    flood = [seen("ab"[i % 2], f"{i:04d}", radius_m=200.0) for i in range(4_000)]
    reports = reports_of(table(flood), MODEL)
    peak = peak_bits(reports, crowding(reports, MODEL), MODEL)
    assert candidate_pairs(reports, peak)[0].size == 0


@pytest.mark.parametrize("height", [100.0, 20_000.0, 700_000.0])
def test_neighbours_lie_in_the_nine_cells_about_a_point(height: float) -> None:
    """Also across the 180th meridian and near a pole."""
    grid, chance = Grid(height), np.random.default_rng(3)
    for lat in (0.0, 48.0, -70.0, 89.0):
        step = height / 111_700.0 * 0.99
        near = np.clip(lat + chance.uniform(-step, step, 200), -90.0, 90.0)
        wide = step / np.cos(np.radians(min(abs(lat) + step, 89.9)))
        lon = 179.999 + chance.uniform(-1, 1, 200) * min(wide, 180.0)
        close = _chord(179.999, lat, lon, near) < height
        nine = {
            int(grid.cells(np.array([179.999]), np.array([lat]), (r, c))[0])
            for r in (-1, 0, 1)
            for c in (-1, 0, 1)
        }
        cells = grid.cells(lon[close], near[close], (0, 0))
        assert set(cells.tolist()) <= nine


def _chord(
    lon: float,
    lat: float,
    lons: np.typing.NDArray[np.float64],
    lats: np.typing.NDArray[np.float64],
) -> np.typing.NDArray[np.float64]:
    away = positions(lons, lats) - np.array(position(lon, lat))
    return np.asarray(np.sqrt((away**2).sum(axis=1)))


def test_a_point_comes_back_from_geocentric_coordinates() -> None:
    assert lon_lat(*position(37.5, 48.0)) == pytest.approx((37.5, 48.0), abs=1e-9)
    assert positions(np.array([37.5]), np.array([48.0]))[0] == pytest.approx(
        position(37.5, 48.0)
    )
