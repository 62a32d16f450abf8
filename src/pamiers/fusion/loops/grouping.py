"""What a group of reports says together: sums over its voices, in order of turns.

A source has one voice in a group, however often it repeats itself: the report of it
that has its turn first. Members are summed in the order of their turns, so that a
group says the same to the last bit, whichever way it came about.
"""

from typing import Final

from pamiers.fusion.loops.index import before
from pamiers.fusion.loops.mark import inlined
from pamiers.fusion.loops.state import DAY_S, State, Tables

#: voices after which products are scaled, lest they vanish
MANY: Final = 8


@inlined
def gather(g: int, state: State, tables: Tables) -> None:
    """Sum up a group anew from its chain."""
    start(g, state, tables)
    j = state.groups[g].head
    while j >= 0:
        put(g, j, state, tables)
        j = state.after[j]
    finish(g, state)


@inlined
def start(g: int, state: State, tables: Tables) -> None:
    """Give a group without members its priors."""
    group = state.groups[g]
    group.n = group.heard = 0
    group.s = group.x = group.y = group.q = group.t = 0.0
    group.a, group.b = -1e300, 1e300
    group.r = 1.0 / tables.amount[1]
    group.c = tables.amount[0] * group.r
    group.one = group.two = group.alone = 1.0
    for k in range(state.kinds.shape[1]):
        state.kinds[g, k] = tables.prior[k]
    for w in range(state.voices.shape[1]):
        state.voices[g, w] = 0


@inlined
def put(g: int, j: int, state: State, tables: Tables) -> None:
    """Add one report to the sums of a group, unless its source has spoken.

    Args:
        g: Number of the group.
        j: Number of the report.
        state: Reports and groups.
        tables: What is believed of the sources.
    """
    group, report = state.groups[g], state.reports[j]
    group.n += 1
    word, bit = report.source >> 6, report.source & 63
    if (state.voices[g, word] >> bit) & 1:
        return
    state.voices[g, word] |= 1 << bit
    group.heard += 1
    group.alone = tables.source[report.source].real if group.heard == 1 else 1.0
    weight = 1.0 / report.v
    group.s += weight
    group.x += weight * report.x
    group.y += weight * report.y
    if report.w > 0.0:
        weight = 1.0 / report.w
        group.q += weight
        group.t += weight * report.t
    else:
        group.a, group.b = max(group.a, report.a), min(group.b, report.b)
    if report.u > 0.0:
        weight = 1.0 / report.u
        group.r += weight
        group.c += weight * report.c
    for k in range(state.kinds.shape[1]):
        state.kinds[g, k] *= tables.kind[report.row, k]
    group.one *= tables.side[report.who, 0]
    group.two *= tables.side[report.who, 1]
    if group.heard % MANY == 0:
        even(g, state)


@inlined
def even(g: int, state: State) -> None:
    """Have the chances of kinds and sides of a group sum to one."""
    group, total = state.groups[g], 0.0
    for k in range(state.kinds.shape[1]):
        total += state.kinds[g, k]
    total = 1.0 / total
    for k in range(state.kinds.shape[1]):
        state.kinds[g, k] *= total
    both = 1.0 / (group.one + group.two)
    group.one, group.two = group.one * both, group.two * both


@inlined
def finish(g: int, state: State) -> None:
    """Turn sums into means and variances, where there are any."""
    group = state.groups[g]
    if group.n == 0:
        return
    group.s = 1.0 / group.s
    group.x, group.y = group.x * group.s, group.y * group.s
    if group.a >= group.b:
        middle = (group.a + group.b) / 2.0
        group.a, group.b = middle - DAY_S / 2.0, middle + DAY_S / 2.0
    if group.q > 0.0:
        group.q = 1.0 / group.q
        group.t *= group.q
    else:
        group.t = (group.a + group.b) / 2.0
    group.r = 1.0 / group.r
    group.c *= group.r
    even(g, state)


@inlined
def leave(i: int, state: State) -> None:
    """Take a report out of the chain of its group."""
    g = state.label[i]
    j = state.groups[g].head
    if j == i:
        state.groups[g].head = state.after[i]
        return
    while state.after[j] != i:
        j = state.after[j]
    state.after[j] = state.after[i]


@inlined
def join(i: int, g: int, state: State) -> None:
    """Put a report into a group's chain, where its turn is."""
    state.label[i] = g
    j = state.groups[g].head
    if j < 0 or before(state.reports[i], state.reports[j]):
        state.after[i] = j
        state.groups[g].head = i
        return
    while state.after[j] >= 0 and before(
        state.reports[state.after[j]], state.reports[i]
    ):
        j = state.after[j]
    state.after[i] = state.after[j]
    state.after[j] = i


@inlined
def speaks(i: int, state: State) -> bool:
    """Tell whether a report is the voice of its source in its group."""
    j = state.groups[state.label[i]].head
    while j != i:
        if state.reports[j].source == state.reports[i].source:
            return False
        j = state.after[j]
    return True
