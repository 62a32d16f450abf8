"""What an agreed response takes away, and what a mutual suspension is worth.

Two shapes of response: a ladder of steps that falls on the side found in breach, and
a suspension that falls on both sides after every alarm. Long or hard steps deter more
and burn more of the peace through false alarms; both figures are given together.

Source: Green and Porter (1984); Abreu, Milgrom and Pearce (1991); the closed forms
are derived from the two-state automaton comply -> suspended for T periods -> comply.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pamiers.deterrence.margins import Figures, geometric


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the response, as the assumptions state it; all broadcast."""

    loss_flow: Figures  #: what it takes from the violator per period [payoff]
    length: Figures  #: how long it lasts [periods]; infinity is allowed
    credibility: Figures  #: probability that it is really applied [0..1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Benefits suspended for both sides after an alarm; numbers or arrays."""

    alarm_breaking: Figures  #: probability of an alarm when a side breaks [0..1]
    alarm_keeping: Figures  #: probability of an alarm when both keep [0..1]
    length: Figures  #: how long it lasts [periods]; infinity is allowed
    discount: Figures  #: worth today of one unit next period (0..1)


def loss_stock(steps: Iterable[Step], discount: Figures) -> Figures:
    """Return what all steps together are expected to take, seen from their start.

    Args:
        steps: The steps of the ladder.
        discount: Worth today of one unit next period, in (0, 1).

    Returns:
        The stock [unit of payoff]; zeros for an empty ladder.
    """
    stock = np.zeros(np.shape(discount))
    for step in steps:
        worth = geometric(discount, step.length)
        stock = stock + step.credibility * step.loss_flow * worth
    return stock


def suspended_share(given: Suspension) -> Figures:
    """Return 1 - discount^length, the share of the future that a suspension takes."""
    return np.asarray(-np.expm1(np.multiply(given.length, np.log(given.discount))))


def value_kept(given: Suspension) -> Figures:
    """Return the worth of a peace in which both keep the agreement.

    Returns:
        The share [0..1] of a peace without false alarms that is left.
    """
    lost = given.discount * given.alarm_keeping * suspended_share(given)
    return np.asarray((1.0 - given.discount) / (1.0 - given.discount + lost))


def most_gain(given: Suspension) -> Figures:
    """Return the largest gain from a breach that the suspension still deters.

    Returns:
        The gain, in units of the flow at peace; not above 0 where a breach raises no
        more alarms than keeping does.
    """
    share = suspended_share(given)
    sure = np.subtract(given.alarm_breaking, given.alarm_keeping)
    lost = given.discount * given.alarm_keeping * share
    return np.asarray(given.discount * sure * share / (1.0 - given.discount + lost))


def shortest(given: Suspension, gain: float) -> int | None:
    """Return the shortest whole suspension that deters a gain.

    Args:
        given: The suspension; its own length is not used.
        gain: What a breach pays, in units of the flow at peace.

    Returns:
        Whole periods, 0 where nothing is gained; None where even an endless
        suspension does not deter.
    """
    if gain <= 0:
        return 0
    discount, quiet = float(given.discount), float(given.alarm_keeping)
    spare = float(given.alarm_breaking) - quiet - gain * quiet
    needed = gain * (1.0 - discount)
    if spare <= 0 or needed >= discount * spare:
        return None
    guess = math.log1p(-needed / (discount * spare)) / math.log(discount)
    start = max(0, math.floor(guess) - 1)
    return next(n for n in range(start, start + 4) if _deters(given, gain, n))


def _deters(given: Suspension, gain: float, length: int) -> bool:
    """Tell whether a suspension of a whole length deters a gain."""
    tried = Suspension(
        alarm_breaking=given.alarm_breaking,
        alarm_keeping=given.alarm_keeping,
        length=np.asarray(float(length)),
        discount=given.discount,
    )
    return bool(most_gain(tried) >= gain)


def best_value(given: Suspension, gain: float) -> float | None:
    """Return the most that keeping can be worth when a gain is just deterred.

    Args:
        given: The suspension; its length is not used, for it may be drawn by lot.
        gain: What a breach pays, in units of the flow at peace.

    Returns:
        1 - keeping * gain / (breaking - keeping); None where nothing deters.

    Source:
        Abreu, Milgrom and Pearce (1991), 1 - g / (l - 1) with l the likelihood ratio.
    """
    endless = Suspension(
        alarm_breaking=given.alarm_breaking,
        alarm_keeping=given.alarm_keeping,
        length=np.asarray(np.inf),
        discount=given.discount,
    )
    if float(most_gain(endless)) < gain:
        return None
    sure = float(given.alarm_breaking) - float(given.alarm_keeping)
    return 1.0 if gain <= 0 else 1.0 - float(given.alarm_keeping) * gain / sure


def time_at_peace(given: Suspension) -> Figures:
    """Return the long-run share of periods without suspension, both sides keeping."""
    with np.errstate(invalid="ignore"):  # an endless suspension that never starts
        away = np.multiply(given.alarm_keeping, given.length)
    return np.asarray(1.0 / (1.0 + np.where(given.alarm_keeping == 0, 0.0, away)))


def least_patience(
    shown_if_kept: Fraction | float, shown_if_broken: Fraction | float
) -> Fraction | float | None:
    """Return the discount from which endless punishment upholds cooperation.

    The prisoners' dilemma (2,2), (3,-1), (0,0), where a good signal shows with one
    probability if both keep and with another if one breaks.

    Args:
        shown_if_kept: Probability p of the good signal when both keep [0..1].
        shown_if_broken: Probability q of it when one side breaks [0..1].

    Returns:
        1 / (3p - 2q), exact for fractions; None where no patience below one is enough.

    Source:
        Mailath and Samuelson (2006), section 7.2.
    """
    slope = 3 * shown_if_kept - 2 * shown_if_broken
    return 1 / slope if slope > 1 else None


def best_symmetric(shown_if_kept: float, shown_if_broken: float) -> float:
    """Return the best strongly symmetric payoff of that dilemma, players patient.

    Args:
        shown_if_kept: Probability p of the good signal when both keep [0..1].
        shown_if_broken: Probability q of it when one side breaks [0..1].

    Returns:
        2 - (1 - p) / (p - q), and 0 where the signal tells too little.
    """
    if least_patience(shown_if_kept, shown_if_broken) is None:
        return 0.0
    lost = (1.0 - shown_if_kept) / (shown_if_kept - shown_if_broken)
    return max(0.0, 2.0 - lost)
