"""Figures of three agreements, reckoned from what their files say."""

from datetime import UTC, datetime
from functools import cache

import pytest
from pyproj import Geod

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.app.agreement_files import agreement_texts

GEOD = Geod(ellps="WGS84")


@cache
def bundle(name: str) -> Agreement:
    return load_agreement(agreement_texts(name))


def utc(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def by_at(name: str, clause: str) -> datetime | None:
    return bundle(name).clause(clause).default.by_at


def area_km2(name: str, zone: str) -> float:
    area, _ = GEOD.geometry_area_perimeter(bundle(name).zones[zone].shape)
    return abs(area) / 1e6


def test_the_nuba_cease_fire_begins_72_hours_after_signature() -> None:
    anchors = bundle("nuba-2002").anchors
    assert anchors["S"] == utc(2002, 1, 19, 21)
    assert anchors["D"] == utc(2002, 1, 22, 21)
    assert by_at("nuba-2002", "positions-verified") == utc(2002, 2, 21, 21)


def test_the_nuba_mountains_are_as_large_as_the_press_had_them() -> None:
    assert area_km2("nuba-2002", "nuba") == pytest.approx(80_000, rel=0.05)


def test_the_duties_of_aceh_are_due_on_their_days() -> None:
    assert by_at("aceh-2005", "prisoners") == utc(2005, 8, 30, 17)
    assert by_at("aceh-2005", "law") == utc(2006, 3, 31, 17)
    assert by_at("aceh-2005", "arms-decommissioned") == utc(2005, 12, 31, 17)


@pytest.mark.parametrize("stage", [1, 2, 3, 4])
def test_each_stage_of_relocation_waits_for_its_arms(stage: int) -> None:
    reading = bundle("aceh-2005").clause(f"relocation-{stage}").default
    assert [r.clause for r in reading.requires] == [f"decommissioning-{stage}"]
    bound = bundle("aceh-2005").clause(f"decommissioning-{stage}").default.bound
    assert bound is not None
    assert bound.least == 210 * stage


def test_arms_are_judged_by_each_counter() -> None:
    readings = bundle("aceh-2005").clause("arms-decommissioned").readings
    assert {r.bound.counter for r in readings if r.bound} == {"amm", "tni"}


def test_the_armistice_holds_from_ten_in_the_evening() -> None:
    anchors = bundle("korea-1953").anchors
    assert anchors["D"] == utc(1953, 7, 27, 13)
    assert anchors["E"] == utc(1953, 7, 30, 13)
    assert by_at("korea-1953", "hazards-removed") == utc(1953, 9, 13, 13)


def test_the_zone_is_four_kilometres_wide() -> None:
    line = bundle("korea-1953").lines["mdl"].shape
    wide = area_km2("korea-1953", "dmz") / (GEOD.geometry_length(line) / 1000)
    assert wide == pytest.approx(4.0, rel=0.03)
