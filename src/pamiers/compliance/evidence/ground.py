"""How probably an incident lies where a clause holds, under its place's error.

A clause holds everywhere, in zones, or within a distance of a line; a report is
broken down by sectors. The probability that a place lies in both is that of their
common region under the place's error, once with every boundary moved in by its
tolerance (the lower bound) and once moved out (the upper). Places further from all
boundaries than twice their radius are in or out: less than 1 in 100,000 of a normal
error lies beyond.
"""

import itertools
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import (
    Agreement,
    AllOf,
    Everywhere,
    InZones,
    NearLine,
    OutsideZones,
    Where,
)
from pamiers.compliance.evidence.extent import (
    Extent,
    common,
    in_zones,
    near_lines,
    outside,
)
from pamiers.compliance.evidence.facts import Facts, Floats, Ints, Mask
from pamiers.compliance.kernels.spread import chance_inside
from pamiers.core.instant import Interval
from pamiers.core.place import Place
from pamiers.core.rows import read_shape

#: the sector of what lies in none
OUTSIDE: Final = ""
_FAR: Final = 2.0  # radii
_WORDS_OF_REGION: Final = (" region", " oblast", " sector", " area", "sector ")

_BEGINNING: Final = datetime.min.replace(tzinfo=UTC)

Sides = frozenset[str]
Bounds = tuple[float, float]
_Spot = tuple[float, float, float, str | None]  #: lon, lat, radius, shape


@dataclass(frozen=True, slots=True)
class Site:
    """Where one finding looks: where the clause holds, cut to one sector."""

    where: Where
    sector: str | None  #: None: not cut; `OUTSIDE`: what lies in no sector
    at: datetime | None = None  #: as drawn at this instant [UTC]; None: last drawn


