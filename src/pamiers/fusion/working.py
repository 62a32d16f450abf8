"""Reports, groups, and the passes in which the one find the other."""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import (
    Columns,
    Floats,
    Ints,
    Mask,
    Taxonomy,
    columns_of_none,
)
from pamiers.fusion.copying import roots
from pamiers.fusion.loops.index import index_of
from pamiers.fusion.loops.pairs import REPEATS, Links, Pairs, find_pairs, link, single
from pamiers.fusion.loops.passes import (
    Bonds,
    Choice,
    Kept,
    Passing,
    Turns,
    sweep,
)
from pamiers.fusion.loops.shelves import LAID, Shelves, cells_of, lay
from pamiers.fusion.loops.state import GROUP, REPORT, Records, State
from pamiers.fusion.loops.twins import Twins
from pamiers.fusion.reading import Beliefs, Reading, numbered

LEAST: Final = 0.4
#: pairs for which there is room at first, for each report; more cost another search
_ROOM: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Reports as they come into a run, in the order of time."""

    columns: Columns
    mode: Ints  #: mode of placing of each
    town: Ints  #: place of habit of each, or -1
    origin: Floats  #: where grids begin


class Said(NamedTuple):
    """What persons said of pairs of reports, by row."""

    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    copies: tuple[tuple[int, int], ...] = ()  #: a copy, and its original


class Field:
    """Arrays that the loops work on: reports, groups, who is linked with whom."""

    def __init__(self, known: Known, beliefs: Beliefs) -> None:
        """Lay out reports, and read them.

        Args:
            known: Reports.
            beliefs: What is believed of their sources.
        """
        n = len(known.columns)
        self.known = known
        self.reading = Reading(known.columns, known.origin)
        self.reports = numbered(known.columns, known.mode, known.town, beliefs.taxonomy)
        self.state = state_of(self.reports, beliefs.taxonomy)
        self.turns = _turns(n)
        self.own = np.arange(n)
        self.spare = 0
        self.links: Links | None = None
        self._order: Ints | None = None
        self.bonds = bonds_of(Said(), self.own, known.columns.middle_s, 0)
        self.believe(beliefs)

    def believe(self, beliefs: Beliefs) -> None:
        """Read reports anew in the light of what is believed."""
        self.beliefs, self._order = beliefs, None
        self.reading.write(self.reports, beliefs)

    def let_go(self) -> None:
        """Let go of reports as they came: they will not be read anew."""
        self.known = replace(self.known, columns=columns_of_none())
        del self.reading

    def keep(self) -> None:
        """Have what looks find kept, whatever the crowd."""
        self.turns = self.turns._replace(kept=_kept(len(self.reports)))

    def set_own(self, original: Ints) -> None:
        """Say which reports are copies; these take no part."""
        self.own, self._order = np.flatnonzero(original < 0), None

    def link(self) -> None:
        """Find the reports that each is weighed against, as they are read now."""
        n, tables = len(self.reports), self.beliefs.tables
        shelves = shelves_of(self.own, self.reports, self.known.origin)
        lone = self.state
        if self.links is not None:  # groups are in use
            lone = state_of(self.reports, self.beliefs.taxonomy)
        single(self.own, lone, tables)
        room = _ROOM * n
        while True:
            pairs = Pairs(
                both=np.empty((room, 2), dtype=np.int32),
                same=np.full((n, REPEATS), -1, dtype=np.int32),
                worth=np.zeros((n, REPEATS)),
                always=np.zeros(n, dtype=bool),
                found=np.zeros(1, dtype=np.int64),
            )
            find_pairs(shelves, lone, tables, pairs)
            if pairs.found[0] <= room:
                break
            room = int(pairs.found[0])
        del shelves, lone  # links need room
        self.links = link(pairs, n)
        self.links.always[self.bonds.rows] = True

    def order(self, number: int) -> Ints:
        """Return the reports that are no copies in the order of their turns.

        The least blurred first in pass 0, the earliest in time in all others.
        """
        if self._order is None:
            self._order = self._in_time()
        if number > 0:
            return self._order
        turn = np.clip(self.reports["turn"][self._order], -999, 999).astype(np.int16)
        return self._order[np.argsort(turn, kind="stable")]

    def _in_time(self) -> Ints:
        """Return the reports that are no copies by time, then by what else is read."""
        at = self.own.copy()
        when = self.reports["when"][at]
        same = when[1:] == when[:-1]
        tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
        rows = self.reports[at[tied]]
        ties = np.lexsort((rows["mix"], rows["y"], rows["x"], rows["when"]))
        at[tied] = at[tied[ties]]
        return at

    def sweep(self, number: int, least: float) -> int:
        """Let each report choose; return how many moved.

        Args:
            number: Of the pass; 0: no report has a group yet.
            least: Share of all explanations that the best must have.

        Returns:
            How many; 0 in the first pass.
        """
        turns = self.turns._replace(order=self.order(number), least=least)
        assert self.links is not None  # noqa: S101 - for the type checker
        passing = Passing(
            self.state,
            self.beliefs.tables,
            self.links,
            self.bonds,
            turns,
            _choice(),
            aside_of(self.reports, self.beliefs.taxonomy),
        )
        self.spare, moved = sweep(number, passing, self.spare)
        return int(moved)

    def names(self) -> Ints:
        """Return the name of the group of each report, -1 for copies."""
        label = self.state.label
        return np.where(label >= 0, self.turns.name[label], -1)

    def heard(self) -> tuple[Mask, Ints]:
        """Return which sources are in each group, and the numbers of the groups."""
        live = np.unique(self.state.label[self.own])
        words = self.state.voices[live]
        s = np.arange(self.beliefs.taxonomy.sources)
        return (words[:, s >> 6] >> (s & 63) & 1).astype(bool), live


def shelves_of(asked: Ints, reports: Records, origin: Floats) -> Shelves:
    """Return some reports on shelves.

    Args:
        asked: Numbers of the reports.
        reports: All reports.
        origin: Where cells are counted from: x, y [m], t [s].

    Returns:
        Shelves of those asked for.
    """
    index = index_of(origin, len(asked), 0)
    cell = np.empty(len(asked), dtype=np.int64)
    cells_of(asked, reports, index, cell)
    order = np.argsort(cell, kind="stable")
    shelves = Shelves(
        cells=index,
        ends=np.zeros(len(index.keys), dtype=np.int64),
        laid=np.zeros(len(asked), LAID),
    )
    lay(asked[order], cell[order], reports, shelves)
    return shelves


def state_of(reports: Records, taxonomy: Taxonomy) -> State:
    """Return as many groups as there are reports, none of them in use."""
    n = len(reports)
    groups = np.zeros(n, GROUP)
    groups["head"] = -1
    return State(
        reports=reports,
        groups=groups,
        kinds=np.zeros((n, taxonomy.kinds)),
        voices=np.zeros((n, (taxonomy.sources + 63) // 64), dtype=np.int64),
        after=np.full(n, -1, dtype=np.int32),
        label=np.full(n, -1, dtype=np.int32),
        spare=np.zeros(n, dtype=np.int32),
    )


def aside_of(reports: Records, taxonomy: Taxonomy) -> State:
    """Return room for one group of some reports."""
    return state_of(np.zeros(1, REPORT), taxonomy)._replace(reports=reports)


def bonds_of(said: Said, root: Ints, when_s: Floats, room: int) -> Bonds:
    """Return what was said as the passes take it.

    Args:
        said: What was said; of a copy it is said of its original.
        root: The original of each report, itself for what is no copy, shape (n,).
        when_s: Middle of the interval of each [s], by which leaders are chosen.
        room: How many rows there are to be.

    Returns:
        Bonds; of no length where nothing was said.
    """
    none = np.empty(0, dtype=np.int64)
    if not said.together and not said.apart:
        return Bonds(lead=none, first=none, apart=none.reshape(0, 2), rows=none)
    lead = np.arange(room)
    for a, b in said.together:
        one, two = lead[root[a]], lead[root[b]]
        first, other = sorted((one, two), key=lambda r: (when_s[r], r))
        lead[lead == other] = first
    first = np.full(room, -1, dtype=np.int64)
    apart: list[tuple[int, int]] = []
    for a, b in said.apart:
        one = np.flatnonzero(lead == lead[root[a]]).tolist()
        two = np.flatnonzero(lead == lead[root[b]]).tolist()
        for x, y in [(x, y) for x in one for y in two]:
            apart += [(y, int(first[x])), (x, int(first[y]))]
            first[x], first[y] = len(apart) - 2, len(apart) - 1
    rows = {int(root[i]) for pair in (*said.together, *said.apart) for i in pair}
    return Bonds(
        lead=lead,
        first=first,
        apart=np.array(apart, dtype=np.int64).reshape(-1, 2),
        rows=np.array(sorted(rows), dtype=np.int64),
    )


def bind_copies(said: Said, twins: Twins) -> None:
    """Write who is a copy and who is none because a person said so."""
    for copy, twin in said.copies:
        twins.chance[copy], twins.twin[copy] = 0.0, twin
        row = twin
        while twins.twin[row] >= 0 and row != copy:
            row = int(twins.twin[row])
        if row == copy:  # what it is a copy of was taken for a copy of it
            twins.chance[twin], twins.twin[twin] = 0.0, -1
    for a, b in said.apart:
        root = roots(twins.twin)
        if (root[a] if root[a] >= 0 else a) == (root[b] if root[b] >= 0 else b):
            for row in (a, b):
                twins.chance[row], twins.twin[row] = 0.0, -1


def _turns(n: int) -> Turns:
    return Turns(
        order=np.empty(0, dtype=np.int64),
        least=0.0,
        alone=np.ones(n),
        share=np.zeros(n),
        agrees=np.zeros(n),
        near=np.full(n, -1, dtype=np.int64),
        stamp=np.zeros(n, dtype=np.int64),
        stirred=np.ones(n, dtype=bool),
        name=np.zeros(n, dtype=np.int64),
        kept=_kept(0),
    )


def _kept(n: int) -> Kept:
    return Kept(
        best=np.zeros(n),
        total=np.zeros(n, dtype=np.int64),
        agreed=np.zeros(n, dtype=np.int64),
    )


def _choice() -> Choice:
    return Choice(best=np.zeros(1), of=np.zeros(4, dtype=np.int64))
