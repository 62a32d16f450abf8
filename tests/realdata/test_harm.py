"""Incidents of harm by three sources, held against pairs that were read."""

import math

import pytest

from pamiers.fusion.fuse import Fusion
from tests.realdata.harm import (
    alike,
    candidates,
    held,
    labels,
    one_incident,
    passes,
    precision_by_rank,
    together,
)
from tests.realdata.ranking import weighed
from tests.shared import needs_shared


def test_every_pair_was_read_twice_and_by_two() -> None:
    known = labels()
    assert len(known) == 61
    assert alike("reader, first pass", "reader, second pass") == (60, 61)
    assert alike("reader, first pass", "second reader") == (53, 61)
    assert set(known.values()) == {"yes", "no", "unclear"}


def test_no_reader_says_yes_where_the_other_says_no() -> None:
    second = passes()["second reader"]
    said = {(known, second[pair]) for pair, known in labels().items()}
    assert not said & {("yes", "no"), ("no", "yes")}


@pytest.fixture(scope="module")
def fusion() -> Fusion:
    return together(taught=False)


@needs_shared
@pytest.mark.integration
def test_pairs_are_ranked_far_better_than_by_chance(fusion: Fusion) -> None:
    known = labels()
    near = candidates(fusion.reports.table)
    assert {pair for pair in near if pair[1].startswith("acled")} == known.keys()
    weight = weighed(fusion, sorted(known))
    assert precision_by_rank(weight, known) >= 0.7
    best = max(known, key=lambda pair: weight[pair])
    assert known[best] == "yes"
    assert math.isfinite(weight[best])


@needs_shared
@pytest.mark.integration
def test_the_answer_is_no_worse_than_it_was(fusion: Fusion) -> None:
    """Told as it is in the documentation: a figure, not a goal that was met."""
    known = labels()
    found = held(one_incident(fusion, known), known)
    assert found.right + found.missed == 14
    assert found.f1 >= 0.4
    assert found.wrong <= 4
