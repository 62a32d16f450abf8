"""Rows whose two coordinates stand the wrong way round, and which those are.

A swapped row lies where hardly anything is reported, and its mirror image where much
is. How often a source swaps is learned together with where reports lie, by
expectation and maximisation. That alone cannot tell swapped rows from a quiet region
that happens to lie opposite a busy one. So the suspects are believed to be swapped only
if, at the mirror image of each, more was reported on its own day than on other days.
"""

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints, Mask
from pamiers.fusion.loops.state import DAY_S

CELL_M: Final = 10_000.0
ROUNDS: Final = 12
#: P(swapped) from which a row is turned
SURE: Final = 0.9
#: how much busier a mirror image is where a row is taken for swapped at first: swapped
#: rows that lie together would vouch for one another
BUSIER: Final = 4.0
#: days by which suspects are moved to see what chance gives; standard deviations by
#: which their own days must stand out
SHIFTS: Final = (*range(3, 13), *range(-12, -2))
STANDING_OUT: Final = 4.0
#: swapped rows, and rows, that nothing known is worth; rows that a source's own are
_SWAPPED, _ROWS, _OWN = 0.5, 1_000.0, 20.0
_NOTHING: Final = 0.2  # reports that even an empty neighbourhood of nine cells holds


class _Rows(NamedTuple):
    """Reports of one source in one cell, counted together."""

    source: Ints
    here: Ints  #: number of the cell
    there: Ints  #: number of the cell with its coordinates swapped
    many: Floats


def swapped(columns: Columns) -> Mask:
    """Tell which rows have their coordinates the wrong way round.

    Args:
        columns: Reports; places may be of any plane, swapped or not.

    Returns:
        True where a row is far likelier swapped than not, shape (n,).
    """
    n = len(columns)
    if n == 0:
        return np.zeros(0, dtype=bool)
    i, j, wide = _cells(columns)
    # mirror images beside one another, a margin about them all
    cells, at = np.unique(
        np.concatenate([i * wide + j, j * wide + i]), return_inverse=True
    )
    key = columns.source * np.int64(len(cells)) + at[:n]
    _, first, entry = np.unique(key, return_index=True, return_inverse=True)
    rows = _Rows(
        source=columns.source[first],
        here=at[first],
        there=at[n + first],
        many=np.bincount(entry).astype(np.float64),
    )
    suspect = np.asarray((_chances(rows, _neighbours(cells, wide)) > SURE)[entry])
    if not suspect.any() or not _echoed(columns, suspect):
        return np.zeros(n, dtype=bool)
    return suspect


def upright(columns: Columns) -> Columns:
    """Return the reports with swapped rows turned back."""
    turn = swapped(columns)
    if not turn.any():
        return columns
    return replace(
        columns,
        x=np.where(turn, columns.y, columns.x),
        y=np.where(turn, columns.x, columns.y),
    )


def _echoed(columns: Columns, suspect: Mask) -> bool:
    """Tell whether others reported at the mirror images on the suspects' own days.

    The rank of its own day among others is even for a suspect that has nothing to do
    with its mirror image, so a sum of ranks tells.
    """
    day = (columns.middle_s // DAY_S).astype(np.int64)
    day -= day.min()
    i, j, wide = _cells(columns)
    place = np.where(suspect, j * wide + i, i * wide + j)
    days = day.max() + 1
    held, many = np.unique((place * days + day)[~suspect], return_counts=True)
    if not held.size:
        return False
    here, on = place[suspect] * days, day[suspect]
    own = _told(held, many, here + on)
    rank = np.zeros(len(own))
    for shift in SHIFTS:
        other = _told(held, many, here + (on + shift) % days)
        rank += (own > other) + 0.5 * (own == other)
    score = (rank / len(SHIFTS) - 0.5).sum() * np.sqrt(12.0 / len(own))
    return bool(score > STANDING_OUT)


def _told(held: Ints, many: Ints, wanted: Ints) -> Ints:
    slot = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    return np.where(held[slot] == wanted, many[slot], 0)


def _cells(columns: Columns) -> tuple[Ints, Ints, int]:
    """Return the cell of each report along x and y, from 1, and a stride between."""
    i, j = ((v // CELL_M).astype(np.int64) for v in (columns.x, columns.y))
    low = min(i.min(), j.min()) - 1
    return i - low, j - low, int(max(i.max(), j.max()) - low) + 2


def _neighbours(cells: Ints, wide: int) -> Ints:
    """Return the nine cells about each, itself among them; -1 where nothing is."""
    steps = [i * wide + j for i in (-1, 0, 1) for j in (-1, 0, 1)]
    wanted = cells[:, None] + np.array(steps)
    slot = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
    return np.where(cells[slot] == wanted, slot, -1)


def _chances(rows: _Rows, near: Ints) -> Floats:
    """Return P(swapped) of each source in each cell."""
    chance = np.zeros(len(rows.many))
    given, mirror = _about(rows, chance, near)
    chance = np.where(mirror > BUSIER * given, 1.0, 0.0)
    for _ in range(ROUNDS):
        given, mirror = _about(rows, chance, near)
        rate = _rates(rows, chance)[rows.source]
        chance = rate * mirror / (rate * mirror + (1.0 - rate) * given)
        chance[rows.here == rows.there] = 0.0
    return chance


def _about(rows: _Rows, chance: Floats, near: Ints) -> tuple[Floats, Floats]:
    """Return how many other reports lie about each place, and its mirror image."""
    mass = np.bincount(rows.here, rows.many * (1.0 - chance), len(near))
    mass += np.bincount(rows.there, rows.many * chance, len(near))
    about = np.where(near >= 0, mass[near], 0.0).sum(axis=1)
    given = np.maximum(about[rows.here] - (1.0 - chance), 0.0)
    mirror = np.maximum(about[rows.there] - chance, 0.0)
    return given + _NOTHING, mirror + _NOTHING


def _rates(rows: _Rows, chance: Floats) -> Floats:
    """Return how often each source swaps; the few are held to the many."""
    turned = np.bincount(rows.source, rows.many * chance)
    total = np.bincount(rows.source, rows.many)
    common = (turned.sum() + _SWAPPED) / (total.sum() + _ROWS)
    return np.asarray((turned + _OWN * common) / (total + _OWN))