@dataclass(kw_only=True)
class Ground:
    """Answers where incidents lie, and remembers: one is made per assessment."""

    agreement: Agreement
    facts: Facts
    _known: dict[Hashable, tuple[Floats, Floats, Mask]] = field(default_factory=dict)
    _areas: dict[Hashable, BaseGeometry | None] = field(default_factory=dict)
    _extents: dict[Hashable, Extent] = field(default_factory=dict)
    _places: dict[Hashable, dict[_Spot, Bounds]] = field(default_factory=dict)
    _named: dict[int, tuple[Where, Hashable]] = field(default_factory=dict)

    def under(self, facts: Facts) -> "Ground":
        """Return the same ground, with all that is drawn on it, under other facts."""
        return replace(self, facts=facts, _known={}, _named={})

    def site_id(self, site: Site) -> tuple[Hashable, ...]:
        """Return what tells one site from another."""
        named = self._named.get(id(site.where))
        if named is None:
            named = self._named[id(site.where)] = site.where, _where_id(site.where)
        return (named[1], site.sector, site.at)

    def lies(self, site: Site, at: Ints, *, by_control: bool) -> tuple[Floats, Floats]:
        """Return bounds on the probability that some incidents lie at a site.

        Args:
            site: Where the clause holds, and the sector.
            at: Positions of the incidents asked about, shape (m,); only these are
                looked at, and each only once.
            by_control: Whether who holds the ground says whose line counts, where
                nobody is named as the actor.

        Returns:
            Lower and upper bounds, shape (m,). An incident without a place lies in
            the sector its source names, and may lie anywhere in it.
        """
        n = len(self.facts)
        known = self._known.setdefault(
            (*self.site_id(site), by_control),
            (np.zeros(n), np.zeros(n), np.zeros(n, dtype=bool)),
        )
        low, high, asked = known
        fresh = at[~asked[at]]
        if fresh.size:
            self._look(site, fresh, (low, high), by_control=by_control)
            asked[fresh] = True
        return low[at], high[at]

    def _look(
        self, site: Site, at: Ints, bounds: tuple[Floats, Floats], *, by_control: bool
    ) -> None:
        low, high = bounds
        placed = self.facts.placed[at]
        self._unplaced(site, at[~placed], bounds)
        for side, some in self._by_side(site.where, at[placed], by_control=by_control):
            low[some], high[some] = self._placed(site, side, some)

    def _by_side(
        self, where: Where, at: Ints, *, by_control: bool
    ) -> Iterable[tuple[Sides, Ints]]:
        """Yield incidents by whose line they may be measured from."""
        everyone = frozenset(lines_of(where))
        if not everyone:
            yield frozenset(), at
            return
        names = [self._whose(int(i), by_control=by_control) for i in at]
        sides = [everyone & {name} or everyone for name in names]
        for side in sorted(set(sides), key=sorted):
            yield side, at[[each == side for each in sides]]

    def _whose(self, i: int, *, by_control: bool) -> str:
        """Return whom an incident is ascribed to, or who holds the ground, or ""."""
        actor, control = self.facts.actor[i], self.facts.control[i]
        return actor or (control if by_control else None) or ""

    def holds(
        self, site: Site, place: Place | None, region: str | None, whose: str | None
    ) -> tuple[float, float]:
        """Return bounds on the probability that a place lies at a site.

        Args:
            site: Where the clause holds, and the sector.
            place: The place; None where it is unknown.
            region: Sector that its source names.
            whose: Party from whose line it is measured; None: from any.

        Returns:
            Low and high; 0 to 1 where nothing is known of the place.
        """
        if isinstance(site.where, Everywhere) and site.sector is None:
            return 1.0, 1.0
        if place is None:
            least, most = region_bounds(self.agreement, region, site.sector)
            return least * float(isinstance(site.where, Everywhere)), most
        everyone = frozenset(lines_of(site.where))
        extent = self.extent(site, everyone & {whose or ""} or everyone)
        lon, lat = np.array([place.lon]), np.array([place.lat])
        low, high = extent.depth(lon, lat)
        if min(abs(float(low[0])), abs(float(high[0]))) >= _FAR * place.radius_m:
            return float(low[0] >= 0), float(high[0] >= 0)
        return _chances(place, extent)

    def extent(self, site: Site, side: Sides) -> Extent:
        """Return the area of a site, measured from the lines of one side."""
        key = (*self.site_id(site), side)
        if key not in self._extents:
            where = _where_extents(drawn(self.agreement, site.at), site.where, side)
            sector = _sector_extents(self.agreement, site.sector)
            self._extents[key] = common([*where, *sector])
        return self._extents[key]

    def _placed(self, site: Site, side: Sides, at: Ints) -> tuple[Floats, Floats]:
        """Return the bounds of incidents with a place; each place is looked at once."""
        known = self._places.setdefault((*self.site_id(site), side), {})
        spots = [_spot(self.facts, int(i)) for i in at]
        fresh = {spot: k for k, spot in enumerate(spots) if spot not in known}
        if fresh:
            found = self._spread(site, side, at[list(fresh.values())])
            known.update(zip(fresh, found, strict=True))
        low, high = np.array([known[spot] for spot in spots]).reshape(-1, 2).T
        return low, high

    def _spread(self, site: Site, side: Sides, at: Ints) -> list[Bounds]:
        facts = self.facts
        extent = self.extent(site, side)
        low, high = extent.depth(facts.lon[at], facts.lat[at])
        reach = _FAR * facts.radius_m[at]
        unsure = (np.abs(low) < reach) | (np.abs(high) < reach)
        return [
            _chances(self.place(int(i)), extent)
            if unsure[k]
            else (float(low[k] >= 0), float(high[k] >= 0))
            for k, i in enumerate(at)
        ]

    def place(self, i: int) -> Place:
        """Return the place of an incident that has one."""
        facts = self.facts
        return Place(
            lon=float(facts.lon[i]),
            lat=float(facts.lat[i]),
            radius_m=float(facts.radius_m[i]),
            shape=read_shape(facts.shape[i]),
        )

    def _unplaced(self, site: Site, at: Ints, bounds: tuple[Floats, Floats]) -> None:
        """Put in the bounds of incidents whose only place is a region, or none."""
        low, high = bounds
        sure = 1.0 if isinstance(site.where, Everywhere) else 0.0
        for i in at:
            least, most = region_bounds(
                self.agreement, self.facts.region[i], site.sector
            )
            low[i], high[i] = least * sure, most

    def margin_m(self, site: Site, i: int) -> float | None:
        """Return how far inside the boundary of a zone or band an incident lies [m].

        None where the clause holds everywhere, or the incident has no place.
        """
        if isinstance(site.where, Everywhere) or not self.facts.placed[i]:
            return None
        whole = Site(site.where, None)
        everyone = frozenset(lines_of(site.where))
        side = everyone & {self._whose(i, by_control=True)} or everyone
        extent = self.extent(whole, side)
        low, high = extent.depth(self.facts.lon[[i]], self.facts.lat[[i]])
        return round(float(low[0] + high[0]) / 2.0, 1)

    def area(self, site: Site) -> BaseGeometry | None:
        """Return the area of a site; None where it has no bounds.

        An empty geometry says that the clause does not reach the sector.
        """
        named = self.site_id(site)
        if named not in self._areas:
            self._areas[named] = self._drawn(site)
        return self._areas[named]

    def _drawn(self, site: Site) -> BaseGeometry | None:
        """Return an area, cut to its sector from what was drawn for the whole."""
        if site.sector == OUTSIDE:
            return _in_no_sector(self.area(replace(site, sector=None)), self.agreement)
        sector = _sector_area(self.agreement, site.sector)
        if isinstance(site.where, Everywhere):
            return sector
        if site.sector is None:
            return _where_area(drawn(self.agreement, site.at), site.where)
        whole = self.area(replace(site, sector=None))
        return whole if sector is None else shapely.intersection(whole, sector)


