"""Facts that come and go: what is refused, and what leaves nothing behind."""

from datetime import timedelta

import pytest

from pamiers.compliance.assess import assess
from pamiers.compliance.assessment.assessment import Assessment
from pamiers.compliance.assessment.change import Change, changed, difference
from pamiers.compliance.finding import Verdict
from pamiers.compliance.world import World
from pamiers.core.errors import OutOfOrderError, UnknownTermError
from pamiers.core.rows import Observation
from tests.unit.compliance.small import (
    KNOWN,
    NOON,
    PERIOD,
    agreement,
    coverage,
    incident,
    world,
)


def begun() -> Assessment:
    made = Assessment(agreement(), [PERIOD])
    made.advance(world(coverage=[coverage("1")]), KNOWN)
    return made


def test_a_fact_judges_what_it_touches_and_taking_it_back_undoes_it() -> None:
    made = begun()
    calm = made.findings()
    first = made.take(Change(added=(incident("a"),)), KNOWN)
    assert {each.verdict for each in first.now} >= {Verdict.BREACHED}
    assert first.before != first.now
    made.take(Change(withdrawn=(incident("a"),)), KNOWN)
    assert made.findings() == calm == assess(agreement(), made_of(made), PERIOD, KNOWN)


def made_of(made: Assessment) -> World:
    assert made.basis is not None
    return made.basis.world


def test_a_fact_of_another_day_judges_nothing() -> None:
    made = begun()
    later = NOON + timedelta(days=9)
    other = incident("a", start=later, end=later + timedelta(minutes=1))
    assert made.take(Change(added=(other,)), KNOWN).cells == ()


def test_what_came_and_went_at_once_leaves_nothing() -> None:
    both = Change(added=(incident("a"),), withdrawn=(incident("a"),))
    assert not difference(World(), changed(World(), both))


def test_a_row_that_is_not_known_cannot_be_withdrawn() -> None:
    with pytest.raises(OutOfOrderError, match=r"incident that is known.*just as"):
        changed(world([incident("a")]), Change(withdrawn=(incident("b"),)))


def test_a_row_that_no_verdict_reads_is_refused() -> None:
    row = Observation(source="s", key="1", start=NOON, end=NOON, kind="shot")
    with pytest.raises(UnknownTermError, match="Fuse observations"):
        changed(World(), Change(added=(row,)))


def test_knowledge_does_not_go_back() -> None:
    with pytest.raises(OutOfOrderError, match="Begin another assessment"):
        begun().advance(World(), KNOWN - timedelta(seconds=1))


def test_before_anything_is_judged_nothing_is_found() -> None:
    made = Assessment(agreement(), [PERIOD])
    assert made.findings() == []
    assert made.basis is None
