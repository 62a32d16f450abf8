"""The six kinds of row, as frozen records whose fields are the columns.

A row is flat: what an engine needs is a column of its own, and what only people
need is text. `None` means "not stated", which is never the same as zero.

* `Observation`: what one source perceived, or (standing `claimed`) what an
  interested party says happened.
* `Total`: a source's own published count over a period; imported beside the
  observations, never added to them.
* `Coverage`: where and when observation was possible, or was denied.
* `Statement`: an accepted sentence or line that carries no quantity; what was put
  on record: a notice, an approval, an order, a verification, an event, a state.
* `Tally`: a count of things or persons of a class, by one counter, at one time.
* `Incident`: what happened, as best fused from observations.
"""

import json
import math
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import MalformedSourceError, Where
from pamiers.core.instant import Interval
from pamiers.core.kind import check_kind
from pamiers.core.place import Area, Ellipse, Place, Sector, Shape

STANDINGS: Final = ("observed", "claimed")
COVERAGE_STATUSES: Final = ("observed", "denied", "degraded")
TALLY_STATUSES: Final = (
    *("present", "declared", "presented", "accepted", "rejected", "missing"),
    *("destroyed", "stored", "released", "returned", "arrived", "departed"),
    *("delivered", "cleared", "found", "under_verification", "demobilised"),
)
#: statuses of what is there; the others are of what is done
LEVELS: Final = ("present", "declared", "missing", "stored", "under_verification")
#: attributes of an observation beyond its columns that an incident keeps
ATTRIBUTES: Final = (
    *("weapon", "system", "range", "persons", "vehicles", "casualties", "unit"),
    *("armed", "notified", "duration", "altitude", "status", "ref", "to", "means"),
)
#: in shares: whoever it was, where that is not known
NOT_KNOWN: Final = ""
#: shares are rounded, each to four places
_ROUNDING: Final = 0.002
_SHAPES: Final[dict[str, type[Ellipse | Sector | Area]]] = {
    "ellipse": Ellipse,
    "sector": Sector,
    "area": Area,
}


def shape_text(shape: Shape | None) -> str | None:
    """Return the canonical JSON of a shape of uncertainty; None for a circle."""
    if shape is None:
        return None
    fields = {name: getattr(shape, name) for name in shape.__dataclass_fields__}
    return canonical_bytes({type(shape).__name__.lower(): fields}).decode()


def read_shape(text: str | None) -> Shape | None:
    """Return the shape that `shape_text` wrote; None for None."""
    if text is None:
        return None
    ((name, fields),) = json.loads(text).items()
    if name == "area":
        return Area(ring=tuple((lon, lat) for lon, lat in fields["ring"]))
    return _SHAPES[name](**fields)


