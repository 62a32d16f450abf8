"""Runs of the strategies by lot: a party that keeps a clause, and one that breaks it.

Never the mean alone: a response that holds on average may come in none of the next
twenty years, or twice in one. The mean over many runs is the margin again, which is
how the closed forms are checked.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deterrence.game import Outcome
from pamiers.deterrence.margins import Figures

QUIET: Final = 0
BROKEN: Final = 1  #: a breach goes on, unanswered
ANSWERED: Final = 2  #: a response is in force


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Runs of one clause and one party."""

    states: NDArray[np.int8]  #: (runs, periods)
    worth: Figures  #: (runs,) gains less losses, seen from the first period


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The figures of one clause and one party that a run needs."""

    gain: float
    detection: float
    false_alarm: float
    lag: float  #: [periods]
    loss: float  #: as a stock, from the start of the response
    lasts: float  #: the longest step [periods]; only for what is drawn
    discount: float
    standing: bool


def course_of(likeliest: Outcome, party: int, clause: int, lasts: float) -> Course:
    """Return the figures of one clause and party at the likeliest of all.

    Args:
        likeliest: The outcome there, one column.
        party: Position of the party.
        clause: Position of the clause.
        lasts: How long a response is shown [periods].

    Returns:
        The course.
    """
    shape, stakes = likeliest.margins.shape, likeliest.stakes

    def one(held: Figures | NDArray[np.bool_]) -> float:
        return float(np.broadcast_to(held, shape)[party, clause, 0])

    return Course(
        gain=one(stakes.gain),
        detection=one(stakes.detection),
        false_alarm=one(stakes.false_alarm),
        lag=one(stakes.lag),
        loss=one(stakes.loss),
        lasts=lasts,
        discount=one(stakes.discount),
        standing=bool(one(stakes.standing)),
    )


def runs(
    course: Course, *, breaking: bool, shape: tuple[int, int], rng: np.random.Generator
) -> Runs:
    """Return runs of a party that keeps a clause, or breaks it in the first period.

    A breach that pays once is over in that period; one that is standing goes on until
    it is found and answered. While it goes on it is found, and otherwise the party is
    accused, each period anew. A loss is counted when its response sets in.

    Args:
        course: The figures.
        breaking: Break the clause in the first period; else keep it throughout.
        shape: How many runs, and how many periods each.
        rng: Draws who is found and accused.

    Returns:
        The runs.
    """
    many, periods = shape
    drawn = rng.random(shape)
    states = np.zeros(shape, dtype=np.int8)
    worth = np.zeros(many)
    at_large = np.full(many, breaking)
    for period in range(periods):
        rate = np.where(at_large, course.detection, course.false_alarm)
        found = drawn[:, period] < rate
        worth += at_large * course.gain * course.discount**period
        caught = at_large & found
        states[at_large, period] = BROKEN
        if course.standing:
            worth += caught * _while_unanswered(course, period)
            _fill(states, caught, (period + 1, period + 1 + course.lag), BROKEN)
        later = period + 1 + course.lag
        worth -= found * course.loss * course.discount**later
        _fill(states, found, (later, later + course.lasts), ANSWERED)
        at_large &= ~found if course.standing else np.zeros(many, dtype=bool)
    return Runs(states=states, worth=worth)


def _while_unanswered(course: Course, period: int) -> float:
    """Return what a standing breach pays from being found until it is answered."""
    rest = 1.0 - course.discount**course.lag
    flow = course.gain * rest / (1.0 - course.discount)
    return float(flow * course.discount ** (period + 1))


def _fill(
    states: NDArray[np.int8],
    which: NDArray[np.bool_],
    span: tuple[float, float],
    state: int,
) -> None:
    """Mark a span of periods in some runs; a response is not marked over."""
    first, last = round(span[0]), max(round(span[1]), round(span[0]))
    part = states[which, first:last]
    states[which, first:last] = np.maximum(part, state)
