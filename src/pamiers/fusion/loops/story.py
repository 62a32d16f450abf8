"""What every report chose in every pass, kept so that a change can be followed.

The result of the passes is a table: one row for each report, one column for each pass,
each entry the name of a group. An entry depends on the entries of the reports that its
own is linked with, of the same pass if their turn is earlier, else of the last. When a
report comes or goes, the entries that looked at it are computed again; where one comes
out as before, whoever looked at it need not look again.
"""

import math
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.fusion.loops.grouping import finish, put, start
from pamiers.fusion.loops.index import (
    COLUMN_M,
    Index,
    before,
    collect,
    may_be_one,
)
from pamiers.fusion.loops.mark import compiled, inlined, wide
from pamiers.fusion.loops.pairs import REPEATS, WORTH, Links, among, odds
from pamiers.fusion.loops.passes import GRAIN, NAMES, Bonds, Choice, earlier
from pamiers.fusion.loops.state import Floats, Ints, State, Tables

Short = NDArray[np.int32]

#: that a report changed its group in a pass, and the next notes about both groups
MOVE: Final = np.dtype(
    [
        *((name, "i8") for name in ("old", "new")),
        *((name, "i4") for name in ("number", "who", "after_old", "after_new")),
    ]
)

#: links of a report that are kept; those of one with more are found anew
KEPT: Final = 160
TOO_MANY: Final = -1
#: of a report that is a copy, or not in force
GONE: Final = -2
#: the best ratio of a report whose links are not what they were when it last looked
UNKNOWN: Final = -1.0
#: what is added to a sum of ratios before it is read, and between what it is
_NONE: Final = 1e-9
_LOWEST, _HIGHEST, _ROUND = 1e-4, 1e8, 1e-12


class Story(NamedTuple):
    """Reports in force, and what each chose in each pass."""

    lone: State  #: reports, and each as a group by itself
    scratch: State  #: room to sum up a group in, as its group 0
    filed: Index  #: of reports that are no copies
    names: Ints  #: group of each report after each pass, -1: none, (passes, n)
    heads: Short  #: first report of each group after each pass, (passes, n * NAMES)
    after: Short  #: next report of the same group, (passes, n)
    many: Short  #: how many links each has, -1: more than are kept, (n,)
    links: Short  #: reports that each is linked with, (n, KEPT)
    best: Floats  #: as `passes.Kept` has it of each pass, or `UNKNOWN`, (passes, n)
    total: Ints
    head: Short  #: a member of the group that explains it best, -1: none, (passes, n)
    agreed: Ints  #: the same of the last pass, (n,)
    bonds: Bonds
    least: float  #: share of all explanations that the best must have to be taken
    queue: Short  #: reports to look again in each pass, (passes, n), a heap
    waiting: Any  #: whether a report is in the queue of a pass, (passes, n)
    length: Ints  #: of each queue, (passes,)
    touched: Ints  #: groups that are not what they were, as found, (10 n,)
    found: Ints  #: how many groups were touched, looks and notes there were, (3,)
    moves: Any  #: `MOVE`, what was noted in this step, (passes * n,)
    moved: Short  #: the last note about a report in a pass, (passes, n)
    moved_in: Short  #: the last note about a group after a pass, (passes, n * NAMES)
    near: Ints  #: room for reports, (n,)
    linked: Ints  #: room for reports, (n,)
    members: Ints  #: room for reports, (n,)
    seen: Ints  #: room for names, (n,)
    same: Ints  #: room for repetitions, (REPEATS,)
    worth: Floats  #: their odds
    choice: Choice


@compiled
def around(i: int, story: Story, found: Ints) -> int:
    """Collect the reports that may tell of what one tells of, itself left out.

    Args:
        i: Number of the report.
        story: The story.
        found: Where they are put.

    Returns:
        How many.
    """
    reports, m = story.lone.reports, 0
    for a in range(collect(reports[i], COLUMN_M, story.filed, found)):
        if found[a] != i and may_be_one(reports[i], reports[found[a]]):
            found[m] = found[a]
            m += 1
    return m


