"""What was undertaken beside the clauses: pledges, and the gates of good conduct.

As engines take them: without blanks. Nothing is judged by a pledge; a gate makes
clauses due once an agreement was kept well enough.
"""

from dataclasses import dataclass
from datetime import date

from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What had come of a pledge by a day, according to one source."""

    on: date | None  #: None: the source does not say
    amount: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How many of a pledge are to have come by when, in all."""

    due: Moment
    at_least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What somebody undertook to give, at least and at most, and what has come."""

    id: str
    by: str  #: actor; several who give one amount together with `;` between them
    of: tuple[str, ...]  #: what, in the text's own words
    at_least: float | None = None
    up_to: float | None = None
    unit: str = "items"  #: of `values.quantity.UNITS`
    about: bool = False  #: an amount is approximate: nothing is short of it or over
    stages: tuple[Stage, ...] = ()  #: none: at once, and `at_least`
    deliveries: tuple[Delivery, ...] = ()
    excludes: tuple[str, ...] = ()
    where: str | None = None
    when: str = ""  #: condition, in words
    created_by: str | None = None
    source: str | None = None  #: who says that it was pledged


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """How a clause has to have been kept over a gate's window.

    Invariant: at least one of the three is given.
    """

    clause: str
    breaches_at_most: float | None = None  #: episodes
    kept_share: float | None = None  #: of findings, at least, [0, 1]
    watched_share: float | None = None  #: coverage, at least, [0, 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A step that opens when conduct over a rolling window was good."""

    id: str
    title: dict[str, str]
    window: Duration
    indicators: tuple[Indicator, ...]
    certified_by: str  #: actor or role
    opens: tuple[str, ...] = ()  #: clauses that it makes due
    rolls_back: bool = False  #: it shuts when the indicators fail again
    appeal: str | None = None  #: procedure
    cite: str = ""
