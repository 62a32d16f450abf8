"""What is heard together tells what is invented alone."""

import numpy as np
import pytest

from pamiers.fusion.columns import Floats, Mask
from pamiers.fusion.credibility import capture

EASY = [0.7, 0.6, 0.5, 0.4, 0.5, 0.3, 0.6, 0.4]
HARD = [0.2, 0.3, 0.1, 0.3, 0.2, 0.2, 0.3, 0.1]


def heard(seed: int, n: int) -> tuple[Mask, Floats, Floats]:
    """Return patterns of eight sources, their weights, and the truth per source.

    Half of the incidents are easily seen, half hardly; the last source invents as
    many lone reports as there are incidents, the one before it a fifth of that.
    """
    rng = np.random.default_rng(seed)
    chance = np.where(rng.random((n, 1)) < 0.5, [EASY], [HARD])
    real = rng.random((n, 8)) < chance
    real = real[real.any(axis=1)]
    made_up = np.zeros((n + n // 5, 8), bool)
    made_up[:n, 7] = True
    made_up[n:, 6] = True
    lone = real[real.sum(axis=1) == 1].sum(axis=0)
    told = np.concatenate([real, made_up])
    return told, np.ones(len(told)), lone / (lone + made_up.sum(axis=0))


def test_lone_reports_are_believed_as_often_as_they_are_true() -> None:
    told, weight, share = heard(1, 20_000)
    assert capture(told, weight).lone() == pytest.approx(share, abs=0.2)


def test_an_inventor_is_told_from_honest_sources() -> None:
    told, weight, _ = heard(2, 5_000)
    lone = capture(told, weight).lone()
    assert lone[7] < 0.3
    assert lone[:6].min() > 0.7


def test_the_fit_is_the_same_each_time() -> None:
    told, weight, _ = heard(3, 500)
    assert np.array_equal(capture(told, weight).lone(), capture(told, weight).lone())