@compiled
def find_links(i: int, story: Story, tables: Tables, found: Ints) -> int:
    """Find the reports that one is weighed against.

    Args:
        i: Number of the report.
        story: The story; its `near` is written.
        tables: What is believed of the sources.
        found: Where they are put.

    Returns:
        How many.
    """
    reports, m = story.lone.reports, 0
    same, worth = story.same, story.worth
    for k in range(REPEATS):
        same[k], worth[k] = -1, 0.0
    for a in range(around(i, story, story.near)):
        j = story.near[a]
        value = odds(i, j, story.lone, tables)
        if value <= WORTH:
            continue
        if reports[j].source == reports[i].source:
            among(j, value, same, worth, story.lone)
        else:
            found[m] = j
            m += 1
    for k in range(REPEATS):
        if same[k] >= 0:
            found[m] = same[k]
            m += 1
    return m


@inlined
def keep_links(i: int, story: Story, tables: Tables) -> None:
    """Find the links of a report and keep them, if they are not too many."""
    m = find_links(i, story, tables, story.linked)
    story.many[i] = m if m <= KEPT else TOO_MANY
    if m <= KEPT:
        for a in range(m):
            story.links[i, a] = story.linked[a]


@inlined
def links_of(i: int, story: Story, tables: Tables, found: Ints) -> int:
    """Write the links of a report.

    Args:
        i: Number of the report.
        story: The story; its `near` is written.
        tables: What is believed of the sources.
        found: Where they are put.

    Returns:
        How many.
    """
    m = int(story.many[i])
    if m == TOO_MANY:
        return find_links(i, story, tables, found)
    for a in range(m):
        found[a] = story.links[i, a]
    return m


@inlined
def wait(number: int, i: int, story: Story) -> None:
    """Have a report look again in a pass.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story.
    """
    if story.waiting[number, i]:
        return
    story.waiting[number, i] = True
    heap, reports = story.queue[number], story.lone.reports
    at = story.length[number]
    story.length[number] += 1
    while at > 0:
        up = (at - 1) >> 1
        if not earlier(number, reports[i], reports[heap[up]]):
            break
        heap[at] = heap[up]
        at = up
    heap[at] = i


@inlined
def next_in(number: int, story: Story) -> int:
    """Take the report whose turn is first out of the queue of a pass."""
    heap, reports = story.queue[number], story.lone.reports
    first = heap[0]
    story.waiting[number, first] = False
    story.length[number] -= 1
    m = story.length[number]
    last, at = heap[m], 0
    while True:
        down = 2 * at + 1
        if down >= m:
            break
        if down + 1 < m and earlier(
            number, reports[heap[down + 1]], reports[heap[down]]
        ):
            down += 1
        if not earlier(number, reports[heap[down]], reports[last]):
            break
        heap[at] = heap[down]
        at = down
    heap[at] = last
    return wide(first)


@inlined
def wait_all(i: int, story: Story) -> None:
    """Have a report look again in every pass, at all that it is linked with."""
    for number in range(len(story.names)):
        story.best[number, i] = UNKNOWN
        wait(number, i, story)


@inlined
def chain_in(number: int, i: int, name: int, story: Story) -> None:
    """Put a report into a group as it is after a pass.

    Args:
        number: Of the pass.
        i: Number of the report.
        name: Name of the group.
        story: The story.
    """
    story.names[number, i] = name
    story.after[number, i] = story.heads[number, name]
    story.heads[number, name] = i


@inlined
def chain_out(number: int, i: int, story: Story) -> None:
    """Take a report out of its group as it is after a pass.

    Args:
        number: Of the pass.
        i: Number of the report.
        story: The story.
    """
    name = story.names[number, i]
    j = story.heads[number, name]
    if j == i:
        story.heads[number, name] = story.after[number, i]
    else:
        while story.after[number, j] != i:
            j = story.after[number, j]
        story.after[number, j] = story.after[number, i]
    story.names[number, i] = -1


@compiled
def members_at(number: int, i: int, name: int, story: Story) -> int:
    """Collect a group as a report finds it at its turn, itself left out, in turns.

    Args:
        number: Of the pass.
        i: Number of the report.
        name: Name of the group.
        story: The story; its `members` is written.

    Returns:
        How many members.
    """
    reports, m = story.lone.reports, 0
    j = story.heads[number, name]
    while j >= 0:
        if j != i and earlier(number, reports[j], reports[i]):
            m = sort_in(j, m, story.members, story)
        j = story.after[number, j]
    if number > 0:
        j = story.heads[number - 1, name]
        while j >= 0:
            if j != i and not earlier(number, reports[j], reports[i]):
                m = sort_in(j, m, story.members, story)
            j = story.after[number - 1, j]
    return m


