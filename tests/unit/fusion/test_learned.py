"""What was learned is one value that reads back exactly."""

import json
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import UnknownTermError
from pamiers.core.rows import Observation
from pamiers.fusion.fuse import fuse
from pamiers.fusion.learned import LETTER_WORTH, Learned, learn, learned_of, priors
from pamiers.fusion.model import FusionModel
from pamiers.fusion.plane import Plane, plane_about
from pamiers.fusion.reports import reports_of
from pamiers.fusion.strands import FORCE, LABELS, LEAVES, meaning, strand_of
from tests.unit.fusion.small import MODEL, NOON, claimed, seen, table

PLANE = Plane(lon=37.5, lat=48.0)
DAY = timedelta(days=1)


def rows(n: int = 40) -> list[Observation]:
    found: list[Observation] = []
    for i in range(n):
        lon = 37.5 + (i * 7 % 11) / 50
        for source, late, off in (("a", 0, 0.0), ("b", i * 5 % 4, 0.001 * (i % 3))):
            at = NOON + i * DAY + timedelta(minutes=late)
            told: dict[str, Any] = {"start": at, "end": at + timedelta(minutes=3)}
            count = 1 + (i * (2 + late)) % 5
            found.append(seen(source, str(i), lon=lon + off, count=count, **told))
        noon = NOON + i * DAY
        found.append(claimed("p", str(i), lon=lon + 0.2, start=noon, end=noon + DAY))
    return found


def taught(n: int = 40, model: FusionModel = MODEL) -> Learned:
    return learn(reports_of(table(rows(n)), model), model, PLANE)


def test_it_reads_back_exactly_and_fuses_alike() -> None:
    learned = taught()
    data = canonical_bytes(learned.plain())
    back = learned_of(json.loads(data))
    assert canonical_bytes(back.plain()) == data
    observed = table(rows())
    one = fuse(observed, MODEL, learned=learned)
    two = fuse(observed, MODEL, learned=back)
    assert one.incidents.columns.equals(two.incidents.columns)


@pytest.mark.parametrize("change", [{"version": 99}, {"centre": []}, {"sources": None}])
def test_another_form_is_refused_with_the_remedy(change: dict[str, object]) -> None:
    with pytest.raises(UnknownTermError, match="Calibrate anew"):
        learned_of({**priors(PLANE).plain(), **change})


def test_belief_moves_with_what_others_told_of_too() -> None:
    beliefs = taught().beliefs
    assert beliefs.keys() == {"a", "b", "p (claims)"}
    assert beliefs["a"].shared > 30
    claims = beliefs["p (claims)"]
    assert (claims.shared, claims.mean) == (0, MODEL.lone_claim)
    assert all(0.0 <= b.low <= b.mean <= b.high <= 1.0 for b in beliefs.values())
    width = {name: b.high - b.low for name, b in beliefs.items()}
    assert width["a"] < width["p (claims)"]
    assert LETTER_WORTH > 0


def test_a_source_never_seen_is_met_with_priors() -> None:
    wider = taught().reaching(["z", "a"])
    assert wider.sources == ("a", "b", "p (claims)", "z")
    assert wider.reaching(["z"]) is wider
    found = fuse(table([seen("z"), seen("y")]), MODEL, learned=wider)
    assert found.groups == [("y:1", "z:1")]


def test_nothing_teaches_nothing() -> None:
    none = learn(reports_of(table([]), MODEL), MODEL, PLANE)
    assert not none.taught
    assert none.beliefs == {}


def test_kinds_mean_mostly_themselves_and_every_row_sums_to_one() -> None:
    for kind in LABELS:
        assert strand_of(kind) == FORCE
        assert sum(meaning(kind)) == pytest.approx(1.0)
        assert min(meaning(kind)) > 0.0
        if kind in LEAVES and kind != "other":
            assert LEAVES[meaning(kind).index(max(meaning(kind)))] == kind
    assert strand_of("weapon_presence") == strand_of("position") == "presence"
    assert strand_of("mine") == "mine"
    assert strand_of("event:handover") == "event:handover"


def test_a_plane_stands_still_for_a_few_reports() -> None:
    lon, lat = np.array([39.5, 39.6, 39.4]), np.array([48.0, 48.1, 47.9])
    near = plane_about(lon, lat)
    far = plane_about(np.append(lon, -60.0), np.append(lat, -30.0))
    assert near == far == Plane(lon=40.0, lat=50.0)
    assert plane_about(lon[:0], lat[:0]) == Plane(lon=0.0, lat=0.0)
