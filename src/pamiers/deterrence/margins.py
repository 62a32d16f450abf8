"""Is complying with one clause the better choice, and what would make it so?

A party that breaks a clause gains; it is found with some probability per period and
then loses benefits for a while. A margin is what complying is worth beyond breaking,
in the unit of the gains: at least zero means that complying is a best response. The
thresholds say which detection, delay or loss would bring a margin to zero.

`lump` gains come once (an incident); `standing` gains are paid every period until
the breach is found and answered. Every function takes numbers and arrays alike and
broadcasts them; periods are those of the assumptions file.

Source: one-shot deviation principle for repeated games with public monitoring,
Mailath and Samuelson (2006), Repeated Games and Reputations, chapter 7.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]

#: a threshold that no value can meet
NEVER: Final = np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What one party stands to win and to lose over one clause; all broadcast.

    Invariant: 0 < discount < 1; detection and false_alarm within [0, 1]; gain, lag
    and loss at least 0. `of_stakes` in `assumptions` refuses anything else.
    """

    gain: Figures  #: per period, or once for a lump gain [unit of payoff]
    detection: Figures  #: found and laid to the right side, per period [0..1]
    false_alarm: Figures  #: a complier is found in breach, per period [0..1]
    lag: Figures  #: from being found until the response is in force [periods]
    loss: Figures  #: what the response takes away, as a stock [unit of payoff]
    discount: Figures  #: worth today of one unit next period (0..1)
    standing: NDArray[np.bool_]  #: paid until it is answered, rather than once


def geometric(discount: Figures, periods: Figures) -> Figures:
    """Return 1 + d + ... + d^(n-1), the worth of a flow of one over n periods.

    Args:
        discount: Worth today of one unit next period, in (0, 1).
        periods: How long the flow lasts, at least 0; infinity is allowed.

    Returns:
        The sum, of the broadcast shape; n need not be whole.
    """
    rest = np.expm1(np.multiply(periods, np.log(discount)))
    return np.asarray(-rest / np.subtract(1.0, discount))


def delayed_loss(stakes: Stakes) -> Figures:
    """Return the loss as seen from now, when it sets in after the lag and one period.

    Returns:
        discount^(lag + 1) * loss [unit of payoff], of the broadcast shape.
    """
    return np.asarray(stakes.discount ** (np.add(stakes.lag, 1.0)) * stakes.loss)


def lump_margin(stakes: Stakes) -> Figures:
    """Return the margin of a clause whose breach pays once.

    Returns:
        (d - f) times the delayed loss, less the gain [unit of payoff].
    """
    return _lump(stakes, delayed_loss(stakes))


def _lump(stakes: Stakes, delayed: Figures) -> Figures:
    sure = np.subtract(stakes.detection, stakes.false_alarm)
    return np.asarray(delayed * sure - stakes.gain)


def standing_margin(stakes: Stakes) -> Figures:
    """Return the margin of a clause whose breach pays until it is answered.

    A complier too is alarmed at the rate of false alarms, and loses as much.

    Returns:
        The margin [unit of payoff], of the broadcast shape.
    """
    return _standing(stakes, delayed_loss(stakes))


def _standing(stakes: Stakes, delayed: Figures) -> Figures:
    sure = np.subtract(stakes.detection, stakes.false_alarm)
    paid = stakes.gain * (1.0 + stakes.detection * _while_unanswered(stakes))
    kept = 1.0 - np.multiply(stakes.discount, np.subtract(1.0, stakes.detection))
    return np.asarray((delayed * sure - paid) / kept)


def _while_unanswered(stakes: Stakes) -> Figures:
    """Return the worth of a flow of one during the lag, seen from one period before."""
    return np.multiply(stakes.discount, geometric(stakes.discount, stakes.lag))


def margin(stakes: Stakes, delayed: Figures | None = None) -> Figures:
    """Return the margin of each clause after its kind: standing or lump.

    Args:
        stakes: The stakes; arrays broadcast.
        delayed: Their `delayed_loss`, where it is known already.

    Returns:
        Margins [unit of payoff]; at least 0 where complying is a best response.
    """
    held = delayed_loss(stakes) if delayed is None else delayed
    return np.where(stakes.standing, _standing(stakes, held), _lump(stakes, held))


def least_detection(stakes: Stakes) -> Figures:
    """Return the detection at which the margin is zero.

    Args:
        stakes: The stakes; their own detection is not used.

    Returns:
        The detection [0..]; above 1, or infinite, where no amount of monitoring
        closes the gap and only speed, remedy or incentive can. 0 where nothing is
        gained by a breach and no alarm is false.
    """
    delayed = delayed_loss(stakes)
    unanswered = np.where(stakes.standing, stakes.gain * _while_unanswered(stakes), 0.0)
    wanted = np.add(stakes.gain, delayed * stakes.false_alarm)
    spare = delayed - unanswered
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.where(spare > 0, wanted / spare, NEVER)
    return np.asarray(np.where(wanted <= 0, 0.0, found))


def least_loss(stakes: Stakes) -> Figures:
    """Return the stock of loss at which the margin is zero.

    Args:
        stakes: The stakes; their own loss is not used.

    Returns:
        The loss [unit of payoff]; infinite where detection is not above false
        alarms, for then a response punishes compliers as often as violators.
    """
    sure = np.subtract(stakes.detection, stakes.false_alarm)
    unanswered = np.where(
        stakes.standing, stakes.detection * _while_unanswered(stakes), 0.0
    )
    paid = stakes.gain * (1.0 + unanswered)
    worth = np.asarray(stakes.discount ** np.add(stakes.lag, 1.0)) * sure
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.where(worth > 0, paid / worth, NEVER)
    return np.asarray(np.where(paid <= 0, 0.0, found))


def longest_lag(stakes: Stakes) -> Figures:
    """Return the delay at which the margin is zero.

    With s = discount^lag a margin is linear in s, for lump and standing gains alike,
    so that the lag follows from a logarithm.

    Args:
        stakes: The stakes; their own lag is not used.

    Returns:
        The lag [periods]; infinite where any delay holds; below zero where even an
        answer at once would not do.
    """
    rate = np.log(stakes.discount)
    sure = np.subtract(stakes.detection, stakes.false_alarm)
    flow = stakes.gain * stakes.detection * stakes.discount / (1.0 - stakes.discount)
    unanswered = np.where(stakes.standing, flow, 0.0)
    needed = stakes.gain + unanswered
    worth = stakes.discount * sure * stakes.loss + unanswered
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.where(worth > 0, np.log(needed / worth) / rate, -NEVER)
    return np.asarray(np.where(needed <= 0, NEVER, found))
