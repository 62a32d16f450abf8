"""What sources are like: their errors, words, habits and reliability, as learned.

The value that calibration gives and solving takes; every figure in it was learned from
the reports or is a prior named below.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints, Taxonomy
from pamiers.fusion.loops import learning
from pamiers.fusion.loops.state import SOURCE, Records, Sums

#: errors are first taken to be this much larger than stated
WIDER: Final = 1.2
#: variance of a count's logarithm before anything is learned
COUNT_ERROR: Final = 0.3
#: chances before anything is learned
DETECTION, AGAIN, LATE, LONE_REAL = 0.25, 0.05, 0.09, 0.5
RANK: Final = np.array([0.7, 0.2, 0.1])
#: how many reports a prior is worth
WORTH: Final = 20.0
#: reports of a label after which what its words mean weighs as much again as at first:
#: groups are never pure, so that ever more reports do not make ever better words
KIND_REPORTS: Final = 100.0
#: how far the side that a source names is believed before anything is learned
SIDE: Final = 0.8
#: share of reports that are taken to be alone before anything is learned
LONE_SHARE: Final = 0.4
_NEVER_NEARER_M: Final = 50.0
_LEVELS: Final = 1 << 16  # more than there are levels of stated errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is believed of each source, each mode of placing, each label."""

    place: Floats  #: error over stated error, of each mode, shape (modes,)
    clock: Floats  #: the same of times, of each source, shape (S,)
    count: Floats  #: variance of the logarithm of counts, shape (S,)
    east: Floats  #: mean displacement [m], shape (S,)
    north: Floats
    ahead: Floats  #: mean of how far clocks are ahead [s], shape (S,)
    more: Floats  #: mean overstatement of counts, in logarithms, shape (S,)
    source: Records  #: `loops.state.SOURCE`, shape (S,)
    lone: Floats  #: share of all reports that are this source's alone, shape (S,)
    prior: Floats  #: P(kind), shape (K,)
    kind: Floats  #: P(kind | row), shape (rows, K)
    side: Floats  #: P(side | source, side stated), shape (3 S, 2)
    rank: Floats  #: P(nearest, second, further place of habit), shape (modes, 3)


def modes_of(columns: Columns) -> Ints:
    """Return the mode of each report: its source and how it states its error."""
    return named_modes(columns)[0]


