"""An agreement that can be run: no blanks, every deadline an instant, SI units.

`Agreement` is what engines take. It is made by `pamiers.agreement.resolve` from
the agreement as written (`pamiers.agreement.written.whole`), once `check` finds neither
errors nor blanks; nothing here is parsed from text again. Sequence order is the
order of the file, and never decides a result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from pamiers.agreement.undertaking import Gate, Pledge
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Expression
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.agreement.zones import Line, Zone
from pamiers.core.errors import UnknownTermError
from pamiers.core.party import Party

Words = Mapping[str, str]  #: language code to text


class Verb(StrEnum):
    """What a clause demands; more verbs follow, so match exhaustively."""

    FORBID = "forbid"  #: it must not happen, or must not be so
    OBLIGE = "oblige"  #: it must have happened, or be so, by a deadline
    AT_MOST = "at_most"  #: no more than so many
    AT_LEAST = "at_least"  #: no fewer than so many
    RATIO = "ratio"  #: so much of one thing for each of another
    NOTIFY = "notify"  #: it must be announced before it happens
    MAINTAIN = "maintain"  #: it must be so all the time
    EVERY = "every"  #: it must happen again and again
    FORMULA = "formula"  #: in bounded temporal logic


class Mandate(StrEnum):
    """What the monitor may say about who did it."""

    FORBIDDEN = "forbidden"  #: no finding names a party: print "not mandated"
    PERMITTED = "permitted"
    REQUIRED = "required"  #: a finding without a party says why it has none


class Subject(StrEnum):
    """Whether a clause speaks of happenings, of what is the case, or of how many."""

    EVENT = "event"
    STATE = "state"
    STOCK = "stock"  #: how many are present, by tallies and sightings


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


@dataclass(frozen=True, slots=True)
class OutsideZones:
    """The clause holds outside all of these zones."""

    zones: tuple[str, ...]


Where = Everywhere | InZones | NearLine | OutsideZones


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is looked for: events, a state, or a stock. Conditions join by *and*."""

    subject: Subject
    kinds: tuple[str, ...] = ()  #: kinds of `core.kind`, or of `Agreement.events`
    state: str = ""  #: presence, absence, or of `Agreement.states`
    classes: tuple[str, ...] = ()  #: ids in `Agreement.classes`; empty: whatever kind
    where: Where = field(default_factory=Everywhere)
    condition: Expression | None = None
    by: tuple[str, ...] = ()  #: actors whose conduct it is; empty: the bearers'
    to: tuple[str, ...] = ()
    status: str = ""  #: of a tally; empty: whatever is present
    breach_of: tuple[str, ...] = ()  #: of a trigger: a breach of these clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time over which things are counted.

    Exactly one is given: a closed sliding window, or a unit of the calendar in the
    agreement's zone.
    """

    seconds: float | None = None
    calendar: str | None = None  #: day, week, month or year


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How many at most, or at least.

    `most` and `least` are numbers of items, persons or events; of a ratio, so many
    for each of `Reading.other`.
    """

    most: float | None = None
    least: float | None = None
    unit: str = "items"
    per: Window | None = None  #: None: at every instant; of a ratio, since `from_at`
    together: bool = False  #: all bearers in one count
    presence_lasts_s: float | None = None
    counter: str | None = None  #: whose tallies this reading goes by; None: anybody's


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What has to be done before a duty is due: a clause, or an event on record."""

    clause: str | None = None
    event: str | None = None
    by: str | None = None


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
    by: tuple[str, ...] = ()  #: only what these do
    kinds: tuple[str, ...] = ()  #: only these kinds of activity
    classes: tuple[str, ...] = ()  #: only these classes
    zones: tuple[str, ...] = ()  #: only in these zones
    condition: Expression | None = None
    approved_by: tuple[str, ...] = ()  #: on whose approval on record
    up_to: float | None = None  #: how many at once it lets through
    from_: Moment | None = None
    until: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A time for which a clause was suspended."""

    from_: Moment
    until: Moment | None = None
    by: tuple[str, ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a clause, complete in itself; evaluate each side by side.

    Invariants: `subject` EVENT has `kinds` and no `state`; STATE has `state`
    (`presence` or `absence`). `from_at < until_at` where both are given. For
    OBLIGE, `by_at` is the deadline; None means that the text sets none: open
    for ever, never late.

    Times are given twice: as moments, and as instants as far as they are known.
    `schedule.bind` fills the instants in once events have set the anchors; a
    reading whose `from_at` is None is not in force yet.
    """

    id: str  #: `as-written`, or option ids joined by `+`, such as `width+day-14`
    subject: Subject
    kinds: tuple[str, ...]  #: kinds of `core.kind`, or of `Agreement.events`
    state: str  #: empty for an event
    classes: tuple[str, ...]  #: ids in `Agreement.classes`; empty: of whatever kind
    where: Where
    bearers: tuple[str, ...]  #: party ids, in the order of `Agreement.parties`
    from_at: datetime | None  #: UTC; in force in `[from_at, until_at)`
    until_at: datetime | None  #: UTC; None: no end
    by_at: datetime | None  #: UTC
    from_: Moment | None = None
    until: Moment | None = None
    deadline: tuple[Moment, ...] = ()  #: the earliest counts
    lasting: Duration | None = None  #: time allowed from the trigger, or from unlocking
    within_s: float | None = None  #: the same where it is elapsed [s]
    condition: Expression | None = None  #: of what is looked for
    by: tuple[str, ...] = ()  #: whose conduct, where not the bearers'
    status: str = ""  #: of a tally
    each_zone: tuple[str, ...] = ()  #: judged in each of these by itself
    bound: Bound | None = None  #: AT_MOST, AT_LEAST, RATIO
    other: Matter | None = None  #: RATIO: what it is measured against
    upon: Matter | None = None  #: the trigger of a duty; NOTIFY: none
    same: tuple[str, ...] = ()  #: what act and trigger share: id, party, place
    before: Duration | None = None  #: NOTIFY: how long before
    period: Window | None = None  #: EVERY
    first: tuple[Moment, ...] = ()  #: EVERY: by when for the first time
    requires: tuple[Requirement, ...] = ()
    answers: tuple[Words, ...] = ()  #: to `Clause.questions`, in their order

    @property
    def matter(self) -> Matter:
        """Return what is looked for, apart from when and whose duty it is."""
        return Matter(
            subject=self.subject,
            kinds=self.kinds,
            state=self.state,
            classes=self.classes,
            where=self.where,
            condition=self.condition,
            by=self.by,
            status=self.status,
        )


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
    answers_for: tuple[str, ...] = ()  #: proxies: whose conduct is the bearer's
    verified_by: str | None = None  #: a duty is done once these verify it
    perdurant: bool = True  #: still due once late
    formula: str = ""
    thresholds: Thresholds | None = None  #: where other than the agreement's
    suspended: tuple[Suspension, ...] = ()
    visibility: str = "public"  #: public, parties, commission, restricted
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
class Anchor:
    """What times are counted from: an instant, an event, or a duty done."""

    id: str
    at: Moment | None = None
    event: str | None = None
    by: str | None = None
    completed: str | None = None  #: id of a clause
    latest: Moment | None = None  #: taken to be then, where it has not come


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How long the agreement is in force, how it is renewed, and how it ends."""

    from_: Moment | None = None
    lasts: Duration | None = None
    renewed_by: str | None = None
    ended_by: str | None = None
    notice: Duration | None = None


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
    anchors: Mapping[str, datetime]  #: such as `D`; UTC; those that are known
    waits: Mapping[str, Anchor] = field(default_factory=dict)  #: every anchor's rule
    states: Mapping[str, Words] = field(default_factory=dict)
    durations: str = "elapsed"  #: elapsed or wall_clock, where a duration is silent
    holidays: tuple[date, ...] = ()
    weekend: tuple[int, ...] = (5, 6)  #: days of rest; 0 is Monday
    life: Life | None = None
    pledges: tuple[Pledge, ...] = ()
    gates: Mapping[str, Gate] = field(default_factory=dict)

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
