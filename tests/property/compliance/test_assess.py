"""Verdicts against the interpreter, and the laws they keep."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.compliance.assess import assess, assess_days
from pamiers.compliance.finding import Finding, Verdict
from pamiers.core.rows import Coverage, Incident
from tests.property.compliance.interpreter import judged
from tests.unit.compliance.small import (
    DAY,
    EAST,
    KNOWN,
    PERIOD,
    WEST,
    agreement,
    clause,
    coverage,
    incident,
    presence,
    total,
    world,
)

RULES = agreement(clause(), clause(presence(), name="heavy"))
LIMITS = RULES.thresholds
#: each example judges many cases
FEWER = settings(max_examples=settings().max_examples // 4)
SWAP: dict[str | None, str | None] = {"A": "B", "B": "A", None: None}


@st.composite
def happened(draw: st.DrawFn) -> Incident:
    """Return an incident somewhere about the two sectors and the day."""
    start = PERIOD.start + timedelta(hours=draw(st.integers(-12, 30)))
    seen = draw(st.booleans())
    return incident(
        "",
        start=start,
        end=start + timedelta(hours=draw(st.sampled_from([1, 6, 24]))),
        lon=draw(st.sampled_from([37.3, 37.999, 38.0, 38.01, 38.6])),
        lat=draw(st.sampled_from([48.5, 48.74, 48.9])),
        radius_m=draw(st.sampled_from([300.0, 3_000.0])),
        kind=draw(st.sampled_from(["explosion", "burst", "weapon_presence", "convoy"])),
        probability=draw(st.sampled_from([0.2, 0.5, 0.97])),
        observed=int(seen),
        claimed=int(not seen),
        sources="smm" if seen else draw(st.sampled_from(["press-a", "press-b"])),
        weapons=draw(st.sampled_from([None, "mortar 120mm", "mortar", "tank"])),
        control=draw(st.none() | st.sampled_from("AB")),
        actor=draw(st.none() | st.sampled_from("AB")),
        count=draw(st.none() | st.integers(1, 9)),
    )


@st.composite
def watch(draw: st.DrawFn) -> Coverage:
    """Return a row of coverage within the day."""
    start = PERIOD.start + timedelta(hours=draw(st.integers(0, 20)))
    return coverage(
        "",
        start=draw(st.sampled_from([PERIOD.start, start])),
        region=draw(st.sampled_from(["West region", "East region"])),
        detection=draw(st.none() | st.sampled_from([0.3, 0.9])),
    )


def numbered(rows: list[Incident]) -> list[Incident]:
    return [replace(row, key=f"{i:02d}") for i, row in enumerate(rows)]


def keyed(rows: list[Coverage]) -> list[Coverage]:
    return [replace(row, key=f"{i:02d}") for i, row in enumerate(rows)]


INCIDENTS = st.lists(happened(), max_size=8).map(numbered)
WATCHES = st.lists(watch(), max_size=5).map(keyed)


def found(rows: list[Incident], watches: list[Coverage] | None = None) -> list[Finding]:
    return assess(RULES, world(rows, coverage=watches or []), PERIOD, KNOWN)


def by_case(findings: list[Finding]) -> dict[str, Finding]:
    return {each.key: each for each in findings}


@FEWER
@given(INCIDENTS)
def test_bounds_and_breach_are_those_of_every_world(rows: list[Incident]) -> None:
    for each in found(rows):
        if each.clause == "quiet" and each.sector is not None:
            zone = {"west": WEST, "east": EAST}[each.sector]
            truth = judged(rows, zone, PERIOD)
            assert each.probability_low == pytest.approx(truth.low, abs=1e-6)
            assert each.reported_high == pytest.approx(truth.high, abs=1e-6)
            breached = truth.low >= LIMITS.breached
            assert (each.verdict is Verdict.BREACHED) == breached
            possible = truth.high > LIMITS.kept and not breached
            assert (each.verdict is Verdict.UNDETERMINED) == possible


@FEWER
@given(INCIDENTS, WATCHES)
def test_bounds_are_in_order_and_keys_are_one_each(
    rows: list[Incident], watches: list[Coverage]
) -> None:
    findings = found(rows, watches)
    assert len(by_case(findings)) == len(findings)
    for each in findings:
        assert 0.0 <= each.probability_low <= each.reported_high <= 1.0
        assert each.probability_high in {each.reported_high, 1.0}
        if each.verdict is Verdict.UNOBSERVED:
            assert each.probability_high == 1.0
        assert each.count_high is None or each.count_low <= each.count_high
        assert 0.0 <= each.coverage_share <= 1.0


@FEWER
@given(INCIDENTS, WATCHES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(
    rows: list[Incident], watches: list[Coverage], chance: Random
) -> None:
    shuffled = chance.sample(rows, len(rows)), chance.sample(watches, len(watches))
    assert found(*shuffled) == found(rows, watches)


@FEWER
@given(INCIDENTS, WATCHES, watch())
def test_more_coverage_only_ever_brings_a_case_nearer_to_kept(
    rows: list[Incident], watches: list[Coverage], more: Coverage
) -> None:
    rank = {Verdict.UNOBSERVED: 0, Verdict.UNDETERMINED: 1, Verdict.KEPT: 2}
    after = by_case(found(rows, [*watches, replace(more, key="more")]))
    for before in found(rows, watches):
        then = after[before.key].verdict
        if before.verdict is Verdict.BREACHED:
            assert then is Verdict.BREACHED
        else:
            assert rank[then] >= rank[before.verdict]


@FEWER
@given(INCIDENTS, happened())
def test_more_evidence_never_heals_a_breach(
    rows: list[Incident], more: Incident
) -> None:
    after = by_case(found([*rows, replace(more, key="more")]))
    for before in found(rows):
        then = after[before.key]
        assert then.probability_low >= before.probability_low - 1e-9
        assert then.reported_high >= before.reported_high - 1e-9
        if before.verdict is Verdict.BREACHED:
            assert then.verdict is Verdict.BREACHED


@FEWER
@given(INCIDENTS, st.integers(0, 9))
def test_a_published_total_only_adds(rows: list[Incident], count: int) -> None:
    with_total = assess(RULES, world(rows, totals=[total("1", count)]), PERIOD, KNOWN)
    after = by_case(with_total)
    for before in found(rows):
        assert after[before.key].probability_low >= before.probability_low
        assert after[before.key].count_low >= before.count_low


@FEWER
@given(INCIDENTS, WATCHES)
def test_days_at_once_are_days_one_by_one(
    rows: list[Incident], watches: list[Coverage]
) -> None:
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]
    known = world(rows, coverage=watches)
    together = assess_days(RULES, known, days, KNOWN)
    alone = [f for day in days for f in assess_days(RULES, known, [day], KNOWN)]
    assert together == alone
    assert set(found(rows, watches)) <= set(together)


@FEWER
@given(INCIDENTS)
def test_swapping_the_parties_swaps_them_and_nothing_else(
    rows: list[Incident],
) -> None:
    swapped = [replace(r, control=SWAP[r.control], actor=SWAP[r.actor]) for r in rows]
    for one, other in zip(found(rows), found(swapped), strict=True):
        shares = {SWAP.get(p, p): share for p, share in other.attribution_share}
        assert dict(one.attribution_share) == shares
        named = SWAP.get(other.attribution) or other.attribution
        assert one == replace(
            other, attribution=named, attribution_share=one.attribution_share
        )


@FEWER
@given(INCIDENTS)
def test_moving_an_incident_out_of_a_sector_takes_its_weight_away(
    rows: list[Incident],
) -> None:
    moved = [replace(row, lon=10.0, lat=10.0) for row in rows]
    for each in found(moved):
        if each.sector is not None:
            assert (each.reported_high, each.evidence) == (0.0, ())
