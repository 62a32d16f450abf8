"""How surely a report tells of what others told too, judged against chance.

The sum of likelihood ratios of a report (R) is made of learned errors, and is not to be
taken at its word. So the same reports are judged once more on other days, where they
can agree with others only by chance. The lowest ratio of how often R is seen to how
often chance gives it is the share of reports that stand alone; what is seen beyond
chance is of reports that do not. The two are compared for each source by itself.

Sources: Efron (2008), Microarrays, empirical Bayes and the two-groups model (local
false discovery rates); Elias and Gygi (2007) on searches against decoys.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints, Mask
from pamiers.fusion.loops.state import DAY_S

#: decimal logarithms of R between which it is counted
EDGES: Final = np.arange(-4.0, 8.01, 0.5)
BINS: Final = len(EDGES) + 1
#: reports that are judged again on other days
MOST: Final = 10_000
#: share of chance agreements, the poorest, that are taken together
POOREST: Final = 0.06
#: days in the record, and reports, below which chance is not asked
FEWEST_DAYS, FEWEST = 4, 100
_ROUNDS: Final = 3
_WORTH: Final = 50.0  # reports that all reports of a source on other days are worth
_SHORTEST, _LONGEST = 3, 20  # days by which reports are moved
_GOLDEN: Final = (5.0**0.5 - 1.0) / 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How R is read, for each source.

    Invariant: rows of `beyond` never fall.
    """

    beyond: Floats  #: how often R is seen over how often by chance, shape (S, BINS)
    share: Floats  #: share of reports that nobody else's confirm, shape (S,)
    follows: Mask  #: which sources follow which, shape (S, S)

    def apart(self, agreement: Floats, source: Ints) -> Floats:
        """Return P(nobody else reported what a report tells of).

        Args:
            agreement: R of each report, shape (n,).
            source: Number of its source.

        Returns:
            Probabilities, shape (n,).
        """
        beyond = self.beyond[source, _bin(agreement)]
        return np.minimum(1.0, self.share[source] / np.maximum(beyond, 1e-12))

    def extended(self, sources: int) -> "Doubt":
        """Return the same; of sources never seen what is held of the known together."""
        more = sources - len(self.share)
        usual = np.tile(self.beyond.mean(axis=0), (more, 1))
        return Doubt(
            beyond=np.vstack([self.beyond, usual]),
            share=np.append(self.share, np.full(more, self.share.max(initial=0.0))),
            follows=np.pad(self.follows, (0, more)),
        )


class Judged(NamedTuple):
    """R of reports as they are, and of some of them on other days."""

    source: Ints  #: shape (n,)
    agreement: Floats  #: shape (n,)
    moved: Ints  #: which of them were moved, shape (m,)
    chance: Floats  #: R of these on other days, shape (m,)


def doubt_of(judged: Judged, follows: Mask) -> Doubt:
    """Return how R is to be read.

    Args:
        judged: Reports, as they are and on other days.
        follows: Which sources follow which, shape (S, S).

    Returns:
        The reading; R at its word for a source of which nothing was moved.
    """
    sources = len(follows)
    beyond = np.tile(1.0 + 10.0 ** _middles(), (sources, 1))
    share = np.ones(sources)
    at, by = _bin(judged.agreement), _bin(judged.chance)
    donor = judged.source[judged.moved]
    for s in np.unique(donor).tolist():
        of = donor == s
        beyond[s], share[s] = _reading(
            at[judged.source == s], by[of], at[judged.moved[of]]
        )
    return Doubt(beyond=beyond, share=share, follows=follows)


def on_other_days(columns: Columns, own: Ints) -> tuple[Ints, Floats]:
    """Return reports to be judged on other days, and by how much they are moved.

    Args:
        columns: All reports.
        own: Those that are no copies, in a fixed order.

    Returns:
        Numbers of reports, at most `MOST`; whole days [s], three to twenty either way,
        within the span of all reports. None where there are too few days or reports.
    """
    middle = columns.middle_s
    begin = middle.min()
    days = int((middle.max() - begin) // DAY_S)
    if days < FEWEST_DAYS or len(own) < FEWEST:
        return own[:0], np.zeros(0)
    asked = own[:: -(-len(own) // MOST)].copy()  # or loops are compiled once more
    turn = np.arange(1, len(asked) + 1) * _GOLDEN % 1.0
    longest = min(_LONGEST, days // 2 + 1)
    shortest = min(_SHORTEST, longest - 1)
    by = (shortest + np.floor(turn * 2.0 % 1.0 * (longest - shortest))).astype(np.int64)
    by = np.where(turn < 0.5, -by, by)  # noqa: PLR2004 - half of them either way
    day = ((middle[asked] - begin) // DAY_S).astype(np.int64)
    return asked, ((day + by) % days - day) * DAY_S


def _reading(at: Ints, by: Ints, donor: Ints) -> tuple[Floats, float]:
    """Return how R of one source is read, and its share of reports that stand alone.

    What stands alone may lie where chance is another; so a moved report counts as
    surely as it stands alone where it is.

    Args:
        at: Bins of all its reports.
        by: Bins of those on other days.
        donor: Bins of the same ones as they are.

    Returns:
        A row of `Doubt.beyond`, and of `Doubt.share`.
    """
    few = 0.5 / len(at) / BINS
    seen = np.bincount(at, minlength=BINS) / len(at) + few
    every = np.bincount(by, minlength=BINS) / len(by)
    alone, beyond, share = np.ones(BINS), np.ones(BINS), 1.0
    for _ in range(_ROUNDS):
        weight = alone[donor]
        chance = np.bincount(by, weight, BINS) + _WORTH * every
        beyond = _rising(seen, chance / (weight.sum() + _WORTH) + few)
        share = min(1.0, float(beyond[0]))
        alone = np.minimum(1.0, share / beyond)
    return beyond, share


def _rising(seen: Floats, chance: Floats) -> Floats:
    """Return seen over chance, the poorest bins together, never falling."""
    poorest = int(np.searchsorted(np.cumsum(chance), POOREST))
    blocks: list[tuple[float, float, int]] = []
    first = (seen[: poorest + 1].sum(), chance[: poorest + 1].sum(), poorest + 1)
    rest = [(seen[k], chance[k], 1) for k in range(poorest + 1, len(seen))]
    for block in (first, *rest):
        blocks.append(block)
        while (
            len(blocks) > 1
            and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]
        ):
            a, b = blocks.pop(), blocks.pop()
            blocks.append((a[0] + b[0], a[1] + b[1], a[2] + b[2]))
    return np.concatenate([np.full(n, a / b) for a, b, n in blocks])


def _bin(agreement: Floats) -> Ints:
    return np.searchsorted(EDGES, np.log10(agreement + 1e-9)).astype(np.int64)


def _middles() -> Floats:
    return np.concatenate([[EDGES[0] - 1.0], EDGES + 0.25])
