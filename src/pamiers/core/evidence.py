"""Weigh observations for and against a claim, in log-odds.

Weights add when the observations are conditionally independent given the claim
(I. J. Good, *Probability and the Weighing of Evidence*, 1950). The unit is the
bit: one bit doubles the odds.
"""

import math
from collections.abc import Iterable
from typing import NewType

Bits = NewType("Bits", float)
Probability = NewType("Probability", float)


def weigh(prior: Probability, weights: Iterable[Bits]) -> Probability:
    """Return the probability of a claim after adding evidence to its prior.

    Args:
        prior: Probability before any evidence, in the open interval (0, 1).
        weights: Weight of each observation [bit]; negative speaks against.

    Returns:
        Posterior probability, in [0, 1]; equal to `prior` with no weights.

    Raises:
        ValueError: `prior` is 0 or 1, which no evidence could move.

    Examples:
        >>> weigh(Probability(0.5), [Bits(1.0), Bits(1.0)])
        0.8

    Source:
        Good (1950), ch. 6.
    """
    if not 0.0 < prior < 1.0:
        raise ValueError(
            f"prior: expected a probability strictly between 0 and 1, got {prior}. "
            "Use a small positive number where you mean 'unlikely'."
        )
    log_odds = math.log2(prior / (1.0 - prior)) + math.fsum(weights)
    # 2**x overflows past 1023 bits; the mirrored form is exact at both ends.
    if log_odds >= 0:
        return Probability(1.0 / (1.0 + 2.0**-log_odds))
    odds = 2.0**log_odds
    return Probability(odds / (1.0 + odds))


def bits(likelihood_ratio: float) -> Bits:
    """Return the weight of a likelihood ratio [bit]; a ratio of 1 weighs nothing.

    Raises:
        ValueError: The ratio is not positive; nothing is impossible or certain.
    """
    if likelihood_ratio <= 0.0:
        raise ValueError(
            f"likelihood ratio: expected a positive number, got {likelihood_ratio}. "
            "Floor it at the chance of a recording error."
        )
    return Bits(math.log2(likelihood_ratio))
