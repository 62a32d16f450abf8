"""Sources that speak for one another, known by what they do.

Two sources that are independent are heard together more often where a third speaks
too: what is easily seen is seen by many, and an invention by nobody else. A source that
repeats another is heard with it no less where nobody else speaks. One who copies in
words of its own does so, and so do two interested parties that agree on inventions.
"""

import numpy as np

from pamiers.fusion.columns import Floats, Ints, Mask
from pamiers.fusion.credibility import Voices, patterns_among

#: how often two are heard together where nobody else is, over how often where others
#: are: how much more, and in what share; or no less, and in nearly all cases
MORE, MOSTLY, NO_LESS, NEARLY_ALWAYS = 1.6, 0.5, 0.95, 0.85
#: reports that show it, and reports with others
FEWEST, WITH_OTHERS = 15.0, 20.0


def followers(heard: Mask, weight: Floats) -> Mask:
    """Return which sources follow which.

    Of two that speak for one another the follower is the one less often heard alone.

    Args:
        heard: Who was heard together, shape (m, S).
        weight: How surely, shape (m,).

    Returns:
        Whether s follows t, shape (S, S).
    """
    patterns, at = patterns_among(heard)
    summed: Floats = np.bincount(at, weight, len(patterns)).astype(np.float64)
    told = patterns.astype(np.float64)
    sources = told.shape[1]
    follows = np.zeros((sources, sources), dtype=bool)
    size = told.sum(axis=1)
    for s in range(sources):
        mine = told[:, s] > 0.0
        rows, many = told[mine], summed[mine]
        alone = size[mine][:, None] - 1.0 - rows == 0.0
        by_two = many @ (rows * alone)
        without = np.maximum(many @ alone, 1e-12)
        among, others = many @ (rows * ~alone), many @ ~alone
        usual = (among + 0.5) / (others + 1.0)
        share, ratio = by_two / without, by_two / without / usual
        found = (share > MOSTLY) & (ratio > MORE)
        found |= (share > NEARLY_ALWAYS) & (ratio > NO_LESS)
        follows[s] = found & (by_two >= FEWEST) & (others >= WITH_OTHERS)
        follows[s, s] = False
    both = np.einsum("m,ms,mt->st", summed, told, told)
    share = both / np.maximum(np.diag(both)[:, None], 1e-12)
    either = follows | follows.T
    less: Mask = (share > share.T) | ((share == share.T) & _later(sources))
    return np.asarray(either & less)


def kin_of(follows: Mask) -> Mask:
    """Return which sources are one voice, each with itself among them, shape (S, S)."""
    return follows | follows.T | np.eye(len(follows), dtype=bool)


def words_of(kin: Mask) -> Ints:
    """Return the kin of each source as bits, 64 to a word, shape (S, words)."""
    sources = len(kin)
    words = np.zeros((sources, (sources + 63) // 64), dtype=np.int64)
    for s, t in zip(*np.nonzero(kin), strict=True):
        words[s, t >> 6] |= np.int64(1) << np.int64(t & 63)
    return words


def without_echoes(voices: Voices, follows: Mask) -> Voices:
    """Return voices but those that follow another voice of their group."""
    echo = leaders(voices.group, voices.source, follows) != voices.source
    return Voices(
        group=voices.group[~echo],
        source=voices.source[~echo],
        apart=voices.apart[~echo],
    )


def leaders(group: Ints, source: Ints, follows: Mask) -> Ints:
    """Return for whom each report speaks: one that its source follows, or itself.

    Args:
        group: Group of each report, counted from 0, shape (n,).
        source: Its source.
        follows: As `followers` returns it.

    Returns:
        Numbers of sources, shape (n,); the first of several that it follows.
    """
    found = source.copy()
    for s, t in reversed(list(zip(*np.nonzero(follows), strict=True))):
        mine = np.flatnonzero(source == s)
        there = np.isin(group[mine], group[source == t])
        found[mine[there]] = t
    return found


def _later(sources: int) -> Mask:
    return np.tri(sources, k=-1, dtype=bool)
