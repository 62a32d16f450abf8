"""The ground of a plan as shapes to be drawn: areas whole, and their stretches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from pamiers.agreement.shapes import Plane
from pamiers.deployment.placing.ground import length, on_left
from pamiers.deployment.plan import Plan
from pamiers.deployment.stated.written import Area, Side
from pamiers.deployment.stated.written import Ground as Written

Rows = NDArray[np.float64]
Ring = tuple[tuple[float, float], ...]  #: lon, lat of WGS84 [deg]
_DECIMALS: Final = 4  #: about ten metres: enough to draw
_SLIGHT_M: Final = 100.0  #: bends smaller than this are not drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDrawn:
    """Where one party could break clauses."""

    id: str
    party: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchDrawn:
    """A part of an area, as a plan counts it."""

    area: str
    column: int
    row: int
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a map of a plan is drawn of."""

    areas: tuple[AreaDrawn, ...]
    lines: tuple[Ring, ...]
    stretches: tuple[StretchDrawn, ...]  #: for those who place posts


def ground_of(plan: Plan) -> Ground:
    """Return the shapes of a plan's ground."""
    stated, agreement = plan.setting.stated, plan.setting.agreement
    plane = plan.setting.laid.plane
    flat = [
        _flat(agreement.zones[str(each.zone)].shape, plane) for each in stated.areas
    ]
    lines = {
        str(each.side.of): _flat(agreement.lines[str(each.side.of)].shape, plane)
        for each in stated.areas
        if isinstance(each.side, Side)
    }
    own = [
        _own(area, shape, lines) for area, shape in zip(stated.areas, flat, strict=True)
    ]
    return Ground(
        areas=tuple(
            AreaDrawn(
                id=str(area.id),
                party=str(area.party),
                rings=tuple(_rings(shape, plane)),
            )
            for area, shape in zip(stated.areas, own, strict=True)
        ),
        lines=tuple(ring for each in lines.values() for ring in _rings(each, plane)),
        stretches=tuple(_stretches(plan, own, shapely.total_bounds(flat))),
    )


def _flat(shape: BaseGeometry, plane: Plane) -> BaseGeometry:
    return shapely.transform(shape, lambda at: plane.flatten(at[:, 0], at[:, 1]))


def _own(
    area: Area, shape: BaseGeometry, lines: dict[str, BaseGeometry]
) -> BaseGeometry:
    """Return the part of an area's zone that lies on its side of its line."""
    if not isinstance(area.side, Side):
        return shape
    line = shapely.line_merge(lines[str(area.side.of)])
    parts = list(split(shape, _drawn_out(line, shape)).geoms)
    middles = np.array([shapely.point_on_surface(each).coords[0] for each in parts])
    left = on_left(line, middles)
    wanted = left if area.side.on == "left" else ~left
    return shapely.union_all([p for p, w in zip(parts, wanted, strict=True) if w])


def _drawn_out(line: BaseGeometry, shape: BaseGeometry) -> BaseGeometry:
    """Return a line drawn out at both ends as it runs there, beyond a shape."""
    at = shapely.get_coordinates(line)
    west, south, east, north = shape.bounds
    far = (east - west) + (north - south)

    def beyond(end: Rows, before: Rows) -> Rows:
        along = end - before
        drawn: Rows = end + along / max(float(np.hypot(*along)), 1e-9) * far
        return drawn

    first, last = beyond(at[0], at[1]), beyond(at[-1], at[-2])
    return shapely.linestrings(np.vstack([first, at, last]))


def _stretches(
    plan: Plan,
    own: list[BaseGeometry],
    bounds: Rows,
) -> Iterator[StretchDrawn]:
    ground = plan.setting.stated.ground
    assert isinstance(ground, Written)  # noqa: S101 - the reader left no blank
    wide = length(ground.stretch)
    shapes = {
        str(area.id): shape
        for area, shape in zip(plan.setting.stated.areas, own, strict=True)
    }
    for each in plan.setting.laid.stretches:
        west, south = bounds[0] + each.column * wide, bounds[1] + each.row * wide
        square = shapely.box(west, south, west + wide, south + wide)
        part = square.intersection(shapes[each.area])
        yield StretchDrawn(
            area=each.area,
            column=each.column,
            row=each.row,
            rings=tuple(_rings(part, plan.setting.laid.plane)),
        )


def _rings(shape: BaseGeometry, plane: Plane) -> Iterator[Ring]:
    """Yield the outlines of a shape on the globe."""
    for part in shapely.get_parts(shape):
        line = part.exterior if part.geom_type == "Polygon" else part
        if line.is_empty or line.geom_type == "Point":
            continue
        line = shapely.simplify(line, _SLIGHT_M)
        raised = plane.raise_up(shapely.get_coordinates(line)).round(_DECIMALS)
        yield tuple((float(lon), float(lat)) for lon, lat in raised.tolist())