def _in_no_sector(
    whole: BaseGeometry | None, agreement: Agreement
) -> BaseGeometry | None:
    """Return what of an area lies in no sector; None where it has no bounds."""
    if whole is None:
        return None
    sectors = [each.zone.shape for each in agreement.sectors]
    return shapely.difference(whole, shapely.union_all(sectors))


def _spot(facts: Facts, i: int) -> _Spot:
    place = float(facts.lon[i]), float(facts.lat[i]), float(facts.radius_m[i])
    return *place, facts.shape[i]


def _chances(place: Place, extent: Extent) -> tuple[float, float]:
    """Return the probability that a place lies in an area, low and high."""
    low, high = extent.regions()
    chance = chance_inside(place, low)
    return chance, chance if low is high else max(chance, chance_inside(place, high))


def _where_id(where: Where) -> Hashable:
    match where:
        case NearLine():
            return (*sorted(where.lines.items()), where.distance_m)
        case AllOf():
            return tuple(_where_id(part) for part in where.parts)
        case _:
            return where


def lines_of(where: Where) -> Mapping[str, str]:
    """Return bearer -> line that a place is measured from; empty where none is."""
    match where:
        case NearLine():
            return where.lines
        case AllOf():
            return {b: n for part in where.parts for b, n in lines_of(part).items()}
        case _:
            return {}


def region_bounds(
    agreement: Agreement, region: str | None, sector: str | None
) -> tuple[float, float]:
    """Return bounds on the probability that a named region is a sector.

    Args:
        agreement: Names the sectors.
        region: Region in a source's words; None where it names none.
        sector: Sector asked for; None for the whole area, `OUTSIDE` for no sector.

    Returns:
        (1, 1) for a match, (0, 0) for another sector, (0, 1) where it is open.
    """
    if sector is None:
        return 1.0, 1.0
    if sector == OUTSIDE:
        return 0.0, 0.0
    found = sector_of(agreement, region)
    if found is None:
        return 0.0, 1.0
    return (1.0, 1.0) if found == sector else (0.0, 0.0)


def sector_of(agreement: Agreement, region: str | None) -> str | None:
    """Return the sector that a source's region names; None where none is named."""
    if region is None:
        return None
    wanted = _bare(region)
    for sector in agreement.sectors:
        names = [sector.id, *sector.title.values()]
        if any(_bare(name) == wanted for name in names):
            return sector.id
    return None


def _bare(name: str) -> str:
    text = name.casefold().replace("_", " ").replace("-", " ")
    return reduce(lambda t, word: t.replace(word, ""), _WORDS_OF_REGION, text).strip()


