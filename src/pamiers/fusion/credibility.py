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

#: sources to a class, and most classes: few sources cannot tell many classes apart
TO_A_CLASS, MOST_CLASSES = 2, 6
ROUNDS: Final = 120
_NOTHING: Final = 1e-4
_LEAST: Final = 0.03  # of an incident, below which a pattern is passed over
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
    patterns, at = patterns_among(heard)
    counted: Floats = np.bincount(at, weight, len(patterns)).astype(np.float64)
    kept = counted >= _LEAST
    patterns, counted = patterns[kept], counted[kept]
    whose: Ints = patterns.argmax(axis=1).astype(np.int64)
    told = patterns.astype(np.float64)
    lone = patterns.sum(axis=1) == 1
    found = _begin(told, counted, lone, whose)
    for _ in range(ROUNDS):
        found = _round(found, told, counted, (lone, whose))
    return found


def patterns_among(heard: Mask) -> tuple[Mask, Ints]:
    """Return the distinct rows, and which of them each row is.

    Args:
        heard: Rows of marks, shape (m, S).

    Returns:
        The rows, in a fixed order, and the number of each, shape (m,).
    """
    packed = np.packbits(heard, axis=1)
    view = np.ascontiguousarray(packed).view(f"V{packed.shape[1]}").ravel()
    _, first, at = np.unique(view, return_index=True, return_inverse=True)
    return heard[first], at.astype(np.int64)


def _by_source(whose: Ints, amount: Floats, sources: int) -> Floats:
    return np.bincount(whose, amount, sources).astype(np.float64)


def _begin(told: Floats, counted: Floats, lone: Mask, whose: Ints) -> Capture:
    sources = told.shape[1]
    base = counted @ told / max(counted.sum(), 1.0)
    classes = min(max(sources // TO_A_CLASS, 2), MOST_CLASSES)
    turn = np.arange(1, classes * sources + 1) * _GOLDEN % 1.0
    spread = 0.3 + 2.7 * turn.reshape(classes, sources)
    return Capture(
        share=np.full(classes, 1.0 / classes),
        detection=np.clip(base * spread, 0.01, 0.9),
        invented=_by_source(whose[lone], 0.5 * counted[lone], sources),
        real=float(counted.sum()),
    )


def _round(
    now: Capture, told: Floats, counted: Floats, single: tuple[Mask, Ints]
) -> Capture:
    """Return the fit after one more round."""
    lone, whose = single
    silent = np.log1p(-now.detection)
    odds = np.log(now.detection) - silent
    joint = np.exp(np.einsum("ps,zs->pz", told, odds))  # no threads, for so little
    joint *= now.share * np.exp(silent.sum(axis=1))
    every = joint.sum(axis=1)
    real = now.real * every
    made_up = np.where(lone, now.invented[whose], 0.0)
    surely = real / np.maximum(real + made_up, 1e-300)
    held = joint * (surely * counted / every)[:, None]
    unseen = now.real * now.share * np.exp(silent.sum(axis=1))
    size = held.sum(axis=0) + unseen
    base = counted @ told / max(counted.sum(), 1.0)
    detection = (np.einsum("pz,ps->zs", held, told) + 0.3 * _WORTH * base) / (
        size[:, None] + _WORTH
    )
    left = (1.0 - surely) * counted
    return Capture(
        share=(size + 1.0) / (size.sum() + len(size)),
        detection=np.clip(detection, 0.001, 0.97),
        invented=_by_source(whose[lone], left[lone], told.shape[1]),
        real=float(size.sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Who speaks in which group, and how surely it does not belong there.

    Invariant: one row for each source in each group; `group` counts from 0.
    """

    group: Ints
    source: Ints
    apart: Floats  #: P(it tells of what nobody else in the group tells of)


def voices_of(group: Ints, source: Ints, apart: Floats) -> Voices:
    """Return the voices of groups; a source that repeats itself has the surest.

    Args:
        group: Group of each report, shape (n,).
        source: Its source.
        apart: P(it stands alone).

    Returns:
        Voices in the order of groups, then of sources.
    """
    _, g = np.unique(group, return_inverse=True)
    order = np.lexsort((apart, source, g))
    g, source, apart = g[order], source[order], apart[order]
    first = np.ones(len(g), dtype=bool)
    first[1:] = (np.diff(g) != 0) | (np.diff(source) != 0)
    return Voices(group=g[first], source=source[first], apart=apart[first])


def patterns_of(voices: Voices, sources: int) -> tuple[Mask, Floats]:
    """Return who was heard together, each way it may have been, and how surely.

    A voice that may not belong to its group makes two ways: the group without it, and
    it alone. Of two voices neither belongs if the other does not. Of three or more each
    is looked at by itself.

    Args:
        voices: Voices and their doubts.
        sources: How many sources there are.

    Returns:
        Patterns, shape (m, S), and the weight of each, shape (m,); the weights of a
        source's lone patterns add up to its doubts.
    """
    g, s, apart = voices.group, voices.source, voices.apart
    groups = int(g.max(initial=-1)) + 1
    heard = np.zeros((groups, sources), dtype=bool)
    heard[g, s] = True
    size = np.bincount(g, minlength=groups)[g]
    most = np.zeros(groups)
    np.maximum.at(most, g, apart)
    doubt = np.where(size == 2, most[g], apart)  # noqa: PLR2004 - a pair
    left = np.where(size == 2, 0.5 * doubt, doubt)  # noqa: PLR2004 - a figure plain in its place
    whole = np.maximum(1.0 - np.bincount(g, left, groups), 0.0)
    whole[g[size == 1]] = 0.0
    large = size > 2  # noqa: PLR2004 - a figure plain in its place
    without = heard[g[large]]
    without[np.arange(len(without)), s[large]] = False
    alone = np.zeros((len(g), sources), dtype=bool)
    alone[np.arange(len(g)), s] = True
    patterns = np.concatenate([heard, without, alone])
    weight = np.concatenate([whole, apart[large], doubt])
    kept = weight > _NOTHING
    return patterns[kept], weight[kept]
