"""Reports as they are read in the light of what is believed of their sources.

What a report becomes depends on itself, on what is believed, and on how many reports
there are about it; on nothing else.
"""

from typing import NamedTuple

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints, Taxonomy
from pamiers.fusion.habit import Habits
from pamiers.fusion.loops.crowd import (
    crowd_of,
    densities,
    densities_at,
    fill,
    keys_at,
)
from pamiers.fusion.loops.reading import Lens, Raw, place_in_crowd, read
from pamiers.fusion.loops.state import REPORT, Records, Tables
from pamiers.fusion.sources import Sources

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_ELSE = ("source", "label", "count", "side")


class Beliefs(NamedTuple):
    """What is believed when reports are read."""

    taxonomy: Taxonomy
    sources: Sources
    habits: Habits  #: places of habit as they are reported
    meant: Floats  #: where incidents told at them were, shape (m, 2) [m]
    amount: Floats  #: mean and variance of the logarithm of counts, shape (2,)
    usual: float  #: density of reports that is usual [1 / m2 s]
    kin: Ints  #: bits of the sources that speak for each source, shape (S, words)

    @property
    def lens(self) -> Lens:
        """Return what reports are read by, as the loops take it."""
        of = self.sources
        return Lens(
            place=of.place,
            clock=of.clock,
            count_error=of.count,
            east=of.east,
            north=of.north,
            ahead=of.ahead,
            more=of.more,
            lone=of.lone,
            meant=self.meant,
            amount=self.amount,
        )

    @property
    def tables(self) -> Tables:
        """Return what is believed as the loops take it."""
        of = self.sources
        kind = of.kind / of.prior
        kind[self.taxonomy.offset] = 1.0
        side = 2.0 * of.side
        side[::3] = 1.0
        return Tables(
            kind=kind,
            side=side,
            prior=of.prior,
            source=of.source,
            rank=of.rank,
            amount=self.amount,
            towns=self.habits.xy,
            near=self.habits.near,
            area=self.habits.area,
            kin=self.kin,
        )


def numbered(columns: Columns, mode: Ints, town: Ints, taxonomy: Taxonomy) -> Records:
    """Return reports as records, with what does not depend on beliefs.

    Args:
        columns: Reports.
        mode: Mode of placing of each, shape (n,).
        town: Place of habit of each, or -1.
        taxonomy: What labels may mean.

    Returns:
        `loops.state.REPORT`, shape (n,), not yet read.
    """
    reports = np.zeros(len(columns), REPORT)
    reports["source"], reports["mode"], reports["town"] = columns.source, mode, town
    reports["row"] = taxonomy.offset[columns.source] + columns.label + 1
    reports["who"] = 3 * columns.source + columns.side + 1
    reports["a"], reports["b"] = columns.start_s, columns.end_s
    reports["when"], reports["mix"] = columns.middle_s, mixed(columns)
    return reports


class Reading:
    """Reports as they came, and how many there are about each."""

    def __init__(self, columns: Columns, origin: Floats) -> None:
        """Count reports.

        Args:
            columns: Reports.
            origin: Where cells are counted from: x, y [m], t [s].
        """
        self.raw = raw_of(columns)
        self.columns, n = columns, len(columns)
        self.origin, key = origin, np.zeros(n, dtype=np.int64)
        at = columns.x, columns.y, columns.middle_s
        keys_at(*at, crowd_of(origin, 1, 0), key)
        cells, cell, many = np.unique(key, return_inverse=True, return_counts=True)
        found = np.zeros(len(cells))
        densities(cells, np.concatenate(([0], np.cumsum(many))), found)
        self.crowd = found[cell]
        self.every = np.arange(n)

    def crowd_at(self, when_s: Floats) -> Floats:
        """Return how dense reports are about each place at other times, (n,)."""
        of, n = self.columns, len(self.columns)
        counts, found = crowd_of(self.origin, n, n), np.zeros(n)
        fill(of.x, of.y, of.middle_s, counts)
        densities_at(of.x, of.y, when_s, counts, found)
        return found

    def write(self, reports: Records, beliefs: Beliefs) -> None:
        """Write reports as they are read in the light of what is believed."""
        lens = beliefs.lens
        read(self.every, self.raw, lens, reports)
        place_in_crowd(self.every, self.crowd, beliefs.usual, lens, reports)


def raw_of(columns: Columns) -> Raw:
    """Return reports as the loops take them."""
    return Raw(
        x=columns.x,
        y=columns.y,
        sigma_m=columns.sigma_m,
        start_s=columns.start_s,
        end_s=columns.end_s,
        source=columns.source,
        counted=columns.count,
    )


def mixed(columns: Columns) -> Ints:
    """Return a number drawn from all but place and time of each report, shape (n,)."""
    length_ms = np.round(1e3 * (columns.end_s - columns.start_s))
    found = np.zeros(len(columns), dtype=np.uint64)
    for values in (columns.sigma_m, length_ms, *(getattr(columns, n) for n in _ELSE)):
        part = values.astype(np.float64) + 0.0  # -0.0 is 0.0
        found = (found ^ part.view(np.uint64)) * _MULTIPLIER
        found ^= found >> _SHIFT
    return np.asarray(found.view(np.int64))


def usual_of(crowd: Floats) -> float:
    """Return the density that is usual: the geometric mean of some densities."""
    return float(np.exp(np.log(crowd).mean())) if len(crowd) else 1.0
