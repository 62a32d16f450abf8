"""Solve who tells of what, and learn the sources while doing so.

The most precise reports have their turns first, so that groups begin where they are
known best. Then every report in turn goes to the group it most likely tells of, given
all others, while what is believed of the sources is brought up to date between passes.
A report joins only where one explanation has at least the share `LEAST` of all: half
of the F1 that is reached in practice.
"""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.calibration import Calibration
from pamiers.fusion.clocks import clocks_ahead
from pamiers.fusion.columns import Columns, Floats, Ints, Taxonomy
from pamiers.fusion.copying import copiers, originals, roots, twins_of
from pamiers.fusion.habit import habits_of, towns_at
from pamiers.fusion.judging import Solution, judge, taken
from pamiers.fusion.kin import kin_of, leaders, words_of
from pamiers.fusion.loops.learning import COLUMNS, learn
from pamiers.fusion.loops.passes import adopt, gather_all
from pamiers.fusion.loops.state import DAY_S, Sums
from pamiers.fusion.loops.story import Short
from pamiers.fusion.placing import estimates_of
from pamiers.fusion.reading import Beliefs, mixed, usual_of
from pamiers.fusion.sources import (
    Seen,
    learned,
    named_modes,
    unknown,
    with_a_stranger,
)
from pamiers.fusion.turned import upright
from pamiers.fusion.working import LEAST, Field, Known, Said, bind_copies, bonds_of

#: passes while learning, and given what was learned
LEARNING, PASSES = 6, 3
#: the pass of learning from which doubtful reports stand alone
STRICT: Final = 2
#: reports that are enough to learn from, in stretches of time of equal length [s]
ENOUGH, STRETCH_S = 30_000, 20 * DAY_S
#: share of all explanations from which a report is sure
SURE: Final = 0.99
EVEN: Final = 0.5  #: P(alone) below which a report by itself is placed with others
_TOWN_WORTH: Final = 3.0  # events, of which the place itself is taken for the middle
_GIVEN_ROUNDS: Final = 3
NOTHING_SAID: Final = Said()


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


def solve(columns: Columns, taxonomy: Taxonomy, *, given: Ints | None = None) -> Solved:
    """Return what reports tell of, having learned from them of their sources.

    Args:
        columns: Reports; none give nothing.
        taxonomy: What labels may mean.
        given: Groups to take as they are, shape (n,); None to find them.

    Returns:
        The same for every order of the reports, but for the numbers of groups where
        reports are equal in every column.
    """
    if not len(columns):
        none, numbers = np.empty(0), np.empty(0, dtype=np.int64)
        return Solved(
            group=numbers,
            original=numbers,
            real=none,
            kind=numbers,
            x=none,
            y=none,
            t=none,
        )
    columns = upright(columns)
    order = canonical(columns)
    columns = columns.take(order)  # whoever needs the others no more may let them go
    if given is None:
        calibration, held = _calibrated(columns, taxonomy), [columns]
        del columns
        return _associated(held, calibration, order)
    run = Learning(columns, taxonomy)
    run.adopt(np.unique(given[order], return_inverse=True)[1])
    return _solved(run, order)


def calibrate(columns: Columns, taxonomy: Taxonomy) -> Calibration:
    """Return what reports tell of their sources.

    Args:
        columns: Reports; at least one.
        taxonomy: What labels may mean.

    Returns:
        The same for every order of the reports.
    """
    right = upright(columns)
    return _calibrated(right.take(canonical(right)), taxonomy)


def _calibrated(columns: Columns, taxonomy: Taxonomy) -> Calibration:
    run = Learning(_enough(columns), taxonomy)
    run.search()
    return run.calibration()


def associated(columns: Columns, calibration: Calibration) -> Solved:
    """Return what reports tell of, given what is believed of their sources.

    Args:
        columns: Reports; at least one.
        calibration: What was learned, extended to every source of the reports.

    Returns:
        The same for every order of the reports.
    """
    order = canonical(columns)
    return _associated([columns.take(order)], calibration, order)


def _associated(held: list[Columns], calibration: Calibration, order: Ints) -> Solved:
    """Return what the one table held tells of; it is taken out, lest it take room."""
    run = Using(held.pop(), calibration)
    run.field.let_go()
    run.search()
    run.judge()
    return _solved(run, order)


def canonical(columns: Columns) -> Ints:
    """Return the order of time; ties by all that is reported."""
    when = columns.middle_s
    order = np.argsort(when, kind="stable")
    same = np.diff(when[order]) == 0.0
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    if tied.size:
        rows = columns.take(order[tied])
        rest = (rows.received_s, mixed(rows), rows.y, rows.x)
        order[tied] = order[tied[np.lexsort((*rest, rows.middle_s))]]
    return order


