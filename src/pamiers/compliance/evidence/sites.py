"""How what one tally counts lies to what another counts: apart, a part, or unknown.

A tally has a place, a class or kind, and a party; one of what is there may name its
site. Two of one counter may be added only where they surely count different things: in
places that lie apart, at different sites, of classes of which no weapon is of both, or
of different parties. One that counts a part of what the other
counts is in the other's number already. Where nobody can tell, neither may be added to
the other for sure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import Agreement
from pamiers.agreement.values.weapon import Bounds, WeaponClass
from pamiers.compliance.evidence.ground import sector_of
from pamiers.compliance.evidence.weaponry import NOTHING, Known
from pamiers.core.rows import LEVELS, Tally

#: share of the smaller area that a drawing may be off without a meaning
_SLIVER = 1e-3
_ANYWHERE = (None, None, None)


class Lie(Enum):
    """How the first of two lies to the second."""

    SAME = "the same"
    PART = "a part of it"
    WHOLE = "the whole of it"
    APART = "apart"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a tally counts: where, of what, whose; None: not said, or of everybody."""

    place: str | None
    of: str
    party: str | None
    lon: float | None = None
    lat: float | None = None
    ref: str | None = None  #: of what is there: the site, as the counter calls it


def counted_by(row: Tally) -> Counted:
    """Return what a tally counts."""
    name = row.place or row.region
    ref = row.ref if row.status in LEVELS else None
    at = row.at if name is None else None
    if at is None:
        return Counted(name, row.of, row.party, ref=ref)
    return Counted(None, row.of, row.party, at.lon, at.lat, ref)


class Sites:
    """Tells how what tallies count lies, by the classes and zones of an agreement."""

    def __init__(self, agreement: Agreement) -> None:
        """Read nothing yet.

        Args:
            agreement: Its zones, sectors and classes.
        """
        self.agreement = agreement
        self._lies: dict[tuple[Counted, Counted], Lie] = {}

    def lie(self, one: Counted, other: Counted) -> Lie:
        """Return how what one tally counts lies to what another counts."""
        if (one, other) not in self._lies:
            self._lies[one, other] = self._lie(one, other)
        return self._lies[one, other]

    def covered(self, one: Counted, by: Iterable[Counted]) -> bool:
        """Tell whether others, together, may leave out nothing of what one counts.

        Args:
            one: What a tally counts.
            by: What other tallies count.

        Returns:
            False where some ground, kind or party of it is surely in none of them; so
            of everywhere, which named places never make up.
        """
        near = [t for t in by if self.lie(one, t) is not Lie.APART]
        near = [t for t in near if t.ref is None or t.ref == one.ref]
        near = [t for t in near if t.party is None or t.party == one.party]
        known = self.agreement.classes
        parts = parts_of(known[one.of]) if one.of in known else []
        of_all = {t for t in near if classes_lie(one.of, t.of, known) is not Lie.WHOLE}
        return all(
            self._ground(one, [t for t in near if t in of_all or p.within(t.of, known)])
            for p in parts
        ) and (bool(parts) or self._ground(one, of_all))

    def _ground(self, one: Counted, by: Iterable[Counted]) -> bool:
        """Tell whether some leave out no ground of another."""
        told = list(by)
        where = (one.place, one.lon, one.lat)
        if any((t.place, t.lon, t.lat) in {where, _ANYWHERE} for t in told):
            return True
        whole = self.area(one)
        areas = [area for t in told if (area := self.area(t)) is not None]
        if whole is None or not areas:
            return False
        if whole.area == 0.0:
            return any(shapely.intersects(whole, area) for area in areas)
        left = shapely.difference(whole, shapely.union_all(areas)).area
        return bool(left <= _SLIVER * whole.area)

    def _lie(self, one: Counted, other: Counted) -> Lie:
        found = {
            self._places(one, other),
            classes_lie(one.of, other.of, self.agreement.classes),
            _named(one.party, other.party),
            _named(one.ref, other.ref),
        } - {Lie.SAME}
        if Lie.APART in found:
            return Lie.APART
        if not found:
            return Lie.SAME
        return found.pop() if len(found) == 1 else Lie.UNKNOWN

    def _places(self, one: Counted, other: Counted) -> Lie:
        if (one.place, one.lon, one.lat) == (other.place, other.lon, other.lat):
            return Lie.SAME
        areas = self.area(one), self.area(other)
        if areas[0] is not None and areas[1] is not None:
            return _areas_lie(areas[0], areas[1])
        named = one.place is not None and other.place is not None
        return Lie.APART if named else Lie.UNKNOWN

    def area(self, each: Counted) -> BaseGeometry | None:
        """Return where a tally counts: a point, a zone, a sector; None: not known."""
        if each.lon is not None:
            return shapely.Point(each.lon, each.lat)
        name = each.place
        zone = self.agreement.zones.get(name or "")
        sector = sector_of(self.agreement, name) if zone is None else None
        return zone.shape if zone is not None else self._sectors.get(sector or "")

    @cached_property
    def _sectors(self) -> dict[str, BaseGeometry]:
        return {each.id: each.zone.shape for each in self.agreement.sectors}


