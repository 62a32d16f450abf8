"""The reports in force, as arrays with room to grow, and what they tell of.

Built once by the passes over all reports; from then on each report that comes or goes
is followed by `loops.replay`. Both ways end in the same arrays.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from pamiers.fusion.calibration import Calibration
from pamiers.fusion.columns import Columns, Floats, Ints
from pamiers.fusion.loops.copies import come_in, find_anew, go_out
from pamiers.fusion.loops.crowd import Crowd, count_all, crowd_of, fill
from pamiers.fusion.loops.index import file_all, index_of
from pamiers.fusion.loops.pairs import REPEATS, single
from pamiers.fusion.loops.passes import GRAIN, NAMES, Bonds, Choice
from pamiers.fusion.loops.reading import Raw, place_in_crowd, read
from pamiers.fusion.loops.replay import admit, dismiss, forget, settle
from pamiers.fusion.loops.state import GROUP, Records, State
from pamiers.fusion.loops.story import (
    GONE,
    KEPT,
    MOVE,
    Story,
    Told,
    heads_of,
    keep_all,
    remember,
    tell,
)
from pamiers.fusion.loops.throng import come, leave_all
from pamiers.fusion.loops.twins import Twins
from pamiers.fusion.reading import numbered, raw_of
from pamiers.fusion.solving import PASSES, Passed, Using, known_of
from pamiers.fusion.working import LEAST, Said, aside_of, state_of

#: rows for which there is room, over those in use, and at least
_ROOM, _SPARE = 1.5, 256


class Groups(NamedTuple):
    """Some groups as they are in the end, and their reports."""

    names: Ints  #: shape (m,)
    state: State  #: the groups, and their reports as rows of one another
    rows: Ints  #: number of each of these reports, in the order of turns, by groups
    apart: Floats  #: P(a report stands alone), shape as `rows`


@dataclass(slots=True)
class _Rows:
    """What is kept of each report, in columns with room to grow."""

    raw: Raw
    reports: Records  #: as they are read
    first: Records  #: as they are read when only hours of clocks are known
    twins: Twins


class Engine:
    """Reports in force: which are copies, which group each is in."""

    def __init__(self, columns: Columns, calibration: Calibration, said: Said) -> None:
        """Solve all at once.

        Args:
            columns: Reports, no two alike, in the order of time.
            calibration: What was learned, extended to every source.
            said: What persons said of them, by row.
        """
        self.calibration, self.used = calibration, len(columns)
        self.beliefs, self.at_first = calibration.beliefs, calibration.at_first
        self.tables = self.beliefs.tables
        run = Using(columns, calibration, said)
        run.field.keep()
        passed = run.search()
        self.room = int(_ROOM * self.used) + _SPARE
        self.rows = _Rows(
            raw=_wide_raw(run.field.reading.raw, self.room),
            reports=_wide(run.field.reports, self.room),
            first=_wide(self._at_first(run), self.room),
            twins=Twins(
                _wide(columns.received_s, self.room),
                calibration.levels,
                _wide(run.twins.chance, self.room),
                _wide(run.twins.twin, self.room, -1),
                np.zeros(self.room, dtype=np.int64),
            ),
        )
        self.every = index_of(calibration.origin, self.room, self.room)
        file_all(np.arange(self.used), self.rows.first, self.every)
        self.crowd = self._counted(columns)
        self.story = self._story(run, passed)
        self.changed = np.zeros((8 * self.room, 2), dtype=np.int64)
        self.ones = np.ones(self.room)
        self.kin: dict[int, set[int]] = {}
        for i in np.flatnonzero(run.twins.twin >= 0).tolist():
            self.kin.setdefault(int(run.twins.twin[i]), set()).add(i)

    def _at_first(self, run: Using) -> Records:
        """Return reports as they are read when only hours of clocks are known."""
        first, reading = run.field.reports.copy(), run.field.reading
        read(reading.every, reading.raw, self.at_first.lens, first)
        return first

    def _counted(self, columns: Columns) -> Crowd:
        crowd = crowd_of(self.calibration.origin, self.room, self.room)
        fill(columns.x, columns.y, columns.middle_s, crowd)
        count_all(crowd)
        return crowd

    def _story(self, run: Using, passed: list[Passed]) -> Story:
        """Return the story up to where a run ended."""
        room, taxonomy = self.room, self.calibration.taxonomy
        own = run.field.own
        story = Story(
            lone=state_of(self.rows.reports, taxonomy),
            scratch=aside_of(self.rows.reports, taxonomy),
            filed=index_of(self.calibration.origin, room, room),
            names=np.full((PASSES, room), -1, dtype=np.int64),
            heads=heads_of(room, PASSES),
            after=np.full((PASSES, room), -1, dtype=np.int32),
            many=np.full(room, GONE, dtype=np.int32),
            links=np.zeros((room, KEPT), dtype=np.int32),
            best=np.vstack([_wide(each.best, room) for each in passed]),
            total=np.vstack([_wide(each.total, room) for each in passed]),
            head=np.vstack([_wide(each.near, room) for each in passed]),
            agreed=_wide(run.field.turns.kept.agreed, room),
            bonds=_roomy(run.field.bonds, room),
            least=LEAST,
            queue=np.zeros((PASSES, room), dtype=np.int32),
            waiting=np.zeros((PASSES, room), dtype=bool),
            length=np.zeros(PASSES, dtype=np.int64),
            touched=np.zeros(8 * room, dtype=np.int64),
            found=np.zeros(3, dtype=np.int64),
            moves=np.zeros(PASSES * room, dtype=MOVE),
            moved=np.zeros((PASSES, room), dtype=np.int32),
            moved_in=np.zeros((PASSES, room * NAMES), dtype=np.int32),
            **{
                name: np.zeros(room, dtype=np.int64)
                for name in ("near", "linked", "members", "seen")
            },
            same=np.zeros(REPEATS, dtype=np.int64),
            worth=np.zeros(REPEATS),
            choice=Choice(best=np.zeros(1), of=np.zeros(4, dtype=np.int64)),
        )
        single(own, story.lone, self.tables)
        file_all(own, self.rows.reports, story.filed)
        if run.field.links is not None:
            keep_all(own, run.field.links, story)
        for number, each in enumerate(passed):
            remember(number, own, each.names, story)
        return story

    def takes(self, many: int) -> bool:
        """Tell whether there is room for so many more reports."""
        return self.used + many <= self.room

    def step(self, gone: Ints, columns: Columns) -> tuple[Ints, set[int]]:
        """Let reports go and others come.

        Args:
            gone: Rows that go, in force.
            columns: Reports that come, unlike one another and all in force; no more
                than there is room for.

        Returns:
            Rows of those that came, and names of groups that may not be what they
            were.
        """
        story, lone = self.story, self.beliefs.sources.lone
        story.found[:] = 0
        came = self._take_in(columns)
        before = self._copied(gone, came)
        touched = {self._name(k, before) for k in before}
        out, enter = self._parted(gone, came, before)
        leave_all(gone, self.rows.raw, self.crowd, lone, story)
        dismiss(_ints(out), story, self.tables)
        come(came, self.rows.raw, self.crowd, lone, story)
        admit(_ints(enter), story, self.tables)
        settle(story, self.tables)
        forget(_ints(out), story)
        left = set(gone.tolist())
        touched |= {self._name(k, {}) for k in before if k not in left}
        found = int(story.found[0])
        if found > len(story.touched):  # more than there was room for: all
            touched |= set(story.names[-1, : self.used].tolist())
        touched |= set(story.touched[:found].tolist())
        return came, touched - {-1}

    def _take_in(self, columns: Columns) -> Ints:
        """Write reports into rows of their own, and read them."""
        came = np.arange(self.used, self.used + len(columns))
        if not len(came):
            return came
        rows, known = self.rows, known_of(columns, self.calibration)
        for part, new in zip(rows.raw, raw_of(columns), strict=True):
            part[came] = new
        rows.twins.received[came] = columns.received_s
        taxonomy = self.calibration.taxonomy
        fresh = numbered(columns, known.mode, known.town, taxonomy)
        rows.reports[came] = rows.first[came] = fresh
        read(came, rows.raw, self.at_first.lens, rows.first)
        lens = self.beliefs.lens
        read(came, rows.raw, lens, rows.reports)
        place_in_crowd(came, self.ones, self.beliefs.usual, lens, rows.reports)
        rows.twins.chance[came], rows.twins.twin[came] = 1.0, -1
        self.story.many[came] = GONE
        self.used += len(came)
        return came

    def _copied(self, gone: Ints, came: Ints) -> dict[int, int]:
        """Find who copies whom now; return whom those that change copied before.

        Args:
            gone: Rows that go.
            came: Rows that come.

        Returns:
            Row to the row it copied, or -1; all that go or come are among them.
        """
        twins, first = self.rows.twins, self.rows.first
        go_out(gone, first, self.every)
        left = set(gone.tolist())
        orphans = {k for i in left for k in self.kin.get(i, ())} - left
        before = {k: int(twins.twin[k]) for k in orphans | left}
        find_anew(_ints(sorted(orphans)), first, self.every, twins)
        m = come_in(came, first, self.every, twins, self.changed)
        if m > len(self.changed):
            raise MemoryError("more copies changed at once than there is room for")
        for k, old in self.changed[:m].tolist():
            before.setdefault(k, old)
        before.update(dict.fromkeys(came.tolist(), -1))
        return before

    def _parted(
        self, gone: Ints, came: Ints, before: dict[int, int]
    ) -> tuple[list[int], list[int]]:
        """Return who takes part no more, and who does from now on.

        Args:
            gone: Rows that go.
            came: Rows that come.
            before: As `_copied` returned it.

        Returns:
            Two lists of rows in ascending order: copies take no part.
        """
        twin, left, fresh = self.rows.twins.twin, set(gone.tolist()), set(came.tolist())
        out, enter = [], []
        for k, old in sorted(before.items()):
            new = -1 if k in left else int(twin[k])
            if old >= 0:
                self.kin[old].discard(k)
            if new >= 0:
                self.kin.setdefault(new, set()).add(k)
            took = old < 0 and k not in fresh
            takes = new < 0 and k not in left
            if took and not takes:
                out.append(k)
            if takes and not took:
                enter.append(k)
        return out, enter

    def _name(self, row: int, before: dict[int, int]) -> int:
        """Return the group of a row, by whom it copied before where that changed."""
        twin = self.rows.twins.twin
        while True:
            other = before.get(row, int(twin[row]))
            if other < 0:
                return int(self.story.names[-1, row])
            row = other

    def names(self) -> Ints:
        """Return the names of the groups of all reports that are no copies."""
        named = self.story.names[-1, : self.used]
        return named[named >= 0]

    def received(self, row: int) -> float:
        """Return when a row was received [s]."""
        return float(self.rows.twins.received[row])

    def name_of(self, row: int) -> int:
        """Return the name of the group that a row is in, or what it copies."""
        return self._name(row, {})

    def family(self, row: int) -> list[int]:
        """Return all copies of a row, and theirs, in ascending order."""
        found, todo = [], [row] if row in self.kin else []
        while todo:
            for k in self.kin.get(todo.pop(), ()):
                found.append(k)
                todo.append(k)
        return sorted(found)

    def groups(self, names: Ints) -> Groups:
        """Return some groups as they are; those without members are left out."""
        story, m = self.story, len(names)
        told = Told(
            groups=np.zeros(m, GROUP),
            kinds=np.zeros((m, self.calibration.taxonomy.kinds)),
            voices=np.zeros((m, story.scratch.voices.shape[1]), dtype=np.int64),
            begin=np.zeros(m + 1, dtype=np.int64),
            rows=story.seen,
            names=np.zeros(m, dtype=np.int64),
        )
        found = tell(names, story, self.tables, told)
        rows = told.rows[: told.begin[found]].copy()
        label = np.repeat(np.arange(found), np.diff(told.begin[: found + 1]))
        reports = self.rows.reports[rows]
        state = state_of(reports, self.calibration.taxonomy)._replace(
            groups=told.groups[:found],
            kinds=told.kinds[:found],
            voices=told.voices[:found],
            label=label.astype(np.int32),
        )
        doubt = self.calibration.doubt
        room = reports["base"] / reports["null"]
        agrees = room * (GRAIN * story.agreed[rows])
        apart = doubt.apart(agrees, reports["source"])
        return Groups(told.names[:found], state, rows, apart)


_Array = TypeVar("_Array", bound=np.ndarray)


def _wide(values: _Array, room: int, fill: float = 0) -> _Array:
    """Return the same with room for more."""
    found = (
        np.full(room, fill, dtype=values.dtype)
        if fill
        else np.zeros(room, dtype=values.dtype)
    )
    found[: len(values)] = values
    return found  # type: ignore[return-value] # of the same kind


def _wide_raw(raw: Raw, room: int) -> Raw:
    x, y, sigma_m, start_s, end_s, source, counted = raw
    return Raw(
        x=_wide(x, room),
        y=_wide(y, room),
        sigma_m=_wide(sigma_m, room),
        start_s=_wide(start_s, room),
        end_s=_wide(end_s, room),
        source=_wide(source, room),
        counted=_wide(counted, room),
    )


def _roomy(bonds: Bonds, room: int) -> Bonds:
    """Return the same with room for reports of which nothing was said."""
    if not len(bonds.lead):
        return bonds
    lead = np.arange(room)
    lead[: len(bonds.lead)] = bonds.lead
    return bonds._replace(lead=lead, first=_wide(bonds.first, room, -1))


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
