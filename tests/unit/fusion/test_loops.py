"""The compiled loops say what their plain formulas say."""

import numpy as np
import pytest

from pamiers.fusion import solving
from pamiers.fusion.columns import Floats
from pamiers.fusion.loops.likelihood import ratio
from pamiers.fusion.loops.mark import compiled
from pamiers.fusion.loops.state import State, Tables
from pamiers.fusion.working import Field
from tests.unit.fusion.reported import reported


@compiled
def _ratio(i: int, g: int, state: State, tables: Tables) -> float:
    return ratio(i, g, state, tables)


@pytest.fixture(scope="module")
def work() -> Field:
    world = reported(seed=4, incidents=120)
    run = solving.Learning(world.columns, world.taxonomy)
    run.adopt(world.incident)
    return run.field


def normal(x: float, v: float) -> float:
    return float(np.exp(-x * x / (2.0 * v)) / np.sqrt(2.0 * np.pi * v))


def test_a_group_is_the_weighted_mean_of_its_reports(work: Field) -> None:
    state = work.state
    for g in np.flatnonzero(state.groups["n"] > 1)[:40]:
        own = work.own[state.label[work.own] == g]
        _, voices = np.unique(state.reports["source"][own], return_index=True)
        if len(voices) < len(own):  # which of its reports is a voice is told elsewhere
            continue
        at = state.reports[own]
        weight = 1.0 / at["v"]
        assert state.groups["x"][g] == pytest.approx(
            (weight * at["x"]).sum() / weight.sum()
        )
        assert state.groups["s"][g] == pytest.approx(1.0 / weight.sum())
        kinds = work.beliefs.tables.prior * np.prod(
            work.beliefs.tables.kind[at["row"]], axis=0
        )
        assert state.kinds[g] == pytest.approx(kinds / kinds.sum())


def student(q: float, freedom: int, power: int) -> float:
    return float((1.0 + q / freedom) ** -power)


def test_a_ratio_is_the_product_of_its_parts(work: Field) -> None:
    state, tables = work.state, work.beliefs.tables
    tried = 0
    for i in work.own[:300].tolist():
        report = state.reports[i]
        for g in np.flatnonzero(state.groups["n"] > 1).tolist():
            group = state.groups[g]
            found = _ratio(i, g, state, tables)
            if found == 0.0 or report["w"] == 0.0 or group["q"] == 0.0:
                continue
            if report["town"] >= 0:
                continue
            tried += 1
            assert found == pytest.approx(_product(i, g, work), rel=2e-3)
    assert tried > 100


def _product(i: int, g: int, work: Field) -> float:
    state, tables = work.state, work.beliefs.tables
    report, group = state.reports[i], state.groups[g]
    v, w = report["v"] + group["s"], report["w"] + group["q"]
    q = ((report["x"] - group["x"]) ** 2 + (report["y"] - group["y"]) ** 2) / v
    place = student(q, 6, 4) / (2.0 * np.pi * v)
    time = 0.385 / np.sqrt(w) * student((report["t"] - group["t"]) ** 2 / w, 7, 4)
    kind = float(state.kinds[g] @ tables.kind[report["row"]])
    side = float(np.array([group["one"], group["two"]]) @ tables.side[report["who"]])
    heard = bool(state.voices[g, 0] >> report["source"] & 1)
    source = tables.source[report["source"]]
    detection = source["again"] if heard else source["odds"]
    alone = 1.0 if group["heard"] > 1 else group["alone"]
    parts = place * time * kind * side * _count(report, group, tables.amount)
    return float(parts * detection * alone / report["null"])


def _count(report: np.void, group: np.void, amount: Floats) -> float:
    if report["u"] == 0.0:
        return 1.0
    agrees = normal(report["c"] - group["c"], report["u"] + group["r"])
    by_itself = normal(report["c"] - amount[0], report["u"] + amount[1])
    return 0.93 * agrees / by_itself + 0.07
