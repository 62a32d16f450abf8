"""Passes: every report in turn goes to the group that it most likely tells of.

The less blurred have their turns first. What a report chooses depends on the groups
of the reports it is weighed against and on nothing else; so whoever looks at nothing
that changed since it chose would choose the same, and is passed over.
"""

from typing import Any, Final, NamedTuple

from pamiers.fusion.loops.grouping import finish, gather, join, leave, put, start
from pamiers.fusion.loops.index import before, sooner_told
from pamiers.fusion.loops.likelihood import worth
from pamiers.fusion.loops.mark import compiled, inlined, wide
from pamiers.fusion.loops.pairs import Links
from pamiers.fusion.loops.state import Floats, Ints, Record, State, Tables

#: ratios are added up as whole multiples of this, so that their order cannot matter
GRAIN: Final = 2.0**-20
_MOST: Final = 2.0**36


#: passes that a name can tell apart
NAMES: Final = 8


class Turns(NamedTuple):
    """What passes are asked for, and what they note."""

    order: Ints  #: reports in the order of their turns
    least: float  #: share of all explanations that the best must have to be taken
    alone: Floats  #: P(the report is alone), shape (n,)
    share: Floats  #: share of all explanations that the best has, shape (n,)
    agrees: Floats  #: sum of its ratios with what others report, shape (n,)
    near: Ints  #: a member of the group that explains it best, -1: none, shape (n,)
    stamp: Ints  #: the look at which each group was last weighed, shape (n,)
    stirred: Any  #: whether anything that a report looks at changed, shape (n,)
    name: Ints  #: who founded each group, and in which pass, shape (n,)
    kept: "Kept"


class Kept(NamedTuple):
    """What a look found, whatever the crowd; of no length where nobody asks."""

    best: Floats  #: the best ratio where it is as crowded as is usual, shape (n,)
    total: Ints  #: sum of all such ratios, in grains, shape (n,)
    agreed: Ints  #: sum of those with what others report, in grains, shape (n,)


class Bonds(NamedTuple):
    """What persons said of pairs of reports; of no length where nothing was said."""

    lead: Ints  #: the report that each goes with, itself where it is free, shape (n,)
    first: Ints  #: first of its bonds in `apart`, -1: none, shape (n,)
    apart: Ints  #: a report it must not be with, and its next bond, shape (b, 2)
    rows: Ints  #: reports of which anything was said; they look in every pass


class Choice(NamedTuple):
    """What one report chose among, where it is as crowded as is usual."""

    best: Floats  #: the best ratio, shape (1,)
    of: Ints  #: its group, or -1; sum of all ratios; head; sum of others', (4,)


class Passing(NamedTuple):
    """All that a pass works on."""

    state: State
    tables: Tables
    links: Links
    bonds: Bonds
    turns: Turns
    choice: Choice
    aside: State  #: room for one group, of the same reports


@compiled
def sweep(number: int, work: Passing, spare: int) -> tuple[int, int]:
    """Let each report choose; return the groups not in use, and how many moved.

    Args:
        number: Of the pass; 0: no report has a group yet.
        work: Reports, groups, and what is noted.
        spare: How many groups are not in use.

    Returns:
        How many groups are not in use, and how many reports moved.
    """
    moved, state, turns = 0, work.state, work.turns
    look_number = number * (len(turns.order) + 1)
    for i in turns.order:
        look_number += 1
        old = state.label[i]
        if number > 0:
            if not (turns.stirred[i] or work.links.always[i]):
                continue
            without(i, work)
        look(i, look_number, work)
        turns.stirred[i] = number == 0  # all look again in the next
        write(i, work)
        if number == 0:
            g, spare = enter(i, work.choice.of[0], spare, work)
        else:
            g, spare = go(i, number, spare, work)
        if g == old:
            continue
        if old >= 0:
            part(i, work)
            moved += 1
        join(i, g, state)
        gather(g, state, work.tables)
        if old >= 0:
            stir(i, work)
            stir_all(g, work)
            stir_all(old, work)
    return spare, moved


