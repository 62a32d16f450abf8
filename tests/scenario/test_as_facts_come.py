# ruff: noqa: S311 - these are cases for tests, not secrets
"""The facts of every scenario, given one batch after another, come to the same."""

import os
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from random import Random

import pytest

from pamiers.agreement.model import Agreement
from pamiers.app.agreement_files import bundled
from pamiers.app.scenario_files import KEYS, runnable, scenario_files
from pamiers.compliance.scenario.facts import versions_of, world_at
from pamiers.compliance.scenario.run import instants
from pamiers.compliance.scenario.written import Scenario, read_scenario
from pamiers.compliance.world import World
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.rows import Row
from pamiers.core.source import Source
from tests.property.compliance.arrivals import Held, arrivals

VERBS = str(Path(__file__).parent / "verbs")
#: one scenario in so many; `make soak` asks for all
SHARE = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 4
CASES = [
    (name, file)
    for name in (*bundled(), VERBS)
    for file in scenario_files(name)[::SHARE]
]
_TABLES = ("incidents", "coverage", "totals", "statements", "tallies")


@cache
def loaded(name: str) -> tuple[Agreement, dict[str, Source]]:
    return runnable(name)


def rows_of(
    scenario: Scenario, rules: Agreement, sources: dict[str, Source]
) -> list[Row]:
    """Return all that is known at the end of a scenario."""
    versions = versions_of(scenario.given, rules, scenario.file)
    end = max([each.known_at for each in versions] + list(instants(scenario)))
    world = world_at(versions, end, sources)
    return [row for name in _TABLES for row in getattr(world, name).views()]


def periods_of(rows: list[Row], rules: Agreement, rng: Random) -> Iterator[Interval]:
    """Yield at most three days on which something is said to have been, in order."""
    tz = zone(rules.time_zone)
    at = {row.start for row in rows if row.start is not None}
    days = sorted({reporting_date(each, rules.cut_off, tz) for each in at})
    near = {day + timedelta(days=n) for day in days for n in (0, rng.choice([1, 9]))}
    for day in sorted(rng.sample(sorted(near), min(3, len(near)))):
        yield reporting_day(day, rules.cut_off, tz)


@pytest.mark.parametrize(
    ("name", "file"),
    CASES,
    ids=[f"{Path(name).name}/{file.name}" for name, file in CASES],
)
def test_facts_in_batches_come_to_the_same(name: str, file: Traversable | Path) -> None:
    rules, sources = loaded(name)
    scenario = read_scenario(file.read_text(encoding="utf-8"), file.name, KEYS)
    rows = rows_of(scenario, rules, sources)
    rng = Random(f"{name} {file.name}")
    periods = tuple(periods_of(rows, rules, rng))
    first = min((p.start for p in periods), default=instants(scenario)[0])
    last = max(first, *instants(scenario))
    steps = list(arrivals(rng, rows, max(1, len(rows) // 4), first, last))
    if steps:
        Held(rules, periods, World(sources=sources)).through(steps)
