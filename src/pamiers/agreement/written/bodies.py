"""Who: the heading, sources, actors, instruments, roles, pledges, statements."""

import datetime as dt
from dataclasses import dataclass, field

from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.values.duration import Duration
from pamiers.agreement.values.moment import SILENCE, Moment
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written.ground import Extension
from pamiers.agreement.written.texts import Extra, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What holds for the whole agreement."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    kind: Maybe[str] = ""  #: the text's own word: ceasefire, truce, mechanism ...
    parties: tuple[Maybe[str], ...] = ()
    time_zone: Maybe[str] = BLANK
    cut_off: Maybe[str] = "00:00"
    durations: Maybe[str] = ""  #: elapsed or wall_clock, where a clause is silent
    mandate: "Maybe[Mandated]" = BLANK
    thresholds: "Maybe[Cuts]" = BLANK
    about: Maybe[Texts] = field(default_factory=dict)
    holidays: tuple[Maybe[dt.date], ...] = ()  #: days that are not working days
    weekend: tuple[Maybe[str], ...] = ()  #: saturday, sunday where not stated
    life: "Maybe[Life | None]" = None
    plane: "Maybe[MapScale | None]" = None  #: None: along the geodesic
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapScale:
    """How long a degree is on the map on which distances are measured."""

    degree_east: Maybe[Quantity] = BLANK
    degree_north: Maybe[Quantity] = BLANK
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandated:
    """What the monitor may say: forbidden, permitted or required to attribute."""

    attribution: Maybe[str] = BLANK
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """Probabilities at which a verdict is decided."""

    breached: Maybe[float] = BLANK
    kept: Maybe[float] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """How many seats one actor has in a body."""

    actor: Maybe[str] = BLANK
    n: Maybe[float | None] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A time for which a role is in office."""

    from_: Maybe[Moment | None] = BLANK
    until: Maybe[Moment | None] = None  #: None: `lasts`, or no end
    lasts: Maybe[Duration | None] = None
    by: Maybe[str] = ""  #: instrument that gave or renewed the mandate
    renewal: Maybe[str] = ""  #: how it may be renewed, in words
    source: Maybe[str] = ""
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """An event that renews or ends an agreement, and whose it has to be."""

    event: Maybe[str] = BLANK  #: of a renewal also `silence`
    by: tuple[Maybe[str], ...] = ()  #: any of these; empty: a party, or all together
    to: tuple[Maybe[str], ...] = ()  #: to whom; empty: to whomever
    extra: Extra = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the event alone, as it is written where nothing else is said."""
        return str(self.event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How long the agreement is in force, how it is renewed, and how it ends."""

    from_: Maybe[Moment | None] = None
    lasts: Maybe[Duration | None] = None
    renewed_by: Maybe[LifeEvent | None] = None  #: adds `lasts` once more; or silence
    ended_by: Maybe[LifeEvent | None] = None  #: whose record ends it
    notice: Maybe[Duration | None] = None  #: between that event and the end
    extended: tuple[Maybe[Extension], ...] = ()
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)

    @property
    def tacit(self) -> bool:
        """Tell whether silence renews it."""
        return isinstance(self.renewed_by, LifeEvent) and (
            self.renewed_by.event == SILENCE
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source of facts about the agreement."""

    speaker: Maybe[str] = BLANK
    interested: tuple[Maybe[str], ...] = ()  #: parties it speaks for; empty: none
    reliability: Maybe[str] = "F"
    credibility: Maybe[str] = "6"
    date: Maybe[dt.date | None] = None
    url: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Anyone named anywhere, party or not."""

    name: Maybe[Texts] = field(default_factory=dict)
    members: tuple[Maybe[str], ...] = ()
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What one source says that one actor did with an instrument."""

    actor: Maybe[str] = BLANK
    act: Maybe[str] = BLANK  #: signed, not signed, absent, reserved, ratified
    source: Maybe[str] = ""
    by: Maybe[str] = ""  #: the person
    on: Maybe[dt.date | None] = None
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A declaration, protocol, memorandum, decision or annex."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    date: Maybe[dt.date | None] = None
    status: Maybe[str] = "published"
    visibility: Maybe[str] = "public"
    part_of: Maybe[str] = ""  #: who signed the whole has signed it
    supersedes: tuple[Maybe[str], ...] = ()
    gives_effect_to: tuple[Maybe[str], ...] = ()
    agreed_share: Maybe[float | None] = None  #: of a draft, in [0, 1]
    signatures: tuple[Maybe[Signature], ...] = ()
    source: Maybe[str] = ""
    url: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one source says of a party's consent to a role."""

    actor: Maybe[str] = BLANK
    act: Maybe[str] = BLANK  #: given, refused, withdrawn, not asked
    source: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office that an instrument creates, and who holds it."""

    title: Maybe[Texts] = field(default_factory=dict)
    held_by: tuple[Maybe[str], ...] = ()
    members: tuple[Maybe[str], ...] = ()
    chaired_by: tuple[Maybe[str], ...] = ()  #: of several, in turn
    vice_chairs: tuple[Maybe[str], ...] = ()
    appointed_by: tuple[Maybe[str], ...] = ()  #: who names its holder, together
    hosted_by: tuple[Maybe[str], ...] = ()
    under_command_of: tuple[Maybe[str], ...] = ()
    created_by: Maybe[str] = BLANK
    tasks: tuple[Maybe[str], ...] = ()  #: observe, verify, attribute, decide ...
    decides_by: Maybe[str] = ""  #: rule of decision: consensus, majority ...
    otherwise: Maybe[str] = ""  #: what holds where it is silent or cannot agree
    verifies: tuple[Maybe[str], ...] = ()  #: actors whose conduct it verifies
    seats: tuple[Maybe[Seat], ...] = ()  #: of members that have more than one
    mandate: tuple[Maybe[Tenure], ...] = ()  #: times in office; empty: no term
    consents: tuple[Maybe[Consent], ...] = ()
    source: Maybe[str] = ""
    cite: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What someone undertook to give, how much at most, and what has come."""

    id: Maybe[str] = ""
    by: tuple[Maybe[str], ...] = ()  #: several: together, one amount
    of: tuple[Maybe[str], ...] = ()
    at_least: Maybe[Quantity | None] = None
    up_to: Maybe[Quantity | None] = None
    due: Maybe[Moment | None] = None  #: by when `at_least` is to have come
    stages: tuple["Maybe[Stage]", ...] = ()
    delivered: Maybe[Quantity | None] = None
    deliveries: tuple["Maybe[Delivery]", ...] = ()
    excludes: tuple[Maybe[str], ...] = ()
    where: Maybe[str] = ""
    when: Maybe[str] = ""
    created_by: Maybe[str] = ""
    source: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How many of a pledge are to have come by when, in all."""

    due: Maybe[Moment | None] = BLANK
    at_least: Maybe[Quantity | None] = BLANK
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What has come of a pledge by a day, according to one source."""

    on: Maybe[dt.date | None] = BLANK
    amount: Maybe[Quantity | None] = BLANK
    source: Maybe[str] = BLANK
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A position someone took, with an interest or without."""

    id: Maybe[str] = ""
    speaker: Maybe[str] = BLANK
    says: Maybe[Texts] = field(default_factory=dict)
    interested: tuple[Maybe[str], ...] = ()
    date: Maybe[dt.date | None] = None
    source: Maybe[str] = ""
    bears_on: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)
