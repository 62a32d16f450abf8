"""Of what several may have done one did it: as in all worlds, each by its weight."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import prod

import pytest

from pamiers.compliance.clauses.case import Court
from pamiers.compliance.docket import cases, judge
from pamiers.compliance.finding import Finding
from pamiers.core.rows import Incident, Row
from tests.property.compliance.reference import draw, twists

#: forms whose probabilities are those of what may have happened
FORMS = ("prohibition", "presence", "frequency", "stock", "proportion")
CASES = 60
MOST_WORLDS = 256


def completions(rows: list[Row]) -> Iterator[tuple[float, list[Row]]]:
    """Yield every way in which one of those who may have did each thing."""
    ways = [_ways(row) for row in rows]
    for world in product(*ways):
        yield prod(weight for weight, _ in world), [row for _, row in world]


def _ways(row: Row) -> list[tuple[float, Row]]:
    if not isinstance(row, Incident) or row.actors is None:
        return [(1.0, row)]
    return [
        (share, replace(row, actors=None, actor=name or None))
        for name, share in json.loads(row.actors).items()
    ]


def judged(posed: draw.Problem, rows: list[Row]) -> dict[str, Finding]:
    court = Court(posed.rules, draw.world(rows), posed.known_at)
    found = [judge(case, court) for case in cases(court, posed.day, ("c",))]
    return {each.key: each for each in found}


def problems(form: str) -> Iterator[draw.Problem]:
    """Yield problems of what must not be, or at most, done by one of some."""
    number = 0
    for _ in range(CASES):
        while True:
            posed = twists.weighed_problem(form, number)
            number += 1
            bound = posed.rules.clauses[0].default.bound
            floor = bound is not None and bound.most is None
            worlds = prod(len(_ways(row)) for row in posed.rows)
            if 1 < worlds <= MOST_WORLDS and not floor:
                yield posed
                break


@pytest.mark.parametrize("form", FORMS)
def test_a_breach_is_as_probable_as_in_all_worlds(form: str) -> None:
    compared = 0
    for posed in problems(form):
        worlds = [(w, judged(posed, rows)) for w, rows in completions(posed.rows)]
        for key, found in judged(posed, posed.rows).items():
            each = [(weight, told[key]) for weight, told in worlds if key in told]
            tops = [found.reported_high, *(f.reported_high for _, f in each)]
            if form == "proportion" and max(tops) >= 1.0:  # silence says nothing
                continue
            low = sum(w * f.probability_low for w, f in each)
            assert found.probability_low == pytest.approx(low, abs=1e-6)
            compared += 0.0 < low < 1.0
            if max(tops) < 1.0:
                high = sum(w * f.reported_high for w, f in each)
                assert found.reported_high == pytest.approx(high, abs=1e-6)
                compared += 1
    assert compared >= CASES // 12


@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_in_breach_by_more_than_was_its_own(form: str) -> None:
    """What one party is held to and what the other is never exceed what happened."""
    for posed in problems(form):
        row = next(each for each in posed.rows if isinstance(each, Incident))
        alone = replace(row, actors=json.dumps({"A": 0.5, "B": 0.5}))
        found = judged(posed, [alone]).values()
        if {f.party for f in found} == {"A", "B"}:
            assert sum(f.probability_low for f in found) <= row.probability + 1e-9


def test_whose_it_is_adds_up() -> None:
    told = [
        found
        for posed in problems("prohibition")
        for found in judged(posed, posed.rows).values()
        if found.attribution_share
    ]
    assert told
    for found in told:
        assert sum(share for _, share in found.attribution_share) == pytest.approx(1.0)
