"""Solve who tells of what, and learn the sources while doing so.

Reports are taken in order of time; the most precise of each stretch go first, so that
groups begin where they are known best. Then every report in turn goes to the group it
most likely tells of, given all others, while what is believed of the sources is
brought up to date between sweeps. A report joins only where one explanation has at
least the share `LEAST` of all: half of the F1 that is reached in practice.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pamiers.fusion.calibration import Calibration
from pamiers.fusion.clocks import clocks_ahead
from pamiers.fusion.columns import Columns, Floats, Ints, Mask, Taxonomy
from pamiers.fusion.copying import copiers, originals
from pamiers.fusion.doubt import Doubt
from pamiers.fusion.habit import habits_of, towns_at
from pamiers.fusion.judging import Solution, judge, taken
from pamiers.fusion.loops.learning import COLUMNS, learn
from pamiers.fusion.loops.search import Turn, refile, sweep
from pamiers.fusion.loops.state import (
    DAY_S,
    GROUP,
    REPORT,
    Grid,
    Records,
    State,
    Sums,
    Tables,
)
from pamiers.fusion.placing import estimates_of
from pamiers.fusion.sources import (
    Seen,
    Sources,
    learned,
    named_modes,
    stated,
    unknown,
    with_a_stranger,
)
from pamiers.fusion.turned import upright

SWEEPS: Final = 6
LEAST: Final = 0.4
#: the sweep from which doubtful reports stand alone, and groups at rest are passed over
STRICT, AT_REST = 2, 3
EVEN: Final = 0.5  #: P(alone) below which a report by itself is placed with others
CELL_M, HOURS_S = 5_000.0, 8 * 3_600.0
#: cells over which the crowd of reports is averaged: place [m], time [s], cells in time
_CROWD_M, _CROWD_S, _CROWD_LONG = 8_000.0, 8 * 3_600.0, 9
_TOWN_WORTH: Final = 3.0  # events, of which the place itself is taken for the middle
_STRETCH_S: Final = 3 * DAY_S

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """Which reports tell of one thing, and what is believed of it.

    Invariant: all arrays have one value or row per report, in the order given.
    """

    group: Ints  #: number of its group
    original: Ints  #: the report it copies, or -1
    real: Floats  #: P(what it tells of happened)
    kind: Ints  #: likeliest kind
    x: Floats  #: fused place [m]
    y: Floats
    t: Floats  #: fused time [s]
    kinds: Floats  #: P(kind), shape (n, K)
    groups: Records  #: the sums of its group, `loops.state.GROUP`, shape (n,)
    counted: Mask  #: whether any report of its group states a count
    sources: Sources


def solve(columns: Columns, taxonomy: Taxonomy, *, given: Ints | None = None) -> Solved:
    """Return what reports tell of, and what they tell of their sources.

    Args:
        columns: Reports; at least one.
        taxonomy: What labels may mean.
        given: Groups to take as they are, shape (n,); None to find them.

    Returns:
        The same for every order of the reports, but for the numbers of groups where
        reports are equal in every column.
    """
    columns = upright(columns)
    order = _canonical(columns)
    work = _Work(columns.take(order), taxonomy)
    if given is None:
        work.search()
    else:
        work.adopt(np.unique(given[order], return_inverse=True)[1])
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return work.solved(back, order)


def calibrate(columns: Columns, taxonomy: Taxonomy) -> Calibration:
    """Return what reports tell of their sources.

    Args:
        columns: Reports; at least one.
        taxonomy: What labels may mean.

    Returns:
        The same for every order of the reports.
    """
    columns = upright(columns)
    work = _Work(columns.take(_canonical(columns)), taxonomy)
    work.search()
    return _calibration(work)


def associated(columns: Columns, calibration: Calibration) -> Solved:
    """Return what reports tell of, given what is believed of their sources.

    Args:
        columns: Reports; at least one.
        calibration: What was learned, extended to every source of the reports.

    Returns:
        The same for every order of the reports.
    """
    order = _canonical(columns)
    work = _Fixed(columns.take(order), calibration)
    work.search()
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return work.solved(back, order)


def _canonical(columns: Columns) -> Ints:
    """Return the order of time; ties by every other column."""
    names = [n for n in columns.__dataclass_fields__ if n not in {"start_s", "end_s"}]
    keys = [getattr(columns, name) for name in reversed(names)]
    return np.lexsort((*keys, columns.end_s, columns.start_s, columns.middle_s))


class _Work:
    """One run: arrays that the loops write to."""

    def __init__(self, columns: Columns, taxonomy: Taxonomy) -> None:
        self.columns, self.taxonomy = columns, taxonomy
        self._begin()
        self.meant = self.habits.xy  # where events told at a place of habit were
        self.grids = (_grid(columns, HOURS_S), _grid(columns, DAY_S))
        self.crowd = _crowd(columns)
        logs = np.log(np.maximum(columns.count, 1))
        has = columns.count > 0
        spread = (logs[has].mean(), max(logs[has].var(), 0.3)) if has.any() else (0, 1)
        self.count = np.array(spread, dtype=np.float64)
        self._prepare()

    def _begin(self) -> None:
        """Take nothing for known of the sources."""
        columns, s = self.columns, self.taxonomy.sources
        self.mode, self.modes = named_modes(columns)
        self.habits = habits_of(columns.x, columns.y, self.mode)
        self.town = self.habits.town
        told = np.bincount(columns.source, minlength=s)
        share = (told + 1.0) / max(len(columns), 1)
        self.sources = unknown(share, self.taxonomy, len(self.modes))

    def _prepare(self) -> None:
        columns, taxonomy = self.columns, self.taxonomy
        self.reports = _numbered(columns, self.mode, self.town, taxonomy)
        self._fill()
        self._set_clocks()
        self.state = _state(self.reports, taxonomy)
        self.levels = self._copiers()
        self.original = originals(columns, self.reports, self.levels)
        self.own = np.flatnonzero(self.original < 0)
        self.doubtful = self.own[:0], self.own[:0]
        self.alone, self.real = np.ones(len(columns)), np.ones(len(columns))

    def _set_clocks(self) -> None:
        """Put right clocks that are hours off."""
        ahead = clocks_ahead(self.reports, self.taxonomy.sources)
        if ahead.any():
            self.sources = replace(self.sources, ahead=ahead)
            self._fill()

    def _copiers(self) -> Floats:
        return copiers(self.columns, self.reports, self.taxonomy.sources)

    def _fill(self) -> None:
        """Write reports as they are read in the light of what is believed."""
        columns, of, reports = self.columns, self.sources, self.reports
        s, interval = columns.source, columns.by_interval
        town = self.town
        x = np.where(town >= 0, self.meant[town, 0], columns.x - of.east[s])
        y = np.where(town >= 0, self.meant[town, 1], columns.y - of.north[s])
        reports["x"], reports["y"] = x, y
        reports["v"] = (stated(columns.sigma_m) * of.place[self.mode]) ** 2
        reports["t"] = columns.middle_s - np.where(interval, 0.0, of.ahead[s])
        width = np.maximum((columns.end_s - columns.start_s) / 4.0, 1.0)
        reports["w"] = np.where(interval, 0.0, (width * of.clock[s]) ** 2)
        reports["c"] = np.log(np.maximum(columns.count, 1)) - of.more[s]
        reports["u"] = np.where(columns.count > 0, of.count[s], 0.0)
        v = reports["u"] + self.count[1]
        away = (reports["c"] - self.count[0]) ** 2 / v
        reports["free"] = np.sqrt(v) * np.exp(np.minimum(away / 2.0, 30.0))
        reports["null"] = of.lone[s] * self.crowd

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
            amount=self.count,
            towns=self.habits.xy,
            near=self.habits.near,
            area=self.habits.area,
        )

    def search(self) -> None:
        """Find the groups, learning as they are found."""
        n = len(self.columns)
        spare, calm, sure = n, np.zeros(n, bool), np.zeros(n, bool)
        first = _turns(self.columns, self.reports, self.own)
        for k in range(SWEEPS):
            turn = Turn(
                order=first if k == 0 else self.own,
                first=k == 0,
                least=LEAST if k >= STRICT else 0.0,
                settled=k >= STRICT,
                calm=calm,
                stirred=np.zeros(n, bool),
                alone=self.alone,
                sure=sure,
            )
            spare, _ = sweep(turn, self.state, self.tables, self.grids, spare)
            if k + 1 < SWEEPS:
                self.learn()
                spare = refile(self.state, self.tables, self.grids)
            rest = AT_REST <= k + 1 < SWEEPS - 1
            calm = ~turn.stirred if rest else np.zeros(n, bool)
        self._judge()

    def adopt(self, group: Ints) -> None:
        """Take groups as given; learn from them."""
        for i in self.own.tolist():
            g = int(group[i])
            self.state.label[i] = g
            self.state.after[i] = self.state.groups["head"][g]
            self.state.groups["head"][g] = i
        lost = np.flatnonzero(self.original >= 0)
        away = group[lost] != group[self.original[lost]]
        for i in lost[away].tolist():
            self.original[i] = -1
            self.state.label[i] = g = int(group[i])
            self.state.after[i] = self.state.groups["head"][g]
            self.state.groups["head"][g] = i
        self.own = np.flatnonzero(self.original < 0)
        for _ in range(3):
            refile(self.state, self.tables, self.grids)
            self.learn()
        refile(self.state, self.tables, self.grids)
        belief = taken(self._found())
        self.doubt, self.lone = belief.doubt, belief.lone
        self.real[self.own] = belief.real

    def _found(self) -> Solution:
        return Solution(
            self.columns,
            self.own,
            self.state,
            self.tables,
            self.sources.lone,
            self.alone,
            lambda when: _crowd(self.columns, when),
        )

    def _judge(self) -> None:
        """Find how surely reports stand alone, and how lone ones are believed."""
        belief = judge(self._found(), self._known())
        self.doubt, self.lone = belief.doubt, belief.lone
        self.real[self.own] = belief.real
        by_itself = self.state.groups["n"][self.state.label[self.own]] == 1
        in_doubt = by_itself & (belief.apart < EVEN) & (belief.near >= 0)
        self.doubtful = self.own[in_doubt], belief.near[in_doubt]

    def _known(self) -> tuple[Doubt, Floats] | None:
        """Return how agreement is read, and lone reports believed, if it is known."""
        return None

    def learn(self) -> None:
        """Bring what is believed of the sources up to date."""
        of, rows = self.sources, self.taxonomy.rows
        sums = Sums(
            source=np.zeros((len(of.clock), COLUMNS)),
            mode=np.zeros((len(of.place), 2)),
            rank=np.zeros((len(of.place), 3)),
            kind=np.zeros(rows.shape),
            side=np.zeros(of.side.shape),
            town=np.zeros((len(self.habits.xy), 3)),
        )
        learn(self.own, self.state, self.tables, sums)
        heard, live = self.heard()
        several = heard.sum(axis=1) > 1
        kinds = self.state.kinds[live].sum(axis=0) + 5.0
        seen = Seen(
            kinds=kinds / kinds.sum(),
            several=int(several.sum()),
            in_several=heard[several].sum(axis=0).astype(np.float64),
            groups=heard.sum(axis=0).astype(np.float64),
        )
        self.sources = learned(of, sums, self.taxonomy, seen)
        held = sums.town[:, :2] + _TOWN_WORTH * self.habits.xy
        self.meant = held / (sums.town[:, 2:] + _TOWN_WORTH)
        self._fill()

    def heard(self) -> tuple[Mask, Ints]:
        """Return which sources are in each group, and the numbers of the groups."""
        live = np.flatnonzero(self.state.groups["n"] > 0)
        words = self.state.voices[live]
        s = np.arange(self.taxonomy.sources)
        return (words[:, s >> 6] >> (s & 63) & 1).astype(bool), live

    def solved(self, back: Ints, order: Ints) -> Solved:
        """Return the result in the order that the reports were given in."""
        root = np.where(self.original >= 0, self.original, np.arange(len(back)))
        group = self.state.label[root]
        real = np.bincount(group, self.real[root]) / np.maximum(np.bincount(group), 1)
        told = estimates_of(self.state, self.own, self.tables, self.doubtful)
        groups = self.state.groups[group]
        original = np.where(self.original >= 0, order[root], -1)
        return Solved(
            group=group[back],
            original=original[back],
            real=real[group][back],
            kind=told.kinds.argmax(axis=1)[root][back],
            x=told.x[root][back],
            y=told.y[root][back],
            t=told.t[root][back],
            kinds=self.state.kinds[group][back],
            groups=groups[back],
            counted=groups["r"][back] < self.count[1],
            sources=replace(self.sources),
        )


def _calibration(work: _Work) -> Calibration:
    """Return what was learned."""
    c = work.columns
    return Calibration(
        taxonomy=work.taxonomy,
        sources=with_a_stranger(work.sources),
        modes=work.modes,
        habits=replace(work.habits, town=np.empty(0, np.int64), xy=work.meant),
        spots=work.habits.xy,
        levels=work.levels,
        amount=work.count,
        doubt=work.doubt,
        lone=work.lone,
        origin=np.array([c.x.min(), c.y.min(), c.middle_s.min()]),
        reports=len(c),
    )


class _Fixed(_Work):
    """A run that learns nothing."""

    def __init__(self, columns: Columns, calibration: Calibration) -> None:
        self.known = calibration
        super().__init__(columns, calibration.taxonomy)

    def _begin(self) -> None:
        known, columns = self.known, self.columns
        self.mode = known.mode_of(columns)
        self.habits = replace(known.habits, xy=known.spots)
        self.town = towns_at(self.habits, columns.x, columns.y, self.mode)
        self.sources = known.sources

    def _prepare(self) -> None:
        self.count, self.meant = self.known.amount, self.known.habits.xy
        super()._prepare()

    def _set_clocks(self) -> None:
        """Leave clocks as they were learned."""

    def _copiers(self) -> Floats:
        return self.known.levels

    def learn(self) -> None:
        """Learn nothing."""

    def _known(self) -> tuple[Doubt, Floats]:
        return self.known.doubt, self.known.lone


def _numbered(columns: Columns, mode: Ints, town: Ints, taxonomy: Taxonomy) -> Records:
    """Return reports as records, not yet read in the light of what is believed."""
    reports = np.zeros(len(columns), REPORT)
    reports["source"], reports["mode"], reports["town"] = columns.source, mode, town
    reports["row"] = taxonomy.offset[columns.source] + columns.label + 1
    reports["who"] = 3 * columns.source + columns.side + 1
    reports["a"], reports["b"] = columns.start_s, columns.end_s
    return reports


def _turns(columns: Columns, reports: Records, own: Ints) -> Ints:
    """Return the reports that are no copies, the most precise of a stretch first."""
    length = np.where(
        reports["w"] > 0.0,
        0.5 * np.log(np.maximum(reports["w"], 1.0)),
        np.log(columns.end_s - columns.start_s + 1.0),
    )
    blur = (np.log(reports["v"]) + length)[own]
    bins = np.searchsorted(np.quantile(blur, np.linspace(0.1, 0.9, 9)), blur)
    stretch = columns.middle_s[own] // _STRETCH_S
    return own[np.lexsort((own, bins, stretch))]


def _grid(columns: Columns, length_s: float) -> Grid:
    low = np.array([columns.x.min() - 1.0, columns.y.min() - 1.0])
    start = float(columns.middle_s.min()) - DAY_S
    spans = [np.ptp(columns.x), np.ptp(columns.y)]
    shape = [int((span + 1.0) / CELL_M) + 1 for span in spans]
    shape.append(int((columns.middle_s.max() - start) / length_s) + 2)
    return Grid(
        origin=np.array([*low, start, CELL_M, length_s]),
        shape=np.array(shape, dtype=np.int64),
        first=np.full(int(np.prod(shape)), -1, dtype=np.int32),
        after=np.full(len(columns), -1, dtype=np.int32),
    )


def _crowd(columns: Columns, when: Floats | None = None) -> Floats:
    """Return how dense reports are about each, now or at other times [1 / m2 s]."""
    places = (columns.x - columns.x.min(), columns.y - columns.y.min())
    i, j = ((place / _CROWD_M).astype(np.int64) for place in places)
    times = columns.middle_s - columns.middle_s.min()
    k = (times / _CROWD_S).astype(np.int64)
    shape = (int(k.max()) + 1, int(j.max()) + 1, int(i.max()) + 1)
    cells = np.bincount(np.ravel_multi_index((k, j, i), shape), minlength=1)
    full = np.zeros(int(np.prod(shape)), dtype=np.float32)
    full[: len(cells)] = cells
    box = full.reshape(shape)
    for axis, size in enumerate((_CROWD_LONG, 3, 3)):
        box = _averaged(box, axis, size)
    if when is not None:
        k = ((when - columns.middle_s.min()) / _CROWD_S).astype(np.int64)
        k = np.clip(k, 0, shape[0] - 1)
    about: Floats = (box[k, j, i] + 0.02).astype(np.float64)
    return about / (_CROWD_M**2 * _CROWD_S)


def _averaged(box: np.ndarray, axis: int, size: int) -> np.ndarray:
    """Return a moving average along one axis, nothing being outside."""
    pad = np.zeros_like(np.take(box, [0], axis))
    total = np.concatenate([pad, box], axis)
    np.cumsum(total, axis, out=total)  # counts of one row: exact in single precision
    at, half = np.arange(box.shape[axis]), size // 2
    about = np.take(total, np.minimum(at + half + 1, len(at)), axis)
    about -= np.take(total, np.maximum(at - half, 0), axis)
    about /= np.float32(size)
    return about


def _state(reports: np.ndarray, taxonomy: Taxonomy) -> State:
    n = len(reports)
    groups = np.zeros(n, GROUP)
    groups["head"] = -1
    return State(
        reports=reports,
        groups=groups,
        kinds=np.zeros((n, taxonomy.kinds)),
        voices=np.zeros((n, (taxonomy.sources + 63) // 64), dtype=np.int64),
        after=np.full(n, -1, dtype=np.int64),
        label=np.full(n, -1, dtype=np.int64),
        spare=np.arange(n, dtype=np.int64)[::-1].copy(),
    )
