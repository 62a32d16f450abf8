# ruff: noqa: S311 - these are cases for tests, not secrets
"""A breach turns by facts alone, never by the clock, and what turned it is named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest

from pamiers.agreement.model import Agreement
from pamiers.compliance.assess import assess
from pamiers.compliance.assessment.change import Change, changed, difference
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.turned import Turning, naming
from pamiers.compliance.world import World
from pamiers.core.instant import Interval
from pamiers.core.rows import Coverage, Incident, Row, Tally
from tests.property.compliance import mixed
from tests.property.compliance.arrivals import arrivals
from tests.property.compliance.reference import clauses

CASES = 4
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Step:
    """Findings over one period before and after a batch, each verdict by its key."""

    period: Interval
    before: Sequence[Finding]
    now: Sequence[Finding]
    turning: Turning
    change: Change


def steps(form: str, number: int) -> Iterator[Step]:
    """Yield what batches of facts, late and corrected, make of findings."""
    rng = Random(f"turned {form} {number}")
    rules = mixed.agreement(rng, form)
    rows = mixed.facts(rng, (form,))
    world, stood = World(), dict[Interval, Sequence[Finding]]()
    for each in arrivals(
        rng, rows, 12, clauses.at(rng, 0, 60), clauses.at(rng, 60, 140)
    ):
        after = changed(world, each.change)
        turning = Turning(agreement=rules, before=world, after=after, known_at=each.at)
        for period in mixed.PERIODS:
            now = assess(rules, after, period, each.at)
            yield Step(period, stood.get(period, ()), now, turning, each.change)
            stood[period] = now
        world = after


@pytest.mark.parametrize("form", mixed.ALL)
def test_a_breach_turns_by_facts_that_are_named(form: str) -> None:
    for number in range(CASES):
        for step in steps(form, number):
            assert_named(step)


def assert_named(step: Step) -> None:
    """Hold each finding that takes the place of a breach to what it names."""
    broken = {f.key: f for f in step.before if f.verdict is Verdict.BREACHED}
    for new in naming(step.before, step.now, step.period, step.turning):
        old = broken.get(new.key)
        if old is None or new.verdict is Verdict.BREACHED:
            continue
        named = rows_of(step.change, new.turned_by)
        assert new.turned_by
        assert new.supersedes
        assert named, (new, step)
        assert standing(step, named)[old.key] is Verdict.BREACHED, (new, step)
        if old.why is Why.ESTABLISHED and not step.change.withdrawn:
            assert not any(isinstance(row, Incident | Coverage) for row in named)


def rows_of(change: Change, keys: Sequence[str]) -> list[Row]:
    every = (*change.added, *change.withdrawn)
    return [row for row in every if {row.key, f"{row.source}:{row.key}"} & set(keys)]


def standing(step: Step, named: Sequence[Row]) -> Mapping[str, Verdict]:
    """Return the verdicts if what is named had neither come nor gone."""
    keys = {(row.source, row.key) for row in named}
    kept = Change(
        added=tuple(r for r in step.change.added if (r.source, r.key) not in keys),
        withdrawn=tuple(
            r for r in step.change.withdrawn if (r.source, r.key) not in keys
        ),
    )
    turning = step.turning
    world = changed(turning.before, kept)
    found = assess(turning.agreement, world, step.period, turning.known_at)
    return {each.key: each.verdict for each in found}


@pytest.mark.parametrize("form", mixed.ALL)
def test_the_clock_turns_no_breach_and_takes_back_nothing_kept(form: str) -> None:
    for number in range(CASES):
        rng = Random(f"clock {form} {number}")
        rules, rows = mixed.agreement(rng, form), mixed.facts(rng, (form,))
        world = changed(World(), Change(added=tuple(rows)))
        first = clauses.at(rng, 0, 140)
        for period in mixed.PERIODS:
            assert_lasting(rules, world, period, first)


def assert_lasting(
    rules: Agreement, world: World, period: Interval, first: datetime
) -> None:
    """Hold what is broken, and what is closed, to the same an hour and days later.

    Facts that are on record and lie ahead of what is known are no part of it.
    """
    world = until(world, first)
    then = {f.key: f for f in assess(rules, world, period, first)}
    for later in (first + HOUR, first + 24 * HOUR, first + 300 * HOUR):
        now = {f.key: f for f in assess(rules, world, period, later)}
        for key, old in then.items():
            if old.verdict is Verdict.BREACHED:
                assert now[key].verdict is Verdict.BREACHED, (old, now[key])
            if old.verdict is Verdict.KEPT and old.closed_at is not None:
                assert now[key].verdict is Verdict.KEPT, (old, now[key])


def until(world: World, at: datetime) -> World:
    """Return a world without what lies ahead of an instant."""
    rows = difference(World(), world).added
    over = [row for row in rows if _known(row) <= at]
    return changed(World(sources=world.sources), Change(added=tuple(over)))


def _known(row: Row) -> datetime:
    given = getattr(row, "given_at", None)
    start = given or row.start
    assert start is not None
    end = getattr(row, "end", None) or start
    return start if isinstance(row, Tally) else max(start, end)
