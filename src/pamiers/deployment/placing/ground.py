"""The ground as points: where clauses can be broken, and where posts may stand.

Points stand at even steps on a plane about the middle of the ground [m]. A stretch is
a square of that plane: a breach chooses its stretch, and not its point within it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from pamiers.agreement.model import Agreement
from pamiers.agreement.shapes import Plane
from pamiers.agreement.values.blank import filled
from pamiers.agreement.values.position import Position
from pamiers.agreement.values.quantity import Quantity
from pamiers.core.errors import UsageError
from pamiers.deployment.stated.written import Area, Ground, Side, Stated

Rows = NDArray[np.float64]  #: shape (n, 2)

#: most points that stand for the ground, and most sites
MOST_POINTS = 20_000
MOST_SITES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of an area, and its points on the plane."""

    area: str
    party: str
    clauses: tuple[str, ...]
    column: int  #: of the stretch, counted from the west edge of the ground
    row: int  #: from the south edge
    points_m: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A site, on the globe and on the plane."""

    id: str
    lon: float
    lat: float
    at_m: tuple[float, float]
    roads: tuple[str, ...]
    room: int
    assets: tuple[str, ...]  #: kinds that may stand there; empty for any


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The ground laid on a plane."""

    plane: Plane
    stretches: tuple[Stretch, ...]
    sites: tuple[Place, ...]


def length(value: object) -> float:
    """Return a length or time in metres or seconds."""
    assert isinstance(value, Quantity)  # noqa: S101 - the reader left no blank
    return value.base


def lay_ground(stated: Stated, agreement: Agreement) -> Laid:
    """Return stretches and sites of what is stated.

    Args:
        stated: What is stated, without errors or blanks.
        agreement: Its zones and lines.

    Returns:
        Stretches by area, west to east and south to north; sites in the order of
        the file, those of grids after those that are named.

    Raises:
        UsageError: More points or sites than are taken.
    """
    ground = stated.ground
    assert isinstance(ground, Ground)  # noqa: S101 - the reader left no blank
    shapes = [_shape(each, agreement) for each in stated.areas]
    middle = shapely.centroid(shapely.envelope(shapely.union_all(shapes)))
    plane = Plane(float(middle.x), float(middle.y))
    flat = [_flattened(each, plane) for each in shapes]
    west, south, *_ = shapely.total_bounds(flat) if flat else (0.0, 0.0)
    step, wide = length(ground.spacing), length(ground.stretch)
    stretches = [
        stretch
        for area, shape in zip(stated.areas, flat, strict=True)
        for stretch in _stretches(
            area,
            _of_side(area, shape, agreement, plane, step),
            (float(west), float(south), wide),
        )
    ]
    sites = tuple(_sites(stated, agreement, plane))
    _limited(
        "points of the ground", sum(len(s.points_m) for s in stretches), MOST_POINTS
    )
    _limited("sites", len(sites), MOST_SITES)
    return Laid(plane=plane, stretches=tuple(stretches), sites=sites)


def _limited(what: str, got: int, most: int) -> None:
    if got > most:
        raise UsageError(
            "deployment.yaml",
            expected=f"at most {most:,} {what}",
            got=f"{got:,}",
            remedy="Widen the spacing.",
        )


def _shape(area: Area, agreement: Agreement) -> BaseGeometry:
    return agreement.zones[str(area.zone)].shape


def _flattened(shape: BaseGeometry, plane: Plane) -> BaseGeometry:
    return shapely.transform(shape, lambda at: plane.flatten(at[:, 0], at[:, 1]))


