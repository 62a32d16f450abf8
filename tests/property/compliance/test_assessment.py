# ruff: noqa: S311 - these are cases for tests, not secrets
"""Judged as they come, late and corrected, facts come to what they do all at once."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.agreement.model import Agreement
from pamiers.compliance.rule import Form
from pamiers.compliance.world import World
from pamiers.core.rows import Row
from tests.property.compliance import mixed
from tests.property.compliance.arrivals import SIZES, Held, arrivals
from tests.property.compliance.reference import clauses

Case = tuple[Agreement, list[Row], datetime, datetime]
many_cases = settings(max_examples=12, deadline=None)


def case(rng: Random, forms: Sequence[str]) -> Case:
    """Return an agreement, facts, and between when and when they are known."""
    rules = mixed.agreement(rng, *forms)
    rows = mixed.facts(rng, tuple(forms))
    return rules, rows, clauses.at(rng, 0, 60), clauses.at(rng, 60, 140)


@pytest.mark.parametrize("size", SIZES)
@many_cases
@given(
    seed=st.integers(0, 2**32),
    forms=st.lists(st.sampled_from(mixed.ALL), min_size=1, max_size=3),
)
def test_batches_of_every_size_come_to_the_same(
    size: int, seed: int, forms: list[str]
) -> None:
    rng = Random(seed)
    rules, rows, first, last = case(rng, forms)
    steps = list(arrivals(rng, rows, size, first, last))
    if steps:
        Held(rules, mixed.PERIODS, World()).through(steps)


def test_the_cases_are_of_every_form() -> None:
    rng = Random(1)
    drawn = {
        form
        for name in mixed.ALL
        for _ in range(20)
        for form in mixed.forms_in(mixed.agreement(rng, name))
    }
    assert drawn == {str(form) for form in Form}
