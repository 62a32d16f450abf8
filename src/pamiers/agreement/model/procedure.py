"""Procedures as engines take them: every trigger, clock and rule in plain values.

Names are ids of actors and roles, `each party` spelt out. A trigger that only
stands in words is kept as `words`: a person says when it is met.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pamiers.agreement.values.duration import Duration

Names = tuple[str, ...]
EVERYBODY: Final = ("parties", "monitors", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """So many findings of the case within a window."""

    at_least: int
    over: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Upon:
    """What opens a step: all of these together; nothing: the opening of the case."""

    opened_by: Names = ()  #: finding, complaint, self-report, request
    breach_of: Names = ()
    severity: int = 0  #: at least; 0 asks nothing
    confidence: int = 0
    recurrence: Recurrence | None = None
    event: Names = ()
    after: Names = ()
    how: str = "done"  #: done, silent, over
    outcome: Names = ()
    words: str = ""  #: what nobody but a person can find to be so


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What holds where a step is not done in time."""

    then: str = "next"  #: next, deemed, passes, closes
    outcome: str | None = None
    to: Names = ()
    within: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How several decide."""

    rule: str  #: consensus, majority, two-thirds, chair, alone, arbitration
    among: Names = ()  #: who votes, spelt out
    quorum: int = 0
    each_party: bool = False
    chair: Names = ()
    tie: str = "lapses"  #: chair, arbiter, lapses
    arbiter: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step."""

    id: str
    by: Names
    do: Mapping[str, str] = field(default_factory=dict)
    alternates: Names = ()
    act: str = ""
    upon: Upon = field(default_factory=Upon)
    within: Duration | None = None
    from_: str = "opening"
    no_less: Duration | None = None
    decision: Decision | None = None
    four_eyes: bool = False
    recusal: bool = False
    outcomes: Names = ()
    longer: Duration | None = None  #: by which its time may be prolonged, in all
    consent_of: Names = ()
    silence: Silence | None = None
    closes: bool = False
    rule: str = ""  #: in words
    otherwise: str = ""  #: in words
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What may be determined to repair a breach."""

    id: str
    title: Mapping[str, str]
    by: Names
    within: Duration
    severity: int = 0
    done_by: Names = ()  #: empty: the party found responsible
    verified_by: Names = ()
    verified_within: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Who may appeal, to whom, how soon, and what holds meanwhile."""

    to: Names
    by: Names
    within: Duration
    decided_within: Duration | None = None
    suspends: bool = False
    silence: str = "stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Which findings belong to one case: what they share, and how soon they follow."""

    same: Names = ("clause", "party")
    near_m: float | None = None
    over: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who may do something about a case, and the times that go with it."""

    by: Names
    within: Duration | None = None
    decided_within: Duration | None = None
    signed_by: Names = ()
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """What was agreed for the case of a breach.

    `suspension.within` is how long it may last, `stand_down.within` how long there
    must have been no finding.
    """

    id: str
    title: Mapping[str, str]
    steps: tuple[Step, ...]
    created_by: str = ""
    clock: str = "opening"  #: one of `grammar.procedure.CLOCKS`
    cases: Grouping = field(default_factory=Grouping)
    complaints_by: Names = EVERYBODY
    thresholds: Mapping[str, int] = field(default_factory=dict)
    reply: Duration | None = None
    separate: bool = False
    remedies: tuple[Remedy, ...] = ()
    appeal: Appeal | None = None
    suspension: Office | None = None
    stand_down: Office | None = None
    reopening: Office | None = None
    minutes: Office | None = None
    publication: Office | None = None

    def step(self, name: str) -> Step | None:
        """Return a step by its id; None for none."""
        return next((each for each in self.steps if each.id == name), None)

    def remedy(self, name: str) -> Remedy | None:
        """Return a remedy by its id; None for none."""
        return next((each for each in self.remedies if each.id == name), None)