def named_modes(columns: Columns) -> tuple[Ints, Ints]:
    """Return the mode of each report, and source and level of each mode, (modes, 2)."""
    level = levels_of(columns.sigma_m)
    found, mode = np.unique(columns.source * _LEVELS + level, return_inverse=True)
    named = np.column_stack((found // _LEVELS, found % _LEVELS))
    return mode.astype(np.int64), named


def levels_of(sigma_m: Floats) -> Ints:
    """Return stated errors in quarters of an octave."""
    return np.rint(4.0 * np.log2(stated(sigma_m))).astype(np.int64)


def stated(sigma_m: Floats) -> Floats:
    """Return stated errors, none nearer than 50 m [m]."""
    return np.maximum(sigma_m, _NEVER_NEARER_M)


def unknown(share: Floats, taxonomy: Taxonomy, modes: int) -> Sources:
    """Return what is believed before anything is learned.

    Args:
        share: Share of each source in all reports, shape (S,).
        taxonomy: What labels may mean.
        modes: How many modes of placing there are.

    Returns:
        Priors alone, but for how often each source is taken to be alone.
    """
    s = taxonomy.sources
    source = np.zeros(s, SOURCE)
    source["odds"] = DETECTION / (1.0 - DETECTION)
    source["again"], source["late"], source["real"] = AGAIN, LATE, LONE_REAL
    return Sources(
        place=np.full(modes, WIDER),
        clock=np.full(s, WIDER),
        count=np.full(s, COUNT_ERROR),
        east=np.zeros(s),
        north=np.zeros(s),
        ahead=np.zeros(s),
        more=np.zeros(s),
        source=source,
        lone=LONE_SHARE * share,
        prior=np.full(taxonomy.kinds, 1.0 / taxonomy.kinds),
        kind=taxonomy.rows,
        side=_sides(s),
        rank=np.tile(RANK, (modes, 1)),
    )


def with_a_stranger(known: Sources) -> Sources:
    """Return the same with a last mode of which nothing is known."""
    return replace(
        known, place=np.append(known.place, WIDER), rank=np.vstack((known.rank, RANK))
    )


def _sides(sources: int) -> Floats:
    one = np.array([[0.5, 0.5], [SIDE, 1.0 - SIDE], [1.0 - SIDE, SIDE]])
    return np.tile(one, (sources, 1))


def learned(now: Sources, sums: Sums, taxonomy: Taxonomy, groups: "Seen") -> Sources:
    """Return what is believed after one look over all groups.

    Args:
        now: What was believed before.
        sums: Result of `loops.learning.learn`.
        taxonomy: Priors of labels.
        groups: What the groups themselves tell.

    Returns:
        The new belief; `source.real` is left as it was.
    """
    of, mode = sums.source.T, sums.mode
    pull = of[learning.PULL] + 1e-12
    held = of[learning.WEIGHT] / (of[learning.WEIGHT] + WORTH)
    counts = of[learning.COUNTS] + WORTH
    timed = of[learning.TIMES]
    ahead = of[learning.CLOCK] / (of[learning.CLOCK_WEIGHT] + 1e-12)
    meant = taxonomy.rows * groups.kinds  # priors are as if all kinds were as frequent
    worth = taxonomy.weight * (1.0 + sums.kind.sum(axis=1) / KIND_REPORTS)
    worth /= meant.sum(axis=1)
    kind = sums.kind + worth[:, None] * meant
    side = sums.side + 10.0 * _sides(len(now.clock))
    rank = sums.rank + WORTH * RANK
    return Sources(
        place=np.clip(now.place * _scale(mode[:, 0], mode[:, 1]), 0.15, 6.0),
        clock=np.clip(now.clock * _scale(of[learning.TIME], timed), 0.15, 6.0),
        count=np.clip(
            (of[learning.COUNT_SQUARED] + WORTH * COUNT_ERROR) / counts, 0.02, 1.5
        ),
        east=now.east + of[learning.PULL_X] / pull * held,
        north=now.north + of[learning.PULL_Y] / pull * held,
        ahead=now.ahead + ahead * timed / (timed + 50.0),
        more=now.more + of[learning.COUNT] / counts,
        source=_rates(now.source, sums.source.T, groups),
        lone=(of[learning.LONE] + 1.0) / max(of[learning.REPORTS].sum(), 1.0),
        prior=groups.kinds,
        kind=kind / kind.sum(axis=1, keepdims=True),
        side=side / side.sum(axis=1, keepdims=True),
        rank=rank / rank.sum(axis=1, keepdims=True),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What groups tell without a look at their members."""

    kinds: Floats  #: share of each kind, shape (K,)
    several: int  #: groups with more than one voice
    in_several: Floats  #: of these, how many each source is in, shape (S,)
    groups: Floats  #: groups that each source is in, shape (S,)


def _scale(squared: Floats, seen: Floats) -> Floats:
    return np.sqrt((squared + WORTH) / (seen + WORTH))


def _rates(now: Records, of: Floats, groups: Seen) -> Records:
    found = now.copy()
    chance = np.clip((groups.in_several + 1.0) / (groups.several + 4.0), 0.003, 0.8)
    found["odds"] = chance / (1.0 - chance)
    reports = of[learning.REPORTS]
    again = (reports - groups.groups + 0.5) / (reports + 10.0)
    found["again"] = np.clip(again, 0.003, 0.3)
    late = (of[learning.LATE_DAYS] + 100.0 * LATE) / (of[learning.DAYS] + 100.0)
    found["late"] = np.clip(late, 0.01, 0.4)
    return found
