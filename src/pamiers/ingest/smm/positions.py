"""Where a worded place lies: names through the gazetteer, sectors by geodesy.

Every phrase gives a place with a stated uncertainty, or none and the reason;
an ambiguous name gives none. A bearing from an observer is laid off from the
observer's own place, whose uncertainty widens the distances.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from pamiers.core.geodesy import distance_m
from pamiers.core.place import Place, in_sector
from pamiers.core.place import Sector as Wedge
from pamiers.ingest.gazetteer import Gazetteer, Near, Resolution, fold
from pamiers.ingest.smm.sentence import Bearing, Distance, PlacePhrase, Sector

#: How far fire is heard or filmed when a report leaves the distance out [m].
REACH_M: Final = 10_000.0
#: How far "near" and "north-west of" reach beyond a settlement's edge [m].
NEAR_M: Final = 2_000.0
BESIDE_M: Final = 4_000.0
EDGE_M: Final = 500.0
_AREA: Final = "disengagement area"
#: A village lies no further from the middle of the area named for it [m].
_AREA_REACH_M: Final = 10_000.0
#: Sites a town lends its name to, which lie where the text puts them.
_SITES: Final = ("airport", "station", "observation p", "checkpoint", "crossing point")
_EIGHT_WINDS_DEG: Final = 22.5
_FULL_TURN: Final = 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A place, or why there is none."""

    place: Place | None
    how: str  #: named, chosen, computed, ambiguous, unknown, unnamed, observer
    candidates: tuple[str, ...] = ()  #: of an ambiguous name, with positions


@dataclass(frozen=True, slots=True)
class Positions:
    """Resolves the phrases of one file with one gazetteer, or with none."""

    gazetteer: Gazetteer | None
    #: name as it sounds, with its site -> where this report says that it lies
    stated: Mapping[str, Near | None] = field(default_factory=dict)

    def reading(self, phrases: Iterable[PlacePhrase]) -> "Positions":
        """Return positions that hold for one report, by what it says of its names.

        Args:
            phrases: Every place of the report. The Mission states bearing and
                distance of a place once, and then names it alone.

        Returns:
            The same gazetteer; a name stated in two ways helps nothing.
        """
        stated: dict[str, Near | None] = {}
        for phrase in phrases:
            near = _near(phrase)
            if near is None or len(phrase.names) != 1:
                continue
            key = _key(phrase.names[0], phrase)
            stated[key] = near if stated.get(key, near) == near else None
        return Positions(self.gazetteer, stated)

    def of_phrase(
        self, phrase: PlacePhrase | None, *, by_area: bool = False
    ) -> Located:
        """Return where a phrase lies.

        Args:
            phrase: A place as worded, or None.
            by_area: Whether a camera or a disengagement area is spoken of, which
                decides between places of one name.

        Returns:
            The place; a region or an unnamed feature has none.
        """
        if phrase is None or not phrase.names or self.gazetteer is None:
            return Located(place=None, how="unnamed")
        found = [self._named(name, phrase, by_area=by_area) for name in phrase.names]
        lost = next((one for one in found if one.place is None), None)
        if lost is not None:
            return lost
        known = [one.place for one in found if one.place is not None]
        place = known[0] if len(known) == 1 else _around(known, phrase.text)
        return replace(found[0], place=_moved(place, phrase))

    def _named(self, name: str, phrase: PlacePhrase, *, by_area: bool) -> Located:
        """Return what one name means, with the town its phrase states."""
        near = _near(phrase) if len(phrase.names) == 1 else None
        near = near or self.stated.get(_key(name, phrase))
        if self.gazetteer is None:
            return Located(place=None, how="unknown")
        if _near(phrase) is None and (phrase.feature or "").startswith(_AREA):
            area = self.gazetteer.resolve(f"{name} {_AREA}")
            if area.place is not None:
                return Located(place=area.place, how="named")
        result = self.gazetteer.resolve(name, near)
        if result.how == "ambiguous" and by_area:
            result = self._of_area(name, result)
        shown = tuple(f"{c.name} {c.lat:.2f} {c.lon:.2f}" for c in result.candidates)
        many = shown if result.place is None or result.how == "computed" else ()
        return Located(place=result.place, how=result.how, candidates=many)

    def _of_area(self, name: str, found: Resolution) -> Resolution:
        """Return the one of several places that a disengagement area is named for."""
        areas = self.gazetteer.find(f"{name} {_AREA}") if self.gazetteer else ()
        near = [
            one
            for one in found.candidates
            for area in areas
            if distance_m(area.lon, area.lat, one.lon, one.lat).item() <= _AREA_REACH_M
        ]
        if len(near) != 1:
            return found
        return replace(found, how="chosen", place=near[0].place())

    def of_event(
        self,
        sector: Sector | None,
        observer: PlacePhrase | None,
        *,
        by_area: bool = False,
    ) -> Located:
        """Return where an event lies that was seen in a sector from an observer."""
        stand = self.of_phrase(observer, by_area=by_area)
        if stand.place is None:
            return stand
        wedge = _wedge(sector or Sector(), stand.place)
        name = observer.text if observer is not None else None
        # The wedge begins at the observer, whose position is confidential: only
        # the circle round it is kept.
        circle = replace(in_sector(wedge, name=name), shape=None)
        return Located(place=circle, how="observer")


