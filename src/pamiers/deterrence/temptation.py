"""Whether breaking clauses together pays, draw by draw.

Bounds come first: what is found costs the least loss at least and the largest at most,
and under one loss the worst set is a prefix, as in `joint`. Draws that the bounds leave
open are decided over all sets, up to `MOST_ENUMERATED` clauses.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deterrence.game import Outcome
from pamiers.deterrence.joint import MOST_ENUMERATED
from pamiers.deterrence.margins import Figures, delayed_loss, geometric

#: what is known of a draw: no breach pays, one does, or bounds do not tell
HOLDS: Final = np.int8(0)
PAYS: Final = np.int8(1)
OPEN: Final = np.int8(2)
_SETS: Final = 2**18  #: sets times draws that are looked at together
#: bounds are trusted beyond this share of what is summed
_ROUGH: Final = 1e-9

States = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """What one party wins and risks over n clauses, in k draws; each shape (n, k)."""

    gain: Figures  #: in the period of the breach [unit of payoff]
    after: Figures  #: if anything is found: until the response, as a stock
    detection: Figures  #: found and laid to this side [0..1]
    false_alarm: Figures  #: as much for a complier [0..1]
    loss: Figures  #: that a finding calls for, seen from now [unit of payoff]

    @classmethod
    def of(cls, outcome: Outcome, party: int) -> "Many":
        """Return what one party wins and risks in evaluated columns."""
        stakes, shape = outcome.stakes, outcome.margins.shape
        flow = stakes.discount * geometric(stakes.discount, stakes.lag)
        after = np.where(stakes.standing, flow * stakes.gain, 0.0)
        held = {
            "gain": stakes.gain,
            "after": after,
            "detection": stakes.detection,
            "false_alarm": stakes.false_alarm,
            "loss": delayed_loss(stakes),
        }
        return cls(
            **{
                name: np.asarray(np.broadcast_to(each, shape)[party])
                for name, each in held.items()
            }
        )


def bounded(given: Many) -> States:
    """Return what bounds tell of every draw, shape (k,).

    Args:
        given: Of one party, what it wins and risks.

    Returns:
        `HOLDS`, `PAYS` or `OPEN`.
    """
    if not len(given.gain):
        return np.full(given.gain.shape[1], HOLDS, dtype=np.int8)
    pays = given.gain + given.after
    with np.errstate(divide="ignore", invalid="ignore"):
        shrinks = (given.detection - given.false_alarm) / (1.0 - given.false_alarm)
        shrinks = np.where(given.false_alarm >= 1.0, 0.0, shrinks)
        hidden = -np.log1p(-np.maximum(shrinks, 0.0))
        ratio = np.where(pays > 0, pays / hidden, 0.0)
    order = np.argsort(-ratio, axis=0, kind="stable")
    sums = np.cumsum(np.take_along_axis(pays, order, axis=0), axis=0)
    rest = np.cumprod(1.0 - np.take_along_axis(shrinks, order, axis=0), axis=0)
    quiet = np.prod(1.0 - given.false_alarm, axis=0)
    least, most = given.loss.min(axis=0), given.loss.max(axis=0)
    worths = sums - least * quiet * (1.0 - rest)
    at = np.argmax(worths, axis=0)[np.newaxis]
    worth, total, left = (
        np.take_along_axis(each, at, axis=0)[0] for each in (worths, sums, rest)
    )
    usual = np.all(shrinks >= 0, axis=0)
    found = np.full(worth.shape, OPEN, dtype=np.int8)
    # the set that pays most under the least loss, and all clauses at once
    for gained, still in ((total, left), (sums[-1], rest[-1])):
        lost = most * quiet * (1.0 - still) + (most - least) * (1.0 - quiet)
        rough = _ROUGH * (gained + most)
        found[usual & ((1.0 - still) * gained > lost + rough)] = PAYS
    rough = _ROUGH * (total + most)
    found[usual & (worth < -rough)] = HOLDS
    return found


def enumerated(given: Many) -> States:
    """Return of every draw whether some set pays, over all sets; shape (k,)."""
    clauses, draws = given.gain.shape
    found = np.empty(draws, dtype=np.int8)
    many = max(_SETS >> clauses, 1)
    for first in range(0, draws, many):
        own = slice(first, first + many)
        found[own] = np.where(_most_worth(given, own) > 0, PAYS, HOLDS)
    return found


def _most_worth(given: Many, own: slice) -> Figures:
    """Return what the best set is worth beyond keeping all, for some draws."""
    order = np.argsort(-given.loss[:, own], axis=0, kind="stable")
    sheets = (given.gain, given.after, given.detection, given.false_alarm, given.loss)
    gain, after, sure, false, loss = (
        np.take_along_axis(each[:, own], order, axis=0) for each in sheets
    )
    one = np.ones((1, order.shape[1]))
    now, later, lost, unseen, hidden = 0 * one, 0 * one, 0 * one, one, one
    for i in range(len(order)):
        # sets without the clause first: the first of all is the empty one
        now = np.concatenate([now, now + gain[i]])
        later = np.concatenate([later, later + after[i]])
        hidden = np.concatenate([hidden, hidden * (1.0 - sure[i])])
        step = loss[i] * unseen
        lost = np.concatenate([lost + step * false[i], lost + step * sure[i]])
        unseen = np.concatenate([unseen * (1.0 - false[i]), unseen * (1.0 - sure[i])])
    worths = now + (1.0 - hidden) * later - (lost - lost[:1])
    return np.asarray(worths[1:].max(axis=0, initial=0.0))


def decidable(clauses: int) -> bool:
    """Tell whether open draws can be decided over all sets."""
    return clauses <= MOST_ENUMERATED


@lru_cache(maxsize=8)
def exchanges(rows: int) -> NDArray[np.int32]:
    """Return a network that sorts so many rows, the largest first; shape (m, 2).

    Source: Batcher (1968), odd-even merging; exchanges with rows beyond the last are
    left out, for these would hold what is least.
    """
    found: list[NDArray[np.int64]] = [np.empty((0, 2), np.int64)]
    size = 1
    while size < rows:
        step = size
        while step >= 1:
            first = np.arange(rows - step)
            in_turn = (first - step % size) // step % 2 == 0
            in_turn &= first >= step % size
            together = first // (2 * size) == (first + step) // (2 * size)
            chosen = first[in_turn & together]
            found.append(np.stack([chosen, chosen + step], axis=1))
            step //= 2
        size *= 2
    return np.concatenate(found).astype(np.int32)
