"""What fusion takes for granted of who reports, and what was learned since.

Every figure that stands here is an assumption that a mission may replace.
No standard gives numbers to the Admiralty letters (NATO STANAG 2511 only orders
them), so the numbers below are the project's own, and docs/adr/0013 argues them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from pamiers.core.errors import UnknownTermError
from pamiers.core.source import Source
from pamiers.fusion.words import WordTable

#: probability that what a lone report says happened did happen, by Admiralty letter
LONE_REPORT: Final[Mapping[str, float]] = MappingProxyType(
    {"A": 0.97, "B": 0.92, "C": 0.80, "D": 0.50, "E": 0.25, "F": 0.50}
)
#: the same for a claim by an interested party. Of 23 claims made in the week from
#: 27 July 2020, 2 had an observation of the monitors within 5 km that day; the
#: monitors did not see everything, so the figure stands above 2/23.
LONE_CLAIM: Final = 0.20
#: probability of an incident nobody has reported; below the worst lone report, so
#: that a further voice can only add
PRIOR: Final = 0.10
#: no source is believed more than this, however much was learned
MOST_SURE: Final = 0.99
#: what the Admiralty figure of one piece adds to its source's weight [bit]
CREDIBILITY_BITS: Final[Mapping[str, float]] = MappingProxyType(
    {"1": 2.0, "2": 1.0, "3": 0.0, "4": -1.0, "5": -3.0, "6": 0.0}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """How far a source is believed where it alone tells of something.

    Invariant: `low <= mean <= high`, all in [0, 1].
    """

    mean: float  #: P(a lone report is real)
    low: float  #: with `high`, holds it nine times in ten
    high: float
    reports: int  #: how many reports taught it
    shared: int  #: how many of them others told of too, independently


def _lone_report() -> Mapping[str, float]:
    return LONE_REPORT


def voice_name(source: str, *, claimed: bool) -> str:
    """Return the name under which a source is learned: its claims apart."""
    return f"{source} (claims)" if claimed else source


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionModel:
    """What a mission declares of its sources, and what it believes of them.

    Invariants: `0 < prior < 1`, and every declared probability of a lone report or
    claim is at least `prior` and less than 1. `same_voice` maps a source to the one it
    copies or speaks for; two voices that are one count once.
    """

    sources: Mapping[str, Source] = field(default_factory=dict)
    same_voice: Mapping[str, str] = field(default_factory=dict)
    clock_s: float = 60.0  #: how far a stated time may be off at either end [s]
    prior: float = PRIOR
    lone_report: Mapping[str, float] = field(default_factory=_lone_report)
    lone_claim: float = LONE_CLAIM
    beliefs: Mapping[str, Belief] = field(default_factory=dict)  #: by `voice_name`
    words: WordTable = field(default_factory=WordTable)  #: of sources' own words

    def __post_init__(self) -> None:
        """Refuse probabilities with which a further report could speak against."""
        lone = [*self.lone_report.values(), self.lone_claim]
        if not 0.0 < self.prior <= min(lone) or max(lone) >= 1.0:
            raise UnknownTermError(
                "fusion model",
                expected="0 < prior <= each lone probability < 1",
                got=f"prior {self.prior}, lone {min(lone)} to {max(lone)}",
                remedy="Raise the lowest, or lower the prior.",
            )

    def letter(self, source: str, given: str | None) -> str:
        """Return the Admiralty letter of a row: as given, else its source's, else F."""
        known = self.sources.get(source)
        letter = given or (known.reliability.value if known else "F")
        return letter if letter in self.lone_report else "F"

    def declared(self, source: str, given: str | None, *, claimed: bool) -> float:
        """Return P(a lone report is real) by its letter; of a claim, at most that."""
        lone = self.lone_report[self.letter(source, given)]
        return min(lone, self.lone_claim) if claimed else lone

    def lone(self, source: str, given: str | None, *, claimed: bool) -> float:
        """Return P(a lone report is real): as learned, else as declared.

        A letter that a row states of itself, other than its source's, goes before what
        was learned of the source. Never below `prior`, never certain.
        """
        belief = self.beliefs.get(voice_name(source, claimed=claimed))
        own = given is not None and given != self.letter(source, None)
        if belief is None or own:
            return self.declared(source, given, claimed=claimed)
        return min(max(belief.mean, self.prior), MOST_SURE)

    def voice(self, source: str, *, claimed: bool) -> str:
        """Return whose voice a source is: its own, its origin's, or its parties'."""
        origin = self.same_voice.get(source, source)
        known = self.sources.get(origin)
        if claimed and known and known.interested:
            return "; ".join(sorted(known.interested))
        return origin
