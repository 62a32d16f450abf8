"""How likely a lone report is real, learned from who else would have reported.

Latent-class capture and recapture: real incidents fall into classes that differ in how
readily each source reports them; invented ones are told by one source alone. What the
sources report together shows how often each would be alone with something real; what
it is alone with beyond that is its own.

Sources: Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet
process mixtures; Fienberg, Johnson and Junker (1999) on heterogeneous capture.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.fusion.columns import Floats, Ints, Mask

CLASSES: Final = 8
ROUNDS: Final = 120
_WORTH: Final = 4.0  # incidents that a class's prior is worth
_GOLDEN: Final = (5.0**0.5 - 1.0) / 2.0  # classes begin apart, evenly and always alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What was learned of who reports what.

    Invariant: `detection[z, s]` is P(source s reports a real incident of class z).
    """

    share: Floats  #: share of real incidents in each class, shape (Z,)
    detection: Floats  #: shape (Z, S)
    invented: Floats  #: lone reports of each source that nothing real explains, (S,)
    real: float  #: number of real incidents, those nobody reported among them

    def lone(self) -> Floats:
        """Return P(a lone report of each source is real), shape (S,)."""
        silent = np.log1p(-self.detection).sum(axis=1)
        odds = self.detection / (1.0 - self.detection)
        alone = self.real * (self.share * np.exp(silent)) @ odds
        return np.asarray(alone / np.maximum(alone + self.invented, 1e-12))


def capture(heard: Mask, weight: Floats) -> Capture:
    """Return what patterns of reporting tell of sources.

    Args:
        heard: Which sources reported each incident independently, shape (m, S); every
            row has one at least.
        weight: How surely each row is an incident by itself, in [0, 1], shape (m,).

    Returns:
        The fit after a fixed number of rounds of expectation and maximisation.
    """
    patterns, at = _patterns(heard)
    counted: Floats = np.bincount(at, weight, len(patterns)).astype(np.float64)
    whose: Ints = patterns.argmax(axis=1).astype(np.int64)
    told = patterns.astype(np.float64)
    lone = patterns.sum(axis=1) == 1
    found = _begin(told, counted, lone, whose)
    for _ in range(ROUNDS):
        found = _round(found, told, counted, (lone, whose))
    return found


def _patterns(heard: Mask) -> tuple[Mask, Ints]:
    """Return the distinct rows, and which of them each row is."""
    packed = np.packbits(heard, axis=1)
    view = np.ascontiguousarray(packed).view(f"V{packed.shape[1]}").ravel()
    _, first, at = np.unique(view, return_index=True, return_inverse=True)
    return heard[first], at.astype(np.int64)


def _by_source(whose: Ints, amount: Floats, sources: int) -> Floats:
    return np.bincount(whose, amount, sources).astype(np.float64)


def _begin(told: Floats, counted: Floats, lone: Mask, whose: Ints) -> Capture:
    sources = told.shape[1]
    base = counted @ told / max(counted.sum(), 1.0)
    turn = np.arange(1, CLASSES * sources + 1) * _GOLDEN % 1.0
    spread = 0.3 + 2.7 * turn.reshape(CLASSES, sources)
    return Capture(
        share=np.full(CLASSES, 1.0 / CLASSES),
        detection=np.clip(base * spread, 0.01, 0.9),
        invented=_by_source(whose[lone], 0.5 * counted[lone], sources),
        real=float(counted.sum()),
    )


def _round(
    now: Capture, told: Floats, counted: Floats, single: tuple[Mask, Ints]
) -> Capture:
    """Return the fit after one more round."""
    lone, whose = single
    log = np.log(now.share) + told @ np.log(now.detection).T
    log += (1.0 - told) @ np.log1p(-now.detection).T
    joint = np.exp(log)
    every = joint.sum(axis=1)
    real = now.real * every
    made_up = np.where(lone, now.invented[whose], 0.0)
    surely = real / np.maximum(real + made_up, 1e-300)
    held = joint / every[:, None] * (surely * counted)[:, None]
    unseen = now.real * now.share * np.exp(np.log1p(-now.detection).sum(axis=1))
    size = held.sum(axis=0) + unseen
    base = counted @ told / max(counted.sum(), 1.0)
    detection = (held.T @ told + 0.3 * _WORTH * base) / (size[:, None] + _WORTH)
    left = (1.0 - surely) * counted
    return Capture(
        share=(size + 1.0) / (size.sum() + CLASSES),
        detection=np.clip(detection, 0.001, 0.97),
        invented=_by_source(whose[lone], left[lone], told.shape[1]),
        real=float(size.sum()),
    )


def sober(real: Floats) -> Floats:
    """Return P(real) as it is taken: incidents that fall apart look like lone ones."""
    bounded = np.clip(real, 0.02, 0.93)
    return _logistic(np.log(bounded / (1.0 - bounded)) - 0.9)


def doubtful(alone: Floats) -> Floats:
    """Return P(alone) as it is taken: groups were fitted to their own reports."""
    bounded = np.clip(alone, 1e-4, 1.0 - 1e-4)
    return _logistic(np.log(bounded / (1.0 - bounded)) + 0.7)


def _logistic(logit: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-logit)), dtype=np.float64)
