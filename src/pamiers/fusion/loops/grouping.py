"""What a group of reports says together: sums over its members, in chain order."""

from pamiers.fusion.loops.mark import inlined
from pamiers.fusion.loops.state import DAY_S, Record, State, Tables


@inlined
def gather(g: int, state: State, tables: Tables) -> None:
    """Sum up a group anew from its members."""
    start(g, state, tables)
    group, last = state.groups[g], state.groups[g].head
    j = last
    while j >= 0:
        report, last = state.reports[j], j
        group.n += 1
        group.s += 1.0 / report.v
        group.x += report.x / report.v
        group.y += report.y / report.v
        if report.w > 0.0:
            group.q += 1.0 / report.w
            group.t += report.t / report.w
        else:
            group.a, group.b = max(group.a, report.a), min(group.b, report.b)
        if report.u > 0.0:
            group.r += 1.0 / report.u
            group.c += report.c / report.u
        add(g, j, state, tables)
        j = state.after[j]
    if group.n > 0:
        source = state.reports[last].source
        group.alone = tables.source[source].real if group.n == 1 else 1.0
        finish(group)


@inlined
def finish(group: Record) -> None:
    """Turn sums into means and variances."""
    group.x, group.y, group.s = group.x / group.s, group.y / group.s, 1.0 / group.s
    if group.a >= group.b:
        middle = (group.a + group.b) / 2.0
        group.a, group.b = middle - DAY_S / 2.0, middle + DAY_S / 2.0
    timed = group.q > 0.0
    group.t = group.t / group.q if timed else (group.a + group.b) / 2.0
    group.q = 1.0 / group.q if timed else 0.0
    group.c, group.r = group.c / group.r, 1.0 / group.r
    both = group.one + group.two
    group.one, group.two = group.one / both, group.two / both


@inlined
def start(g: int, state: State, tables: Tables) -> None:
    """Give a group without members its priors."""
    group = state.groups[g]
    group.n = 0
    group.s = group.x = group.y = group.q = group.t = 0.0
    group.a, group.b = -1e300, 1e300
    group.r = 1.0 / tables.amount[1]
    group.c = tables.amount[0] * group.r
    group.one = group.two = 1.0
    for k in range(state.kinds.shape[1]):
        state.kinds[g, k] = tables.prior[k]
    for w in range(state.voices.shape[1]):
        state.voices[g, w] = 0


@inlined
def add(g: int, j: int, state: State, tables: Tables) -> None:
    """Let one report speak of kind and side.

    Args:
        g: Number of the group.
        j: Number of the report.
        state: Reports and groups.
        tables: What is believed of the sources.
    """
    report = state.reports[j]
    total = 0.0
    for k in range(state.kinds.shape[1]):
        state.kinds[g, k] *= tables.kind[report.row, k]
        total += state.kinds[g, k]
    for k in range(state.kinds.shape[1]):
        state.kinds[g, k] /= total
    state.groups[g].one *= tables.side[report.who, 0]
    state.groups[g].two *= tables.side[report.who, 1]
    state.voices[g, report.source >> 6] |= 1 << (report.source & 63)


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
    """Put a report at the head of a group's chain."""
    state.label[i] = g
    state.after[i] = state.groups[g].head
    state.groups[g].head = i
