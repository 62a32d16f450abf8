"""Why reports were joined adds up, and each part moves with what it is about."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from pamiers.core.rows import Observation
from pamiers.fusion.agreement import Agreement
from pamiers.fusion.explain import explain
from pamiers.fusion.learned import read_for
from pamiers.fusion.loops.likelihood import ratio
from pamiers.fusion.loops.mark import compiled
from pamiers.fusion.loops.passes import adopt, gather_all
from pamiers.fusion.loops.state import State, Tables
from tests.unit.fusion.small import NOON, fused, seen

PARTS = ("place", "time", "kind", "count", "told", "crowd")


@compiled
def _ratio(i: int, g: int, state: State, tables: Tables) -> float:
    return ratio(i, g, state, tables)


def of(*rows: Observation) -> dict[str, Agreement]:
    found = fused(*rows)
    key = found.keys[int(found.label[0])]
    return {each.member: each for each in explain(found, key).agreements}


def second(**changed: Any) -> Agreement:  # noqa: ANN401 - fields of a row
    return of(seen("a", count=3), seen("b", **changed))["b:1"]


def test_the_parts_add_up_to_the_ratio_by_which_reports_are_joined() -> None:
    rows = [seen("a", count=3), seen("b", lon=37.503, count=4), seen("c", lat=48.002)]
    found = fused(*rows)
    told = explain(found, found.keys[0]).agreements
    assert len(told) == 3
    at = found.members(found.keys[0])
    for each in told:
        parts = [getattr(each, f"{name}_bits") for name in PARTS]
        assert sum(parts) == pytest.approx(each.total_bits, abs=1e-9)
        field, every = read_for(found.reports, at, found.learned)
        out = int(every[found.reports.ids.index(each.member)])
        state = field.state
        group = np.where(np.arange(len(field.own)) == out, out, every[every != out][0])
        adopt(field.order(0), group, state)
        gather_all(field.own, state, field.beliefs.tables)
        exact = _ratio(out, int(every[every != out][0]), state, field.beliefs.tables)
        assert each.total_bits == pytest.approx(np.log2(exact), abs=0.01)


def test_each_part_falls_with_what_it_is_about() -> None:
    near = second(count=3)
    start, end = NOON + timedelta(minutes=3), NOON + timedelta(minutes=4)
    changes: list[tuple[str, dict[str, Any]]] = [
        ("place", {"lon": 37.51}),
        ("time", {"start": start, "end": end}),
        ("count", {"count": 5}),
    ]
    for name, changed in changes:
        far = second(**{"count": 3, **changed})
        assert getattr(far, f"{name}_bits") < getattr(near, f"{name}_bits")
        for other in {"place", "time", "count"} - {name}:
            same = getattr(near, f"{other}_bits")
            assert getattr(far, f"{other}_bits") == pytest.approx(same, abs=0.02)


def test_without_a_count_there_is_nothing_to_agree_on() -> None:
    assert second().count_bits == 0.0


def test_one_alone_agrees_with_nobody() -> None:
    assert of(seen("a")) == {}
