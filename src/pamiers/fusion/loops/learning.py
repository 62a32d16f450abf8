"""What one look over all groups tells of the sources: their errors and their habits.

Only groups with a second voice teach anything. Each report is held against the rest
of its group; the share of the difference that is the report's own is counted as its
error (one step of expectation and maximisation, with Student's weights).
"""

import math
from typing import Final

from pamiers.fusion.loops.grouping import speaks
from pamiers.fusion.loops.likelihood import shares
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import DAY_S, Ints, Record, State, Sums, Tables

#: columns of `Sums.source`, by number
REPORTS, LONE, PULL, PULL_X, PULL_Y, WEIGHT = 0, 1, 2, 3, 4, 5
TIME, TIMES, COUNT, COUNT_SQUARED, COUNTS = 6, 7, 8, 9, 10
CLOCK, CLOCK_WEIGHT, DAYS, LATE_DAYS = 11, 12, 13, 14
COLUMNS: Final = 15
#: precision below which nothing is left; that of a place known to 2 km [1/m2]
_NOTHING: Final = 1e-12
_SHARP: Final = 2.5e-7


@compiled
def learn(asked: Ints, state: State, tables: Tables, sums: Sums) -> None:
    """Add up what some reports and their groups tell of the sources.

    Args:
        asked: Reports that teach, shape (m,).
        state: Reports and groups.
        tables: What is believed of the sources.
        sums: Where it is added up.
    """
    for i in asked:
        report, g = state.reports[i], state.label[i]
        group = state.groups[g]
        of = sums.source[report.source]
        of[REPORTS] += 1.0
        if group.n == 1:
            of[LONE] += 1.0
        elif group.heard > 1 and speaks(i, state):
            for k in range(state.kinds.shape[1]):
                sums.kind[report.row, k] += state.kinds[g, k]
            sums.side[report.who, 0] += group.one
            sums.side[report.who, 1] += group.two
            of_place(report, group, tables, sums)
            of_time(report, group, of)
            of_count(report, group, tables, of)


@inlined
def of_place(report: Record, group: Record, tables: Tables, sums: Sums) -> None:
    """Add what a report's place tells: bias, scale, and rank of places of habit.

    Args:
        report: The report.
        group: Its group, or the one asked about.
        tables: What is believed of the sources.
        sums: Where it is added up.
    """
    rest = 1.0 / group.s - 1.0 / report.v
    if rest <= _NOTHING:
        return
    x = (group.x / group.s - report.x / report.v) / rest
    y = (group.y / group.s - report.y / report.v) / rest
    v = report.v + 1.0 / rest
    dx, dy = report.x - x, report.y - y
    q = (dx * dx + dy * dy) / v
    u, own = 8.0 / (6.0 + q), report.v / v
    of = sums.source[report.source]
    of[PULL] += u / v
    of[PULL_X] += u / v * dx
    of[PULL_Y] += u / v * dy
    of[WEIGHT] += u
    sums.mode[report.mode, 0] += own * (q * u / 2.0) + 1.0 - own
    sums.mode[report.mode, 1] += 1.0
    if report.town >= 0 and rest > _SHARP:
        of_rank(report, (x, y, 1.0 / math.sqrt(rest)), tables, sums)


@inlined
def of_rank(
    report: Record, rest: tuple[float, float, float], tables: Tables, sums: Sums
) -> None:
    """Add how a source chooses among the places of its habit.

    Args:
        report: The report.
        rest: Place of the other reports and its error [m].
        tables: What is believed of the sources.
        sums: Where it is added up.
    """
    x, y, error = rest
    a, b = shares(report.town, x, y, error, tables)
    rank, m = tables.rank, report.mode
    nearest = rank[m, 0] * a * b
    second = rank[m, 1] * ((1.0 - a) * b + a * (1.0 - b))
    further = rank[m, 2] * (1.0 - a) * (1.0 - b)
    total = nearest + second + further + 1e-9
    sums.town[report.town, 0] += x
    sums.town[report.town, 1] += y
    sums.town[report.town, 2] += 1.0
    sums.rank[m, 0] += nearest / total
    sums.rank[m, 1] += second / total
    sums.rank[m, 2] += further / total


@inlined
def of_time(report: Record, group: Record, of: Record) -> None:
    """Add what a report's time tells: the error and offset of its clock, late days."""
    if report.w > 0.0 and group.q > 0.0:
        rest = 1.0 / group.q - 1.0 / report.w
        if rest > _NOTHING:
            gap = report.t - (group.t / group.q - report.t / report.w) / rest
            v = report.w + 1.0 / rest
            u, own = 8.0 / (7.0 + gap * gap / v), report.w / v
            of[TIME] += own * gap * gap / v * u + 1.0 - own
            of[TIMES] += 1.0
            of[CLOCK] += u * gap / v
            of[CLOCK_WEIGHT] += u / v
    elif report.w == 0.0 and group.q > 0.0 and report.b - report.a > 0.7 * DAY_S:
        of[DAYS] += 1.0
        if group.t < report.a:
            of[LATE_DAYS] += 1.0


@inlined
def of_count(report: Record, group: Record, tables: Tables, of: Record) -> None:
    """Add what a report's count tells: how it errs, and how far.

    Args:
        report: The report.
        group: Its group, or the one asked about.
        tables: What is believed of the sources.
        of: Row of its source in the sums.
    """
    if report.u <= 0.0:
        return
    rest = 1.0 / group.r - 1.0 / report.u
    if rest > 1.0 / tables.amount[1] + 0.1:
        d = report.c - (group.c / group.r - report.c / report.u) / rest
        of[COUNT] += d
        of[COUNT_SQUARED] += max(d * d - 1.0 / rest, 0.0)
        of[COUNTS] += 1.0
