"""What is promised: one verb a clause, and what modifies it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.expression import Expression
from pamiers.agreement.values.formula import Formula
from pamiers.agreement.values.hours import Hours
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written.bodies import Cuts
from pamiers.agreement.written.texts import Extra, Texts

LineOf = str | Mapping[str, Maybe[str]]  #: a line, or party -> line
#: `24 h` slides; `calendar month` is counted anew each time; of what is owed again and
#: again also `unstated`: the text does not say
Period = Duration | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Within a distance of a line; the line may differ by party."""

    of: Maybe[LineOf] = BLANK
    distance: Maybe[Quantity | None] = None  #: None: `width`, or every reading, has it
    width: Maybe[Quantity | None] = None  #: between the sides: twice the distance
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What happens, or is so: kinds of event, or a state of affairs.

    Conditions are joined by *and*; one that is empty asks nothing.
    """

    event: tuple[Maybe[str], ...] = ()
    state: Maybe[str] = ""  #: presence, absence, or a state of the agreement's own
    of: tuple[Maybe[str], ...] = ()  #: classes of weapon, or of persons
    in_: tuple[Maybe[str], ...] = ()  #: in any of these zones
    in_each: tuple[Maybe[str], ...] = ()  #: in each of these zones, judged by itself
    not_in: tuple[Maybe[str], ...] = ()  #: outside all of these zones
    near: Maybe[Near | None] = None
    where: Maybe[Expression | None] = None
    by: tuple[Maybe[str], ...] = ()  #: whose conduct; empty: the bearer's
    not_by: tuple[Maybe[str], ...] = ()  #: of a ban: everybody's but that of these
    to: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Matter):
    """How many there may be at most, or have to be at least.

    With `event` happenings are counted, over `per`; else what is present is, at
    every instant, by the tallies and sightings on record.
    """

    n: Maybe[Quantity | None] = None  #: None: every reading gives one
    tolerance: tuple[Maybe[float], ...] = ()  #: of an `n` that is `about` [%]
    per: Maybe[Period | None] = None
    status: Maybe[str] = ""  #: of a tally: present, accepted, released ...
    counters: tuple[Maybe[str], ...] = ()  #: whose tallies; each gives a finding
    presence_lasts: Maybe[Duration | None] = None  #: what was seen is taken to stay
    together: Maybe[bool] = False  #: all bearers in one count


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """How much there may be of one thing for each of another."""

    of: Maybe[Limit] = BLANK
    to: Maybe[Limit] = BLANK
    at_most: Maybe[float | None] = None
    at_least: Maybe[float | None] = None
    per: Maybe[Period | None] = None  #: None: reckoned from the beginning
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced(Matter):
    """An activity that has to be announced."""

    before: Maybe[Duration | None] = None  #: None: every reading gives one
    matching: tuple[Maybe[str], ...] = ()  #: what notice and activity agree in


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic(Matter):
    """Something that has to happen again and again."""

    period: Maybe[Period | None] = None  #: None: every reading gives one
    first: tuple[Maybe[Moment], ...] = ()  #: by when for the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Matter):
    """What a duty is owed after: a breach, or each event of a kind."""

    breach_of: tuple[Maybe[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What has to be done before a duty is due."""

    clause: Maybe[str] = ""  #: this duty done (and verified, where it has to be)
    event: Maybe[str] = ""  #: or this event on record
    by: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alongside:
    """Another duty that this one has to keep step with, neither waiting."""

    clause: Maybe[str] = ""
    within: Maybe[Duration | None] = None  #: how long after the other was done
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question of reading: what it changes in the clause."""

    says: Maybe[Texts] = field(default_factory=dict)
    distance: Maybe[Quantity | None] = None
    width: Maybe[Quantity | None] = None
    line: Maybe[LineOf] = ""
    of: tuple[Maybe[str], ...] = ()
    in_: tuple[Maybe[str], ...] = ()
    not_in: tuple[Maybe[str], ...] = ()
    where: Maybe[Expression | None] = None
    bearer: tuple[Maybe[str], ...] = ()
    from_: Maybe[Moment | None] = None
    until: Maybe[Moment | None] = None
    hours: tuple[Maybe[Hours], ...] = ()  #: of the day, by the clock
    days: tuple[Maybe[str], ...] = ()  #: of the week, on which the hours begin
    deadline: tuple[Maybe[Moment], ...] = ()
    lasting: Maybe[Duration | None] = None  #: written `within`
    n: Maybe[Quantity | None] = None
    per: Maybe[Period | None] = None
    period: Maybe[Period | None] = None
    before: Maybe[Duration | None] = None
    presence_lasts: Maybe[Duration | None] = None
    requires: tuple[Maybe[Requirement], ...] = ()
    without: tuple[Maybe[str], ...] = ()  #: exemptions that do not hold then
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Option):
    """A later instrument that changes the clause from a moment on."""

    instrument: Maybe[str] = BLANK
    on: Maybe[Moment | None] = BLANK  #: from when the change holds
    text: Maybe[Texts] = field(default_factory=dict)
    cite: Maybe[str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something the text leaves open, and the answers that are given to it."""

    question: Maybe[Texts] = field(default_factory=dict)
    options: Mapping[str, Maybe[Option]] = field(default_factory=dict)
    source: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An announcement that takes an activity out of a clause."""

    before: Maybe[Duration | None] = None
    to: tuple[Maybe[str], ...] = ()
    matching: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unless:
    """An exemption from a clause. Conditions are joined by *and*."""

    id: Maybe[str] = BLANK
    text: Maybe[Texts] = field(default_factory=dict)
    cite: Maybe[str] = ""
    priority: Maybe[float | None] = None
    event: tuple[Maybe[str], ...] = ()  #: only these kinds of activity
    of: tuple[Maybe[str], ...] = ()  #: only these classes
    in_: tuple[Maybe[str], ...] = ()  #: only in these zones
    where: Maybe[Expression | None] = None  #: only under this condition
    by: tuple[Maybe[str], ...] = ()  #: only what these do
    notified: Maybe[Notice | None] = None
    approved_by: tuple[Maybe[str], ...] = ()  #: on whose approval on record
    in_answer_to: tuple[Maybe[str], ...] = ()
    after_tried: Maybe[str] = ""
    ordered_by: Maybe[str] = ""
    up_to: Maybe[Quantity | None] = None  #: how many at once it lets through
    while_: tuple[Maybe[str], ...] = ()  #: only while all these states are so
    from_: Maybe[Moment | None] = None  #: an agreed exception with its term
    until: Maybe[Moment | None] = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A time for which a clause was suspended, and on whose word."""

    from_: Maybe[Moment | None] = BLANK
    until: Maybe[Moment | None] = None
    by: tuple[Maybe[str], ...] = ()
    source: Maybe[str] = ""
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One clause as written."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    text: Maybe[Texts] = field(default_factory=dict)
    substance: Maybe[Texts] = field(default_factory=dict)  #: not the words of the text
    cite: Maybe[str] = ""
    instrument: Maybe[str] = BLANK
    visibility: Maybe[str] = ""  #: where narrower than its instrument's
    forbid: Maybe[Matter | None] = None
    oblige: Maybe[Matter | None] = None
    at_most: Maybe[Limit | None] = None
    at_least: Maybe[Limit | None] = None
    ratio: Maybe[Proportion | None] = None
    notify: Maybe[Announced | None] = None
    maintain: Maybe[Matter | None] = None
    every: Maybe[Periodic | None] = None
    formula: Maybe[Formula | None] = None  #: bounded metric first-order temporal logic
    bearer: tuple[Maybe[str], ...] = ()
    answers_for: tuple[Maybe[str], ...] = ()  #: whose conduct counts as the bearer's
    from_: Maybe[Moment | None] = None
    until: Maybe[Moment | None] = None
    while_: tuple[Maybe[str], ...] = ()  #: holds only while all these states are so
    hours: tuple[Maybe[Hours], ...] = ()  #: of the day; empty: day and night
    days: tuple[Maybe[str], ...] = ()  #: of the week, on which the hours begin
    deadline: tuple[Maybe[Moment], ...] = ()  #: the earliest of these counts
    lasting: Maybe[Duration | None] = None  #: written `within`: time from the trigger
    urgency: Maybe[Texts] = field(default_factory=dict)  #: such as: at once
    upon: Maybe[Trigger | None] = None
    same: tuple[Maybe[str], ...] = ()  #: what trigger and act agree in
    requires: tuple[Maybe[Requirement], ...] = ()
    alongside: tuple[Maybe[Alongside], ...] = ()  #: duties it keeps step with
    verified_by: tuple[Maybe[str], ...] = ()  #: all who have to verify it
    perdurant: Maybe[bool] = True  #: still due once late
    readings: tuple[Maybe[Question], ...] = ()
    unless: tuple[Unless, ...] = ()
    amended: tuple[Maybe[Amendment], ...] = ()
    suspended: tuple[Maybe[Suspension], ...] = ()
    watched_by: tuple[Maybe[str], ...] = ()
    thresholds: Maybe[Cuts | None] = None  #: where other than the agreement's
    severity: Maybe[Texts] = field(default_factory=dict)
    on_breach: Maybe[str] = ""
    gap: Maybe[Duration | None] = None
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)
