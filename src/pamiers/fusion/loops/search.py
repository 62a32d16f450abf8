"""One sweep: every report in turn goes to the group that it most likely tells of."""

import math
from typing import Any, NamedTuple

import numpy as np

from pamiers.fusion.loops.grouping import gather, join, leave
from pamiers.fusion.loops.likelihood import ratio
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import DAY_S, Floats, Grid, Ints, Record, State, Tables


class Turn(NamedTuple):
    """What one sweep is asked for, and what it notes."""

    order: Ints  #: reports, in the order of their turns
    first: bool  #: no report has a group yet
    least: float  #: share of all explanations that the best must have to be taken
    settled: bool  #: pass over reports that were sure
    calm: Any  #: groups that did not change in the last sweep, shape (n,)
    stirred: Any  #: groups that change in this one, shape (n,)
    alone: Floats  #: P(the report is alone), shape (n,)
    sure: Any  #: whether one explanation outweighed all others, shape (n,)


class Seen(NamedTuple):
    """Where one report looks, and what it has found."""

    box: Ints  #: first and last cell along x, y, t
    best: Floats  #: best ratio, its group, sum of all ratios and 1


@compiled
def sweep(
    turn: Turn, state: State, tables: Tables, grids: tuple[Grid, Grid], spare: int
) -> tuple[int, int]:
    """Give each report its group; return the free groups left and how many moved.

    Args:
        turn: What is asked, and what is noted.
        state: Reports and groups.
        tables: What is believed of the sources.
        grids: Index by time, and by day.
        spare: How many groups are free.

    Returns:
        How many groups are free, and how many reports moved.
    """
    moved = 0
    seen = Seen(np.zeros(6, np.int64), np.zeros(3))
    best = seen.best
    for a in range(len(turn.order)):
        i = turn.order[a]
        old = state.label[i]
        if not turn.first:
            if turn.calm[old] or (turn.settled and turn.sure[i]):
                continue
            leave(i, state)
            gather(old, state, tables)
        best[0], best[1], best[2] = 0.0, -1.0, 1.0
        for layer in range(2):
            reach(state.reports[i], layer, grids[layer], seen.box)
            look(i, state, tables, grids[layer], seen)
        turn.alone[i] = 1.0 / best[2]
        turn.sure[i] = best[0] > 0.99 * best[2]
        g = int(best[1])
        if best[0] < 1.0 or best[0] < turn.least * best[2]:
            g = old
            if turn.first or state.groups[old].n > 0:
                spare -= 1
                g = state.spare[spare]
                chain(g, state.reports[i], grids)
        if not turn.first and g != old:
            moved += 1
            turn.stirred[g] = True
            turn.stirred[old] = True
        join(i, g, state)
        gather(g, state, tables)
    return spare, moved


@inlined
def look(i: int, state: State, tables: Tables, grid: Grid, seen: Seen) -> None:
    """Weigh every group in reach; keep the best, its number, and the sum of all.

    Args:
        i: Number of the report.
        state: Reports and groups.
        tables: What is believed of the sources.
        grid: Index of groups.
        seen: Where to look, and what was found.
    """
    box, best = seen.box, seen.best
    for k in range(box[4], box[5] + 1):
        for j in range(box[2], box[3] + 1):
            row = (k * grid.shape[1] + j) * grid.shape[0]
            for cell in range(row + box[0], row + box[1] + 1):
                g = grid.first[cell]
                while g >= 0:
                    if state.groups[g].n > 0:
                        found = ratio(i, g, state, tables)
                        best[2] += found
                        if found > best[0]:
                            best[0], best[1] = found, g
                    g = grid.after[g]


@inlined
def reach(report: Record, layer: int, grid: Grid, box: Ints) -> None:
    """Find the cells in which a group of a report can lie.

    Args:
        report: The report.
        layer: 0: groups with a time, 1: with a day.
        grid: Index of groups.
        box: First and last cell along x, y, t.
    """
    r = min(3.0 * math.sqrt(report.v) + 1_500.0, 20_000.0)
    if report.w > 0.0:
        h = 4.0 * math.sqrt(report.w) + 900.0 + (0.5 * DAY_S if layer == 1 else 0.0)
        low, high = report.t - h, report.t + h
    else:
        low, high = report.a, report.b
        if high - low > 0.7 * DAY_S:
            low -= DAY_S
    o, size, length = grid.origin, grid.origin[3], grid.origin[4]
    box[0] = max(0, int((report.x - r - o[0]) / size))
    box[1] = min(grid.shape[0] - 1, int((report.x + r - o[0]) / size))
    box[2] = max(0, int((report.y - r - o[1]) / size))
    box[3] = min(grid.shape[1] - 1, int((report.y + r - o[1]) / size))
    box[4] = max(0, int((low - o[2]) / length))
    box[5] = min(grid.shape[2] - 1, int((high - o[2]) / length))


@inlined
def cell_of(x: float, y: float, t: float, grid: Grid) -> int:
    """Return the cell of a place and time; outside counts to the nearest.

    Args:
        x: Easting [m].
        y: Northing [m].
        t: Instant [s].
        grid: Index of groups.

    Returns:
        Position of the cell in `grid.first`.
    """
    o, shape = grid.origin, grid.shape
    i = min(shape[0] - 1, max(0, int((x - o[0]) / o[3])))
    j = min(shape[1] - 1, max(0, int((y - o[1]) / o[3])))
    k = min(shape[2] - 1, max(0, int((t - o[2]) / o[4])))
    return int((k * shape[1] + j) * shape[0] + i)


@inlined
def chain(g: int, at: Record, grids: tuple[Grid, Grid]) -> None:
    """File a new group where its first report is: by time, or only by its day."""
    if at.w > 0.0:
        cell = cell_of(at.x, at.y, at.t, grids[0])
        grids[0].after[g] = grids[0].first[cell]
        grids[0].first[cell] = g
    else:
        cell = cell_of(at.x, at.y, at.t, grids[1])
        grids[1].after[g] = grids[1].first[cell]
        grids[1].first[cell] = g


@compiled
def refile(state: State, tables: Tables, grids: tuple[Grid, Grid]) -> int:
    """Sum up and file every group anew; return how many groups are free."""
    grids[0].first[:] = -1
    grids[1].first[:] = -1
    spare = 0
    for g in range(len(state.groups) - 1, -1, -1):
        if state.groups[g].head < 0:
            state.groups[g].n = 0
            state.spare[spare] = g
            spare += 1
            continue
        gather(g, state, tables)
        at = state.groups[g]
        cell = cell_of(at.x, at.y, at.t, grids[0 if at.q > 0.0 else 1])
        if at.q > 0.0:
            grids[0].after[g] = grids[0].first[cell]
            grids[0].first[cell] = g
        else:
            grids[1].after[g] = grids[1].first[cell]
            grids[1].first[cell] = g
    return spare
