"""A name that is almost one of the agreement's is a slip of the pen, and said to be."""

from dataclasses import replace

import pytest

from pamiers.compliance.finding import Finding, Verdict, Why
from pamiers.compliance.scenario.names import check_names, silent
from pamiers.compliance.scenario.written import Expectation, Fact
from pamiers.core.errors import MalformedSourceError
from tests.property.compliance.reference import draw, twists

SECTORED = twists.problem("sectors", 0).rules


def fact(**keys: object) -> Fact:
    return Fact(form="incident", about="fire", id="a", keys=keys, line=1)


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ({"actor": "judgge"}, "judge"),
        ({"to": ["A", "othr"]}, "other"),
        ({"sector": "wst"}, "west"),
        ({"sector": "Wst sector"}, "west sector"),
    ],
)
def test_a_slip_is_refused_with_what_may_be_meant(
    keys: dict[str, object], meant: str
) -> None:
    with pytest.raises(MalformedSourceError, match=f"Did you mean {meant}"):
        check_names(fact(**keys), SECTORED)


@pytest.mark.parametrize(
    "keys",
    [
        {"actor": "judge"},
        {"actor": "unknown gunmen"},
        {"sector": "far away"},
        {"sector": "West"},
        {"by": "judges"},  # a source may be called anything
        {"actor": None},
    ],
)
def test_names_that_are_known_or_quite_unlike_are_taken(
    keys: dict[str, object],
) -> None:
    check_names(fact(**keys), SECTORED)


def test_what_may_be_chosen_is_named_where_nothing_was() -> None:
    posed = draw.problem("prohibition", 3)
    which = {"sector": "north", "party": "A"}
    each = Expectation(form="clause", about="c", which=which, expected={}, line=1)
    assert silent(each, []) == "no finding on it"
    told = silent(each, [found(posed, "west"), found(posed, "east")])
    assert told == "no finding on it; sector is one of east, west"


def found(posed: draw.Problem, sector: str) -> Finding:
    whole = Finding(
        key=sector,
        clause="c",
        reading=None,
        sector=sector,
        start=posed.day.start,
        end=posed.day.end,
        verdict=Verdict.KEPT,
        why=Why.WATCHED,
        probability_low=0.0,
        probability_high=0.0,
        reported_high=0.0,
        coverage_share=1.0,
        detection=None,
        count_low=0,
        count_high=0,
        margin_m=None,
        evidence=(),
        exempt=(),
        attribution="",
        attribution_share=(),
        known_at=posed.known_at,
        agreement="",
    )
    return replace(whole, party="A")
