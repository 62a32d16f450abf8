"""Editions: what each reader may be told, and how finely.

The public and the parties never receive an observer's position, an observer's
words, or a position finer than the declared grid. A sector drawn from where a
bearing was taken would point back at the observer, so outside the commission's
edition a position is a circle on the grid.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import shapely

from pamiers.core.errors import UnknownTermError
from pamiers.core.geodesy import destination, distance_m
from pamiers.core.place import Area, Ellipse, Place, Sector, sample_points

#: least uncertainty shown where positions are coarsened [m]
LEAST_RADIUS_M: Final = 1_000.0
#: fewer than this are too few to hide among
LEAST_SOURCES: Final = 3
_OPEN: Final = "public"
_MINUTE: Final = timedelta(minutes=1)
_DECIMALS: Final = 5  # about one metre


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one class of reader may be told."""

    id: str
    grid_deg: float | None  #: positions are rounded to this [deg]; None: as they are
    step_km: float  #: distances are rounded to this [km]
    confidential: bool  #: observer positions, words of sources, shapes, seconds
    #: sources that publish what they say; of a mission, so no report tells them again
    authors: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def least_sources(self) -> int:
        """Return how many sources that are no authors are named, and not fewer."""
        return LEAST_SOURCES if self.id == _OPEN else 1

    def names(self, source: str) -> bool:
        """Tell whether a source that alone says something is named."""
        return self.least_sources == 1 or source in self.authors


EDITIONS: Final[Mapping[str, Edition]] = {
    _OPEN: Edition(id=_OPEN, grid_deg=0.02, step_km=1.0, confidential=False),
    "parties": Edition(id="parties", grid_deg=0.02, step_km=1.0, confidential=False),
    "commission": Edition(
        id="commission", grid_deg=None, step_km=0.1, confidential=True
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A position as an edition gives it; `outline` only where it may be drawn."""

    lon: float  #: WGS84 [deg]
    lat: float
    radius_m: float  #: holds the true place with 95 %, the rounding included
    outline: tuple[tuple[float, float], ...] | None = None  #: ring, lon lat [deg]


def edition_named(name: str) -> Edition:
    """Return an edition by its name.

    Raises:
        UnknownTermError: No such edition; none is taken for it.
    """
    if name not in EDITIONS:
        raise UnknownTermError(
            "edition",
            expected=f"one of {', '.join(EDITIONS)}",
            got=repr(name),
            remedy="Name the readers the report is for.",
        )
    return EDITIONS[name]


def spot(place: Place | None, edition: Edition) -> Spot | None:
    """Return a position as an edition may give it; None for an unknown place."""
    if place is None:
        return None
    if edition.grid_deg is None:
        return Spot(
            lon=round(place.lon, _DECIMALS),
            lat=round(place.lat, _DECIMALS),
            radius_m=round(place.radius_m, 1),
            outline=_outline(place),
        )
    lon, lat = (
        _on_grid(place.lon, edition.grid_deg),
        _on_grid(place.lat, edition.grid_deg),
    )
    slack = _half_cell_m(lon, lat, edition.grid_deg)
    radius = max(LEAST_RADIUS_M, place.radius_m) + slack
    return Spot(lon=lon, lat=lat, radius_m=float(np.ceil(radius / 500) * 500))


def times(
    start: datetime, end: datetime, edition: Edition
) -> tuple[datetime, datetime]:
    """Return an interval as an edition may give it: to whole minutes, or as it is."""
    if edition.confidential:
        return start, end
    first = start.replace(second=0, microsecond=0)
    last = end.replace(second=0, microsecond=0)
    last = last if last == end else last + _MINUTE
    return first, max(last, first + _MINUTE)


def distance_km(metres: float | None, edition: Edition) -> float | None:
    """Return a distance rounded to an edition's step [km]; None for None."""
    if metres is None:
        return None
    return round(round(metres / 1000 / edition.step_km) * edition.step_km, 1)


def confided(text: str | None, edition: Edition) -> str | None:
    """Return a confidential text in the one edition that may hold it, else None."""
    return text if edition.confidential else None


def _on_grid(degrees: float, grid: float) -> float:
    return round(round(degrees / grid) * grid, 4)


def _half_cell_m(lon: float, lat: float, grid: float) -> float:
    """Return the farthest a point can be moved by rounding [m]."""
    return distance_m(lon, lat, lon + grid / 2, lat + grid / 2).item()


def _outline(place: Place) -> tuple[tuple[float, float], ...] | None:
    """Return the ring of a shape finer than a circle; None for a circle."""
    match place.shape:
        case Area(ring=corners):
            ring = list(corners)
        case Sector() as sector:
            ring = _sector_ring(sector)
        case Ellipse():
            ring = _hull(place)
        case _:
            return None
    return tuple((round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in ring)


def _sector_ring(sector: Sector) -> list[tuple[float, float]]:
    turn = np.linspace(0.0, sector.width_deg, 25)
    bearing = sector.bearing_from_deg + turn
    lon, lat = sector.origin_lon, sector.origin_lat
    outer = destination(lon, lat, bearing, sector.distance_to_m)
    inner = destination(lon, lat, bearing[::-1], max(1.0, sector.distance_from_m))
    lons = np.concatenate([outer[0], inner[0]])
    lats = np.concatenate([outer[1], inner[1]])
    return list(zip(lons.tolist(), lats.tolist(), strict=True))


def _hull(place: Place) -> list[tuple[float, float]]:
    points = shapely.MultiPoint(sample_points(place, 128))
    return [(x, y) for x, y in shapely.convex_hull(points).exterior.coords]