@inlined
def sort_in(j: int, m: int, into: Ints, story: Story) -> int:
    """Put a report where its turn is among m members; return how many there are.

    Args:
        j: Number of the report.
        m: How many there are.
        into: The members.
        story: The story.

    Returns:
        One more.
    """
    reports, at = story.lone.reports, m
    while at > 0 and before(reports[j], reports[into[at - 1]]):
        into[at] = into[at - 1]
        at -= 1
    into[at] = j
    return m + 1


@inlined
def sum_up(m: int, members: Ints, story: Story, tables: Tables) -> None:
    """Sum up members as group 0 of the scratch.

    Args:
        m: How many members.
        members: The members in turns.
        story: The story; its `scratch` is written.
        tables: What is believed of the sources.
    """
    start(0, story.scratch, tables)
    for a in range(m):
        put(wide(0), wide(members[a]), story.scratch, tables)
    finish(0, story.scratch)


class Told(NamedTuple):
    """Groups as they are in the end, one after another."""

    groups: Any  #: `state.GROUP`, shape (m,)
    kinds: Floats  #: shape (m, K)
    voices: Ints  #: shape (m, words)
    begin: Ints  #: where the reports of each begin, shape (m + 1,)
    rows: Ints  #: reports in the order of their turns, shape (n,)
    names: Ints  #: shape (m,)


@compiled
def tell(names: Ints, story: Story, tables: Tables, told: Told) -> int:
    """Sum up some groups as they are in the end.

    Args:
        names: Names of the groups, those without members are left out.
        story: The story; its `members` and `scratch` are written.
        tables: What is believed of the sources.
        told: Where they are written.

    Returns:
        How many groups have members.
    """
    last, groups, rows = len(story.names) - 1, 0, 0
    for name in names:
        m = 0
        j = story.heads[last, name]
        while j >= 0:
            m = sort_in(j, m, story.members, story)
            j = story.after[last, j]
        if m == 0:
            continue
        sum_up(m, story.members, story, tables)
        told.groups[groups] = story.scratch.groups[0]
        for k in range(told.kinds.shape[1]):
            told.kinds[groups, k] = story.scratch.kinds[0, k]
        for w in range(told.voices.shape[1]):
            told.voices[groups, w] = story.scratch.voices[0, w]
        told.begin[groups] = rows
        told.names[groups] = name
        for a in range(m):
            told.rows[rows] = story.members[a]
            rows += 1
        groups += 1
    told.begin[groups] = rows
    return groups


@compiled
def keep_all(asked: Ints, links: Links, story: Story) -> None:
    """Keep the links of reports as they were found for all at once."""
    for i in asked:
        begin, end = links.start[i], links.start[i + 1]
        story.many[i] = end - begin if end - begin <= KEPT else TOO_MANY
        if end - begin <= KEPT:
            for a in range(begin, end):
                story.links[i, a - begin] = links.other[a]


@compiled
def remember(number: int, asked: Ints, names: Ints, story: Story) -> None:
    """Write what reports chose in a pass into a story without any.

    Args:
        number: Of the pass.
        asked: Reports that are no copies.
        names: The group of each report, shape (n,).
        story: The story.
    """
    for i in asked:
        chain_in(number, i, names[i], story)


@inlined
def reads_alike(room: float, agreed: int, other: float, also: int) -> bool:
    """Tell whether two sums of ratios are surely read alike.

    They are read in half decades (`fusion.doubt.EDGES`).

    Args:
        room: How much less crowded it is than is usual.
        agreed: Sum of ratios, in grains.
        other: The same otherwise.
        also: The same otherwise.

    Returns:
        False where rounding could part them.
    """
    one, two = room * (GRAIN * agreed) + _NONE, other * (GRAIN * also) + _NONE
    low, high = min(one, two) * (1.0 - _ROUND), max(one, two) * (1.0 + _ROUND)
    if high < _LOWEST or low > _HIGHEST:
        return True
    return math.floor(2.0 * math.log10(low)) == math.floor(2.0 * math.log10(high))


@inlined
def touch(name: int, story: Story) -> None:
    """Note that a group is not what it was."""
    if story.found[0] < len(story.touched):
        story.touched[story.found[0]] = name
    story.found[0] += 1


def heads_of(rows: int, passes: int) -> Short:
    """Return that no group has members, for so many reports and passes."""
    return np.full((passes, rows * NAMES), -1, dtype=np.int32)