def _areas_lie(one: BaseGeometry, other: BaseGeometry) -> Lie:
    points = one.area == 0.0, other.area == 0.0
    if all(points):
        return Lie.APART
    if points[0]:
        return Lie.PART if shapely.intersects(one, other) else Lie.APART
    if points[1]:
        return Lie.WHOLE if shapely.intersects(one, other) else Lie.APART
    shared = shapely.intersection(one, other).area
    if shared <= _SLIVER * min(one.area, other.area):
        return Lie.APART
    inside = shared >= (1.0 - _SLIVER) * one.area
    around = shared >= (1.0 - _SLIVER) * other.area
    return _lie(inside=inside, around=around)


def _lie(*, inside: bool, around: bool) -> Lie:
    if inside and around:
        return Lie.SAME
    if inside or around:
        return Lie.PART if inside else Lie.WHOLE
    return Lie.UNKNOWN


def _named(one: str | None, other: str | None) -> Lie:
    """Return how two lie by a name that each has; one without a name is of all."""
    if one == other:
        return Lie.SAME
    if one is None or other is None:
        return Lie.WHOLE if one is None else Lie.PART
    return Lie.APART


def classes_lie(
    one: str,
    other: str,
    classes: Mapping[str, WeaponClass],
    said: Known = NOTHING,
) -> Lie:
    """Return how one class, or kind in a counter's words, lies to another.

    Args:
        one: Id of a class of the agreement, or a kind.
        other: Another.
        classes: Those of the agreement.
        said: What is stated of all that is counted as the first, such as `actor`.

    Returns:
        By the kinds that classes name, and by calibres and ranges that do not meet;
        unknown where only system or a further condition tells them apart.
    """
    if one == other:
        return Lie.SAME
    first, second = classes.get(one), classes.get(other)
    if first is None and second is None:
        return Lie.APART
    if first is not None and second is not None and _sized_apart(first, second):
        return Lie.APART
    inside = _all_of(one, first, second, said)
    around = _all_of(other, second, first)
    if inside is False or around is False:
        return Lie.APART
    return _lie(inside=inside is True, around=around is True)


def _sized_apart(one: WeaponClass, other: WeaponClass) -> bool:
    """Tell whether no weapon of one class has the calibre or range of another's."""
    if one.any_of or other.any_of:
        return False
    sizes = (one.calibre_mm, other.calibre_mm), (one.range_km, other.range_km)
    return any(a and b and (_below(a, b) or _below(b, a)) for a, b in sizes)


def _below(one: Bounds, other: Bounds) -> bool:
    """Tell whether every size within some bounds is less than any within others."""
    if one.high is None or other.low is None or one.unit != other.unit:
        return False
    touching = one.high == other.low and (one.open_high or other.open_low)
    return touching or one.high < other.low


def _all_of(
    name: str,
    own: WeaponClass | None,
    whole: WeaponClass | None,
    said: Known = NOTHING,
) -> bool | None:
    """Tell whether every weapon of a class is of another, or none; None: not known."""
    if whole is None:
        return None
    if own is not None and own in _members(whole):
        return True
    kinds = _kinds(own) if own is not None else (name,)
    answers = [whole.holds(kind=kind, also=said) for kind in kinds]
    if not kinds or None in answers or len(set(answers)) != 1:
        return None
    return answers[0]


def _members(one: WeaponClass) -> tuple[WeaponClass, ...]:
    """Return the classes of which every weapon is of a class; not the class itself."""
    if one.where is not None:
        return ()
    return (*one.any_of, *(m for each in one.any_of for m in _members(each)))


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of a class, or all of it (None), and the classes that it is part of."""

    path: tuple[WeaponClass, ...]
    kind: str | None

    def within(self, of: str, classes: Mapping[str, WeaponClass]) -> bool:
        """Tell whether all of it surely is of a class, or of a kind in words."""
        if self.kind is not None and of == self.kind:
            return True
        one = classes.get(of)
        if one is None:
            return False
        if self.kind is not None and one.holds(kind=self.kind):
            return True
        return any(each in (one, *_members(one)) for each in self.path)


def parts_of(one: WeaponClass, above: tuple[WeaponClass, ...] = ()) -> list[Part]:
    """Return each kind of a class; the class itself where no kinds tell what it is.

    Args:
        one: A class.
        above: Classes that it is part of.

    Returns:
        Parts that come to no less than the class; at least one.
    """
    path = (*above, one)
    found = [part for each in one.any_of for part in parts_of(each, path)]
    found += [Part(path, kind) for kind in one.kinds]
    plain = one.calibre_mm or one.range_km or one.systems or one.where
    if not one.kinds and (plain or not one.any_of):
        found.append(Part(path, None))
    return found


def _kinds(one: WeaponClass) -> tuple[str, ...]:
    """Return every kind that a weapon of a class can be of; empty where any can."""
    parts = [_kinds(each) for each in one.any_of]
    if not all(parts):
        return ()
    own = one.kinds
    plain = one.calibre_mm or one.range_km or one.systems or one.where
    if not own and (plain or not parts):
        return ()
    return (*own, *(kind for each in parts for kind in each))
