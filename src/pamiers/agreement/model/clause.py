"""A clause that can be judged: verb, matter, readings, exemptions, all in SI units."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pamiers.agreement.model.where import Everywhere, Where
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Expression
from pamiers.agreement.values.formula import Formula
from pamiers.agreement.values.hours import Hours
from pamiers.agreement.values.moment import Moment

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
    not_by: tuple[str, ...] = ()  #: everybody's but that of these: only they may
    to: tuple[str, ...] = ()
    status: str = ""  #: of a tally; empty: whatever is present
    breach_of: tuple[str, ...] = ()  #: of a trigger: a breach of these clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time over which things are counted.

    Exactly one is given: a closed sliding window of elapsed time, or a unit of the
    calendar, counted anew each time. Of what is owed again and again it may also be a
    number of months; none at all where the text does not say how often.
    """

    seconds: float | None = None
    calendar: str | None = None  #: day, week, month or year, in the agreement's zone
    length: Duration | None = None  #: months or years from one time to the next

    @property
    def unstated(self) -> bool:
        """Tell whether the text does not say how often."""
        return self.seconds is None and self.calendar is None and self.length is None

    @property
    def nominal_s(self) -> float | None:
        """Return about how long it is [s]; None for a unit of the calendar."""
        return self.length.nominal_s if self.length else self.seconds

    def after(self, at: datetime, counted: Calendar) -> datetime:
        """Return when something is owed the next time after an instant [UTC]."""
        return counted.after(at, self.length) if self.length else at + self.width

    @property
    def width(self) -> timedelta:
        """Return how long a sliding window is; nothing for a unit of the calendar."""
        return timedelta(seconds=self.seconds or 0.0)


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

    @property
    def ceiling(self) -> float:
        """Return how many there may be at most; none where the text sets no ceiling."""
        return self.most or 0.0

    @property
    def floor(self) -> float:
        """Return how many there have to be; none where the text sets no floor."""
        return self.least or 0.0

    @property
    def stays(self) -> timedelta:
        """Return how long what was seen is taken to stay after it was seen."""
        return timedelta(seconds=self.presence_lasts_s or 0.0)


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
    notified_s: float | None = None  #: announced at least about so long before [s]
    notice: Duration | None = None  #: the same, as it is counted
    notified_to: tuple[str, ...] = ()  #: to whom; empty: to anybody
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
    during: tuple[str, ...] = ()  #: only while all these states are so
    lacking: tuple[str, ...] = ()  #: only while one of these states is not so
    from_: Moment | None = None
    until: Moment | None = None
    from_at: datetime | None = None  #: UTC; as far as known
    until_at: datetime | None = None  #: UTC; as far as known


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A time for which a clause was suspended, `[from_at, until_at)`."""

    from_: Moment
    until: Moment | None = None
    by: tuple[str, ...] = ()
    cite: str = ""
    from_at: datetime | None = None  #: UTC; None: its beginning has not come
    until_at: datetime | None = None  #: UTC; None: no end, as far as known


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A later instrument that changed a clause; `Reading.version` names it."""

    instrument: str
    on: Moment
    on_at: datetime | None = None  #: UTC; None: not in force yet
    text: Words = field(default_factory=dict)
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a clause, complete in itself; evaluate each side by side.

    Invariants: `subject` EVENT has `kinds` and no `state`; STATE has `state`
    (presence, absence, or a state of the agreement's own); STOCK has neither. For
    OBLIGE, `by_at` is the deadline; None means that the text sets none: open
    for ever, never late.

    Where instruments amended the clause, each reading comes in versions: the same
    `id`, each in force in its own `[from_at, until_at)`. A duty whose version ended
    at or before its deadline never came due under it; what was done since
    `since_at` counts under every version.

    Times are given twice: as moments, and as instants as far as they are known.
    `schedule.bind` fills the instants in once events have set the anchors; a
    reading whose `from_at` is None is not in force yet, and one whose `from_at` is
    not before its `until_at` never is.
    """

    id: str  #: `as-written`, or options and counter joined by `+`: `width+day-14`
    subject: Subject
    kinds: tuple[str, ...]  #: kinds of `core.kind`, or of `Agreement.events`
    state: str  #: empty for an event
    classes: tuple[str, ...]  #: ids in `Agreement.classes`; empty: of whatever kind
    where: Where
    bearers: tuple[str, ...]  #: party ids, in the order of `Agreement.parties`
    from_at: datetime | None  #: UTC; in force in `[from_at, until_at)`
    until_at: datetime | None  #: UTC; None: no end
    by_at: datetime | None  #: UTC
    version: str = ""  #: instrument that amended the clause so; empty: none
    since_at: datetime | None = None  #: UTC; when its first version began
    since: tuple[Moment, ...] = ()  #: the latest counts
    from_: tuple[Moment, ...] = ()  #: the latest counts; all must have come
    until: tuple[Moment, ...] = ()  #: the earliest counts
    hours: tuple[Hours, ...] = ()  #: in force only at these; empty: day and night
    days: tuple[str, ...] = ()  #: on which those begin; empty: every day
    deadline: tuple[Moment, ...] = ()  #: the earliest counts
    lasting: Duration | None = None  #: time allowed from the trigger, or from unlocking
    within_s: float | None = None  #: the same where it is elapsed [s]
    condition: Expression | None = None  #: of what is looked for
    by: tuple[str, ...] = ()  #: whose conduct, where not the bearers'
    not_by: tuple[str, ...] = ()  #: or everybody's but that of these: only they may
    status: str = ""  #: of a tally
    each_zone: tuple[str, ...] = ()  #: judged in each of these by itself
    bound: Bound | None = None  #: AT_MOST, AT_LEAST, RATIO
    other: Matter | None = None  #: RATIO: what it is measured against
    upon: Matter | None = None  #: the trigger of a duty; no `by`: whoever did it
    same: tuple[str, ...] = ()  #: what act (or notice) and trigger share: id party ...
    before: Duration | None = None  #: NOTIFY: how long before
    period: Window | None = None  #: EVERY
    first: tuple[Moment, ...] = ()  #: EVERY: by when for the first time
    first_at: datetime | None = None  #: UTC
    requires: tuple[Requirement, ...] = ()
    without: tuple[str, ...] = ()  #: exemptions of the clause that do not hold
    answers: tuple[Words, ...] = ()  #: to `Clause.questions`, in their order

    @property
    def limit(self) -> Bound:
        """Return how many at most, or at least; no limit where none is set."""
        return self.bound or Bound()

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
            not_by=self.not_by,
            status=self.status,
        )

    def in_force(self, instant: datetime) -> bool:
        """Tell whether the reading is in force at an instant, as far as known."""
        if self.from_at is None or instant < self.from_at:
            return False
        return self.until_at is None or instant < self.until_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One commitment that can be cited and judged.

    Invariant: `readings` is never empty, and versions of one reading follow one
    another. A finding says under which reading it holds.
    """

    id: str
    verb: Verb
    title: Words
    text: Words  #: the words of the instrument, or else their substance
    cite: str  #: where they stand, such as `package-2015, point 2`
    instrument: str  #: id in `Agreement.instruments`
    readings: tuple[Reading, ...]
    questions: tuple[Words, ...] = ()  #: what the readings disagree about
    unless: tuple[Exemption, ...] = ()
    upon: tuple[str, ...] = ()  #: OBLIGE: owed after a breach of these clauses
    answers_for: tuple[str, ...] = ()  #: proxies: whose conduct is the bearer's
    verified_by: tuple[str, ...] = ()  #: a duty is done once all these verify it
    perdurant: bool = True  #: still due once late
    urgency: Words = field(default_factory=dict)  #: how soon, where nobody can measure
    formula: str = ""  #: what has to hold at every instant, as text
    tree: Formula | None = None  #: the same, as a tree
    thresholds: Thresholds | None = None  #: where other than the agreement's
    suspended: tuple[Suspension, ...] = ()
    amendments: tuple[Amendment, ...] = ()  #: in the order of the file
    visibility: str = "public"  #: public, parties, commission, restricted
    to: tuple[str, ...] = ()  #: to whom it is owed: actor or role ids
    watched_by: tuple[str, ...] = ()  #: ids in `Agreement.monitoring`
    severity: Words = field(default_factory=dict)  #: level -> when it applies
    on_breach: str | None = None  #: procedure, in the text's own words or an id
    gap_s: float = 86_400.0  #: events closer than this are one episode [s]

    def as_read(self, reading: Reading) -> "Clause":
        """Return the clause with those exemptions that hold in a reading of it."""
        if not reading.without:
            return self
        held = tuple(each for each in self.unless if each.id not in reading.without)
        return replace(self, unless=held)

    @property
    def default(self) -> Reading:
        """Return the reading that stands first in the text."""
        return self.readings[0]
