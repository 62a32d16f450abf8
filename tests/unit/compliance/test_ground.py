# ruff: noqa: ANN401 - fields of a row are of every type
"""Where things lie: by place, by the region a source names, by whose line."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
import shapely

from pamiers.agreement.model import (
    AllOf,
    Everywhere,
    InZones,
    NearLine,
    OutsideZones,
    Where,
)
from pamiers.compliance.evidence.facts import facts_of
from pamiers.compliance.evidence.ground import (
    OUTSIDE,
    Ground,
    Site,
    drawn_since,
    lines_of,
    region_bounds,
    sector_of,
)
from pamiers.core.place import Place
from tests.unit.compliance import small

NORTHERN = replace(
    small.LINE, id="upper", shape=shapely.LineString([(36.5, 48.8), (39.5, 48.8)])
)
LINES = {"contact": small.LINE, "upper": NORTHERN}
DEAL = small.agreement(lines=LINES)
BY_SIDE = NearLine(lines={"A": "contact", "B": "upper"}, distance_m=10_000.0)
WEST = InZones(("west",))
EVERYWHERE = Everywhere()


def ground(*rows: Any, **changed: Any) -> Ground:
    deal = small.agreement(**{"lines": LINES, **changed})
    return Ground(agreement=deal, facts=facts_of(small.table("incident", rows)))


def at(lon: float, lat: float, radius_m: float = 100.0) -> Place:
    return Place(lon=lon, lat=lat, radius_m=radius_m)


@pytest.mark.parametrize(
    ("region", "sector", "bounds"),
    [
        ("West region", "west", (1.0, 1.0)),
        ("west", "west", (1.0, 1.0)),
        ("WEST_Region", "west", (1.0, 1.0)),
        ("East region", "west", (0.0, 0.0)),
        ("North", "west", (0.0, 1.0)),
        (None, "west", (0.0, 1.0)),
        ("North", None, (1.0, 1.0)),
        ("West region", OUTSIDE, (0.0, 0.0)),
    ],
)
def test_a_region_is_a_sector_by_its_name(
    region: str | None, sector: str | None, bounds: tuple[float, float]
) -> None:
    assert region_bounds(DEAL, region, sector) == bounds


def test_a_region_that_is_no_sector_is_none() -> None:
    assert sector_of(DEAL, "East region") == "east"
    assert sector_of(DEAL, "North") is None
    assert sector_of(DEAL, None) is None


@pytest.mark.parametrize(
    ("where", "place", "bounds"),
    [
        (WEST, at(37.5, 48.5), (1.0, 1.0)),
        (WEST, at(38.5, 48.5), (0.0, 0.0)),
        (WEST, None, (0.0, 1.0)),
        (EVERYWHERE, None, (1.0, 1.0)),
        (EVERYWHERE, at(0.0, 0.0), (1.0, 1.0)),
        (OutsideZones(("west",)), at(38.5, 48.5), (1.0, 1.0)),
        (OutsideZones(("west",)), at(37.5, 48.5), (0.0, 0.0)),
        (AllOf((WEST, OutsideZones(("west",)))), at(37.5, 48.5), (0.0, 0.0)),
    ],
)
def test_a_place_lies_in_an_area(
    where: Where, place: Place | None, bounds: tuple[float, float]
) -> None:
    assert ground().holds(Site(where, None), place, None, None) == bounds


def test_without_a_place_a_region_tells_of_the_sector_and_of_no_zone() -> None:
    told = ground().holds(Site(EVERYWHERE, "west"), None, "West region", None)
    assert told == (1.0, 1.0)
    told = ground().holds(Site(InZones(("east",)), "west"), None, "West region", None)
    assert told == (0.0, 1.0)
    told = ground().holds(Site(EVERYWHERE, "west"), None, "East region", None)
    assert told == (0.0, 0.0)


def test_near_an_edge_the_place_is_weighed() -> None:
    site = Site(WEST, None)
    low, high = ground().holds(site, at(38.0, 48.5, 2_000.0), None, None)
    assert low == high == pytest.approx(0.5, abs=0.01)
    blurred = replace(small.WEST, tolerance_m=1_000.0)
    zones = {"west": blurred, "east": small.EAST}
    low, high = ground(zones=zones).holds(site, at(38.0, 48.5, 2_000.0), None, None)
    assert low < 0.4
    assert high > 0.6


def test_a_place_is_measured_from_the_line_of_whoever_did_it() -> None:
    site, near_upper = Site(BY_SIDE, None), at(37.5, 48.85)
    told = {
        who: ground().holds(site, near_upper, None, who) for who in ("A", "B", None)
    }
    assert told == {"A": (0.0, 0.0), "B": (1.0, 1.0), None: (0.0, 1.0)}
    assert lines_of(AllOf((WEST, BY_SIDE))) == {"A": "contact", "B": "upper"}
    assert lines_of(WEST) == {}


def incident(key: str, **more: Any) -> Any:
    return small.incident(key, lon=37.5, lat=48.85, radius_m=100.0, **more)


def test_who_holds_the_ground_says_whose_line_where_it_is_asked() -> None:
    here = ground(
        incident("a", actor="A", control="B"),
        incident("b", control="B"),
        incident("c"),
        small.incident("d", lon=None, lat=None, region="West region"),
    )
    every = np.arange(4)
    site = Site(BY_SIDE, None)
    low, high = here.lies(site, every, by_control=True)
    assert (low.tolist(), high.tolist()) == ([0, 1, 0, 0], [0, 1, 1, 1])
    low, high = here.lies(site, every, by_control=False)
    assert (low.tolist(), high.tolist()) == ([0, 0, 0, 0], [0, 1, 1, 1])
    again = here.lies(site, every[1:2], by_control=True)
    assert [each.tolist() for each in again] == [[1], [1]]
    whole = here.lies(Site(EVERYWHERE, "west"), every, by_control=False)
    assert [each.tolist() for each in whole] == [[1, 1, 1, 1]] * 2


def test_how_deep_it_lies_is_that_of_its_line_or_zone() -> None:
    here = ground(
        incident("a", actor="B"),
        incident("b", control="B"),
        small.incident("c", lon=None, lat=None),
    )
    site = Site(BY_SIDE, None)
    assert here.margin_m(site, 0) == pytest.approx(10_000 - 0.05 * 111_200, abs=20)
    assert here.margin_m(site, 1) == here.margin_m(site, 0)
    assert here.margin_m(site, 2) is None
    assert here.margin_m(Site(EVERYWHERE, None), 0) is None
    zone = here.margin_m(Site(InZones(("east",)), "west"), 0)
    assert zone == pytest.approx(-0.5 * 73_300, rel=0.02)


def test_an_area_is_cut_to_its_sector() -> None:
    here = ground()

    def size(where: Where, sector: str | None) -> float | None:
        area = here.area(Site(where, sector))
        return None if area is None else round(float(area.area), 3)

    assert size(EVERYWHERE, None) == 2.0
    assert size(EVERYWHERE, "west") == 1.0
    assert size(WEST, None) == size(WEST, "west") == 1.0
    assert size(WEST, "east") == 0.0
    assert size(OutsideZones(("west",)), None) == 1.0
    assert size(AllOf((WEST, OutsideZones(("east",)))), None) == 1.0
    band = size(NearLine(lines={"A": "contact"}, distance_m=11_120.0), "west")
    assert band == pytest.approx(0.2, abs=0.002)
    bare = ground(sectors=())
    assert bare.area(Site(EVERYWHERE, None)) is None
    assert bare.area(Site(OutsideZones(("west",)), None)) is None


def test_what_was_drawn_anew_is_as_it_was_drawn_at_the_time() -> None:
    def on(day: int) -> datetime:
        return datetime(2026, 3, day, tzinfo=UTC)

    assert drawn_since(DEAL, on(1)) is None
    old = replace(small.WEST, shape=small.EAST.shape, until_at=on(10))
    new = replace(small.WEST, from_at=on(10))
    both = replace(new, versions=(old, new))
    deal = small.agreement(zones={"west": both, "east": small.EAST}, lines=LINES)
    assert drawn_since(deal, on(10)) == on(10)
    assert drawn_since(deal, on(20)) == on(10)
    early = drawn_since(deal, on(9))
    assert early is not None
    assert early < on(1)
    here = Ground(agreement=deal, facts=facts_of(small.table("incident", ())))
    told = [
        here.holds(Site(WEST, None, on(day)), at(37.5, 48.5), None, None)
        for day in (9, 10, 11)
    ]
    assert told == [(0.0, 0.0), (1.0, 1.0), (1.0, 1.0)]
