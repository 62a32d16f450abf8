"""Where, what and when: zones and lines, classes, terms, anchors."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.values.expression import Expression
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.values.position import Position
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.values.weapon import Bounds
from pamiers.agreement.written.texts import Extra, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What lies on one side of a line, between two distances from it."""

    of: Maybe[str] = BLANK  #: line
    side: Maybe[str] = BLANK  #: left, right of its direction, or north east south west
    from_: Maybe[Quantity | None] = None  #: nearer edge; at the line where not stated
    to: Maybe[Quantity | None] = BLANK  #: further edge
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """What lies near a line, on both sides: a zone of separation, a corridor."""

    of: Maybe[str] = BLANK  #: line
    each_side: Maybe[Quantity | None] = None
    width: Maybe[Quantity | None] = None  #: between the sides: twice `each_side`
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What lies within a distance of named places."""

    places: Mapping[str, Maybe[Position]] = field(default_factory=dict)
    radius: Maybe[Quantity | None] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How a zone or line was drawn from one moment to another, and on whose word."""

    from_: Maybe[Moment | None] = None
    until: Maybe[Moment | None] = None
    by: Maybe[str] = ""  #: actor, role or instrument that drew it so
    feature: Maybe[str] = ""
    band: Maybe[Band | None] = None
    buffer: Maybe[Buffer | None] = None
    around: Maybe[Around | None] = None
    tolerance: Maybe[Quantity | None] = None
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value a term has from a moment on."""

    from_: Maybe[Moment | None] = None
    value: Maybe[Quantity | str] = BLANK
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A defined word, or a value that changed over time.

    One without meaning and value is a word that the text uses and never defines.
    """

    means: Maybe[Texts] = field(default_factory=dict)
    values: tuple[Maybe[DatedValue], ...] = ()
    sum_of: tuple[Maybe[str], ...] = ()  #: terms whose values should add up to its
    cite: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A zone or line, and the feature of zones.geojson that draws it."""

    title: Maybe[Texts] = field(default_factory=dict)
    feature: Maybe[str] = ""  #: empty: the feature with the same id
    band: Maybe[Band | None] = None
    buffer: Maybe[Buffer | None] = None
    around: Maybe[Around | None] = None
    hull: Mapping[str, Maybe[Position]] = field(default_factory=dict)
    between: tuple[Maybe[str], ...] = ()  #: two lines
    any_of: tuple[Maybe[str], ...] = ()  #: union of other zones
    but_not: tuple[Maybe[str], ...] = ()  #: less these zones
    versions: tuple[Maybe["Version"], ...] = ()
    tolerance: Maybe[Quantity | None] = None
    as_of: Maybe[str] = ""
    from_: Maybe[Moment | None] = None
    until: Maybe[Moment | None] = None
    approximates: Maybe[str] = ""  #: what it stands for, where that was not found
    cite: Maybe[str] = ""
    note: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arms:
    """A class of weapon."""

    title: Maybe[Texts] = field(default_factory=dict)
    kind: tuple[Maybe[str], ...] = ()
    calibre: Maybe[Bounds | None] = None
    range: Maybe[Bounds | None] = None
    systems: tuple[Maybe[str], ...] = ()
    except_systems: tuple[Maybe[str], ...] = ()
    any_of: tuple[Maybe[str], ...] = ()
    where: Maybe[Expression | None] = None  #: a further condition
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A term, or a phase, that was lengthened by a time of its own."""

    on: Maybe[Moment | None] = BLANK  #: when that was agreed
    until: Maybe[Moment | None] = BLANK
    by: Maybe[str] = ""  #: instrument
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An event that times are counted from."""

    at: Maybe[Moment | None] = None
    event: Maybe[str] = ""  #: or the first record of this event
    by: tuple[Maybe[str], ...] = ()  #: whose event; of several, the last counts
    completed: Maybe[str] = ""  #: or when this duty was done by all who owe it
    once: Maybe[str] = ""  #: done, or verified: which of the two is meant
    last_of: tuple[Maybe[Moment], ...] = ()  #: or when the last of these has come
    first_of: tuple[Maybe[Moment], ...] = ()  #: or when the first of these has come
    expected: Maybe[Moment | None] = None  #: when it was foreseen; never acted on
    latest: Maybe[Moment | None] = None  #: taken to be then where it has not come
    extended: tuple[Maybe[Extension], ...] = ()  #: by how much it was put off
    means: Maybe[Texts] = field(default_factory=dict)
    cite: Maybe[str] = ""
    extra: Extra = field(default_factory=dict)
