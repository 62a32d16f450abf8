"""Where to set an alarm, and how often to look, so that a breach does not pay.

One noisy reading has to part breach from compliance; a low threshold finds breaches
and accuses compliers. The inspectee keeps the rule if the chance of staying unseen is
small enough after what false accusations cost it.

Source: Avenhaus, von Stengel and Zamir (2002), Inspection games, Handbook of Game
Theory 3, chapter 51.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_SPARE: Final = 1e-12  #: the smallest false-alarm rate that is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspectee:
    """What the inspected side wins or loses; keeping the rule quietly is worth 0."""

    caught: float  #: b, the loss when a breach is found, above 0
    uncaught: float  #: d, the gain when it is not, above 0
    accused: float  #: h, the loss of a complier who is accused, at least 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A setting of the alarm: how often it errs on either side."""

    false_alarm: float  #: alpha, a complier is accused [0..1]
    missed: float  #: beta, a breach stays unseen [0..1]


def missed_breach(false_alarm: float, shift: float) -> float:
    """Return how often a breach stays unseen at a false-alarm rate.

    Args:
        false_alarm: How often a complier is accused, within (0, 1).
        shift: By how many standard deviations a breach moves the reading.

    Returns:
        Phi(Phi^-1(1 - alpha) - shift).
    """
    return _NORMAL.cdf(_NORMAL.inv_cdf(1.0 - false_alarm) - shift)


def least_false_alarm(shift: float, stakes: Inspectee) -> Threshold | None:
    """Return the strictest alarm at which keeping the rule is the better choice.

    The chance of a miss is convex in the false-alarm rate and what is tolerated is
    linear, so the least of their difference is found first and the crossing before it
    by bisection.

    Args:
        shift: By how many standard deviations a breach moves the reading, at least 0.
        stakes: What the inspected side wins or loses.

    Returns:
        The threshold; None where no threshold makes keeping the better choice.
    """
    best = _lowest(shift, stakes)
    if _short(best, shift, stakes) > 0:
        return None
    low, high = _SPARE, best
    if _short(low, shift, stakes) <= 0:
        high = low
    for _ in range(200):
        middle = (low + high) / 2
        enough = _short(middle, shift, stakes) <= 0
        low, high = (low, middle) if enough else (middle, high)
    return Threshold(false_alarm=high, missed=missed_breach(high, shift))


def _short(false_alarm: float, shift: float, stakes: Inspectee) -> float:
    """Return by how much too many breaches stay unseen; at most 0 if few enough."""
    tolerated = stakes.caught - stakes.accused * false_alarm
    at_most = tolerated / (stakes.caught + stakes.uncaught)
    return missed_breach(false_alarm, shift) - at_most


def _lowest(shift: float, stakes: Inspectee) -> float:
    """Return the false-alarm rate at which `_short` is least, by golden section."""
    low, high = _SPARE, 1.0 - _SPARE
    golden = (5**0.5 - 1) / 2
    for _ in range(200):
        left, right = high - golden * (high - low), low + golden * (high - low)
        if _short(left, shift, stakes) <= _short(right, shift, stakes):
            high = right
        else:
            low = left
    return (low + high) / 2


def least_inspection(
    caught: Fraction | float, uncaught: Fraction | float, found: Fraction | float
) -> Fraction | float:
    """Return how likely an announced inspection must be to deter one breach.

    Args:
        caught: What being found costs, above 0.
        uncaught: What an unseen breach pays, at least 0.
        found: The probability that an inspection finds a breach, within (0, 1].

    Returns:
        d / (D (b + d)); above 1 where no inspection deters. Exact for fractions.
    """
    return uncaught / (found * (caught + uncaught))


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a leader announces, and what the follower then does."""

    first: Fraction  #: probability of the leader's first action
    answer: int  #: the follower's action, from 0
    value: Fraction  #: what it is worth to the leader


def best_commitment(
    leader: Sequence[tuple[Fraction, ...]], follower: Sequence[tuple[Fraction, ...]]
) -> Commitment:
    """Return the best announced lottery over two actions, exactly.

    The follower sees the lottery and takes its best answer, ties going to the leader;
    for each answer the lotteries that call it forth are an interval, and the leader's
    worth is linear on it, so that only its ends matter.

    Args:
        leader: Payoffs of the leader, two rows (its actions) by n columns.
        follower: Payoffs of the follower, of the same shape.

    Returns:
        The commitment; the first of equals by answer.

    Raises:
        ValueError: If there are not two rows, or none or unequal columns.

    Source:
        Conitzer (2016), On Stackelberg mixed strategies, Synthese 193.
    """
    rows = [*leader, *follower]
    wide = {len(row) for row in rows}
    if len(leader) != 2 or len(follower) != 2 or len(wide) != 1 or 0 in wide:  # noqa: PLR2004 - two actions
        raise ValueError("expected two rows of the same number of payoffs each")
    found = [
        Commitment(first=share, answer=answer, value=_mixed(leader, answer, share))
        for answer in range(len(leader[0]))
        for share in _ends(follower, answer)
    ]
    return max(found, key=lambda each: each.value)


def _mixed(
    payoffs: Sequence[tuple[Fraction, ...]], at: int, share: Fraction
) -> Fraction:
    """Return the payoff of a column when the first row is played with a share."""
    return share * payoffs[0][at] + (1 - share) * payoffs[1][at]


def _ends(follower: Sequence[tuple[Fraction, ...]], answer: int) -> list[Fraction]:
    """Return the ends of the interval of shares at which an answer is a best one."""
    low, high = Fraction(0), Fraction(1)
    for other in range(len(follower[0])):
        rise = (follower[0][answer] - follower[0][other]) - (
            follower[1][answer] - follower[1][other]
        )
        start = follower[1][answer] - follower[1][other]
        if rise == 0 and start < 0:
            return []
        if rise > 0:
            low = max(low, -start / rise)
        elif rise < 0:
            high = min(high, -start / rise)
    return [low, high] if low <= high else []
