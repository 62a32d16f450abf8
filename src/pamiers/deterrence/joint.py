"""Does breaking several clauses together pay, though each alone does not?

One response follows whatever is found, the strongest that any found breach calls for,
so the second breach comes cheaper than the first. Where one loss answers every clause
the worst set is found exactly without trying them all: sorted by gain per unit of
-ln(1 - detection), it is one of the prefixes, because what is maximised is convex in
the two sums and its largest value lies at a corner of their zonotope.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deterrence.margins import Figures

#: up to so many clauses every set is tried
MOST_ENUMERATED: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class JointBreach:
    """The set of clauses that pays most to break together."""

    clauses: tuple[int, ...]  #: positions of the clauses, ascending; may be empty
    worth: float  #: gain less the expected loss [unit of payoff]; 0 for none
    exact: bool  #: no other set pays more


@dataclass(frozen=True, slots=True, kw_only=True)
class Temptations:
    """What one party wins and risks by breaking clauses together; each shape (n,)."""

    gain: Figures  #: in the period of the breach [unit of payoff]
    after: Figures  #: if anything is found: until the response, as a stock
    detection: Figures  #: found and laid to this side [0..1]
    false_alarm: Figures  #: as much for a complier [0..1]
    loss: Figures  #: that a finding calls for, seen from now [unit of payoff]


def worst_joint(gains: Figures, detections: Figures, loss: float) -> JointBreach:
    """Return the set of clauses whose joint breach pays most, under one loss for all.

    Args:
        gains: Net gain of each clause, shape (n,) [unit of payoff]: what a breach
            pays, less penalties that fall on that clause alone.
        detections: Probability that a breach of it is found, shape (n,) [0..1].
        loss: What is lost if any is found, seen from now, at least 0.

    Returns:
        The set and its worth, exact; the empty set, worth 0, if none pays.
    """
    order, worths = _prefixes(gains, detections, loss)
    best = int(np.argmax(worths)) if worths.size else 0
    if not worths.size or worths[best] <= 0:
        return JointBreach(clauses=(), worth=0.0, exact=True)
    chosen = tuple(sorted(int(i) for i in order[: best + 1]))
    return JointBreach(clauses=chosen, worth=float(worths[best]), exact=True)


def _prefixes(
    gains: Figures, detections: Figures, loss: float
) -> tuple[NDArray[np.intp], Figures]:
    """Return the order of the clauses that gain, and the worth of every prefix."""
    given, seen = np.asarray(gains, np.float64), np.asarray(detections, np.float64)
    paying = np.flatnonzero(given > 0)
    with np.errstate(divide="ignore", over="ignore"):
        hidden = np.log1p(-seen[paying])  # -inf where it is found for sure
        ratio = np.where(hidden < 0, given[paying] / -hidden, np.inf)
    # of clauses found for sure only the gain matters: the largest first
    order = paying[np.lexsort((-given[paying], -ratio))]
    unseen = np.cumprod(1.0 - seen[order])
    return order, np.cumsum(given[order]) - loss * (1.0 - unseen)


def worth_of(given: Temptations, masks: NDArray[np.bool_]) -> Figures:
    """Return what breaking sets of clauses is worth, beyond keeping all.

    Args:
        given: The temptations of n clauses.
        masks: Which clauses each set breaks, shape (m, n).

    Returns:
        Worths, shape (m,) [unit of payoff].
    """
    strongest = np.argsort(-given.loss, kind="stable")
    masks = masks[:, strongest]
    seen = np.where(masks, given.detection[strongest], given.false_alarm[strongest])
    unseen = np.cumprod(1.0 - seen, axis=1)
    before = np.concatenate([np.ones((len(masks), 1)), unseen[:, :-1]], axis=1)
    lost = np.sum(given.loss[strongest] * seen * before, axis=1)
    own = 1.0 - np.prod(np.where(masks, 1.0 - seen, 1.0), axis=1)
    gained = masks @ given.gain[strongest] + own * (masks @ given.after[strongest])
    return np.asarray(gained - (lost - _lost_by_error(given)))


def _lost_by_error(given: Temptations) -> float:
    """Return what a complier loses by false alarms in one period."""
    strongest = np.argsort(-given.loss, kind="stable")
    quiet = 1.0 - given.false_alarm[strongest]
    before = np.concatenate([[1.0], np.cumprod(quiet)[:-1]])
    return float(np.sum(given.loss[strongest] * given.false_alarm[strongest] * before))


def worst_set(given: Temptations) -> JointBreach:
    """Return the set of clauses whose joint breach pays most, losses differing.

    Args:
        given: The temptations of n clauses.

    Returns:
        Exact up to `MOST_ENUMERATED` clauses. Beyond, the best set that growing and
        shrinking from every prefix finds, not marked as exact.
    """
    n = given.gain.size
    if n == 0:
        return JointBreach(clauses=(), worth=0.0, exact=True)
    exact = n <= MOST_ENUMERATED
    masks = _every_set(n) if exact else _improved(given, _prefix_sets(given))
    worths = worth_of(given, masks)
    best = int(np.argmax(worths))
    if worths[best] <= 0:
        return JointBreach(clauses=(), worth=0.0, exact=exact)
    chosen = tuple(int(i) for i in np.flatnonzero(masks[best]))
    return JointBreach(clauses=chosen, worth=float(worths[best]), exact=exact)


def _every_set(n: int) -> NDArray[np.bool_]:
    """Return every set of n clauses as masks, small sets before large ones."""
    numbers = np.arange(1, 2**n)
    bits = (numbers[:, None] >> np.arange(n)) & 1
    small_first = np.argsort(bits.sum(axis=1), kind="stable")
    chosen: NDArray[np.bool_] = bits[small_first] > 0
    return chosen


def _prefix_sets(given: Temptations) -> NDArray[np.bool_]:
    """Return the prefixes by gain per unit of being found, as masks."""
    sure = np.clip(given.detection - given.false_alarm, 0.0, 1.0)
    order, _ = _prefixes(given.gain + sure * given.after, sure, 0.0)
    masks = np.zeros((max(order.size, 1), given.gain.size), dtype=np.bool_)
    for size in range(1, order.size + 1):
        masks[size - 1, order[:size]] = True
    return masks


def _improved(given: Temptations, masks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the best of some sets, grown or shrunk by one while that pays."""
    best = masks[int(np.argmax(worth_of(given, masks)))]
    while True:
        near = np.concatenate([best[None], best ^ np.eye(best.size, dtype=np.bool_)])
        worths = worth_of(given, near)
        if (at := int(np.argmax(worths))) == 0:
            return near[:1]
        best = near[at]
