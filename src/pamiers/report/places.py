"""Saying where: by distance and bearing from a place that has a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.core.geodesy import bearing_deg, compass_point, distance_m
from pamiers.report.message import Named, named

#: nearer than this to a named place, or than half the uncertainty, it is "at" it
AT_M: Final = 700.0
#: farther than this, a bearing from a named place no longer helps a reader
FAR_M: Final = 60_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place of the gazetteer; `importance` orders the labels of a map."""

    name: Named
    lon: float  #: WGS84 [deg]
    lat: float
    importance: int = 0  #: larger is labelled first; 0 is never labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """A position in words: at a named place, or so far and in that direction."""

    near: Named
    distance_km: float | None  #: None: at the place
    compass: str | None  #: point of the compass, from the named place


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Named places, for describing positions."""

    places: tuple[NamedPlace, ...]

    def describe(
        self, lon: float, lat: float, radius_m: float, *, step_km: float = 0.1
    ) -> Whereabouts | None:
        """Return a position in words; None with no named place in reach.

        Args:
            lon: Longitude [deg].
            lat: Latitude [deg].
            radius_m: Radius that holds the place with 95 % [m].
            step_km: What a distance is rounded to [km].

        Returns:
            The nearest named place, with distance and bearing unless at it.
        """
        if not self.places:
            return None
        lons = np.array([place.lon for place in self.places])
        lats = np.array([place.lat for place in self.places])
        metres = distance_m(lons, lats, lon, lat)
        nearest = int(np.argmin(metres))
        away = float(metres[nearest])
        if away > FAR_M:
            return None
        place = self.places[nearest]
        if away <= max(AT_M, radius_m / 2, step_km * 500):
            return Whereabouts(near=place.name, distance_km=None, compass=None)
        bearing = bearing_deg(place.lon, place.lat, lon, lat).item()
        distance = max(step_km, round(away / 1000 / step_km) * step_km)
        return Whereabouts(
            near=place.name,
            distance_km=round(distance, 1),
            compass=compass_point(bearing),
        )

    def name_of(self, place: str | None) -> Named | None:
        """Return a source's name of a place, in every language it is known in."""
        if not place:
            return None
        for known in self.places:
            if place.casefold() in {word.casefold() for _, word in known.name.words}:
                return known.name
        return named(None, place)

    def labels(self) -> Sequence[NamedPlace]:
        """Return the places worth a label, the most important first."""
        chosen = [place for place in self.places if place.importance > 0]
        return sorted(chosen, key=lambda p: (-p.importance, p.name.words))
