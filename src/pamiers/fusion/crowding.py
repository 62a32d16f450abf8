"""How thickly a source reports about a place and time: the rival explanation.

A report that lies near another may be one more of its source's reports from there.
How many to expect is counted twice, and the thicker counts: in a window of 3 x 3
cells of 20 km and three days; and, past the first `INDISTINCT`, in one the size of
the report's own errors, where reports that their source could not tell apart make
every pairing doubtful. So a flood about one spot drowns its own links, not others',
and the number of candidates per report stays bounded.

Claims and observations of one source are counted apart, and a source's reports say
nothing of how thickly another reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.fusion.grid import NINE, Grid
from pamiers.fusion.model import FusionModel
from pamiers.fusion.reports import Floats, Ints, Mask, Reports


@dataclass(frozen=True, slots=True)
class Window:
    """Three by three cells in space, three in time."""

    cell_m: float
    cell_s: float

    @property
    def grid(self) -> Grid:
        """Return the cells."""
        return Grid(self.cell_m)

    @property
    def volume(self) -> float:
        """Return its size [m2 s]."""
        return 27.0 * self.cell_m**2 * self.cell_s


WINDOW: Final = Window(20_000.0, 86_400.0)
WINDOW_AREA_M2: Final = (3 * WINDOW.cell_m) ** 2
WINDOW_S: Final = 3 * WINDOW.cell_s
#: reports within their own errors that are no flood yet: fire comes in bursts
INDISTINCT: Final = 8
#: smallest cell of a window [m]
_LEAST_M: Final = 64.0


def crowding(reports: Reports, model: FusionModel) -> Floats:
    """Return how many reports a source gives per window about each of its reports.

    Args:
        reports: Reports; those without a place have no neighbourhood.
        model: For the fewest that a source is taken to give.

    Returns:
        Counts per `WINDOW`, shape (n,), at least `model.background`.
    """
    found = np.full(len(reports), model.background)
    at = np.flatnonzero(reports.placed)
    if at.size:
        found[at] = np.maximum(found[at], _counted(reports, WINDOW, at, at))
    for window, some in _error_windows(reports):
        flood = _counted(reports, window, at, some) - INDISTINCT
        per_window = flood * (WINDOW.volume / window.volume)
        found[some] = np.maximum(found[some], per_window)
    return found


def error_window(sigma_m: Floats, length_s: Floats) -> tuple[Floats, Floats]:
    """Return cells as large as a report's errors, rounded up to powers of four.

    Args:
        sigma_m: Standard deviations of places [m].
        length_s: Lengths of intervals [s].

    Returns:
        Cell sizes in space [m] and time [s], of the same shapes.
    """
    space = 4.0 ** np.ceil(np.log2(np.maximum(sigma_m, _LEAST_M)) / 2.0)
    time = 4.0 ** np.ceil(np.log2(np.maximum(length_s, 1.0)) / 2.0)
    return np.asarray(space), np.asarray(time)


def _error_windows(reports: Reports) -> Iterator[tuple[Window, Ints]]:
    """Yield each size of window with the reports whose errors it has."""
    placed: Mask = reports.placed
    space, time = error_window(reports.sigma_m, reports.length_s)
    for cell_m in np.unique(space[placed]):
        for cell_s in np.unique(time[placed]):
            some = np.flatnonzero(placed & (space == cell_m) & (time == cell_s))
            if some.size:
                yield Window(float(cell_m), float(cell_s)), some


def _counted(reports: Reports, window: Window, at: Ints, some: Ints) -> Floats:
    """Return how many of `at` lie in the window about each of `some`."""
    middle = (reports.start_s + reports.end_s) / 2.0
    step = np.floor(middle / window.cell_s).astype(np.int64)
    first, span = int(step[at].min()) - 1, int(np.ptp(step[at])) + 3
    voice = reports.source * 2 + reports.claimed
    cells, rank = np.unique(_cells(reports, window, at, (0, 0)), return_inverse=True)
    pairs, slot = np.unique(voice[at] * cells.size + rank, return_inverse=True)
    known, number = np.unique(slot * span + step[at] - first, return_counts=True)
    near = np.zeros(some.size)
    for nine in NINE:
        there, found = _sought(cells, _cells(reports, window, some, nine))
        group, among = _sought(pairs, voice[some[found]] * cells.size + there)
        who = found[among]
        for shift in (-1, 0, 1):
            key = group * span + step[some[who]] + shift - first
            which, hit = _sought(known, key)
            near[who[hit]] += number[which]
    return near


def _cells(reports: Reports, window: Window, at: Ints, step: tuple[int, int]) -> Ints:
    return window.grid.cells(reports.lon[at], reports.lat[at], step)


def _sought(known: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Return where in sorted values the wanted are, and which were there at all."""
    slot = np.minimum(np.searchsorted(known, wanted), known.size - 1)
    there = np.flatnonzero(known[slot] == wanted)
    return slot[there], there
