"""An agreement that can be run: no blanks, every deadline an instant, SI units.

`Agreement` is what engines take. It is made by `pamiers.agreement.resolve` from
the agreement as written (`pamiers.agreement.written`), once `check` finds neither
errors nor blanks; nothing here is parsed from text again. Sequence order is the
order of the file, and never decides a result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from pamiers.agreement.weapon import WeaponClass
from pamiers.agreement.zones import Line, Zone
from pamiers.core.errors import UnknownTermError
from pamiers.core.party import Party

Words = Mapping[str, str]  #: language code to text


class Verb(StrEnum):
    """What a clause demands; more verbs follow, so match exhaustively."""

    FORBID = "forbid"  #: it must not happen, or must not be so
    OBLIGE = "oblige"  #: it must have happened, or be so, by a deadline


class Mandate(StrEnum):
    """What the monitor may say about who did it."""

    FORBIDDEN = "forbidden"  #: no finding names a party: print "not mandated"
    PERMITTED = "permitted"
    REQUIRED = "required"  #: a finding without a party says why it has none


class Subject(StrEnum):
    """Whether a clause speaks of happenings or of what is the case."""

    EVENT = "event"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Probabilities at which a verdict is decided, declared by the agreement."""

    breached: float  #: BREACHED when P(breach) is at least this
    kept: float  #: KEPT, where watched, when P(breach) is at most this


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The clause holds wherever the agreement does."""


@dataclass(frozen=True, slots=True)
class InZones:
    """The clause holds inside any of these zones."""

    zones: tuple[str, ...]  #: ids in `Agreement.zones`


@dataclass(frozen=True, slots=True)
class NearLine:
    """The clause holds within a distance of a line, which may differ by party."""

    lines: Mapping[str, str]  #: party id -> id in `Agreement.lines`; every bearer
    distance_m: float


Where = Everywhere | InZones | NearLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """What takes an instance out of a clause, before it is judged.

    Conditions are joined by *and*; a condition that is None or empty asks nothing.
    Of two exemptions that apply, the lower `priority` number is named.
    """

    id: str
    text: Words
    priority: int
    notified_s: float | None = None  #: announced at least this long before [s]
    matching: tuple[str, ...] = ()  #: what a notice must agree on: party place time
    in_answer_to: tuple[str, ...] = ()  #: event kinds that must have come first
    after_tried: str | None = None  #: role whose procedure was tried in vain before
    ordered_by: str | None = None  #: whose order is needed, in the text's own words
    by: tuple[str, ...] = ()  #: actors to whom the clause does not apply


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a clause, complete in itself; evaluate each side by side.

    Invariants: `subject` EVENT has `kinds` and no `state`; STATE has `state`
    (`presence` or `absence`). `from_at < until_at` where both are given. For
    OBLIGE, `by_at` is the deadline; None means that the text sets none: open
    for ever, never late.
    """

    id: str  #: `as-written`, or option ids joined by `+`, such as `width+day-14`
    subject: Subject
    kinds: tuple[str, ...]  #: kinds of `core.kind`, or of `Agreement.events`
    state: str  #: empty for an event
    classes: tuple[str, ...]  #: ids in `Agreement.classes`; empty: of whatever kind
    where: Where
    bearers: tuple[str, ...]  #: party ids, in the order of `Agreement.parties`
    from_at: datetime  #: UTC; in force in `[from_at, until_at)`
    until_at: datetime | None  #: UTC; None: no end
    by_at: datetime | None  #: UTC
    within_s: float | None = None  #: OBLIGE with `upon`: time allowed from it [s]
    answers: tuple[Words, ...] = ()  #: to `Clause.questions`, in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One commitment that can be cited and judged.

    Invariant: `readings` is never empty; where it has one, the text is read in
    only one way. A finding says under which reading it holds.
    """

    id: str
    verb: Verb
    title: Words
    text: Words  #: the words of the instrument, in the languages given
    cite: str  #: where they stand, such as `package-2015, point 2`
    instrument: str  #: id in `Agreement.instruments`
    readings: tuple[Reading, ...]
    questions: tuple[Words, ...] = ()  #: what the readings disagree about
    unless: tuple[Exemption, ...] = ()
    upon: tuple[str, ...] = ()  #: OBLIGE: owed after a breach of these clauses
    to: tuple[str, ...] = ()  #: to whom it is owed: actor or role ids
    watched_by: tuple[str, ...] = ()  #: ids in `Agreement.monitoring`
    severity: Words = field(default_factory=dict)  #: level -> when it applies
    on_breach: str | None = None  #: procedure, in the text's own words or an id
    gap_s: float = 86_400.0  #: events closer than this are one episode [s]

    @property
    def default(self) -> Reading:
        """Return the reading that stands first in the text."""
        return self.readings[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How likely a means is to notice, and on whose word."""

    probability: float
    author: str
    on: str  #: date of the estimate, ISO
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """A means of watching, and the clauses it can watch."""

    id: str
    title: Words
    by: str  #: actor or role that operates it
    kinds: tuple[str, ...]  #: what it can notice: kinds of `core.kind`; empty: any
    detection: Detection | None = None  #: None: nobody has stated one


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A part of the area that reports are broken down by."""

    id: str
    title: Words
    zone: Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement in force, ready to be judged against.

    `digest` is the SHA-256 of the RFC 8785 bytes of the agreement as written, zones
    included, after NFC; line ends, BOM, comments and key order leave it unchanged.
    """

    id: str
    digest: str
    title: Words
    parties: tuple[Party, ...]  #: whom clauses may bind, in the order of the file
    names: Mapping[str, Words]  #: every actor and role id -> its name
    instruments: Mapping[str, Words]  #: id -> title
    clauses: tuple[Clause, ...]
    classes: Mapping[str, WeaponClass]
    zones: Mapping[str, Zone]
    lines: Mapping[str, Line]
    events: Mapping[str, Words]  #: kinds of event this agreement adds to `core.kind`
    monitoring: Mapping[str, Means]
    sectors: tuple[Sector, ...]
    mandate: Mandate
    thresholds: Thresholds
    time_zone: str  #: IANA name
    cut_off: time  #: end of the reporting day, wall clock in `time_zone`
    anchors: Mapping[str, datetime]  #: such as `D`; UTC

    def clause(self, clause_id: str) -> Clause:
        """Return a clause by its id.

        Raises:
            UnknownTermError: The agreement has no such clause.
        """
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise UnknownTermError(
            self.id,
            expected="the id of a clause",
            got=repr(clause_id),
            remedy=f"Clauses: {', '.join(each.id for each in self.clauses)}.",
        )

    @property
    def party_ids(self) -> tuple[str, ...]:
        """Return the ids of the parties, in the order of the file."""
        return tuple(party.id for party in self.parties)