def even_steps(shape: BaseGeometry, step: float) -> Rows:
    """Return points of a square grid inside a shape; one point for a thin shape.

    Args:
        shape: Polygon on the plane [m].
        step: Between two points [m], above 0.

    Returns:
        Points, shape (n, 2), at least one.

    Raises:
        UsageError: Its box holds far more points than are taken.
    """
    west, south, east, north = shape.bounds
    _limited(
        "steps across the ground",
        int((east - west) / step + 1) * int((north - south) / step + 1),
        20 * MOST_POINTS,
    )
    x, y = np.meshgrid(
        np.arange(west + step / 2, max(east, west + step), step),
        np.arange(south + step / 2, max(north, south + step), step),
    )
    points = np.column_stack([x.ravel(), y.ravel()])
    inside: Rows = points[shapely.contains_xy(shape, points[:, 0], points[:, 1])]
    if len(inside):
        return inside
    some = shapely.point_on_surface(shape)
    return np.array([[some.x, some.y]])


def _of_side(
    area: Area, shape: BaseGeometry, agreement: Agreement, plane: Plane, step: float
) -> Rows:
    """Return the points of an area, on its side of a line if it has one."""
    points = even_steps(shape, step)
    if not isinstance(area.side, Side):
        return points
    line = _flattened(agreement.lines[str(area.side.of)].shape, plane)
    left = on_left(shapely.line_merge(line), points)
    chosen: Rows = points[left if area.side.on == "left" else ~left]
    return chosen


def on_left(line: BaseGeometry, points: Rows) -> NDArray[np.bool_]:
    """Tell which points lie to the left of a line, seen along it.

    Args:
        line: Line on the plane [m].
        points: Points, shape (n, 2) [m].

    Returns:
        By the nearest edge; of two as near, by the one the point lies more squarely
        beside.
    """
    at = shapely.get_coordinates(line)
    start, along = at[:-1], np.diff(at, axis=0)
    toward = points[:, None] - start[None]
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip((toward * along).sum(axis=2) / squared, 0.0, 1.0)
    off = toward - share[..., None] * along
    away = np.hypot(off[..., 0], off[..., 1])
    cross = along[:, 0] * toward[..., 1] - along[:, 1] * toward[..., 0]
    squarely = np.abs(cross) / (np.sqrt(squared) * np.maximum(away, 1e-9))
    near = away <= away.min(axis=1, keepdims=True) + 1e-6
    best = np.argmax(np.where(near, squarely, -1.0), axis=1)
    return np.asarray(cross[np.arange(len(points)), best] >= 0)


def _stretches(
    area: Area, points: Rows, squares: tuple[float, float, float]
) -> Iterator[Stretch]:
    west, south, wide = squares
    columns = np.floor((points[:, 0] - west) / wide).astype(int)
    rows = np.floor((points[:, 1] - south) / wide).astype(int)
    for column, row in sorted(set(zip(columns.tolist(), rows.tolist(), strict=True))):
        yield Stretch(
            area=str(area.id),
            party=str(area.party),
            clauses=filled(area.clauses),
            column=column,
            row=row,
            points_m=points[(columns == column) & (rows == row)],
        )


def _sites(stated: Stated, agreement: Agreement, plane: Plane) -> Iterator[Place]:
    for each in stated.sites:
        assert isinstance(each.at, Position)  # noqa: S101 - the reader left no blank
        yield _placed(each, str(each.id), (each.at.lon, each.at.lat), plane)
    for grid in stated.grids:
        shape = _flattened(agreement.zones[str(grid.zone)].shape, plane)
        points = plane.raise_up(even_steps(shape, length(grid.spacing)))
        for number, (lon, lat) in enumerate(points.tolist(), 1):
            yield _placed(grid, f"{grid.id}-{number}", (lon, lat), plane)


def _placed(stated: object, name: str, at: tuple[float, float], plane: Plane) -> Place:
    flat = plane.flatten(np.array([at[0]]), np.array([at[1]]))[0]
    return Place(
        id=name,
        lon=at[0],
        lat=at[1],
        at_m=(float(flat[0]), float(flat[1])),
        roads=filled(getattr(stated, "roads", ())),
        room=int(getattr(stated, "room", 1)),
        assets=filled(getattr(stated, "assets", ())),
    )
