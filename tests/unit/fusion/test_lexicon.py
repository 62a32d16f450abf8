"""Words of labels lean towards kinds, and unknown words say nothing."""

import pytest

from pamiers.fusion.lexicon import SAME_NAME, prior_of

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
