"""What was agreed for the case of a breach: who does what, upon what, by when.

A step in its plain form says `when`, `rule` and `otherwise` in words. In its full
form it says the same in keys that a case can be run by; both may stand together,
and then the words are for people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written.texts import Extra, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """So many findings of the case within a window."""

    at_least: Maybe[float] = BLANK
    over: Maybe[Duration | None] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upon:
    """What opens a step: all of these together; none: the opening of the case."""

    opened_by: tuple[Maybe[str], ...] = ()  #: finding, complaint, self-report, request
    breach_of: tuple[Maybe[str], ...] = ()  #: clauses, any of them
    severity: Maybe[str] = ""  #: at least, S1 to S4
    confidence: Maybe[str] = ""  #: at least, C1 to C3
    recurrence: Maybe[Recurrence | None] = None
    event: tuple[Maybe[str], ...] = ()  #: kinds of event, any of them on record
    after: tuple[Maybe[str], ...] = ()  #: steps, all of them
    how: Maybe[str] = "done"  #: done, silent (its time ran out) or over (either)
    outcome: tuple[Maybe[str], ...] = ()  #: of the last of `after`, any of these
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What holds where a step is not done in time."""

    then: Maybe[str] = BLANK  #: next, deemed, passes, closes
    outcome: Maybe[str] = ""  #: deemed to be found, or that the case is closed with
    to: tuple[Maybe[str], ...] = ()  #: to whom it passes
    within: Maybe[Duration | None] = None  #: time allowed to them
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How several decide: rule, quorum, and what follows a tie."""

    rule: Maybe[str] = BLANK
    among: tuple[Maybe[str], ...] = ()  #: whose members vote; empty: who acts
    quorum: Maybe[float | None] = None  #: members present
    each_party: Maybe[bool] = False  #: a quorum wants somebody of every party
    chair: tuple[Maybe[str], ...] = ()
    tie: Maybe[str] = ""  #: chair, arbiter, lapses
    arbiter: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolonged:
    """How the time of a step may be prolonged."""

    at_most: Maybe[Duration | None] = BLANK  #: in all
    consent_of: tuple[Maybe[str], ...] = ()  #: all of these
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a procedure."""

    id: Maybe[str] = BLANK
    by: tuple[Maybe[str], ...] = ()
    alternates: tuple[Maybe[str], ...] = ()  #: in this order, where `by` cannot act
    act: Maybe[str] = ""  #: which of the separate acts it is
    do: Maybe[Texts] = field(default_factory=dict)
    when: Maybe[str] = ""
    upon: Maybe[Upon | None] = None
    within: Maybe[Duration | None] = None
    from_: Maybe[str] = ""  #: what `within` runs from; empty: the clock
    no_less: Maybe[Duration | None] = None  #: from when it opens, at the least
    rule: Maybe[str] = ""
    decision: Maybe[Decision | None] = None
    four_eyes: Maybe[bool] = False
    recusal: Maybe[bool] = False
    outcomes: tuple[Maybe[str], ...] = ()
    extension: Maybe[Prolonged | None] = None
    otherwise: Maybe[str] = ""  #: what holds where it is not done in time
    silence: Maybe[Silence | None] = None
    closes: Maybe[bool] = False
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Which findings belong to one case."""

    same: tuple[Maybe[str], ...] = ()  #: clause, party, place
    near: Maybe[Quantity | None] = None  #: for `place`
    over: Maybe[Duration | None] = BLANK  #: since the last finding of the case
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What may be determined to repair a breach; who does it, and who verifies it."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    by: tuple[Maybe[str], ...] = ()  #: who determines it
    severity: Maybe[str] = ""  #: from this level on
    done_by: tuple[Maybe[str], ...] = ()  #: empty: the party found responsible
    within: Maybe[Duration | None] = BLANK
    verified_by: tuple[Maybe[str], ...] = ()
    verified_within: Maybe[Duration | None] = None
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Who may appeal, to whom, how soon, and what holds meanwhile."""

    to: tuple[Maybe[str], ...] = ()
    by: tuple[Maybe[str], ...] = ()
    within: Maybe[Duration | None] = BLANK
    decided_within: Maybe[Duration | None] = None
    suspends: Maybe[bool] = False
    silence: Maybe[str] = ""  #: stands, falls
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Who may suspend the procedure, and for how long at most."""

    by: tuple[Maybe[str], ...] = ()
    at_most: Maybe[Duration | None] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDown:
    """Who may stand the response down, and after how long a quiet."""

    by: tuple[Maybe[str], ...] = ()
    quiet_for: Maybe[Duration | None] = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Who may reopen a closed case upon new evidence, and until when."""

    by: tuple[Maybe[str], ...] = ()
    within: Maybe[Duration | None] = None  #: of closing
    decided_within: Maybe[Duration | None] = None  #: of the new evidence
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Who writes the minutes of a closed case, and who signs them."""

    by: tuple[Maybe[str], ...] = ()
    signed_by: tuple[Maybe[str], ...] = ()
    within: Maybe[Duration | None] = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Who publishes what came of a case, to whom, and by when after closing."""

    by: tuple[Maybe[str], ...] = ()
    edition: Maybe[str] = BLANK
    within: Maybe[Duration | None] = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Within which time a party's reply is asked for; it is heard later as well."""

    within: Maybe[Duration | None] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """What was agreed for the case of a breach."""

    title: Maybe[Texts] = field(default_factory=dict)
    created_by: Maybe[str] = BLANK
    clock: Maybe[str] = ""  #: what the times of the steps run from
    cases: Maybe[Grouping | None] = None
    complaints_by: tuple[Maybe[str], ...] = ()
    thresholds: Mapping[str, Maybe[str]] = field(default_factory=dict)
    reply: Maybe[Hearing | None] = None
    steps: tuple[Step, ...] = ()
    separate: Maybe[bool] = False  #: separate acts by separate roles
    remedies: tuple[Remedy, ...] = ()
    appeal: Maybe[Appeal | None] = None
    suspension: Maybe[Pause | None] = None
    stand_down: Maybe[StandDown | None] = None
    reopening: Maybe[Reopening | None] = None
    minutes: Maybe[Minutes | None] = None
    publication: Maybe[Publication | None] = None
    cite: Maybe[str] = ""
    source: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)
