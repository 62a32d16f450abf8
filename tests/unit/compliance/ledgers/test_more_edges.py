"""Notices that miss by so much, sites that fell, rivals, and deadlines of several."""

from datetime import timedelta
from typing import Any

import pytest

from pamiers.compliance.ledgers.act import Act
from pamiers.compliance.ledgers.checks import rivals
from pamiers.compliance.ledgers.holdings import weapons
from pamiers.compliance.ledgers.notices import overruns
from pamiers.compliance.ledgers.tallied import counted
from tests.unit.compliance import small
from tests.unit.compliance.ledgers.small import agreement, at, known, said, tally

DAY = "2006-07-10"


def act(hours: float, lasts: float = 1.0, **more: Any) -> Act:  # noqa: ANN401
    start = at(DAY) + timedelta(hours=hours)
    given = {"start": start, "end": start + timedelta(hours=lasts), "actor": "A"}
    found = known(agreement(), [small.incident("x", **{**given, **more})])
    (only,) = found.acts
    return only


@pytest.mark.parametrize(
    ("kind", "hours", "lasts", "told"),
    [
        ("convoy", 1.0, 1.0, ()),
        ("convoy", 0.0, 6.0, ()),
        ("convoy", 5.5, 1.0, ("time: 30 min past its end",)),
        ("convoy", 5.0, 2.0, ("time: 1 h past its end",)),
        ("convoy", -0.25, 1.0, ("time: 15 min before its beginning",)),
        ("convoy", -3.0, 1.0, ("time: 3 h before its beginning",)),
        ("explosion", 5.5, 1.0, ()),  # some time in the hour: perhaps before the end
        ("explosion", -0.5, 1.0, ()),
        ("explosion", 53.5, 9.0, ("time: 47.5 h past its end",)),
        ("explosion", 54.0, 9.0, ("time: 2 d past its end",)),
        ("explosion", -3.0, 1.0, ("time: 2 h before its beginning",)),
    ],
)
def test_an_over_run_in_time_is_told_in_fit_units(
    kind: str, hours: float, lasts: float, told: tuple[str, ...]
) -> None:
    notice = said("notice", DAY, end=at(DAY) + timedelta(hours=6))
    assert overruns(notice, act(hours, lasts, kind=kind)) == told


@pytest.mark.parametrize(
    ("lon", "radius_m", "told"),
    [
        (37.5, 100.0, ()),
        (37.52, 100.0, ("place: at least 0.378 km outside",)),
        (37.52, 500.0, ()),
    ],
)
def test_an_over_run_in_place_is_what_surely_lies_outside(
    lon: float, radius_m: float, told: tuple[str, ...]
) -> None:
    notice = said("notice", DAY, lon=37.5, lat=48.5, radius_m=1000.0)
    assert overruns(notice, act(1.0, lon=lon, lat=48.5, radius_m=radius_m)) == told


def test_another_region_than_was_announced_is_an_over_run() -> None:
    bare: dict[str, Any] = {"lon": None, "lat": None, "radius_m": None}
    notice = said("notice", DAY, region="West")
    assert overruns(notice, act(1.0, region="East", **bare)) == (
        "place: East, announced for West",
    )
    assert overruns(notice, act(1.0, region="West", **bare)) == ()
    assert overruns(notice, act(1.0, **bare)) == ()
    placed = said("notice", DAY, region="West", lon=37.5, lat=48.5, radius_m=10.0)
    assert overruns(placed, act(1.0, region="East", **bare)) == ()


def test_a_site_that_fell_is_told_with_what_it_fell_from() -> None:
    rows = [
        tally(9, "present", "2006-06-01", place="depot", key="1"),
        tally(7, "present", "2006-06-02", place="depot", key="2"),
        tally(3, "present", "2006-06-03", place="depot", key="3"),
        tally(2, "present", "2006-06-01", place="camp", key="4"),
        tally(5, "present", "2006-06-02", place="camp", key="5"),
    ]
    (account,) = weapons(known(agreement(), rows))
    told = [
        (s.site, s.figure.low, s.fell_from and s.fell_from.low) for s in account.seen
    ]
    assert told == [("camp", 5, None), ("depot", 3, 7)]


def test_rivals_are_pairs_that_surely_differ_once_each() -> None:
    rows = [
        tally(9, "accepted", "2006-06-01", key="1", source="a"),
        tally(7, "accepted", "2006-06-01", key="2", source="b"),
        tally(9, "accepted", "2006-06-01", key="3", source="c"),
        tally(1, "rejected", "2006-06-01", key="4", source="a"),
    ]
    assert len(list(rivals(counted(rows)))) == 2
    assert list(rivals(counted(rows[:1] + rows[2:]))) == []