def _enough(columns: Columns) -> Columns:
    """Return as many of many reports as is enough to learn from, in order of time.

    They are of stretches spread over all time, which are moved together by whole days,
    so that no day among them is without reports.
    """
    when_s, n = columns.middle_s, len(columns)
    if n <= ENOUGH:
        return columns
    stretch = ((when_s - when_s[0]) // STRETCH_S).astype(np.int64)
    number = np.unique(stretch)
    keep = max(1, round(ENOUGH / n * len(number)))
    some = np.unique(np.linspace(0, len(number) - 1, keep).round().astype(np.int64))
    at = np.flatnonzero(np.isin(stretch, number[some]))
    taken = columns.take(at)
    back = (stretch[at] - np.searchsorted(number[some], stretch[at])) * STRETCH_S
    return replace(
        taken,
        start_s=taken.start_s - back,
        end_s=taken.end_s - back,
        received_s=taken.received_s - back,
    )


class Passed(NamedTuple):
    """What a pass came to."""

    names: Ints  #: of the group of each report, -1 for copies, shape (n,)
    best: Floats  #: as `loops.passes.Kept` has it; of no length unless it is kept
    total: Ints
    near: Short  #: a member of the group that explains each best, -1: none


class Using:
    """A run that takes the sources as they were learned."""

    def __init__(
        self,
        columns: Columns,
        calibration: Calibration,
        said: Said = NOTHING_SAID,
    ) -> None:
        """Read reports in the light of what was learned.

        Args:
            columns: Reports in the order of time.
            calibration: What was learned.
            said: What persons said of them.
        """
        self.known = calibration
        self.field = Field(known_of(columns, calibration), calibration.at_first)
        self.twins = twins_of(columns, self.field.reports, calibration.levels)
        bind_copies(said, self.twins)
        self.original = roots(self.twins.twin)
        root = np.where(self.original >= 0, self.original, np.arange(len(columns)))
        self.field.bonds = bonds_of(said, root, columns.middle_s, len(columns))
        self.field.set_own(self.original)
        self.field.believe(calibration.beliefs)
        self.real = np.ones(len(columns))
        self.doubtful = self.field.own[:0], self.field.own[:0]

    def search(self) -> list[Passed]:
        """Find the groups; return what each pass came to."""
        self.field.link()
        passed = []
        for number in range(PASSES):
            self.field.sweep(number, LEAST)
            turns, names = self.field.turns, self.field.names()
            best, total = turns.kept.best.copy(), turns.kept.total.copy()
            near = turns.near[: len(best)].astype(np.int32)
            passed.append(Passed(names, best, total, near))
        return passed

    def judge(self) -> None:
        """Find how reports are believed, and which may be of another group."""
        field, own, doubt = self.field, self.field.own, self.known.doubt
        source, label = field.reports["source"][own].astype(np.int64), field.state.label
        apart = doubt.apart(field.turns.agrees[own], source)
        speaker = leaders(label[own], source, doubt.follows)
        self.real[own] = 1.0 - apart * (1.0 - self.known.lone[speaker])
        near = field.turns.near[own]
        by_itself = field.state.groups["n"][label[own]] == 1
        doubtful = by_itself & (apart < EVEN) & (near >= 0)
        self.doubtful = own[doubtful], label[near[doubtful]].astype(np.int64)


def solution_of(field: Field) -> Solution:
    """Return what a search found, to be held against chance."""
    return Solution(
        field.known.columns,
        field.own,
        field.state,
        field.beliefs.tables,
        field.beliefs.sources.lone,
        field.turns.alone,
        field.reading.crowd_at,
    )


def known_of(columns: Columns, calibration: Calibration) -> Known:
    """Return reports with their modes of placing and places of habit."""
    mode = calibration.mode_of(columns)
    at = replace(calibration.habits, xy=calibration.spots)
    return Known(
        columns=columns,
        mode=mode,
        town=towns_at(at, columns.x, columns.y, mode),
        origin=calibration.origin,
    )


class Learning:
    """A run that learns what sources are like."""

    def __init__(self, columns: Columns, taxonomy: Taxonomy) -> None:
        """Read reports, nothing being known of their sources.

        Args:
            columns: Reports in the order of time.
            taxonomy: What labels may mean.
        """
        self.columns, self.taxonomy = columns, taxonomy
        mode, self.modes = named_modes(columns)
        self.habits = habits_of(columns.x, columns.y, mode)
        told = np.bincount(columns.source, minlength=taxonomy.sources)
        share = (told + 1.0) / max(len(columns), 1)
        origin = np.array([columns.x.min(), columns.y.min(), columns.middle_s.min()])
        known = Known(columns=columns, mode=mode, town=self.habits.town, origin=origin)
        beliefs = Beliefs(
            taxonomy=taxonomy,
            sources=unknown(share, taxonomy, len(self.modes)),
            habits=self.habits,
            meant=self.habits.xy,
            amount=_amount(columns),
            usual=1.0,
            kin=words_of(kin_of(np.zeros((taxonomy.sources,) * 2, dtype=bool))),
        )
        self.field = Field(known, beliefs)
        usual = usual_of(self.field.reading.crowd)
        self.field.believe(beliefs._replace(usual=usual))
        ahead = clocks_ahead(self.field.reports, taxonomy.sources)
        self.zones = ahead
        if ahead.any():
            wrong = replace(beliefs.sources, ahead=ahead)
            self.field.believe(self.field.beliefs._replace(sources=wrong))
        self.levels = copiers(columns, self.field.reports, taxonomy.sources)
        self.original = originals(columns, self.field.reports, self.levels)
        self.field.set_own(self.original)
        self.real = np.ones(len(columns))
        self.doubtful = self.field.own[:0], self.field.own[:0]

    def search(self) -> None:
        """Find groups, learning as they are found."""
        field = self.field
        for number in range(LEARNING):
            if number <= 1:  # what is believed changes most at first
                field.link()
            self._wake(number)
            field.sweep(number, LEAST if number >= STRICT else 0.0)
            if number + 1 < LEARNING:
                self._learn()
        self._judge()

    def _wake(self, number: int) -> None:
        """Say who looks again: those who are sure do not, nor in between the calm."""
        turns = self.field.turns
        if number < STRICT:
            turns.stirred[:] = True
        elif number in (STRICT, LEARNING - 1):
            turns.stirred[:] = turns.share <= SURE
        else:
            turns.stirred[turns.share > SURE] = False

    def adopt(self, group: Ints) -> None:
        """Take groups as given; learn from them."""
        field = self.field
        copied = np.flatnonzero(self.original >= 0)
        away = group[copied] != group[self.original[copied]]
        self.original[copied[away]] = -1
        field.set_own(self.original)
        adopt(field.order(0), group, field.state)
        self._gather()
        for _ in range(_GIVEN_ROUNDS):
            self._learn()
        belief = taken(solution_of(field))
        self.doubt, self.lone = belief.doubt, belief.lone
        self.real[field.own] = belief.real

    def _gather(self) -> None:
        field = self.field
        gather_all(field.own, field.state, field.beliefs.tables)

    def _learn(self) -> None:
        """Bring what is believed of the sources up to date."""
        field, of = self.field, self.field.beliefs.sources
        sums = Sums(
            source=np.zeros((len(of.clock), COLUMNS)),
            mode=np.zeros((len(of.place), 2)),
            rank=np.zeros((len(of.place), 3)),
            kind=np.zeros(self.taxonomy.rows.shape),
            side=np.zeros(of.side.shape),
            town=np.zeros((len(self.habits.xy), 3)),
        )
        learn(field.own, field.state, field.beliefs.tables, sums)
        held = sums.town[:, :2] + _TOWN_WORTH * self.habits.xy
        field.believe(
            field.beliefs._replace(
                sources=learned(of, sums, self.taxonomy, self._seen()),
                meant=held / (sums.town[:, 2:] + _TOWN_WORTH),
            )
        )
        self._gather()

    def _seen(self) -> Seen:
        """Return what groups tell without a look at their members."""
        heard, live = self.field.heard()
        several = heard.sum(axis=1) > 1
        kinds = self.field.state.kinds[live].sum(axis=0) + 5.0
        return Seen(
            kinds=kinds / kinds.sum(),
            several=int(several.sum()),
            in_several=heard[several].sum(axis=0).astype(np.float64),
            groups=heard.sum(axis=0).astype(np.float64),
        )

    def _judge(self) -> None:
        """Find how agreement is read, and how lone reports are believed."""
        belief = judge(solution_of(self.field))
        self.doubt, self.lone = belief.doubt, belief.lone

    def calibration(self) -> Calibration:
        """Return what was learned."""
        field, beliefs = self.field, self.field.beliefs
        return Calibration(
            taxonomy=self.taxonomy,
            sources=with_a_stranger(beliefs.sources),
            modes=self.modes,
            habits=replace(self.habits, town=np.empty(0, np.int64), xy=beliefs.meant),
            spots=self.habits.xy,
            levels=self.levels,
            zones=self.zones,
            amount=beliefs.amount,
            doubt=self.doubt,
            lone=self.lone,
            origin=field.known.origin,
            usual=beliefs.usual,
            reports=len(self.columns),
        )


def _amount(columns: Columns) -> Floats:
    """Return mean and variance of the logarithm of counts."""
    logs = np.log(columns.count[columns.count > 0])
    if not logs.size:
        return np.array([0.0, 1.0])
    return np.array([logs.mean(), max(logs.var(), 0.3)])


def _solved(run: Using | Learning, order: Ints) -> Solved:
    """Return the result in the order that the reports were given in."""
    field, state, n = run.field, run.field.state, len(order)
    back = np.empty(n, dtype=np.int64)
    back[order] = np.arange(n)
    root = np.where(run.original >= 0, run.original, np.arange(n))
    group = state.label[root].astype(np.int64)
    real = np.bincount(group, run.real[root]) / np.maximum(np.bincount(group), 1)
    told = estimates_of(state, field.own, field.beliefs.tables, run.doubtful)
    original = np.where(run.original >= 0, order[run.original], -1)
    return Solved(
        group=group[back],
        original=original[back],
        real=real[group][back],
        kind=told.kinds.argmax(axis=1)[root][back],
        x=told.x[root][back],
        y=told.y[root][back],
        t=told.t[root][back],
    )
