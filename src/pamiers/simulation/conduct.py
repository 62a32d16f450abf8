"""How a party behaves in a simulated world: what it breaks, answers, says and hides.

Every figure is an assumption of whoever rehearses, and none is a forecast.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

#: a party's rate never grows past so many times its base, however it is provoked
MOST_HEATED: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """What one party does when nobody and everybody looks.

    Rates are expected numbers a day, `_share` are probabilities in [0, 1], factors
    multiply rates.
    """

    breaches_per_day: float = 0.15  #: of each clause that binds it, by itself
    rates: Mapping[str, float] = field(default_factory=dict)  #: of single clauses
    retaliates_share: float = 0.3  #: of breaches against it that it answers next day
    escalates: float = 1.1  #: factor for each day on which it was hit
    calms: float = 0.8  #: factor for each day on which it was not
    restraint: float = 0.6  #: factor for each remedy determined against it
    keeps_duties_share: float = 0.9  #: of what it owes, done in time
    reports_itself_share: float = 0.05  #: of its breaches, told to the monitors
    denies_share: float = 0.5  #: of its breaches, denied in public
    accuses_share: float = 0.4  #: of breaches against it, claimed in public
    invents_per_day: float = 0.1  #: claims of breaches that never were
    stages_per_day: float = 0.0  #: breaches of its own, laid at the other's door

    def rate(self, clause: str) -> float:
        """Return how often it breaks a clause, uncalled for: expected number a day."""
        return self.rates.get(clause, self.breaches_per_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What was done to a party, and what it was told to stop."""

    heat: float = 1.0  #: factor on its rates
    suffered: int = 0  #: breaches against it the day before
    remedies: int = 0  #: determined against it so far

    def factor(self, conduct: Conduct) -> float:
        """Return the factor on the rates of a party in this mood."""
        return self.heat * conduct.restraint**self.remedies


def after_a_day(mood: Mood, conduct: Conduct, suffered: int, remedies: int) -> Mood:
    """Return the mood of a party after a day.

    Args:
        mood: Before it.
        conduct: The party's.
        suffered: Breaches that others committed that day.
        remedies: Remedies determined against the party that day.

    Returns:
        Heated where it was hit, calmer where it was not, never below its base.
    """
    factor = conduct.escalates if suffered else conduct.calms
    heat = min(max(mood.heat * factor, 1.0), MOST_HEATED)
    return Mood(heat=heat, suffered=suffered, remedies=mood.remedies + remedies)
