"""Editions of different days, subtracted from one another, tell nothing closed."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from pamiers.core.rows import Incident, Observation
from pamiers.core.sharing import Sharing
from pamiers.core.table import table_of
from pamiers.mission.messages.closed import shared
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import EDITIONS

DAY = datetime(2031, 5, 10, 9, 0, tzinfo=UTC)
#: what all reports of an incident have in common still says (decision 0078)
OF_ALL = {"probability"}
Rows = list[dict[str, Any]]


def seen(key: str, rng: Random) -> Observation:
    """Return a report of something near one place."""
    start = DAY + timedelta(minutes=rng.randint(0, 30))
    return Observation(
        source=f"post-{key}",
        key=key,
        start=start,
        end=start + timedelta(minutes=rng.randint(1, 9)),
        lon=38.0 + rng.uniform(-0.05, 0.05),
        lat=48.0 + rng.uniform(-0.05, 0.05),
        radius_m=float(rng.randint(50, 900)),
        kind=rng.choice(["explosion", "fire"]),
        count=rng.choice([None, 1, 2, 7]),
        standing=rng.choice(["observed", "claimed"]),
    )


def fused(reports: list[Observation], rng: Random) -> Incident:
    """Return an incident of reports; every field of it depends on all of them."""
    by = Random(repr([*map(repr, reports), rng.random()]))  # noqa: S311 - a seed
    return Incident(
        source="pamiers",
        key="i1",
        start=DAY - timedelta(minutes=by.randint(0, 99)),
        end=DAY + timedelta(minutes=by.randint(60, 99)),
        lon=by.uniform(37, 39),
        lat=by.uniform(47, 49),
        radius_m=by.uniform(10, 900),
        kind=by.choice(["explosion", "fire", "other"]),
        kinds='{"fire":0.5}',
        count=by.randint(0, 9),
        weapons=by.choice(["mortar", "tank", None]),
        calibre_mm=by.choice([82.0, 120.0, None]),
        control=by.choice(["a", "b", None]),
        actor=by.choice(["a", "b", None]),
        region=by.choice(["north", "south", None]),
        place=by.choice(["a village", None]),
        probability=by.random(),
        observed=len(reports),
        sources="; ".join(sorted(each.source for each in reports)),
        members="; ".join(sorted(f"{each.source}:{each.key}" for each in reports)),
    )


def told(open_: list[Observation], shut: list[Observation], rng: Random) -> Rows:
    """Return what the public's edition says of an incident of reports."""
    closed = {("observation", x.source, x.key): Sharing.COMMISSION for x in shut}
    closed["observation", "elsewhere", "x"] = Sharing.COMMISSION
    reports = table_of("observation", [*open_, *shut])
    table = table_of("incident", [fused([*open_, *shut], rng)])
    shown = coarsened(
        shared(table, closed, Sharing.PUBLIC, reports), EDITIONS["public"]
    )
    assert shown is not None
    rows: Rows = shown.columns.to_pylist()
    return [{n: v for n, v in row.items() if n not in OF_ALL} for row in rows]


@pytest.mark.parametrize("seed", range(60))
def test_more_that_is_closed_changes_nothing_that_is_told(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - a seed
    open_ = [seen(f"o{n}", rng) for n in range(rng.randint(1, 4))]
    shut = [seen(f"c{n}", rng) for n in range(1, 5)]
    first = told(open_, shut[:1], rng)
    assert len(first) == 1
    for more in range(2, 5):
        assert told(open_, shut[:more], rng) == first
    for each in shut:
        assert each.key not in str(first)


@pytest.mark.parametrize("seed", range(10))
def test_who_subtracts_thirty_days_finds_no_closed_report(seed: int) -> None:
    """A closed post sees what open ones see; the attacker compares days without it."""
    rng = Random(seed)  # noqa: S311 - a seed
    with_it, without_it = [], []
    for day in range(30):
        open_ = [seen(f"o{day}-{n}", rng) for n in range(2)]
        (row,) = told(open_, [seen(f"c{day}", rng)], rng)
        (other,) = told(open_, [seen(f"d{day}", rng)], rng)
        with_it.append(row)
        without_it.append(other)
    assert with_it == without_it


def test_an_incident_of_closed_reports_alone_is_not_told() -> None:
    rng = Random(0)  # noqa: S311 - a seed
    assert told([], [seen("c", rng)], rng) == []


def test_the_commission_is_told_what_was_joined_from_all() -> None:
    rng = Random(1)  # noqa: S311 - a seed
    reports = [seen("o", rng), seen("c", rng)]
    table = table_of("incident", [fused(reports, rng)])
    closed = {("observation", "post-c", "c"): Sharing.COMMISSION}
    assert shared(table, closed, Sharing.COMMISSION) is table
