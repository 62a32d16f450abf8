"""Words of labels lean towards kinds, and unknown words say nothing."""

import numpy as np
import pytest

from pamiers.fusion.columns import Floats
from pamiers.fusion.lexicon import SAME_NAME, evened, prior_of

KINDS = ["artillery", "small_arms", "drone", "movement"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Shelling", "artillery"),
        ("gunfire", "small_arms"),
        ("UAV strike", "drone"),
        ("convoy", "movement"),
    ],
)
def test_a_label_leans_to_what_its_words_mean(label: str, kind: str) -> None:
    prior, _ = prior_of(label, KINDS)
    assert prior.sum() == pytest.approx(1.0)
    assert prior.argmax() == KINDS.index(kind)


def test_the_very_name_of_a_kind_means_it() -> None:
    prior, _ = prior_of("drone", KINDS)
    assert prior[KINDS.index("drone")] == SAME_NAME


def test_an_unknown_word_says_nothing() -> None:
    prior, _ = prior_of("thermal", KINDS)
    assert prior.min() == prior.max()


def _tables(rng: np.random.Generator, common: Floats) -> tuple[list[Floats], Floats]:
    """Return P(kind | label) of three families, and the even one of the first."""
    told = [rng.dirichlet(np.ones(labels), len(common)) for labels in (6, 4, 3)]
    joint = [each * common[:, None] for each in told]
    found = [each / each.sum(axis=0) for each in joint]
    even: Floats = told[0] / told[0].sum(axis=0)
    return found, even


@pytest.mark.parametrize("seed", range(5))
def test_frequencies_that_tables_have_in_mind_are_taken_out(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tables, even = _tables(rng, rng.dirichlet(np.full(6, 3.0)))
    assert evened(tables)[0] == pytest.approx(even, abs=1e-6)


def test_tables_of_even_frequencies_are_left_as_they_are() -> None:
    tables, _ = _tables(np.random.default_rng(9), np.full(6, 1.0 / 6.0))
    for given, found in zip(tables, evened(tables), strict=True):
        assert found == pytest.approx(given)


def test_no_tables_are_none() -> None:
    assert evened([]) == []
