"""What a source does not tell: whose acts it passes over, by what the others say.

Nobody is known by name here. Where two others or more tell of an incident, and all who
name somebody name the same, a source tells of it or not. Whoever tells of what is laid
to one at less than half the rate of all else denies, or does not look; which of the two
is for people to say.
"""

import math
from dataclasses import dataclass

import numpy as np

from pamiers.fusion.columns import Floats, Ints, Mask

#: incidents of either kind that show it, standard errors, and the share of the rate
FEWEST, CLEAR, HALF = 30, 4.5, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Acts that a source passes over."""

    actor: str  #: to whom the others lay them
    told: int  #: how many of them it tells of too
    of: int  #: how many there are
    elsewhere: float  #: the share that it tells of what is laid to anybody else


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """Incidents that several tell of.

    Invariant: a source that names somebody was heard.
    """

    heard: Mask  #: who tells of each, shape (m, S)
    names: Mask  #: who names its actor, shape (m, S)
    actor: Ints  #: number of whom all who name somebody name, -1: they disagree, (m,)


def silences(seen: Witnessed, actors: tuple[str, ...], source: int) -> list[Silence]:
    """Return whose acts a source passes over, by name.

    Args:
        seen: Incidents.
        actors: Names of actors by number.
        source: Number of the source.

    Returns:
        Empty where there are none, or too few incidents to tell.
    """
    told = seen.heard[:, source]
    others = seen.heard.sum(axis=1) - told
    named = seen.names.sum(axis=1) - seen.names[:, source]
    asked = (others > 1) & (named > 0) & (seen.actor >= 0)
    of = _counted(seen.actor[asked], len(actors))
    by = _counted(seen.actor[asked & told], len(actors))
    found = []
    for name, number in sorted((name, i) for i, name in enumerate(actors)):
        here, there = of[number], of.sum() - of[number]
        if min(here, there) < FEWEST:
            continue
        share, elsewhere = by[number] / here, (by.sum() - by[number]) / there
        every = by.sum() / of.sum()
        error = math.sqrt(every * (1.0 - every) * (1.0 / here + 1.0 / there))
        if share < HALF * elsewhere and elsewhere - share > CLEAR * error:
            silence = Silence(
                actor=name,
                told=int(by[number]),
                of=int(here),
                elsewhere=round(float(elsewhere), 3),
            )
            found.append(silence)
    return found


def _counted(actor: Ints, actors: int) -> Floats:
    return np.bincount(actor, minlength=actors).astype(np.float64)
