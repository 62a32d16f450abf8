"""A finding as a tree of reasons."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from pamiers.agreement.model import Verb
from pamiers.compliance.assess import assess
from pamiers.compliance.explain import Reason, _range, explain
from pamiers.compliance.world import World
from pamiers.core.errors import UnknownTermError
from pamiers.core.rows import Statement
from tests.property.compliance.reference import draw
from tests.property.compliance.reference.clauses import at
from tests.unit.compliance.small import (
    KNOWN,
    PERIOD,
    agreement,
    clause,
    coverage,
    incident,
    presence,
    reading,
    total,
    world,
)

RULES = agreement(clause(), clause(presence(), name="heavy"))


def told(known: World, which: int = 0) -> Reason:
    return explain(assess(RULES, known, PERIOD, KNOWN)[which], RULES, known)


def every(reason: Reason) -> Iterator[Reason]:
    yield reason
    for each in reason.because:
        yield from every(each)


def keyed(reason: Reason, key: str) -> list[Reason]:
    return [each for each in every(reason) if each.key == key]


def test_the_top_says_the_verdict_with_its_bounds() -> None:
    reason = told(world([incident("a")]))
    assert reason.key == "finding.breached.established"
    assert dict(reason.params) == {"low": 0.97, "high": 1.0}


@pytest.mark.parametrize(
    ("probabilities", "told_as"),
    [
        ((0.97,), "at least 0.970."),
        ((0.97,) * 4, "more than 0.999."),
        ((), "not known."),
    ],
)
def test_nothing_uncertain_is_told_as_certain(
    probabilities: tuple[float, ...], told_as: str
) -> None:
    rows = [incident(str(n), probability=p) for n, p in enumerate(probabilities)]
    assert told(world(rows)).text.endswith(f"probability of a breach {told_as}")


def test_each_incident_is_taken_apart_into_factors_that_multiply() -> None:
    reason = told(world([incident("a", lon=38.0)]))
    (found,) = keyed(reason, "finding.evidence.incident")
    stated = [dict(part.params) for part in found.because]
    factors = [float(p.get("probability") or p.get("low") or 0.0) for p in stated]
    low = float(dict(found.params)["low"] or 0.0)
    assert math.prod(factors) == pytest.approx(low)


def test_it_says_without_what_it_would_flip() -> None:
    rows = [incident("a"), incident("b", probability=0.3)]
    (flip,) = keyed(told(world(rows)), "finding.flips")
    assert dict(flip.params) == {"evidence": "a", "verdict": "undetermined"}


def test_two_of_which_either_suffices_flip_nothing_alone() -> None:
    rows = [incident("a"), incident("b")]
    assert keyed(told(world(rows)), "finding.flips") == []


def test_totals_coverage_and_attribution_are_among_the_reasons() -> None:
    reason = told(world(totals=[total("1", 7)], coverage=[coverage("1")]))
    assert keyed(reason, "finding.evidence.total")
    assert dict(keyed(reason, "finding.coverage")[0].params)["share"] == 1.0
    assert keyed(reason, "finding.attribution")
    assert all(each.text.endswith(".") for each in every(reason))


def test_a_finding_of_another_world_is_refused() -> None:
    found = assess(RULES, world(), PERIOD, KNOWN)[0]
    with pytest.raises(UnknownTermError, match="Assess again"):
        explain(replace(found, key="0" * 16), RULES, world())


def test_a_factor_that_a_clause_does_not_ask_for_is_told_as_met() -> None:
    (reason,) = keyed(told(world([incident("a")])), "finding.factor.condition")
    assert dict(reason.params) == {"low": 1.0, "high": 1.0}


@pytest.mark.parametrize("form", draw.FORMS)
def test_findings_of_every_form_are_told_in_sentences(form: str) -> None:
    explained = 0
    for number in range(20):
        rng = Random(f"explain {form} {number}")  # noqa: S311 - a case
        rules = replace(draw.agreement(rng, form), time_zone="UTC")
        known_at = at(rng, 60, 110)
        known = draw.world(draw.known(draw.facts(rng, form), known_at))
        for finding in assess(rules, known, draw.DAY, known_at):
            reason = explain(finding, rules, known)
            assert all(each.text.endswith(".") for each in every(reason))
            flips = keyed(reason, "finding.flips")
            assert {dict(f.params)["evidence"] for f in flips} <= set(finding.evidence)
            assert (finding.late_s is None) == (not keyed(reason, "finding.late"))
            explained += 1
    assert explained


def test_a_duty_done_late_is_told_with_its_days_and_what_would_flip_it() -> None:
    act = Statement(
        source="tcg",
        key="1",
        category="withdrawn",
        text="",
        start=PERIOD.start + timedelta(hours=5),
        end=PERIOD.start + timedelta(hours=6),
    )
    owed = reading(
        kinds=("withdrawn",), bearers=("A",), by_at=PERIOD.start - timedelta(days=2)
    )
    rules = agreement(
        clause(owed, verb=Verb.OBLIGE), events={"withdrawn": {"en": "withdrawal"}}
    )
    known = world(statements=[act])
    (finding,) = assess(rules, known, PERIOD, KNOWN)
    reason = explain(finding, rules, known)
    assert keyed(reason, "finding.late")[0].text == "Late by 2.2 days."
    (flip,) = keyed(reason, "finding.flips")
    assert flip.text == "Without tcg:1 it would be unobserved."


@pytest.mark.parametrize(
    ("low", "high", "told_as"),
    [
        (0.0, 0.0, "0.000"),
        (1.0, 1.0, "1.000"),
        (0.0004, 0.0004, "less than 0.001"),
        (0.9996, 0.9996, "more than 0.999"),
        (0.2, 0.5, "0.200 to 0.500"),
        (0.0, 0.5, "0.000 to 0.500"),
        (0.2, 0.9996, "0.200 to more than 0.999"),
        (0.0, 1.0, "not known"),
        (0.3, 1.0, "at least 0.300"),
        (0.9996, 1.0, "more than 0.999"),
    ],
)
def test_bounds_are_told_to_three_places(low: float, high: float, told_as: str) -> None:
    assert _range(low, high) == told_as
