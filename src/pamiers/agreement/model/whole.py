"""An agreement that can be run: no blanks, every deadline an instant, SI units.

`Agreement` is what engines take. It is made by `pamiers.agreement.resolve` from
the agreement as written (`pamiers.agreement.written.whole`), once `check` finds neither
errors nor blanks; nothing here is parsed from text again. Sequence order is the
order of the file, and never decides a result.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from pamiers.agreement.model.clause import Clause, Thresholds, Words
from pamiers.agreement.model.procedure import Procedure
from pamiers.agreement.undertaking import Gate, Pledge
from pamiers.agreement.values.calendar import Calendar
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import SILENCE, Moment
from pamiers.agreement.values.weapon import WeaponClass
from pamiers.agreement.zones import Line, Zone
from pamiers.core.errors import UnknownTermError
from pamiers.core.party import Party


class Mandate(StrEnum):
    """What the monitor may say about who did it."""

    FORBIDDEN = "forbidden"  #: no finding names a party: print "not mandated"
    PERMITTED = "permitted"
    REQUIRED = "required"  #: a finding without a party says why it has none


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
class Extension:
    """A term, or a phase, that was lengthened until a moment, agreed on another."""

    on: Moment
    until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What times are counted from: an instant, an event, a duty done, or several."""

    id: str
    at: Moment | None = None
    event: str | None = None
    by: tuple[str, ...] = ()  #: whose; of several, when the last has come
    completed: str | None = None  #: id of a clause
    verified: bool = False  #: of that clause: when it was also verified by all
    last_of: tuple[Moment, ...] = ()  #: when the last of these has come
    first_of: tuple[Moment, ...] = ()  #: when the first of these has come
    latest: Moment | None = None  #: taken to be then, where it has not come
    extended: tuple[Extension, ...] = ()  #: in the order of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A time for which a role is in office, `[from_at, until_at)`."""

    from_: Moment
    until: Moment | None = None
    from_at: datetime | None = None  #: UTC; None: its beginning has not come
    until_at: datetime | None = None  #: UTC; None: no end, as far as known


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """An event that renews or ends an agreement, and whose it has to be."""

    event: str  #: kind of event; of a renewal also `silence`: unless denounced in time
    by: tuple[str, ...] = ()  #: actors and roles, any of these; empty: anybody
    to: tuple[str, ...] = ()  #: to whom; empty: to whomever


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How long the agreement is in force, how it is renewed, and how it ends."""

    from_: Moment | None = None
    lasts: Duration | None = None
    renewed_by: LifeEvent | None = None
    ended_by: LifeEvent | None = None
    notice: Duration | None = None
    extended: tuple[Extension, ...] = ()  #: in the order of the file

    @property
    def tacit(self) -> bool:
        """Tell whether silence renews it."""
        return self.renewed_by is not None and self.renewed_by.event == SILENCE


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
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Role or actor -> who holds it, or is a member of it."""
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Role that several sit in -> its members, of whom none acts for it alone."""
    pledges: tuple[Pledge, ...] = ()
    gates: Mapping[str, Gate] = field(default_factory=dict)
    mandates: Mapping[str, tuple[Tenure, ...]] = field(default_factory=dict)
    """Role -> its times in office; a role without an entry has no term."""
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    joined: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    """Instrument -> actor -> since when it is bound [UTC]; of those who have a date."""

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

    def in_office(self, role: str, at: datetime) -> bool:
        """Tell whether a role is in office at an instant, as far as is known.

        Args:
            role: Role or actor; one without a mandate of stated length always is.
            at: The instant [UTC].

        Returns:
            True in one of its terms, ends not included.
        """
        terms = self.mandates.get(role)
        return not terms or any(
            each.from_at is not None
            and each.from_at <= at
            and (each.until_at is None or at < each.until_at)
            for each in terms
        )

    @property
    def calendar(self) -> Calendar:
        """Return how the agreement counts time."""
        return Calendar(
            time_zone=self.time_zone,
            durations=self.durations,
            weekend=self.weekend,
            holidays=self.holidays,
        )

    def meant_by(self, names: Iterable[str]) -> frozenset[str]:
        """Return everybody whose acts count as those of some parties or bodies.

        Args:
            names: Ids of parties, actors or roles.

        Returns:
            The names, who holds those roles, and their members, to any depth.
        """
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.holders.get(name, ()))
        return frozenset(found)

    def speaking_for(self, name: str) -> frozenset[str]:
        """Return everybody whose single word or act is that of a party or office.

        Args:
            name: Id of a party, actor or role.

        Returns:
            The name, who holds the office, and members of a party, to any depth; no
            member of a body, who alone does not act for it.
        """
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                seated = self.bodies.get(one, ())
                held = self.holders.get(one, ())
                waiting.extend(each for each in held if each not in seated)
        return frozenset(found)

    def are_one(self, one: str, other: str) -> bool:
        """Tell whether two are one party or office: the same, or one is part of it.

        Args:
            one: Id of a party, actor or role.
            other: Another.

        Returns:
            False of two members of one body.
        """
        if one == other:
            return True
        whole = (*self.party_ids, *self.holders)
        return any({one, other} <= self.speaking_for(each) for each in whole)

    def ways_to_act(self, name: str) -> tuple[tuple[frozenset[str], ...], ...]:
        """Return how a party, office or body can act: itself, or by all its members.

        Args:
            name: Id of a party, actor or role.

        Returns:
            Alternatives; of each of its sets one has to act.
        """
        own = (self.speaking_for(name),)
        members = self.bodies.get(name, ())
        if not members:
            return (own,)
        return own, tuple(self.speaking_for(each) for each in members)

    @property
    def party_ids(self) -> tuple[str, ...]:
        """Return the ids of the parties, in the order of the file."""
        return tuple(party.id for party in self.parties)
