# ruff: noqa: ANN401 - fields of a row are of every type
"""A source's own published count as evidence."""

from datetime import timedelta
from typing import Any

import pytest

from pamiers.compliance.assess import assess
from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.core.rows import Total
from pamiers.core.source import Reliability, Source
from tests.unit.compliance.small import (
    KNOWN,
    PERIOD,
    agreement,
    clause,
    incident,
    presence,
    reading,
    total,
    world,
)

MONITOR = {"smm": Source(id="smm", name="Monitor", reliability=Reliability.A)}


def west(*totals: Total, incidents: Any = (), rules: Any = None) -> Finding:
    known = world(incidents, totals=totals, sources=MONITOR)
    return assess(rules or agreement(), known, PERIOD, KNOWN)[0]


def said(found: Finding) -> tuple[Verdict, Why]:
    return found.verdict, found.why


def test_a_count_above_zero_says_that_at_least_one_happened() -> None:
    found = west(total("1", 111))
    assert said(found) == (Verdict.BREACHED, Why.ESTABLISHED)
    assert found.probability_low == pytest.approx(0.97)
    assert (found.count_low, found.count_high) == (111, 111)
    assert found.evidence == ("smm:1",)


@pytest.mark.parametrize(
    "row",
    [
        total("1", 0),
        total("1", None),
        total("1", 111, cumulative=True),
        total("1", 111, region="East region"),
        total("1", 111, kind="convoy"),
        total("1", 111, start=PERIOD.end, end=PERIOD.end + timedelta(days=1)),
    ],
    ids=["zero", "vague", "running", "elsewhere", "other kind", "other day"],
)
def test_what_says_nothing_of_the_day_is_no_evidence(row: Total) -> None:
    assert (west(row).evidence, west(row).reported_high) == ((), 0.0)


def test_an_interested_source_establishes_nothing_by_counting() -> None:
    party = {"smm": Source(id="smm", name="A", interested=("A",))}
    known = world(totals=[total("1", 111)], sources=party)
    assert assess(agreement(), known, PERIOD, KNOWN)[0].evidence == ()


def test_an_unknown_source_leaves_it_open() -> None:
    known = world(totals=[total("1", 111)])
    assert said(assess(agreement(), known, PERIOD, KNOWN)[0])[1] is Why.LOW_PROBABILITY


def test_a_total_may_count_the_very_incidents_on_record() -> None:
    found = west(total("1", 5), incidents=[incident("a", count=3)])
    assert found.probability_low == pytest.approx(0.97)
    assert found.reported_high == pytest.approx(1 - 0.03**2)
    assert (found.count_low, found.count_high) == (5, 5)


def test_of_a_longer_period_a_part_may_lie_outside() -> None:
    two_days = {"start": PERIOD.start - timedelta(days=1)}
    one = west(total("1", 1, **two_days))
    assert one.probability_low == pytest.approx(0.97 / 2)
    many = west(total("1", 20, **two_days))
    assert many.probability_low == pytest.approx(0.97)
    assert many.count_low == 1


def test_without_a_region_the_sector_is_open() -> None:
    found = west(total("1", 111, region=None))
    assert said(found) == (Verdict.UNDETERMINED, Why.LOCATION)


def test_a_narrower_clause_is_left_open() -> None:
    bound = agreement(clause(reading(bearers=("A",))))
    assert west(total("1", 111), rules=bound).probability_low == 0.0
    heavy = agreement(clause(presence()))
    assert west(total("1", 111), rules=heavy).evidence == ()


def test_or_more_stays_open_above() -> None:
    found = west(total("1", None, count_low=40))
    assert (found.count_low, found.count_high) == (40, None)


def test_two_totals_of_one_source_share_its_reliability() -> None:
    found = west(total("all", 9), total("blasts", 4, kind="explosion"))
    assert (found.probability_low, found.reported_high) == (0.97, 0.97)
    assert found.evidence == ("smm:all", "smm:blasts")
