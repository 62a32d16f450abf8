"""How a report agrees with the others of its group, part by part."""

from typing import Final

from pamiers.fusion.loops.grouping import finish, put, start
from pamiers.fusion.loops.likelihood import (
    of_count,
    of_kind,
    of_side,
    told,
    when,
    where,
)
from pamiers.fusion.loops.mark import compiled, wide
from pamiers.fusion.loops.state import Floats, Ints, State, Tables

#: columns of what `parts` finds, by number
PLACE, TIME, KIND, SIDE, COUNT, TOLD, CROWD = 0, 1, 2, 3, 4, 5, 6
COLUMNS: Final = 7


@compiled
def parts(asked: Ints, aside: State, tables: Tables, found: Floats) -> None:
    """Write the factors of the ratio of each report with the others.

    Args:
        asked: Reports of one group in the order of their turns, at least two.
        aside: Reports, and room for one group.
        tables: What is believed of the sources.
        found: Densities of place and time, ratios, odds, and the density of lone
            reports of its source, shape (n, COLUMNS); written.
    """
    reports = aside.reports
    for a in range(len(asked)):
        i = asked[a]
        start(0, aside, tables)
        for b in range(len(asked)):
            if b != a:
                put(wide(0), asked[b], aside, tables)
        finish(0, aside)
        group, report = aside.groups[0], reports[i]
        dx, dy = report.x - group.x, report.y - group.y
        q = (dx * dx + dy * dy) / (report.v + group.s)
        found[a, PLACE] = where(report, group, q, tables)
        found[a, TIME] = when(report, group, tables.source[report.source].late)
        found[a, KIND] = of_kind(i, 0, aside, tables)
        found[a, SIDE] = of_side(i, 0, aside, tables)
        found[a, COUNT] = of_count(report, group)
        found[a, TOLD] = told(i, 0, aside, tables)
        found[a, CROWD] = report.null
