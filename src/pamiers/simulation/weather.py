"""The weather of a simulated world: fair or foul, and likely as it was yesterday."""

from dataclasses import dataclass

from numpy.random import Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How often a day is foul, and how long foul weather lasts.

    A chain of two states (Markov): `foul_share` of all days are foul in the long run,
    and a foul day is followed by another with the probability `lasts_share`.
    """

    foul_share: float = 0.2
    lasts_share: float = 0.5

    def next_is_foul(self, rng: Generator, *, foul: bool) -> bool:
        """Draw whether the next day is foul.

        Args:
            rng: Generator; one number is drawn.
            foul: Whether this day is.

        Returns:
            True for foul weather.
        """
        turns = self.foul_share * (1.0 - self.lasts_share)
        begins = turns / (1.0 - self.foul_share) if self.foul_share < 1.0 else 1.0
        return bool(rng.random() < (self.lasts_share if foul else min(begins, 1.0)))
