"""What a deployment may use, as its authors wrote it."""

from dataclasses import dataclass, field

from pamiers.agreement.values.blank import BLANK, Maybe
from pamiers.agreement.values.position import Position
from pamiers.agreement.values.quantity import Quantity
from pamiers.agreement.written.texts import Extra, Texts
from pamiers.deterrence.assumptions.written import Basis, Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """How finely the ground is looked at, and how long its roads are."""

    spacing: Maybe[Quantity] = BLANK  #: between points that stand for the ground
    stretch: Maybe[Quantity] = BLANK  #: side of the least area that can be chosen
    detour: Maybe[float] = BLANK  #: length of roads per straight distance
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a line, as one looks along it from its first point."""

    of: Maybe[str] = BLANK
    on: Maybe[str] = BLANK  #: `left` or `right`
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where one party could break which clauses."""

    id: Maybe[str] = BLANK
    party: Maybe[str] = BLANK
    zone: Maybe[str] = BLANK
    side: Maybe[Side | None] = None
    clauses: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Noticed over distance: q0 exp(-(r / r0)^k)."""

    at_none: Maybe[Figure] = BLANK  #: q0 [0..1]
    scale: Maybe[Figure] = BLANK  #: r0 [m]
    steepness: Maybe[Figure] = BLANK  #: k
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """Trials at one distance: so many shown, so many found."""

    at: Maybe[Quantity] = BLANK
    shown: Maybe[float] = BLANK
    found: Maybe[float] = BLANK
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A patrol that searches what lies within its reach at random."""

    width: Maybe[Figure] = BLANK  #: swept [m]
    speed: Maybe[float] = BLANK  #: [km/h]
    daily: Maybe[Quantity] = BLANK  #: time out per day
    within: Maybe[Quantity] = BLANK  #: of its post
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """Looks from above that need a clear sky."""

    revisit: Maybe[Quantity] = BLANK
    clear: Maybe[Figure] = BLANK  #: chance that a pass is clear [0..1]
    lasts: Maybe[Quantity] = BLANK  #: how long a breach can be seen
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sees:
    """How an asset notices breaches of some clauses: exactly one of the four ways."""

    clauses: tuple[Maybe[str], ...] = ()
    curve: Maybe[Curve | None] = None
    drills: tuple[Maybe[Drill], ...] = ()
    search: Maybe[Search | None] = None
    passes: Maybe[Passes | None] = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A kind of post, patrol or sensor."""

    id: Maybe[str] = BLANK
    title: Maybe[Texts] = field(default_factory=dict)
    means: Maybe[str] = BLANK  #: of the agreement's monitoring plan
    cost: Maybe[float] = BLANK
    on_duty: Maybe[Quantity] = BLANK  #: persons at any time
    uptime: Maybe[Figure] = BLANK  #: [0..1]
    hours: dict[str, Maybe[Figure]] = field(default_factory=dict)  #: factor by hour
    height: Maybe[Quantity | None] = None  #: needs a line of sight from this height
    sees: tuple[Maybe[Sees], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """From persons on duty to persons on the roll."""

    week: Maybe[Quantity] = BLANK  #: that one person serves in a week
    leave: Maybe[float] = BLANK  #: on the roll per person who can serve
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingent:
    """Who brings what, and what they may not do."""

    id: Maybe[str] = BLANK
    by: Maybe[str] = BLANK  #: actor
    pledge: Maybe[str] = ""  #: of the agreement
    persons: Maybe[Quantity] = BLANK  #: on the roll, at most
    budget: Maybe[float] = BLANK
    assets: dict[str, Maybe[float]] = field(default_factory=dict)  #: kind -> most
    not_in: tuple[Maybe[str], ...] = ()  #: zones
    only_in: tuple[Maybe[str], ...] = ()  #: zones; empty for anywhere
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where something may stand."""

    id: Maybe[str] = BLANK
    at: Maybe[Position] = BLANK
    roads: tuple[Maybe[str], ...] = ()  #: any one of them gives access
    room: Maybe[float] = BLANK  #: how many assets
    assets: tuple[Maybe[str], ...] = ()  #: kinds that may stand there
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteGrid:
    """Sites at even steps over a zone, all alike."""

    id: Maybe[str] = BLANK  #: of which the ids are made
    zone: Maybe[str] = BLANK
    spacing: Maybe[Quantity] = BLANK
    roads: tuple[Maybe[str], ...] = ()
    room: Maybe[float] = BLANK
    assets: tuple[Maybe[str], ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Fewer visits than occasions for a breach of a clause."""

    clause: Maybe[str] = BLANK
    occasions: Maybe[float] = BLANK
    visits: Maybe[float] = BLANK
    penalty: Maybe[float] = BLANK  #: of being caught, per what a breach pays
    found: Maybe[float] = BLANK  #: that a visit finds a breach [0..1]
    slack: Maybe[float] = BLANK  #: above the chance that just deters [0..1]
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A file of means and limits beside an agreement."""

    pamiers_deployment: Maybe[float] = BLANK
    agreement: Maybe[str] = BLANK
    about: Maybe[Texts] = field(default_factory=dict)
    cost_unit: Maybe[str] = BLANK
    by: Maybe[str] = ""
    bases: dict[str, Maybe[Basis]] = field(default_factory=dict)
    ground: Maybe[Ground] = BLANK
    hours: dict[str, Maybe[Texts]] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    assets: tuple[Asset, ...] = ()
    duty: Maybe[Duty] = BLANK
    budget: Maybe[float] = BLANK
    persons: Maybe[Quantity] = BLANK  #: on the roll, all contingents together
    enough: Maybe[float] = BLANK  #: margin above which more is not sought first
    equity: Maybe[float] = BLANK  #: most by which finding may differ between sides
    contingents: tuple[Contingent, ...] = ()
    roads: dict[str, Maybe[Texts]] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()
    grids: tuple[SiteGrid, ...] = ()
    visits: tuple[Visits, ...] = ()
    extra: Extra = field(default_factory=dict)
