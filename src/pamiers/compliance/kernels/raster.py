"""Which cells of a grid a polygon fills, and which its boundary passes through."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.frame import SLACK, Frame
from pamiers.compliance.kernels.gathering import distinct, spans
from pamiers.compliance.kernels.shapes import Slabs, inside

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of areas: those wholly inside, and those where each point is asked."""

    full_shape: Ints
    full: Ints  #: number of the cell
    maybe_shape: Ints
    maybe: Ints


def raster(frame: Frame, slabs: Slabs, shape: Ints, edges: Floats) -> Cells:
    """Return the cells of polygons.

    Args:
        frame: The grid.
        slabs: The same polygons, for single points.
        shape: Which polygon each edge belongs to, shape (m,).
        edges: Edges, upwards, shape (m, 4) [deg].

    Returns:
        Its cells; every cell that an edge touches, widened by a slack, is a maybe.
    """
    maybe_shape, maybe = _touched(frame, shape, edges)
    full_shape, full = _filled(frame, slabs, maybe_shape, maybe)
    return Cells(full_shape, full, maybe_shape, maybe)


def _touched(frame: Frame, shape: Ints, edges: Floats) -> tuple[Ints, Ints]:
    """Return (polygon, cell) of the cells that edges touch, sorted, each once."""
    x0, x1 = frame.across(edges[:, 0]), frame.across(edges[:, 2])
    y0, y1 = frame.up(edges[:, 1]), frame.up(edges[:, 3])
    low = np.floor(y0 - SLACK).astype(np.int64)
    which, offset = spans(np.floor(y1 + SLACK).astype(np.int64) - low + 1)
    row = low[which] + offset
    rise = np.where(y1 > y0, y1 - y0, 1.0)[which]
    begin = np.clip((row - SLACK - y0[which]) / rise, 0.0, 1.0)
    end = np.clip((row + 1.0 + SLACK - y0[which]) / rise, 0.0, 1.0)
    flat = (y1 == y0)[which]
    begin, end = np.where(flat, 0.0, begin), np.where(flat, 1.0, end)
    run = (x1 - x0)[which]
    left, right = x0[which] + begin * run, x0[which] + end * run
    first = np.floor(np.minimum(left, right) - SLACK).astype(np.int64)
    last = np.floor(np.maximum(left, right) + SLACK).astype(np.int64)
    step, along = spans(last - first + 1)
    cell = row[step] * frame.size + first[step] + along
    many = frame.size * frame.size
    both = distinct(shape[which[step]] * many + cell)
    return both // many, both % many


def _filled(frame: Frame, slabs: Slabs, shape: Ints, maybe: Ints) -> tuple[Ints, Ints]:
    """Return (polygon, cell) between touched cells of a row that lie inside."""
    row, column = maybe // frame.size, maybe % frame.size
    same = (shape[1:] == shape[:-1]) & (row[1:] == row[:-1])
    gap = np.flatnonzero(same & (column[1:] - column[:-1] > 1))
    lon = frame.west + (column[gap] + 1.5) / frame.per_lon
    lat = frame.south + (row[gap] + 0.5) / frame.per_lat
    lon = np.where(lon > 180.0, lon - 360.0, lon)  # noqa: PLR2004 - a half turn
    held = gap[inside(slabs, shape[gap], np.asarray(lon), np.asarray(lat))]
    which, offset = spans(column[held + 1] - column[held] - 1)
    return shape[held][which], maybe[held][which] + 1 + offset