def _where_extents(agreement: Agreement, where: Where, side: Sides) -> list[Extent]:
    match where:
        case InZones():
            return [in_zones([agreement.zones[z] for z in where.zones])]
        case NearLine():
            names = sorted({where.lines[party] for party in side or where.lines})
            lines = [agreement.lines[name] for name in names]
            return [near_lines(lines, where.distance_m)]
        case OutsideZones():
            zones = [agreement.zones[z] for z in where.zones]
            return [outside(zones, blurred=True)]
        case AllOf():
            return [e for p in where.parts for e in _where_extents(agreement, p, side)]
        case _:
            return []


def _sector_extents(agreement: Agreement, sector: str | None) -> list[Extent]:
    if sector is None:
        return []
    zones = [s.zone for s in agreement.sectors if sector in {OUTSIDE, s.id}]
    return [outside(zones) if sector == OUTSIDE else in_zones(zones)]


def _where_area(agreement: Agreement, where: Where) -> BaseGeometry | None:
    match where:
        case InZones():
            return shapely.union_all([agreement.zones[z].shape for z in where.zones])
        case NearLine():
            names = sorted(set(where.lines.values()))
            bands = [agreement.lines[name].band(where.distance_m) for name in names]
            return shapely.union_all(bands)
        case OutsideZones():
            whole = _sector_area(agreement, None)
            out = shapely.union_all([agreement.zones[z].shape for z in where.zones])
            return None if whole is None else shapely.difference(whole, out)
        case AllOf():
            areas = [_where_area(agreement, part) for part in where.parts]
            return _shared([area for area in areas if area is not None])
        case _:
            return None


def zones_of(where: Where) -> frozenset[str]:
    """Return the zones that a place is told by; empty where none is."""
    match where:
        case InZones(zones) | OutsideZones(zones):
            return frozenset(zones)
        case AllOf(parts):
            return frozenset(zone for part in parts for zone in zones_of(part))
        case _:
            return frozenset()


def redrawn(agreement: Agreement, where: Where, period: Interval) -> list[Interval]:
    """Return a period in parts, in each of which a place is drawn in one way.

    Args:
        agreement: Zones and lines, some of which may have been drawn anew.
        where: What is drawn.
        period: Period asked about.

    Returns:
        Parts in order of time; the whole where nothing of it was drawn anew in it.
    """
    zones = [v for name in zones_of(where) for v in agreement.zones[name].versions]
    names = set(lines_of(where).values())
    lines = [v for name in names for v in agreement.lines[name].versions]
    spans = [(each.from_at, each.until_at) for each in zones]
    spans += [(each.from_at, each.until_at) for each in lines]
    turns = {at for span in spans for at in span}
    inside = [at for at in turns if at is not None and period.start < at < period.end]
    cuts = [period.start, *sorted(inside), period.end]
    return [Interval(a, b) for a, b in itertools.pairwise(cuts)]


def drawn(agreement: Agreement, at: datetime | None) -> Agreement:
    """Return an agreement with its zones and lines as they were drawn at an instant.

    One that was not drawn then keeps its last drawing: whether the clause was in
    force is another question.
    """
    if at is None:
        return agreement
    zones = {name: zone.at(at) or zone for name, zone in agreement.zones.items()}
    lines = {name: line.at(at) or line for name, line in agreement.lines.items()}
    return replace(agreement, zones=zones, lines=lines)


def drawn_since(agreement: Agreement, at: datetime) -> datetime | None:
    """Return since when everything is drawn as it is at an instant.

    Args:
        agreement: Zones and lines, some of which may have been drawn anew.
        at: The instant.

    Returns:
        The last change of any drawing until then, the beginning of time before the
        first; None where nothing was ever drawn anew.
    """
    zones = [v for zone in agreement.zones.values() for v in zone.versions]
    lines = [v for line in agreement.lines.values() for v in line.versions]
    spans = [(version.from_at, version.until_at) for version in zones]
    spans += [(version.from_at, version.until_at) for version in lines]
    if not spans:
        return None
    changes = [when for span in spans for when in span if when is not None]
    return max((when for when in changes if when <= at), default=_BEGINNING)


def _shared(areas: list[BaseGeometry]) -> BaseGeometry | None:
    return reduce(shapely.intersection, areas) if areas else None


def _sector_area(agreement: Agreement, sector: str | None) -> BaseGeometry | None:
    shapes = [s.zone.shape for s in agreement.sectors if sector in {None, s.id}]
    return shapely.union_all(shapes) if shapes else None