@inlined
def write(i: int, work: Passing) -> None:
    """Note what a look found."""
    turns, choice = work.turns, work.choice
    room = roominess(work.state.reports[i])
    turns.near[i] = choice.of[2] if choice.best[0] > 0.0 else -1
    turns.alone[i] = 1.0 / (1.0 + room * (GRAIN * choice.of[1]))
    turns.agrees[i] = room * (GRAIN * choice.of[3])
    turns.share[i] = room * choice.best[0] * turns.alone[i]
    if len(turns.kept.best) > 0:
        turns.kept.best[i] = choice.best[0]
        turns.kept.total[i], turns.kept.agreed[i] = choice.of[1], choice.of[3]


@inlined
def without(i: int, work: Passing) -> None:
    """Sum up, aside, the group of a report as it is without the report.

    Args:
        i: The report.
        work: Reports and groups; its `aside` is written.
    """
    state, aside = work.state, work.aside
    start(0, aside, work.tables)
    aside.groups[0].head = -1
    j = state.groups[state.label[i]].head
    while j >= 0:
        if j != i:
            if aside.groups[0].head < 0:
                aside.groups[0].head = j
            put(wide(0), wide(j), aside, work.tables)
        j = state.after[j]
    finish(0, aside)


@inlined
def part(i: int, work: Passing) -> None:
    """Take a report out of its group, which is then as it was summed up aside.

    Args:
        i: The report.
        work: Reports and groups.
    """
    state, aside, g = work.state, work.aside, work.state.label[i]
    leave(i, state)
    state.groups[g] = aside.groups[0]
    for k in range(state.kinds.shape[1]):
        state.kinds[g, k] = aside.kinds[0, k]
    for w in range(state.voices.shape[1]):
        state.voices[g, w] = aside.voices[0, w]


@inlined
def enter(i: int, g: int, spare: int, work: Passing) -> tuple[int, int]:
    """Return the group that a report enters at first, and how many are not in use.

    Args:
        i: The report, itself the group of its number so far.
        g: The group chosen, or -1.
        spare: How many groups were not in use.
        work: Reports and groups.

    Returns:
        Its own group where none was chosen.
    """
    if g < 0:
        work.turns.name[i] = i * NAMES
        return i, spare
    work.state.groups[i].n = 0
    work.state.spare[spare] = i
    return g, spare + 1


@inlined
def go(i: int, number: int, spare: int, work: Passing) -> tuple[int, int]:
    """Return the group that a report goes to, and how many are not in use.

    Args:
        i: The report.
        number: Of the pass.
        spare: How many groups were not in use.
        work: Reports and groups.

    Returns:
        Its old group where it stays alone; a new one where others stay behind.
    """
    g, state = work.choice.of[0], work.state
    old, left = state.label[i], work.aside.groups[0].n
    if g < 0:
        if left == 0:
            return old, spare
        g = state.spare[spare - 1]
        work.turns.name[g] = i * NAMES + number
        return g, spare - 1
    if g != old and left == 0:
        state.spare[spare] = old
        return g, spare + 1
    return g, spare


@inlined
def look(i: int, number: int, work: Passing) -> None:
    """Weigh every group that a report is linked with; keep the best and the sum.

    Args:
        i: The report; its own group is taken as it was summed up aside.
        number: Of the look.
        work: Reports and groups; its `choice` is written.
    """
    state, links, choice = work.state, work.links, work.choice
    begin(choice)
    for e in range(links.start[i], links.start[i + 1]):
        g = wide(state.label[links.other[e]])
        if g < 0 or work.turns.stamp[g] == number:
            continue
        work.turns.stamp[g] = number
        if len(work.bonds.lead) > 0 and not may_join(i, g, state, work.bonds):
            continue
        if g == state.label[i]:
            consider(i, (g, wide(0)), work.aside, work)
        else:
            consider(i, (g, g), state, work)
    room, least = roominess(state.reports[i]), work.turns.least
    if not joins(choice.best[0], choice.of[1], room, least):
        choice.of[0] = -1
    if len(work.bonds.lead) > 0 and work.bonds.lead[i] != i:
        choice.of[0] = state.label[work.bonds.lead[i]]


@inlined
def consider(i: int, of: tuple[int, int], state: State, work: Passing) -> None:
    """Weigh one group.

    Args:
        i: The report, not in it.
        of: Number of the group, and its number in `state`.
        state: Where it is summed up.
        work: Reports and groups; its `choice` is written.
    """
    g, at = of
    found = worth(i, at, state, work.tables)
    weigh(g, state.groups[at].head, found, work.state, work.choice)
    work.choice.of[3] += agreed(i, at, found, state, work.tables)


