"""What a map of the day shows, as values: lines, zones, places, marks.

No boundary of a state is among them. The agreement's own lines are dashed and
carry the tolerance they were drawn with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import Agreement
from pamiers.agreement.zones import Line, Zone
from pamiers.core.instant import Interval
from pamiers.report.context import Context
from pamiers.report.message import Named, named
from pamiers.report.places import NamedPlace

Path = tuple[tuple[float, float], ...]  #: points lon, lat [deg]

_DECIMALS: Final = 4  # about ten metres
_SIMPLER_DEG: Final = 0.002  # detail below 200 m does not show on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line of the agreement as it is drawn."""

    id: str
    title: Named
    paths: tuple[Path, ...]
    tolerance_m: float
    band: tuple[Path, ...]  #: rings of the area within the tolerance
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnZone:
    """An area of the agreement with a rule of its own."""

    id: str
    title: Named
    rings: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The ground that a day's incidents and coverage are drawn on."""

    lines: tuple[DrawnLine, ...]
    zones: tuple[DrawnZone, ...]
    places: tuple[NamedPlace, ...]


def chart(context: Context) -> Chart:
    """Return the lines in force on the day, the zones, and places to label."""
    agreement, window = context.inputs.agreement, context.period.window
    lines = [each for each in agreement.lines.values() if _in_force(each, window)]
    return Chart(
        lines=tuple(_line(each) for each in lines),
        zones=tuple(_zone(each) for each in _zones(agreement)),
        places=tuple(context.gazetteer.labels()),
    )


def _in_force(line: Line, window: Interval) -> bool:
    begun = line.from_at is None or line.from_at < window.end
    return begun and (line.until_at is None or line.until_at > window.start)


def _zones(agreement: Agreement) -> Iterator[Zone]:
    """Yield the zones that are not sectors; those follow borders of regions."""
    sectors = [sector.zone.id for sector in agreement.sectors]
    yield from (z for z in agreement.zones.values() if z.id not in sectors)


def _line(line: Line) -> DrawnLine:
    band = line.band(line.tolerance_m) if line.tolerance_m > 0 else None
    return DrawnLine(
        id=line.id,
        title=named(line.title, line.id),
        paths=_paths(line.shape),
        tolerance_m=line.tolerance_m,
        band=_rings(band) if band is not None else (),
        as_of=line.as_of,
    )


def _zone(zone: Zone) -> DrawnZone:
    return DrawnZone(
        id=zone.id, title=named(zone.title, zone.id), rings=_rings(zone.shape)
    )


def _paths(shape: BaseGeometry) -> tuple[Path, ...]:
    simple = shapely.simplify(shape, _SIMPLER_DEG / 4)
    return tuple(_points(part) for part in shapely.get_parts(simple))


def _rings(shape: BaseGeometry) -> tuple[Path, ...]:
    simple = shapely.simplify(shape, _SIMPLER_DEG)
    found = []
    for part in shapely.get_parts(simple):
        found += [_points(part.exterior), *(_points(hole) for hole in part.interiors)]
    return tuple(found)


def _points(shape: BaseGeometry) -> Path:
    return tuple(
        (round(x, _DECIMALS), round(y, _DECIMALS))
        for x, y in shapely.get_coordinates(shape).tolist()
    )


def everything(charted: Chart) -> Sequence[tuple[float, float]]:
    """Return the points of lines and zones, for framing a map; may be empty."""
    paths = [path for line in charted.lines for path in line.paths]
    paths += [ring for zone in charted.zones for ring in zone.rings]
    return [point for path in paths for point in path]
