# ruff: noqa: ANN401 - fields of a row are of every type
"""How much was watched, and what silence then says."""

from datetime import timedelta
from typing import Any

import pytest

from pamiers.agreement.model import Detection
from pamiers.compliance.assess import assess
from pamiers.compliance.coverage import even_points
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.rows import Coverage
from tests.unit.compliance.small import (
    KNOWN,
    PERIOD,
    WEST,
    agreement,
    coverage,
    means,
    world,
)

HALF = PERIOD.start + timedelta(hours=12)


def west(*rows: Coverage, **changed: Any) -> Finding:
    known = world(coverage=rows)
    return assess(agreement(**changed), known, PERIOD, KNOWN)[0]


def said(found: Finding) -> tuple[Verdict, Why]:
    return found.verdict, found.why


def test_nobody_there_is_unobserved() -> None:
    assert said(west()) == (Verdict.UNOBSERVED, Why.NO_COVERAGE)


def test_turned_back_is_unobserved_for_another_reason() -> None:
    denied = coverage("1", status="denied", detection=None)
    assert said(west(denied)) == (Verdict.UNOBSERVED, Why.ACCESS_DENIED)


def test_part_of_the_time_is_part() -> None:
    found = west(coverage("1", end=HALF))
    assert found.coverage_share == pytest.approx(0.5)
    assert said(found) == (Verdict.UNDETERMINED, Why.PARTIAL_COVERAGE)


def test_two_halves_are_the_whole_and_an_overlap_counts_once() -> None:
    early, late = coverage("1", end=HALF), coverage("2", start=HALF)
    assert west(early, late, coverage("3", end=HALF)).coverage_share == 1.0


def test_part_of_the_area_is_part() -> None:
    circle = coverage("1", region=None, lon=37.5, lat=48.5, radius_m=20_000.0)
    share = 3.14159 * 20**2 / (73.7 * 111.2)
    assert west(circle).coverage_share == pytest.approx(share, abs=0.02)


def test_a_polygon_and_a_fan_cover_what_they_cover() -> None:
    ring = '{"area":{"ring":[[37,48],[37.5,48],[37.5,49],[37,49]]}}'
    at: dict[str, Any] = {"lon": 37.25, "lat": 48.5, "radius_m": 6e4, "region": None}
    assert west(coverage("1", shape=ring, **at)).coverage_share == pytest.approx(
        0.5, abs=0.02
    )
    fan = (
        '{"sector":{"bearing_from_deg":270,"bearing_to_deg":90,"distance_from_m":0,'
        '"distance_to_m":20000,"origin_lat":48.5,"origin_lon":37.5}}'
    )
    assert west(coverage("1", shape=fan, **at)).coverage_share == pytest.approx(
        0.077, abs=0.02
    )


def test_a_place_refused_is_not_watched_though_others_were_there() -> None:
    denied = coverage("2", status="denied", start=HALF)
    assert west(coverage("1"), denied).coverage_share == pytest.approx(0.5)


def test_degraded_observation_watches_nothing_surely() -> None:
    assert west(coverage("1", status="degraded")).coverage_share == 0.0


def test_watching_well_with_no_stated_detection_does_not_make_it_kept() -> None:
    found = west(coverage("1", detection=None))
    assert said(found) == (Verdict.UNDETERMINED, Why.DETECTION_UNSTATED)


def test_the_monitoring_plan_may_state_the_detection() -> None:
    stated = Detection(probability=0.6, author="x", on="2020-01-01", source="y")
    plan = {"camera": means("camera", stated)}
    found = west(coverage("1", detection=None, means="camera"), monitoring=plan)
    assert (found.verdict, found.detection) == (Verdict.KEPT, 0.6)


def test_the_detection_is_the_least_of_the_best() -> None:
    early = coverage("1", end=HALF, detection=0.9)
    late, both = coverage("2", start=HALF, detection=0.7), coverage("3", detection=0.4)
    assert west(early, late, both).detection == 0.7


def test_watching_for_something_else_is_not_watching() -> None:
    assert west(coverage("1", watched="flight")).coverage_share == 0.0
    assert west(coverage("1", watched="fire")).coverage_share == 1.0


def test_another_region_or_another_day_is_not_watched() -> None:
    later = coverage("1", start=PERIOD.end, end=PERIOD.end + timedelta(days=1))
    assert west(coverage("2", region="East region"), later).coverage_share == 0.0


def test_without_sectors_rows_without_a_place_watch_everything() -> None:
    assert west(coverage("1", region=None), sectors=()).verdict is Verdict.KEPT
    placed = coverage("1", region=None, lon=37.5, lat=48.5, radius_m=20_000.0)
    found = west(placed, sectors=())
    assert said(found) == (Verdict.UNDETERMINED, Why.PARTIAL_COVERAGE)


def test_points_stand_evenly_and_inside() -> None:
    points = even_points(WEST.shape)
    assert len(points) == 256
    assert points.mean(axis=0) == pytest.approx([37.5, 48.5], abs=0.01)
    assert WEST.contains(points[:, 0], points[:, 1]).all()
