"""The assumptions as their authors wrote them."""

import datetime as dt
from dataclasses import dataclass, field

from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written.texts import Extra, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as a range. Invariant: low <= mode <= high."""

    low: float
    mode: float
    high: float
    unit: str = ""  #: of time, as written; empty for plain numbers
    by: str = ""  #: basis; empty for the basis of the file

    @property
    def values(self) -> tuple[float, float, float]:
        """Return the lowest, likeliest and highest figure."""
        return self.low, self.mode, self.high


#: one figure for both parties, or a figure per party
PerParty = Maybe[Figure] | dict[str, Maybe[Figure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Whose judgement a figure is, from when, and where it can be read."""

    author: Maybe[str] = BLANK
    on: Maybe[dt.date] = BLANK
    source: Maybe[str] = BLANK
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What a party gets in one period of a one-off choice between keep and break."""

    both_keep: Maybe[Figure] = BLANK
    only_other_breaks: Maybe[Figure] = BLANK
    only_self_breaks: Maybe[Figure] = BLANK
    both_break: Maybe[Figure] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyStakes:
    """What one party has from peace and from war, per period."""

    discount: Maybe[Figure] = BLANK
    peace: Maybe[Figure] = BLANK
    war: Maybe[Figure] = BLANK
    first_strike: Maybe[Figure] = BLANK  #: once, on top of war
    war_later: Maybe[Figure | None] = None  #: war next period, where power shifts
    belief: Maybe[Belief] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseStakes:
    """What breaking one clause pays, how it is found out, and how it is answered."""

    id: Maybe[str] = BLANK
    breach: Maybe[str] = BLANK  #: `once` or `standing`
    gain: PerParty = BLANK
    detection: dict[str, Maybe[Figure]] = field(default_factory=dict)  #: by means
    verification: Maybe[Figure] = BLANK
    attribution: Maybe[Figure] = BLANK
    false_alarm: Maybe[Figure] = BLANK
    lag: Maybe[Figure] = BLANK  #: [s]
    answered_by: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """One step of the response, abstract: what it takes, and what it costs."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    kind: Maybe[str] = BLANK  #: what it is: notice, withheld benefit, ...
    after: Maybe[Figure] = BLANK  #: from the start of the response [s]
    lasts: Maybe[Figure] = BLANK  #: [s]
    loss: PerParty = BLANK  #: flow per period
    credibility: Maybe[Figure] = BLANK
    responder: Maybe[str] = BLANK
    cost: Maybe[Figure] = BLANK  #: to the responder, flow per period
    restores: Maybe[Figure] = BLANK  #: worth to the responder of what is restored
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a lever does to one figure: exactly one of `to`, `add`, `times`."""

    clause: Maybe[str] = ""
    step: Maybe[str] = ""
    party: Maybe[str] = ""
    of: Maybe[str] = BLANK  #: key of the figure
    means: Maybe[str] = ""  #: which means, where `of` is detection
    to: Maybe[float | Quantity | None] = None  #: a time with its unit
    add: Maybe[float | Quantity | None] = None
    times: Maybe[float | None] = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """Something negotiators could change, with its cost."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    cost: Maybe[float] = BLANK
    paid_by: Maybe[Texts] = field(default_factory=dict)  #: nobody named where empty
    changes: tuple[Maybe[Change], ...] = ()
    excludes: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incentives:
    """A file of assumptions beside an agreement."""

    pamiers_incentives: Maybe[float] = BLANK
    agreement: Maybe[str] = BLANK
    about: Maybe[Texts] = field(default_factory=dict)
    period: Maybe[Quantity] = BLANK
    unit: Maybe[str] = BLANK  #: in what payoffs are stated
    cost_unit: Maybe[str] = ""  #: in what levers cost
    by: Maybe[str] = ""  #: basis of every figure that names none
    bases: dict[str, Maybe[Basis]] = field(default_factory=dict)
    correlation: Maybe[Figure] = BLANK  #: between the means that watch one clause
    parties: dict[str, Maybe[PartyStakes]] = field(default_factory=dict)
    clauses: tuple[ClauseStakes, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    levers: tuple[Lever, ...] = ()
    extra: Extra = field(default_factory=dict)
