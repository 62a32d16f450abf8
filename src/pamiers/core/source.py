"""Who says so: sources, their interest, and the Admiralty code as given.

The two letters of the Admiralty code are kept apart for ever: how reliable a
source has been, and how credible this piece is. They are never averaged.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reliability(StrEnum):
    """Reliability of a source, Admiralty (NATO STANAG 2511) letter."""

    A = "A"  #: completely reliable
    B = "B"  #: usually reliable
    C = "C"  #: fairly reliable
    D = "D"  #: not usually reliable
    E = "E"  #: unreliable
    F = "F"  #: reliability cannot be judged


class Credibility(StrEnum):
    """Credibility of one piece of information, Admiralty figure."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNJUDGED = "6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The origin of observations or claims.

    Invariant: a source with an interest is one of the parties or speaks for one;
    its word is shown as a claim, never as an observation by a third party.
    """

    id: str
    name: str
    reliability: Reliability = Reliability.F
    interested: tuple[str, ...] = ()  #: ids of the parties it speaks for
    citation: str | None = None  #: where its statements can be read