def _key(name: str, phrase: PlacePhrase) -> str:
    """Return under which key a report states where a name lies."""
    feature = phrase.feature or ""
    site = next((part for part in _SITES if part in feature), "")
    return f"{fold(name)} {site}".strip()


def _near(phrase: PlacePhrase) -> Near | None:
    """Return the bearing from a town that the phrase itself states."""
    anchor = phrase.anchor
    if anchor is None:
        return None
    middle = (anchor.distance.low_m + anchor.distance.high_m) / 2
    return Near(name=anchor.name, bearing_deg=anchor.bearing.degrees, distance_m=middle)


def _around(places: list[Place], name: str) -> Place:
    """Return the circle round several places: it was at one of them."""
    lon = sum(place.lon for place in places) / len(places)
    lat = sum(place.lat for place in places) / len(places)
    reach = max(
        distance_m(lon, lat, place.lon, place.lat).item() + place.radius_m
        for place in places
    )
    return Place(lon=round(lon, 6), lat=round(lat, 6), radius_m=reach, name=name)


def _moved(place: Place, phrase: PlacePhrase) -> Place:
    """Return a named place moved by its offset, or widened by its preposition."""
    if phrase.relation == "offset" and phrase.bearing is not None:
        return in_sector(_offset_wedge(place, phrase), name=place.name)
    if phrase.relation == "edge" and phrase.bearing is not None:
        far = Distance(low_m=0.0, high_m=place.radius_m + EDGE_M)
        wedge = _laid(place, (phrase.bearing,), far, _EIGHT_WINDS_DEG)
        return in_sector(wedge, name=place.name)
    beyond = phrase.offset.high_m if phrase.offset is not None else NEAR_M
    if phrase.relation in ("near", "inside", "outside", "towards"):
        return replace(place, radius_m=place.radius_m + beyond, shape=None)
    return place


def _offset_wedge(place: Place, phrase: PlacePhrase) -> Wedge:
    """Return the wedge that "about 2km south-east of X" means."""
    bearing = phrase.bearing
    far = phrase.offset or Distance(low_m=0.0, high_m=place.radius_m + BESIDE_M)
    slack = max(250.0, 0.1 * far.high_m) + place.radius_m / 4
    wide = Distance(low_m=max(0.0, far.low_m - slack), high_m=far.high_m + slack)
    winds = (bearing,) if bearing is not None else ()
    return _laid(place, winds, wide, _EIGHT_WINDS_DEG)


def _wedge(sector: Sector, stand: Place) -> Wedge:
    """Return the wedge of a sector, its distances widened by the observer's place."""
    far = sector.distance or Distance(low_m=0.0, high_m=REACH_M)
    slack = stand.radius_m / 2 if sector.distance is not None else 0.0
    wide = Distance(low_m=max(0.0, far.low_m - slack), high_m=far.high_m + slack)
    return _laid(stand, sector.bearings, wide, 0.0)


def _laid(
    origin: Place, winds: tuple[Bearing, ...], far: Distance, least_deg: float
) -> Wedge:
    """Return the wedge over some winds; without any it is the whole ring."""
    start, end = _sweep(winds, least_deg)
    return Wedge(
        origin_lon=origin.lon,
        origin_lat=origin.lat,
        bearing_from_deg=start,
        bearing_to_deg=end,
        distance_from_m=far.low_m,
        distance_to_m=max(far.high_m, far.low_m + 1.0),
    )


def _sweep(winds: tuple[Bearing, ...], least_deg: float) -> tuple[float, float]:
    """Return the smallest turn that holds all winds with their spread [deg]."""
    if not winds:
        return 0.0, _FULL_TURN
    ordered = sorted(winds, key=lambda wind: wind.degrees)
    after = [*ordered[1:], ordered[0]]
    gaps = [
        (second.degrees - first.degrees) % _FULL_TURN
        or (0.0 if len(ordered) > 1 else _FULL_TURN)
        for first, second in zip(ordered, after, strict=True)
    ]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    first, last = after[widest], ordered[widest]
    start = first.degrees - max(first.half_width_deg, least_deg)
    end = last.degrees + max(last.half_width_deg, least_deg)
    turn = (last.degrees - first.degrees) % _FULL_TURN
    spread = (
        turn
        + max(first.half_width_deg, least_deg)
        + max(last.half_width_deg, least_deg)
    )
    if spread >= _FULL_TURN or math.isclose(spread, _FULL_TURN):
        return 0.0, _FULL_TURN
    return start % _FULL_TURN, end % _FULL_TURN
