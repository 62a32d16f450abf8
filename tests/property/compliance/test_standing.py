# ruff: noqa: S311 - these are cases for tests, not secrets
"""What turns a finding that was decided, and what does not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.agreement.model import Agreement
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.log import Logged, finding_id, turned
from pamiers.compliance.world import World
from pamiers.core.rows import Row
from tests.property.compliance.arrivals import Arrival, arrivals
from tests.property.compliance.mixed import PERIODS
from tests.property.compliance.reference import draw

#: forms whose breaches are established by events on record; too few of them is a
#: breach by silence, which a late record turns
BY_EVENTS = ("prohibition", "frequency")
SEEDS = st.integers(0, 2**32)
LATER = draw.START + timedelta(days=30)
some_cases = settings(max_examples=40, deadline=None)


def drawn(seed: int, form: str) -> tuple[Agreement, list[Arrival]]:
    """Return a case whose facts were all to be known before they come."""
    rng = Random(seed)
    rules, rows = draw.agreement(rng, form), draw.facts(rng, form)
    first, last = draw.at(rng, 40, 90), draw.at(rng, 100, 140)
    return rules, list(arrivals(rng, rows, rng.choice([1, 3]), first, last))


def followed(
    rules: Agreement, steps: Sequence[Arrival]
) -> Iterator[tuple[Arrival, dict[str, Finding], dict[str, Finding]]]:
    """Yield each batch with the findings before it and after it, by key."""
    assessment = Assessment(rules, PERIODS)
    assessment.advance(World(), steps[0].at)
    before = {each.key: each for each in assessment.findings()}
    for step in steps:
        assessment.take(step.change, step.at)
        after = {each.key: each for each in assessment.findings()}
        yield step, before, after
        before = after


@pytest.mark.parametrize("form", BY_EVENTS)
@some_cases
@given(seed=SEEDS)
def test_a_breach_by_events_turns_only_by_a_retraction(form: str, seed: int) -> None:
    rules, steps = drawn(seed, form)
    (clause,) = rules.clauses
    rules = replace(rules, clauses=(replace(clause, unless=()),))
    for step, before, after in followed(rules, steps) if steps else ():
        for key, old in before.items():
            by_event = old.verdict is Verdict.BREACHED and old.why is not Why.SHORT
            if by_event and not step.change.withdrawn:
                assert after[key].verdict is Verdict.BREACHED, (old, step)


@pytest.mark.parametrize("form", draw.FORMS)
@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_time_alone_turns_nothing_that_is_closed(form: str, seed: int) -> None:
    rules, steps = drawn(seed, form)
    assessment = Assessment(rules, PERIODS)
    for step in steps:
        assessment.take(step.change, max(step.at, draw.at(Random(0), 140, 140)))
    old = {each.key: each for each in assessment.findings()}
    if not steps:
        return
    assessment.advance(assessment.basis.world, LATER)  # type: ignore[union-attr]
    new = {each.key: each for each in assessment.findings()}
    assert old.keys() == new.keys()
    for key, each in old.items():
        closed = each.closed_at is not None or each.verdict is Verdict.BREACHED
        assert not closed or new[key].verdict is each.verdict


@pytest.mark.parametrize("form", draw.FORMS)
@some_cases
@given(seed=SEEDS)
def test_what_was_kept_turns_by_a_late_fact_and_names_it(form: str, seed: int) -> None:
    rules, steps = drawn(seed, form)
    if not steps:
        return
    log: tuple[Logged, ...] = ()
    assessment = Assessment(rules, PERIODS)
    told = {}
    for step in steps:
        turn = assessment.take(step.change, step.at)
        log = turned(log, turn.before, turn.now, step.at)
        told[step.at] = (*step.change.added, *step.change.withdrawn)
    for old, new in turns_of_kept(log):
        assert new.supersedes == finding_id(old)
        rows = [row for at, rows in told.items() if at == new.known_at for row in rows]
        assert any(late(row, old) for row in rows), (old, rows)


def turns_of_kept(log: Sequence[Logged]) -> Iterator[tuple[Finding, Finding]]:
    """Yield findings that were KEPT for good, and those that took their place."""
    for each in log:
        old = each.finding
        for other in log if old.closed_at and each.known_to else ():
            same = other.finding.key == old.key and other.known_from == each.known_to
            if same and other.finding.verdict is not old.verdict:
                yield old, other.finding


def late(row: Row, old: Finding) -> bool:
    """Tell whether a fact is of the time that a finding covers, or of before it."""
    given_at: datetime | None = getattr(row, "given_at", None)
    start = min(at for at in (row.start, given_at, LATER) if at is not None)
    return start < (old.closed_at or draw.START)
