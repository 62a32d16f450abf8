"""Claims beside observations, on small rows and on a real fortnight."""

import csv
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pamiers.core.rows import Observation
from pamiers.fusion.claims import claims_beside
from pamiers.fusion.fuse import fuse
from pamiers.fusion.model import FusionModel
from tests.shared import SHARED, needs_shared
from tests.unit.fusion.small import claimed, seen, table

KYIV = ZoneInfo("Europe/Kyiv")
PLACES = SHARED / "data" / "smm_by_place"


def test_the_nearest_of_the_day_is_named_with_its_distance() -> None:
    rows = [claimed("press"), seen("a", "far", lon=37.6), seen("a", "near", lon=37.51)]
    (found,) = claims_beside(table(rows), 1_000.0, UTC)
    assert (found.nearest, found.near) == ("a:near", True)
    assert found.distance_m == pytest.approx(746, abs=2)


def test_another_day_is_not_beside() -> None:
    later: dict[str, Any] = {"start": seen("a").start + timedelta(days=1)}
    other = seen("a", **later, end=later["start"] + timedelta(minutes=1))
    (found,) = claims_beside(table([claimed("press"), other]), 1_000.0, UTC)
    assert (found.nearest, found.distance_m, found.near) == (None, None, False)


def test_a_claim_without_a_place_has_nothing_beside_it() -> None:
    nowhere = claimed("press", lon=None, lat=None, radius_m=None)
    (found,) = claims_beside(table([nowhere, seen("a")]), 1_000.0, UTC)
    assert found.nearest is None


def _rows(name: str, standing: str) -> list[Observation]:
    with (PLACES / name).open(newline="") as lines:
        return [_row(line, standing) for line in csv.DictReader(lines)]


def _row(line: dict[str, str], standing: str) -> Observation:
    day = date.fromisoformat(line["date"])
    start = datetime(day.year, day.month, day.day, tzinfo=KYIV).astimezone(UTC)
    count = line.get("count") or None
    return Observation(
        source=line.get("claimant") or "smm",
        key=line["ref"],
        start=start,
        end=start + timedelta(days=1),
        lon=float(line["lon"]),
        lat=float(line["lat"]),
        radius_m=1_500.0,
        kind="fire",
        standing=standing,
        count=int(count) if count else None,
    )


@needs_shared
def test_of_23_claims_of_a_week_two_have_an_observation_within_5_km() -> None:
    rows = _rows("smm_observations_2020.csv", "observed")
    rows += _rows("party_claims_2020.csv", "claimed")
    found = claims_beside(table(rows), 5_000.0, KYIV)
    week = [c for c in found if date(2020, 7, 27) <= c.day <= date(2020, 8, 3)]
    assert len(week) == 23
    assert sum(c.near for c in week) == 2


@needs_shared
def test_a_real_fortnight_loses_no_row_and_keeps_claims_low() -> None:
    rows = _rows("smm_observations_2020.csv", "observed")
    rows += _rows("party_claims_2020.csv", "claimed")
    found = fuse(table(rows), FusionModel())
    columns = found.incidents.columns
    members = [m for t in columns["members"].to_pylist() for m in t.split("; ")]
    assert len(members) == len(set(members)) == len(rows)
    seen_by = columns["observed"].to_pylist()
    chances = columns["probability"].to_pylist()
    alone = [p for p, n in zip(chances, seen_by, strict=True) if n == 0]
    assert max(alone) < min(p for p, n in zip(chances, seen_by, strict=True) if n)
