"""Zones and lines drawn, derived from one another, and dated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry.base import BaseGeometry

from pamiers.agreement import shapes
from pamiers.agreement.drawing import draw
from pamiers.agreement.map_plane import MapPlane
from pamiers.agreement.resolve.joining import Drawing, joined
from pamiers.agreement.resolve.sure import held, metres, moment, sure
from pamiers.agreement.values.blank import Blank, filled
from pamiers.agreement.values.moment import Moment
from pamiers.agreement.values.position import Position
from pamiers.agreement.written import (
    Around,
    Band,
    Buffer,
    Drawn,
    MapScale,
    Version,
    Written,
)
from pamiers.agreement.zones import Line, Zone
from pamiers.core.errors import MalformedAgreementError


@dataclass(slots=True)
class Surveyor:
    """Draws the zones and lines of one agreement, each once."""

    written: Written
    _zones: dict[str, list[Drawing]] = field(default_factory=dict)
    _lines: dict[str, list[Drawing]] = field(default_factory=dict)

    def zones(self) -> dict[str, Zone]:
        """Return every zone by id.

        Raises:
            MalformedAgreementError: One has no area.
        """
        return {name: self.zone(name) for name in self.written.zones}

    def lines(self) -> dict[str, Line]:
        """Return every line by id."""
        return {name: self.line(name) for name in self.written.lines}

    def zone(self, name: str) -> Zone:
        """Return a zone, as it is drawn last and in every version."""
        drawn = held(self.written.zones[name], Drawn)
        versions = [
            Zone(
                id=name,
                title=dict(sure(drawn.title)),
                shape=each.shape,
                tolerance_m=each.tolerance_m,
                from_=each.from_,
                until=each.until,
            )
            for each in self._of_zone(name)
        ]
        dated = tuple(versions) if len(versions) > 1 else ()
        return replace(versions[-1], versions=dated)

    def line(self, name: str) -> Line:
        """Return a line, as it is drawn last and in every version."""
        drawn = held(self.written.lines[name], Drawn)
        versions = [
            Line(
                id=name,
                title=dict(sure(drawn.title)),
                shape=each.shape,
                tolerance_m=each.tolerance_m,
                as_of=sure(drawn.as_of),
                from_=each.from_,
                until=each.until,
                plane=_plane(self.written.heading.plane),
            )
            for each in self._of_line(name)
        ]
        dated = tuple(versions) if len(versions) > 1 else ()
        return replace(versions[-1], versions=dated)

    def _of_zone(self, name: str) -> list[Drawing]:
        if name not in self._zones:
            drawn = held(self.written.zones[name], Drawn)
            self._zones[name] = self._cut(name, drawn, self._drawings(name, drawn))
        return self._zones[name]

    def _of_line(self, name: str) -> list[Drawing]:
        if name not in self._lines:
            drawn = held(self.written.lines[name], Drawn)
            self._lines[name] = self._drawings(name, drawn)
        return self._lines[name]

    def _drawings(self, name: str, drawn: Drawn) -> list[Drawing]:
        """Return a zone or line as first drawn, if it was, then in each version."""
        found: list[Drawing] = []
        if has_shape(self.written, name, drawn):
            found += self._based(name, drawn)
        for each in drawn.versions:
            version = held(each, Version)
            tolerance = version.tolerance or drawn.tolerance
            found += _dated(
                [
                    replace(one, tolerance_m=metres(tolerance) or one.tolerance_m)
                    for one in self._shaped(name, version)
                ],
                moment(version.from_),
                moment(version.until),
            )
        return found

    def _based(self, name: str, drawn: Drawn) -> list[Drawing]:
        if drawn.hull:
            found = [Drawing(shape=shapes.hull(_points(drawn.hull)), tolerance_m=0.0)]
        elif drawn.between:
            pair = [self._of_line(each) for each in filled(drawn.between)]
            found = joined(name, pair, _area_between)
        elif drawn.any_of:
            parts = [self._of_zone(each) for each in filled(drawn.any_of)]
            found = joined(name, parts, _union)
        else:
            found = self._shaped(name, drawn)
        own = metres(drawn.tolerance)
        found = [replace(one, tolerance_m=own or one.tolerance_m) for one in found]
        return _dated(found, moment(drawn.from_), moment(drawn.until))

    def _shaped(self, name: str, drawn: Drawn | Version) -> list[Drawing]:
        """Return what a band, buffer, disc or feature draws; dated as its line is."""
        if isinstance(drawn.around, Around):
            radius = sure(drawn.around.radius).base
            disc = shapes.around(_points(drawn.around.places), radius)
            return [Drawing(shape=disc, tolerance_m=0.0)]
        if isinstance(drawn.band, Band):
            lines = self._of_line(sure(drawn.band.of))
            return [replace(each, shape=_band(drawn.band, each)) for each in lines]
        if isinstance(drawn.buffer, Buffer):
            lines = self._of_line(sure(drawn.buffer.of))
            away = each_side_m(drawn.buffer)
            return [
                replace(each, shape=shapes.buffer(each.shape, away)) for each in lines
            ]
        feature = self.written.drawings[sure(drawn.feature) or name]
        return [Drawing(shape=draw(feature), tolerance_m=0.0)]

    def _cut(self, name: str, drawn: Drawn, found: list[Drawing]) -> list[Drawing]:
        """Return the drawings of a zone less the zones that it leaves out."""
        if drawn.but_not:
            without = [self._of_zone(each) for each in filled(drawn.but_not)]
            own = max(each.tolerance_m for each in found)
            cut = joined(name, [found, *without], _less)
            found = [replace(each, tolerance_m=own) for each in cut]
        for each in found:
            if each.shape.is_empty or not each.shape.area:
                raise MalformedAgreementError(
                    f"zones.{name}",
                    expected="an area",
                    got="none that is left",
                    remedy="Check `but_not`, and the distances of its band.",
                )
        return found


def _union(parts: Sequence[Drawing | None]) -> BaseGeometry | None:
    shapes_ = [each.shape for each in parts if each is not None]
    return shapely.union_all(shapes_) if shapes_ else None


def _less(parts: Sequence[Drawing | None]) -> BaseGeometry | None:
    whole, without = parts[0], _union(parts[1:])
    if whole is None or without is None:
        return None if whole is None else whole.shape
    return shapely.difference(whole.shape, without)


def _area_between(parts: Sequence[Drawing | None]) -> BaseGeometry | None:
    one, other = parts
    if one is None or other is None:
        return None
    return shapes.between(one.shape, other.shape)


def has_shape(written: Written, name: str, drawn: Drawn) -> bool:
    """Tell whether a zone or line is drawn apart from its versions.

    Args:
        written: The agreement, for its drawings.
        name: Id of the zone or line.
        drawn: The zone or line.

    Returns:
        True where it has a shape of its own, or a feature of the same id.
    """
    own = (drawn.feature, drawn.band, drawn.buffer, drawn.around)
    made = drawn.hull or drawn.between or drawn.any_of
    return bool(any(own) or made or name in written.drawings)


def each_side_m(buffer: Buffer) -> float:
    """Return how far a buffer reaches on each side [m]."""
    if buffer.each_side is not None:
        return metres(buffer.each_side)
    return metres(buffer.width) / 2


def _band(band: Band, line: Drawing) -> BaseGeometry:
    near, far = metres(band.from_), metres(band.to)
    return shapes.band(line.shape, sure(band.side), near, far)


def _plane(scale: MapScale | Blank | None) -> MapPlane | None:
    """Return the map plane on which an agreement measures; None: the geodesic."""
    if not isinstance(scale, MapScale):
        return None
    return MapPlane(
        east_m_per_deg=metres(scale.degree_east),
        north_m_per_deg=metres(scale.degree_north),
    )


def _points(places: Mapping[str, Position | Blank]) -> list[tuple[float, float]]:
    found = (held(each, Position) for each in places.values())
    return [(each.lon, each.lat) for each in found]


def _dated(
    found: Sequence[Drawing], from_: Moment | None, until: Moment | None
) -> list[Drawing]:
    """Return drawings with the times that a zone or version gives itself."""
    return [
        replace(each, from_=from_ or each.from_, until=until or each.until)
        for each in found
    ]
