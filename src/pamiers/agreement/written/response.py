"""Who watches, and what opens when conduct was good."""

import datetime as dt
from dataclasses import dataclass, field

from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.written.texts import Extra, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A probability of detection, with who stated it, when and where."""

    probability: Maybe[float] = BLANK
    author: Maybe[str] = BLANK
    on: Maybe[dt.date | None] = BLANK
    source: Maybe[str] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A means of watching."""

    title: Maybe[Texts] = field(default_factory=dict)
    by: Maybe[str] = BLANK
    kinds: tuple[Maybe[str], ...] = ()
    watches: tuple[Maybe[str], ...] = ()
    detection: Maybe[Estimate | None] = None
    source: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One condition of a gate: how a clause has to have been kept over its window."""

    clause: Maybe[str] = BLANK
    breaches_at_most: Maybe[float | None] = None
    kept_share: Maybe[float | None] = None  #: of findings, at least, in [0, 1]
    watched_share: Maybe[float | None] = None  #: coverage, at least, in [0, 1]
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A step of the agreement that opens when conduct over a window was good."""

    title: Maybe[Texts] = field(default_factory=dict)
    window: Maybe[Duration | None] = BLANK  #: rolling
    indicators: tuple[Maybe[Indicator], ...] = ()
    certified_by: Maybe[str] = BLANK
    opens: tuple[Maybe[str], ...] = ()  #: clauses that it makes due
    rolls_back: Maybe[bool] = False  #: it shuts when the indicators fail again
    appeal: Maybe[str] = ""  #: procedure
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)
