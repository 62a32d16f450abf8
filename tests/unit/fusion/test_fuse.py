"""What belongs together, and what does not."""

from datetime import timedelta
from typing import Any

import pytest

from pamiers.core.errors import UnknownTermError
from pamiers.fusion.fuse import fuse
from pamiers.fusion.learned import learn
from pamiers.fusion.plane import Plane
from pamiers.fusion.reports import reports_of
from tests.unit.fusion.small import (
    MODEL,
    NOON,
    claimed,
    fused,
    groups,
    incidents,
    only,
    seen,
    table,
)

HOUR = timedelta(hours=1)
DAY: dict[str, Any] = {"start": NOON - 12 * HOUR, "end": NOON + 12 * HOUR}


def test_nothing_gives_nothing() -> None:
    assert incidents() == []


def test_two_sources_at_one_place_and_minute_tell_of_one_incident() -> None:
    assert groups(seen("a"), seen("b", lon=37.502)) == {"a:1; b:1"}


def test_a_few_kilometres_apart_are_two_incidents() -> None:
    assert len(groups(seen("a"), seen("b", lon=37.55))) == 2


def test_an_hour_apart_are_two_incidents() -> None:
    later: dict[str, Any] = {
        "start": NOON + HOUR,
        "end": NOON + HOUR + timedelta(minutes=1),
    }
    assert len(groups(seen("a"), seen("b", **later))) == 2


def test_a_report_dated_by_its_day_joins_one_timed_within_it() -> None:
    assert groups(seen("a"), seen("b", **DAY)) == {"a:1; b:1"}


def test_one_source_reports_one_thing_once() -> None:
    assert groups(seen("a", "1"), seen("a", "2")) == {"a:1", "a:2"}


def test_a_revision_is_the_same_report() -> None:
    first = seen("a", release="v1", count=3)
    second = seen("a", release="v2", count=5)
    assert only(first, second).count == 5


def test_the_nearer_of_two_takes_the_report() -> None:
    near, far = seen("a", "near", lon=37.501), seen("a", "far", lon=37.506)
    assert groups(near, far, seen("b")) == {"a:far", "a:near; b:1"}


def test_kinds_of_other_families_do_not_join() -> None:
    assert len(groups(seen("a"), seen("b", kind="uav_flight"))) == 2


def test_shelling_joins_the_harm_it_did() -> None:
    both = [seen("a"), seen("b", kind="casualty")]
    assert only(*both).kind == "explosion"


def test_counts_far_apart_speak_against() -> None:
    crowd = [seen("a", str(i), lon=37.3 + i / 20) for i in range(3, 8)]
    near: dict[str, Any] = {"lon": 37.51, "radius_m": 1500.0, **DAY}
    alike = [*crowd, seen("a", count=3), seen("b", count=3, **near)]
    apart = [*crowd, seen("a", count=3), seen("b", count=300, **near)]
    assert "a:1; b:1" in groups(*alike)
    assert "a:1; b:1" not in groups(*apart)


def test_a_chain_of_near_neighbours_does_not_grow_across_a_district() -> None:
    chain = [seen(name, lon=37.5 + i * 0.012) for i, name in enumerate("abcdefgh")]
    assert len(groups(*chain)) >= 3


def test_a_claim_does_not_come_between_observations() -> None:
    """The claim is nearest, yet the two that saw it are joined first."""
    rows = [seen("a", lon=37.5), seen("b", lon=37.506), seen("b", "2", lon=37.55)]
    joined = groups(*rows, claimed("press", lon=37.5005))
    assert {"a:1; b:1; press:1", "b:2"} == joined


def test_accusing_different_parties_divides_nothing() -> None:
    rows = [claimed("press-a", actor="B"), claimed("press-b", actor="A")]
    assert groups(*rows) == {"press-a:1; press-b:1"}
    assert only(*rows).actor is None


def test_a_row_without_a_place_is_an_incident_without_a_place() -> None:
    nowhere = seen("a", lon=None, lat=None, radius_m=None, region="Donetsk")
    found = {row.members: row for row in incidents(nowhere, seen("b"))}
    assert found["a:1"].lon is None
    assert found["a:1"].region == "Donetsk"


def test_works_across_the_meridian_where_days_begin() -> None:
    east, west = seen("a", lon=179.999), seen("b", lon=-179.999)
    found = only(east, west)
    assert abs(abs(found.lon or 0.0) - 180.0) < 1e-6


def test_works_at_the_pole() -> None:
    rows = [seen("a", lat=89.999, lon=0.0), seen("b", lat=89.999, lon=120.0)]
    assert len(groups(*rows)) == 1


def test_a_flood_by_one_source_carries_no_more_than_one_of_its_reports() -> None:
    flood = [seen("c", str(i), lon=37.4 + i / 3000) for i in range(300)]
    alone = only(seen("c")).probability
    rows = [seen("a"), seen("b", lon=37.502)]
    for row in incidents(*rows, *flood):
        if row.sources == "c":
            assert row.probability == alone
    both = only(*rows).probability
    assert max(row.probability for row in incidents(*rows, *flood)) <= both + alone


def test_what_is_learned_of_a_flood_keeps_it_from_dividing_others() -> None:
    rows = [seen("a"), seen("b", lon=37.502)]
    rows += [
        seen(name, f"{day}", lon=lon, start=day0, end=day0 + HOUR / 60)
        for day in range(1, 12)
        for name, lon in (("a", 37.5 + day / 20), ("b", 37.501 + day / 20 - day / 9e3))
        for day0 in (NOON + day * 24 * HOUR,)
    ]
    flood = [seen("c", str(i), lon=37.2 + i / 800) for i in range(500)]
    reports = reports_of(table([*rows, *flood]), MODEL)
    learned = learn(reports, MODEL, Plane(lon=37.5, lat=48.0))
    found = fuse(table([*rows, *flood]), MODEL, learned=learned)
    assert any({"a:1", "b:1"} <= set(group) for group in found.groups)


def test_an_unknown_incident_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="key of an incident"):
        fused(seen("a")).members("nothing")
