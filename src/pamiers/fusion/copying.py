"""Which reports are copies, recognised from how sources behave.

A pair of sources copies where far more reports of the one agree with the other's than
independent errors would give, and agree in the very count. No source is named, no time
has to be equal, and reports that only agree because both name the nearest town are not
taken for copies. Nor are those of sources that err less than they say: agreement has
to be closer than any errors explain that they may have, or in counts of which one of
the two is seen not to be so exact.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

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
#: to how many seconds times are rounded, and the share of times that shows it
GRAINS_S, MOSTLY_WHOLE = (1.0, 60.0, 300.0, 900.0, 3_600.0), 0.9
_MILLISECOND: Final = 1e-3
#: the least that errors are of stated ones, squared: a fifth
_LEAST_SCALE: Final = 0.04
#: medians of squared distances in units of variance, in a plane and along a line
_PLANE, _LINE = 1.386, 0.455
#: counts that only a copy, or an exact counter, gives alike; how often copies do, and
#: how seldom those who count for themselves
_LARGE, _COPIED, _COUNTED = 8, 0.8, 0.6


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
    return Twins(columns.received_s, levels, chance, twin, twin[:0])


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
    agreed = _agreed(columns, reports, _twins(columns, reports, np.ones_like(levels)))
    for hits, level in _copiers(agreed):
        pair = columns.source[hits[0]], columns.source[agreed.twin[hits[0]]]
        levels[pair] = level
    return levels


class _Agreed(NamedTuple):
    """Reports, and the report of another source that each agrees with best."""

    columns: Columns
    twin: Ints  #: -1 for none
    chance: Floats  #: of so close an agreement, by stated errors
    place: Floats  #: squared distance in units of variance; nan where towns agree
    time: Floats  #: the same in time; nan for dates
    same: Floats  #: 1 for the same count, 0 for another; nan where one states none


def _agreed(columns: Columns, reports: Records, found: tuple[Floats, Ints]) -> _Agreed:
    chance, twin = found
    one, two = reports, reports[twin]
    towns = (one["town"] >= 0) & (two["town"] >= 0)
    away = (one["x"] - two["x"]) ** 2 + (one["y"] - two["y"]) ** 2
    timed = (one["w"] > 0.0) & (two["w"] > 0.0)
    grain = _grains(columns)[columns.source]
    apart = np.abs(one["t"] - two["t"]) + np.minimum(grain, grain[twin]) / 2.0
    gap = apart**2 / np.where(timed, one["w"] + two["w"], 1.0)
    counts, others = columns.count, columns.count[twin]
    return _Agreed(
        columns=columns,
        twin=twin,
        chance=chance,
        place=np.where(towns, np.nan, away / (one["v"] + two["v"])),
        time=np.where(timed, gap, np.nan),
        same=np.where((counts > 0) & (others > 0), counts == others, np.nan),
    )


def _twins(columns: Columns, reports: Records, levels: Floats) -> tuple[Floats, Ints]:
    chance, twin = np.ones(len(columns)), np.full(len(columns), -1, dtype=np.int64)
    interval = reports["w"] == 0.0
    found = Twins(columns.received_s, levels, chance, twin, twin[:0])
    timed = np.flatnonzero(~interval)
    timed = timed[np.argsort(reports["t"][timed], kind="stable")]
    twins_in_time(timed, reports, found)
    dated = np.flatnonzero(interval)
    dated = dated[np.lexsort((reports["x"][dated], reports["a"][dated]))]
    twins_by_day(dated, reports, found)
    return chance, twin


def _grains(columns: Columns) -> Floats:
    """Return to how many seconds each source rounds its times; 0 where it does not.

    Two that round to the minute agree to the minute without copying.
    """
    sources = int(columns.source.max(initial=-1)) + 1
    told = np.maximum(np.bincount(columns.source, minlength=sources), 1)
    found = np.zeros(sources)
    for grain in GRAINS_S:
        whole = np.abs(np.remainder(columns.start_s + 0.5, grain) - 0.5) < _MILLISECOND
        share = np.bincount(columns.source, whole, sources) / told
        found = np.where(share >= MOSTLY_WHOLE, grain, found)
    return found


def _copiers(agreed: _Agreed) -> Iterator[tuple[Ints, float]]:
    """Yield the copies found for each pair of sources that copies, and the level."""
    source, twin = agreed.columns.source, agreed.twin
    paired = np.flatnonzero(twin >= 0)
    pair = source[paired] * (int(source.max(initial=-1)) + 1) + source[twin[paired]]
    order = np.argsort(pair, kind="stable")
    cuts = np.flatnonzero(np.diff(pair[order])) + 1
    for part in np.split(paired[order], cuts) if paired.size else []:
        level = _excess(np.sort(agreed.chance[part]))
        hits = part[agreed.chance[part] < level]
        if (
            hits.size
            and _faithful(agreed.columns, hits, twin)
            and (_too_close(agreed, part) or _too_exact(agreed, hits))
        ):
            yield hits, level


def _too_close(agreed: _Agreed, part: Ints) -> bool:
    """Tell whether two agree closer than by errors of the size that fits them best."""
    close = part[agreed.chance[part] < LOOSE]
    place = agreed.place[part] / _scale(agreed.place[close], _PLANE)
    time = agreed.time[part] / _scale(agreed.time[close], _LINE)
    chance = np.where(np.isnan(place), 1.0, 1.0 - np.exp(-0.5 * place))
    by_time = np.minimum(1.0, np.sqrt(2.0 * time / np.pi))
    chance = chance * np.where(np.isnan(time), 1.0, by_time)
    chance *= np.select(
        [agreed.same[part] == 1.0, agreed.same[part] == 0.0], [0.25, 2.0], 1.0
    )
    return _excess(np.sort(chance)) > 0.0


def _scale(squared: Floats, usual: float) -> float:
    """Return by what to divide squared distances, were errors smaller than stated."""
    known = squared[~np.isnan(squared)]
    if not known.size:
        return 1.0
    return float(np.clip(np.median(known) / usual, _LEAST_SCALE, 1.0))


def _too_exact(agreed: _Agreed, hits: Ints) -> bool:
    """Tell whether two give the same large counts, of whom one is no exact counter."""
    source, twin = agreed.columns.source, agreed.twin
    large = (agreed.columns.count >= _LARGE) & ~np.isnan(agreed.same)
    both = hits[large[hits]]
    if both.size < FEWEST or agreed.same[both].mean() < _COPIED:
        return False
    one, two = source[hits[0]], source[twin[hits[0]]]
    other = large & (twin >= 0) & (agreed.chance < LOOSE)
    for a, b in ((one, two), (two, one)):
        with_b = (source == b) | (source[twin] == b)
        seen = other & ((source == a) | (source[twin] == a)) & ~with_b
        if seen.sum() >= FEWEST and agreed.same[seen].mean() < _COUNTED:
            return True
    return False


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
