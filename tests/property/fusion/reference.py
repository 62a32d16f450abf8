"""Fusion as plainly as it can be said: every pair looked at, one by one."""

import math
from collections.abc import Sequence

import numpy as np

from pamiers.core.place import RADII_PER_SIGMA
from pamiers.core.rows import Observation
from pamiers.fusion.crowding import (
    INDISTINCT,
    WINDOW,
    WINDOW_AREA_M2,
    WINDOW_S,
    Window,
)
from pamiers.fusion.grid import NINE, position
from pamiers.fusion.model import FusionModel
from pamiers.fusion.weights import kind_bits, weapon_bits


def groups(rows: Sequence[Observation], model: FusionModel) -> set[str]:
    """Return the incidents as joined member ids."""
    reports = sorted(rows, key=lambda row: (row.source, row.key))
    n = len(reports)
    weight = {
        (i, j): pair_bits(reports, i, j, model)
        for i in range(n)
        for j in range(i + 1, n)
        if reports[i].source != reports[j].source
    }
    queue = sorted(
        (claims(reports, i, j), -bits, i, j)
        for (i, j), bits in weight.items()
        if bits > 0.0
    )
    parts = [{i} for i in range(n)]
    for _, _, i, j in queue:
        one = next(p for p in parts if i in p)
        two = next(p for p in parts if j in p)
        if one is not two and may_merge(one, two, weight):
            parts = [p for p in parts if p is not one and p is not two]
            parts.append(one | two)
    return {
        "; ".join(sorted(f"{reports[i].source}:{reports[i].key}" for i in part))
        for part in parts
    }


def may_merge(
    one: set[int], two: set[int], weight: dict[tuple[int, int], float]
) -> bool:
    return all(weight.get((min(i, j), max(i, j)), -1.0) > 0.0 for i in one for j in two)


def claims(reports: Sequence[Observation], i: int, j: int) -> int:
    return sum(reports[k].standing == "claimed" for k in (i, j))


def pair_bits(
    reports: Sequence[Observation], i: int, j: int, model: FusionModel
) -> float:
    a, b = reports[i], reports[j]
    if a.at is None or b.at is None:
        return -math.inf
    crowd = max(crowding(reports, a, model), crowding(reports, b, model))
    chance = model.detection / (1.0 - model.detection)
    parts = [
        math.log2(chance) - math.log2(crowd),
        place_bits(a, b),
        time_bits(a, b, model),
        kind_bits(a.kind, b.kind),
        count_bits(a, b),
        weapon_bits(a.weapons or "", b.weapons or "") + calibre_bits(a, b),
    ]
    return sum(round(part * 2**20) / 2**20 for part in parts)


def crowding(
    reports: Sequence[Observation], at: Observation, model: FusionModel
) -> float:
    """Count the source's reports in the wide window, and in one of its errors."""
    sigma = (at.radius_m or 0.0) / RADII_PER_SIGMA
    lasts = at.interval.seconds + 2 * model.clock_s
    own = Window(power_of_four(max(sigma, 64.0)), power_of_four(lasts))
    scale = WINDOW.volume / own.volume
    return max(
        model.background,
        near(reports, at, WINDOW),
        (near(reports, at, own) - INDISTINCT) * scale,
    )


def power_of_four(size: float) -> float:
    edge = 1.0
    while edge < size:
        edge *= 4.0
    return edge


def near(reports: Sequence[Observation], at: Observation, window: Window) -> float:
    lon, lat = np.array([at.lon]), np.array([at.lat])
    cells = {int(window.grid.cells(lon, lat, step)[0]) for step in NINE}
    return sum(
        (other.source, other.standing) == (at.source, at.standing)
        and other.at is not None
        and cell_of(other, window) in cells
        and abs(step_of(other, window) - step_of(at, window)) <= 1
        for other in reports
    )


def cell_of(row: Observation, window: Window) -> int:
    lon, lat = np.array([row.lon]), np.array([row.lat])
    return int(window.grid.cells(lon, lat, (0, 0))[0])


def step_of(row: Observation, window: Window) -> int:
    middle = (row.start.timestamp() + row.end.timestamp()) / 2.0
    return math.floor(middle / window.cell_s)


def place_bits(a: Observation, b: Observation) -> float:
    one, two = a.at, b.at
    assert one is not None
    assert two is not None
    away = math.dist(position(one.lon, one.lat), position(two.lon, two.lat))
    spread = (one.radius_m**2 + two.radius_m**2) / RADII_PER_SIGMA**2
    peak = math.log2(WINDOW_AREA_M2 / (2.0 * math.pi * spread))
    return peak - away**2 / (2.0 * spread * math.log(2.0))


def time_bits(a: Observation, b: Observation, model: FusionModel) -> float:
    ends = [
        (r.start.timestamp() - model.clock_s, r.end.timestamp() + model.clock_s)
        for r in (a, b)
    ]
    shared = min(e for _, e in ends) - max(s for s, _ in ends)
    lengths = math.prod(e - s for s, e in ends)
    return math.log2(WINDOW_S * shared / lengths) if shared > 0 else -60.0


def count_bits(a: Observation, b: Observation) -> float:
    ranges = [count_range(a), count_range(b)]
    if None in ranges:
        return 0.0
    known = [r for r in ranges if r is not None]
    low, high = max(r[0] for r in known), min(r[1] for r in known)
    gap = math.log2((low + 1) / (min(high, low) + 1))
    return max(0.5 - gap**2 / 2.0, -3.0)


def count_range(row: Observation) -> tuple[float, float] | None:
    stated = [n for n in (row.count_low, row.count, row.count_high) if n is not None]
    if not stated:
        return None
    more = row.count_low is not None and row.count_high is None
    return min(stated), math.inf if more else max(stated)


def calibre_bits(a: Observation, b: Observation) -> float:
    if a.calibre_mm is None or b.calibre_mm is None:
        return 0.0
    return 2.0 if abs(a.calibre_mm - b.calibre_mm) <= 1.0 else -3.0
