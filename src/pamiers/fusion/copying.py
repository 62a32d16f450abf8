"""Which reports are copies, recognised from how sources behave.

A pair of sources copies where far more reports of the one agree with the other's than
independent errors would give, and agree in the very count. No source is named, no time
has to be equal, and reports that only agree because both name the nearest town are not
taken for copies.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints, Mask
from pamiers.fusion.loops.state import Records
from pamiers.fusion.loops.twins import Twins, twins_by_day, twins_in_time

#: chances of coincidence at which excess is looked for, least first
LEVELS: Final = np.logspace(-7, -2, 26)
#: reports that must agree; the share of them that chance may explain; the share that
#: must agree in the count; the share of the copier's reports, where none state one
FEWEST, BY_CHANCE, SAME_COUNT, SHARE = 10, 0.05, 0.6, 0.2
#: agreement below which nothing is close (for the expected numbers)
LOOSE: Final = 0.05
_CAUTION: Final = 4.0  # stated errors are themselves wrong by a factor


def originals(columns: Columns, reports: Records, levels: Floats) -> Ints:
    """Return the report that each is a copy of, or -1.

    Args:
        columns: Reports, for their times of receipt and sources.
        reports: The same as records, with errors and places of habit filled in.
        levels: As `copiers` found them.

    Returns:
        Position of the first of a chain of copies, shape (n,).
    """
    return roots(twins_of(columns, reports, levels).twin)


def twins_of(columns: Columns, reports: Records, levels: Floats) -> Twins:
    """Return the report that each copies, itself perhaps a copy.

    Args:
        columns: Reports, for their times of receipt.
        reports: The same as records, with errors and places of habit filled in.
        levels: As `copiers` found them.

    Returns:
        Twins, -1 where a report is no copy.
    """
    chance, twin = _twins(columns, reports, levels)
    return Twins(columns.received_s, levels, chance, twin)


def roots(twin: Ints) -> Ints:
    """Return the first of each chain of copies, -1 for what is no copy."""
    copied = twin.copy()
    while True:
        further = np.where(copied >= 0, copied[copied], -1)
        if (further < 0).all():
            return copied
        copied = np.where(further >= 0, further, copied)


def copiers(columns: Columns, reports: Records, sources: int) -> Floats:
    """Return how close an agreement makes a report of one source another's copy.

    Args:
        columns: Reports, for their counts, times of receipt and sources.
        reports: The same as records, with errors and places of habit filled in.
        sources: How many sources there are.

    Returns:
        The chance of coincidence below which a report of the one (row) is a copy of
        the other's (column), 0 for sources that do not copy; shape (S, S).
    """
    levels = np.zeros((sources, sources))
    chance, twin = _twins(columns, reports, np.ones((sources, sources)))
    for hits, level in _copiers(columns, chance, twin):
        levels[columns.source[hits[0]], columns.source[twin[hits[0]]]] = level
    return levels


def _twins(columns: Columns, reports: Records, levels: Floats) -> tuple[Floats, Ints]:
    chance, twin = np.ones(len(columns)), np.full(len(columns), -1, dtype=np.int64)
    interval = reports["w"] == 0.0
    found = Twins(columns.received_s, levels, chance, twin)
    timed = np.flatnonzero(~interval)
    timed = timed[np.argsort(reports["t"][timed], kind="stable")]
    twins_in_time(timed, reports, found)
    dated = np.flatnonzero(interval)
    dated = dated[np.lexsort((reports["x"][dated], reports["a"][dated]))]
    twins_by_day(dated, reports, found)
    return chance, twin


def _copiers(
    columns: Columns, chance: Floats, twin: Ints
) -> Iterator[tuple[Ints, float]]:
    """Yield the copies found for each pair of sources that copies, and the level."""
    sources = int(columns.source.max(initial=-1)) + 1
    paired = np.flatnonzero(twin >= 0)
    pair = columns.source[paired] * sources + columns.source[twin[paired]]
    order = np.argsort(pair, kind="stable")
    cuts = np.flatnonzero(np.diff(pair[order])) + 1
    for part in np.split(paired[order], cuts) if paired.size else []:
        level = _excess(np.sort(chance[part]))
        hits = part[chance[part] < level]
        if hits.size and _faithful(columns, hits, twin):
            yield hits, level


def _excess(chance: Floats) -> float:
    """Return the level below which chance explains next to nothing; 0 for none."""
    loose = float(np.count_nonzero(chance > LOOSE)) + 2.0
    found = np.searchsorted(chance, LEVELS)
    # P(u v < c) of two even chances is c (1 - ln c).
    expected = _CAUTION * loose * LEVELS * (1.0 - np.log(LEVELS))
    good = (found >= FEWEST) & (expected < BY_CHANCE * np.maximum(found, 1))
    return float(LEVELS[np.flatnonzero(good).max()]) if good.any() else 0.0


def _faithful(columns: Columns, hits: Ints, twin: Ints) -> bool:
    """Tell whether reports agree in their counts, or make up much of a source."""
    stated: Mask = (columns.count[hits] > 0) & (columns.count[twin[hits]] > 0)
    both = hits[stated]
    if both.size >= FEWEST:
        same = columns.count[both] == columns.count[twin[both]]
        return float(same.mean()) >= SAME_COUNT
    every = np.count_nonzero(columns.source == columns.source[hits[0]])
    return bool(hits.size >= SHARE * every)
