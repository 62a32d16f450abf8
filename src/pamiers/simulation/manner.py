"""How the people of a simulated world keep their appointments.

A role has a manner: how often it is punctual, silent or absent, and how it votes. What
it does about one step is drawn once, from the step and the role, and not again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from numpy.random import Generator

from pamiers.core.instant import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one role acts. `_share` are probabilities in [0, 1].

    Of what is asked of it a role leaves `silent_share` undone for ever, does
    `slow_share` after its time, and the rest in time.
    """

    silent_share: float = 0.05
    slow_share: float = 0.1
    slow_by_h: float = 12.0  #: mean of how late it is, where it is slow
    approves_share: float = 0.75  #: of votes, those in favour
    complains_share: float = 0.15  #: of what is done by others, or invented of them
    disputes_share: float = 0.2  #: of findings that name it, or nobody
    asks_longer_share: float = 0.25  #: of steps whose time may be prolonged
    consents_share: float = 0.6  #: of longer times that it is asked to agree to
    boycotts_from_day: int | None = None  #: silent from this day of the rehearsal on
    returns_on_day: int | None = None  #: and no longer from this one


def is_away(manner: Manner, day: int) -> bool:
    """Tell whether a role boycotts on a day, counted from 0."""
    gone, back = manner.boycotts_from_day, manner.returns_on_day
    return gone is not None and day >= gone and (back is None or day < back)


def acts_at(manner: Manner, allowed: Interval, rng: Generator) -> datetime | None:
    """Draw when a role does what is asked of it.

    Args:
        manner: The role's.
        allowed: From when it is asked to when it is due.
        rng: Generator; always two numbers are drawn, so that one role's manner leaves
            the world of all others as it is.

    Returns:
        An instant, after the end of `allowed` where the role is slow; None where it
        stays silent.
    """
    chance, length = rng.random(), rng.random()
    if chance < manner.silent_share:
        return None
    if chance < manner.silent_share + manner.slow_share:
        late_h = 0.25 + 2.0 * manner.slow_by_h * length
        return allowed.end + timedelta(seconds=round(late_h * 3600.0))
    # most act in the first half of the time they have
    return allowed.start + timedelta(seconds=int(allowed.seconds * length * length))