@inlined
def earlier(number: int, one: Record, two: Record) -> bool:
    """Tell whether a report has its turn before another in a pass.

    Args:
        number: Of the pass.
        one: A report.
        two: Another.

    Returns:
        In the first by blur, then by time; in all others by time.
    """
    if number == 0 and one.turn != two.turn:
        return bool(one.turn < two.turn)
    return sooner_told(one, two)


@inlined
def begin(choice: Choice) -> None:
    """Begin a look."""
    choice.best[0], choice.of[0], choice.of[1], choice.of[3] = 0.0, -1, 0, 0


@inlined
def weigh(g: int, head: int, found: float, state: State, choice: Choice) -> None:
    """Note one explanation; of equal ones the group whose first turn is earlier.

    Args:
        g: Number of the group.
        head: Its member whose turn is first.
        found: The ratio.
        state: Reports, and heads of the groups chosen so far.
        choice: What was noted so far.
    """
    choice.of[1] += as_grains(found)
    if found > choice.best[0] or (
        found == choice.best[0]
        and found > 0.0
        and before(state.reports[head], state.reports[choice.of[2]])
    ):
        choice.best[0], choice.of[0], choice.of[2] = found, g, head


@inlined
def agreed(i: int, g: int, found: float, state: State, tables: Tables) -> int:
    """Return what a group's ratio tells of agreement with others, in grains.

    Args:
        i: The report.
        g: Number of the group, without the report.
        found: The ratio.
        state: Reports and groups.
        tables: What is believed of the sources.

    Returns:
        0 where nobody else speaks in it; that the source itself or its kin speak in it
        too is no evidence for or against.
    """
    source, others = state.reports[i].source, False
    for w in range(state.voices.shape[1]):
        others |= state.voices[g, w] & ~tables.kin[source, w] != 0
    if not others:
        return 0
    if (state.voices[g, source >> 6] >> (source & 63)) & 1:
        found *= tables.source[source].odds / tables.source[source].again
    return as_grains(found)


@inlined
def as_grains(found: float) -> int:
    """Return a ratio in grains."""
    return int(min(found, _MOST) / GRAIN)


@inlined
def roominess(report: Record) -> float:
    """Return how much less crowded it is about a report than is usual."""
    return float(report.base / report.null)


@inlined
def joins(best: float, total: int, room: float, least: float) -> bool:
    """Tell whether the best explanation is good enough to be taken.

    Args:
        best: Its ratio where it is as crowded as is usual.
        total: Sum of the ratios of all, in grains; to be alone is one more, of 1.
        room: How much less crowded it is.
        least: Share of all explanations that it must have.

    Returns:
        Whether it is likelier than to be alone, and has that share.
    """
    found = room * min(best, _MOST)
    return bool(found >= 1.0 and found >= least * (1.0 + room * (GRAIN * total)))


@inlined
def may_join(i: int, g: int, state: State, bonds: Bonds) -> bool:
    """Tell whether nobody said that a report is apart from a member of a group.

    Args:
        i: The report.
        g: Number of the group.
        state: Reports and groups.
        bonds: What was said.

    Returns:
        Whether it may join.
    """
    b = bonds.first[i]
    while b >= 0:
        if state.label[bonds.apart[b, 0]] == g:
            return False
        b = bonds.apart[b, 1]
    return True


@inlined
def stir(i: int, work: Passing) -> None:
    """Note that whoever is linked with a report may choose otherwise now."""
    links = work.links
    for e in range(links.start[i], links.start[i + 1]):
        work.turns.stirred[links.other[e]] = True


@inlined
def stir_all(g: int, work: Passing) -> None:
    """Note that whoever looks at a group, or is in it, may choose otherwise now."""
    j = work.state.groups[g].head
    while j >= 0:
        work.turns.stirred[j] = True
        stir(j, work)
        j = work.state.after[j]


@compiled
def gather_all(order: Ints, state: State, tables: Tables) -> None:
    """Sum up anew every group that some reports are in."""
    for i in order:
        if state.groups[state.label[i]].head == i:
            gather(wide(state.label[i]), state, tables)


@compiled
def adopt(order: Ints, group: Ints, state: State) -> None:
    """Put reports into groups as they are given.

    Args:
        order: Reports in the order of their turns.
        group: Number of the group of each report, shape (n,).
        state: Reports and groups without members.
    """
    for i in order:
        join(i, group[i], state)