def read_extra(text: str | None) -> dict[str, str]:
    """Return what a row's `extra` states, as text by name; empty where it is none."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: str(value) for name, value in found.items() if value is not None}


@lru_cache(maxsize=4096)
def read_shares(actors: str | None, actor: str | None) -> tuple[tuple[str, float], ...]:
    """Return how likely each did what a row tells of.

    Args:
        actors: The row's `actors`; None where it weighs nobody against another.
        actor: The row's `actor`, which alone counts then.

    Returns:
        Name and share, the likeliest first; they sum to 1. `NOT_KNOWN` is whoever is
        not known, and has what the others leave.

    Raises:
        MalformedSourceError: They are no shares, or sum to more than 1.
    """
    if actors is None:
        return ((actor or NOT_KNOWN, 1.0),)
    shares = _shares(actors)
    total = math.fsum(shares.values())
    if total > 1.0 + _ROUNDING:
        raise _refused("actors", "shares that sum to 1 at most", f"{total:g}")
    left = 1.0 - total
    if left > _ROUNDING:
        shares[NOT_KNOWN] = shares.get(NOT_KNOWN, 0.0) + left
        total = 1.0
    order = sorted(shares, key=lambda name: (-shares[name], name))
    return tuple((name, shares[name] / total) for name in order if shares[name] > 0.0)


def _shares(text: str) -> dict[str, float]:
    """Return the shares that a column states, as given."""
    try:
        found = json.loads(text)
        shares = {str(name): float(share) for name, share in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise _refused("actors", "a share for each name", repr(text)) from error
    if not all(0.0 <= share <= 1.0 + _ROUNDING for share in shares.values()):
        raise _refused("actors", "shares from 0 to 1", repr(text))
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class _Located:
    """The columns of a row that has a place in time and space."""

    source: str  #: id of the source
    key: str  #: the source's own identifier of the row
    release: str | None = None  #: named release of the source, where it has them
    start: datetime  #: first instant at which it may have been [UTC]
    end: datetime  #: first instant at which it no longer can have been [UTC]
    lon: float | None = None  #: centre, WGS84 [deg]; None where the place is unknown
    lat: float | None = None
    radius_m: float | None = None  #: radius that holds the place with 95 % [m]
    shape: str | None = None  #: finer uncertainty, canonical JSON (`shape_text`)
    place: str | None = None  #: name as the source gives it
    region: str | None = None  #: sector of the agreement, or the source's region
    text: str | None = None  #: the source's own words
    cite: str | None = None  #: where they can be read: report number, page, URL

    @property
    def interval(self) -> Interval:
        """Return the time as a half-open interval."""
        return Interval(self.start, self.end)

    @property
    def at(self) -> Place | None:
        """Return the place, or None where it is unknown."""
        if self.lon is None or self.lat is None or self.radius_m is None:
            return None
        return Place(
            lon=self.lon,
            lat=self.lat,
            radius_m=self.radius_m,
            shape=read_shape(self.shape),
            name=self.place,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(_Located):
    """What one source perceived, once, or claims to have happened.

    Invariants: `kind` and `standing` are of the vocabulary; `count_low <= count
    <= count_high` where given; `observer` is confidential and leaves the mission
    in no edition but the commission's.
    """

    standing: str = "observed"  #: `observed`, or `claimed` by an interested party
    kind: str = "other"
    means: str | None = None  #: saw, heard, camera, uav, satellite, press ...
    count: int | None = None  #: best figure; None where the source gives none
    count_low: int | None = None
    count_high: int | None = None  #: None with a `count_low` means "or more"
    weapons: str | None = None  #: weapon terms, joined by `; `
    calibre_mm: float | None = None
    control: str | None = None  #: who holds the ground there, party id
    actor: str | None = None  #: who did it according to the source, party id
    reliability: str | None = None  #: Admiralty letter, as given
    credibility: str | None = None  #: Admiralty figure, as given
    observer: str | None = None  #: where the observer stood, canonical JSON; secret
    extra: str | None = None  #: columns without a field of their own, canonical JSON

    def __post_init__(self) -> None:
        """Refuse words outside the vocabulary and counts out of order."""
        check_kind(self.kind)
        _one_of(self.standing, STANDINGS, "standing")
        _ordered(self.count_low, self.count, self.count_high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total(_Located):
    """A source's own published count over a period and region."""

    kind: str = "ceasefire_violation"
    count: int | None = None
    count_low: int | None = None
    count_high: int | None = None
    previous: int | None = None  #: the figure given for the period before
    previous_text: str | None = None  #: that figure where it is vague
    relation: str | None = None  #: more, fewer, similar: where no figure is given
    cumulative: bool = False  #: a running total since `start`

    def __post_init__(self) -> None:
        """Refuse words outside the vocabulary and counts out of order."""
        check_kind(self.kind)
        _ordered(self.count_low, self.count, self.count_high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(_Located):
    """Where, when and with what means observation was possible, or denied."""

    status: str = "observed"  #: observed, denied, degraded (jammed, night, weather)
    means: str | None = None
    watched: str = "any"  #: family of kinds that would have been noticed
    detection: float | None = None  #: probability of noticing one; None if unstated
    denied_by: str | None = None  #: who refused, as the source names them
    observer: str | None = None  #: where the observer stood, canonical JSON; secret
    extra: str | None = None  #: columns without a field of their own, canonical JSON

    def __post_init__(self) -> None:
        """Refuse words outside the vocabulary and a detection past [0, 1]."""
        check_kind(self.watched)
        _one_of(self.status, COVERAGE_STATUSES, "status")
        if self.detection is not None and not 0.0 <= self.detection <= 1.0:
            raise _refused("detection", "a probability", repr(self.detection))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An accepted sentence or line that states no quantity; kept whole.

    `category` says what sort it is. Those that judgements read are, with what they
    are about after the colon: `event:<event>`, `notice`, `approval:<exemption>`,
    `order:<exemption>`, `tried:<role>`, `exemption:<exemption>`,
    `verified:<clause>`, `not-done:<clause>`, `state:<state>`, `not-state:<state>`,
    `suspension:<clause>`.
    Any other is kept and never judged by. Of a notice and an approval, `start` and
    `end` are those of the activity, and `given_at` is when it was given.
    """

    source: str
    key: str
    release: str | None = None
    category: str
    start: datetime | None = None
    end: datetime | None = None
    text: str
    cite: str | None = None
    actor: str | None = None  #: who did, gave, approved or verified it
    to: str | None = None  #: to whom it was given, or whose conduct it is about
    kind: str | None = None  #: kind of activity it is about
    ref: str | None = None  #: what it refers to: an id that others share
    given_at: datetime | None = None  #: when it was given [UTC]; None: not stated
    lon: float | None = None  #: where, WGS84 [deg]; None: not stated
    lat: float | None = None
    radius_m: float | None = None
    place: str | None = None
    region: str | None = None
    extra: str | None = None  #: what has no field of its own, canonical JSON

    @property
    def about(self) -> str | None:
        """Return what its category is about: what stands after the colon."""
        return self.category.partition(":")[2] or None

    @property
    def at(self) -> Place | None:
        """Return the place, or None where none is stated."""
        if self.lon is None or self.lat is None or self.radius_m is None:
            return None
        return Place(
            lon=self.lon, lat=self.lat, radius_m=self.radius_m, name=self.place
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(_Located):
    """A count of things or persons of one class, by one counter, at one time.

    `source` is the counter. Of what is there (`present`, `stored`, `missing`,
    `declared`) a tally says how many from `start` on, until the same counter counts
    again or what is seen is no longer taken to stay. Of what is done (`accepted`,
    `released`, `destroyed`, ...) it says how many in `[start, end)`, or, where
    `cumulative`, how many from the beginning up to `end`.

    Invariants: `status` is of the vocabulary; `count_low <= count <= count_high`.
    """

    of: str  #: id of a class of the agreement, a kind of weapon, or `persons`
    party: str | None = None  #: whose; None: not stated
    status: str = "present"
    count: int | None = None
    count_low: int | None = None
    count_high: int | None = None  #: None with a `count_low` means "or more"
    cumulative: bool = False
    ref: str | None = None  #: what it refers to: an exchange, a site, a stage
    extra: str | None = None  #: what has no field of its own, canonical JSON

    def __post_init__(self) -> None:
        """Refuse words outside the vocabulary and counts out of order."""
        _one_of(self.status, TALLY_STATUSES, "status")
        _ordered(self.count_low, self.count, self.count_high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(_Located):
    """What happened, as best fused from observations and claims.

    Invariants: `source` is `pamiers` and `key` the incident's id; `members` names
    every contributing row; `probability` is that it really happened.
    """

    kind: str = "other"  #: the most specific on which its reports agree
    kinds: str | None = None  #: how likely each kind is, canonical JSON
    count: int | None = None
    count_low: int | None = None
    count_high: int | None = None
    weapons: str | None = None
    calibre_mm: float | None = None
    control: str | None = None
    actor: str | None = None  #: only where the sources that name one agree
    actors: str | None = None  #: how likely each did it, canonical JSON; "": not known
    probability: float = 0.0
    observed: int = 0  #: contributing observations
    claimed: int = 0  #: contributing claims by interested parties
    sources: str = ""  #: ids of the contributing sources, sorted, joined by `; `
    members: str = ""  #: contributing rows `source:key`, sorted, joined by `; `
    extra: str | None = None  #: attributes that conditions ask for, canonical JSON


Row = Observation | Total | Coverage | Statement | Tally | Incident


def _one_of(value: str, allowed: tuple[str, ...], field: str) -> None:
    if value not in allowed:
        raise _refused(field, f"one of {', '.join(allowed)}", repr(value))


def _ordered(low: int | None, count: int | None, high: int | None) -> None:
    given = [n for n in (low, count, high) if n is not None]
    if given != sorted(given) or any(n < 0 for n in given):
        raise _refused("count", "0 <= low <= count <= high", f"{low}, {count}, {high}")


def _refused(field: str, expected: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        Where("row", field=field),
        expected=expected,
        got=got,
        remedy="Correct the value, or leave it out where it is not known.",
    )
