"""For each report, the earlier report of another source that it agrees with best.

How well is said as the chance that independent accounts of one incident would agree
so well: in place, in time, and in the very same count. A copy agrees far too well.
"""

import math
from typing import Final, NamedTuple

from pamiers.fusion.loops.index import (
    COLUMN_M,
    Index,
    before,
    collect,
    may_be_one,
)
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import Floats, Ints, Record, Records

#: how far apart the times of a copy and its original may be, in standard deviations
CLOSE: Final = 4.5
_FAR = 12.0
_LEAST = 1e-9
_STRIP_M = 600.0


class Twins(NamedTuple):
    """What is known of each report's twin so far; shape (n,) but for levels."""

    received: Floats  #: when the report was received [s]
    levels: Floats  #: chance below which one source (row) copies another, (S, S)
    chance: Floats  #: of so close an agreement, 1 where there is none
    twin: Ints  #: the report it agrees with, or -1
    near: Ints  #: room for reports; of no length where all are searched at once


@compiled
def twins_in_time(order: Ints, reports: Records, found: Twins) -> None:
    """Find twins among reports with an instant; `order` ascends in time."""
    for a in range(len(order)):
        i = order[a]
        reach = CLOSE * math.sqrt(reports[i].w)
        for way in (-1, 1):
            b = a + way
            while 0 <= b < len(order) and (
                abs(reports[order[b]].t - reports[i].t) <= reach
            ):
                hold(i, order[b], reports, found)
                b += way


@compiled
def twins_by_day(order: Ints, reports: Records, found: Twins) -> None:
    """Find twins among reports with an interval; `order` ascends in start, then x."""
    for a in range(len(order)):
        i = order[a]
        for way in (-1, 1):
            b = a + way
            while 0 <= b < len(order):
                j = order[b]
                if reports[j].a != reports[i].a or (
                    abs(reports[j].x - reports[i].x) > _STRIP_M
                ):
                    break
                if reports[j].b == reports[i].b:
                    hold(i, j, reports, found)
                b += way


@inlined
def hold(i: int, j: int, reports: Records, found: Twins) -> None:
    """Keep report j as the twin of report i where none agrees better.

    Args:
        i: Number of the report.
        j: Number of the report.
        reports: All reports.
        found: Twins so far.
    """
    one, two = reports[i], reports[j]
    if one.source == two.source or found.levels[one.source, two.source] <= 0.0:
        return
    if not sooner(j, i, reports, found):
        return
    if not may_be_one(one, two):
        return
    chance = coincidence(one, two)
    if chance >= found.levels[one.source, two.source] or chance > found.chance[i]:
        return
    if chance < found.chance[i] or sooner(j, found.twin[i], reports, found):
        found.chance[i], found.twin[i] = chance, j


@inlined
def sooner(i: int, j: int, reports: Records, found: Twins) -> bool:
    """Tell whether a report was received before another; of a time, the first in turn.

    Args:
        i: Number of a report.
        j: Number of another.
        reports: All reports.
        found: For the times of receipt.

    Returns:
        False for one and the same.
    """
    if found.received[i] != found.received[j]:
        return bool(found.received[i] < found.received[j])
    return before(reports[i], reports[j])


@inlined
def may_copy(one: Record, two: Record) -> bool:
    """Tell whether a report is near enough to another in time to be its copy."""
    if one.w > 0.0:
        return bool(two.w > 0.0 and abs(two.t - one.t) <= CLOSE * math.sqrt(one.w))
    return bool(
        two.w == 0.0
        and two.a == one.a
        and two.b == one.b
        and abs(two.x - one.x) <= _STRIP_M
    )


@inlined
def find_twin(i: int, reports: Records, index: Index, found: Twins) -> None:
    """Find the twin of one report by an index of all.

    Args:
        i: Number of the report.
        reports: All reports.
        index: The index of all.
        found: Twins so far; written for the report.
    """
    if found.chance[i] <= 0.0:  # a person said so
        return
    found.chance[i], found.twin[i] = 1.0, -1
    for a in range(collect(reports[i], COLUMN_M, index, found.near)):
        j = found.near[a]
        if j != i and may_copy(reports[i], reports[j]):
            hold(i, j, reports, found)


@inlined
def coincidence(one: Records, two: Records) -> float:
    """Return the chance of so close an agreement; 1 where they do not agree."""
    dx, dy = one.x - two.x, one.y - two.y
    q = (dx * dx + dy * dy) / (one.v + two.v)
    if q > _FAR:
        return 1.0
    # Two who both name the nearest town agree to the metre without copying.
    place = 1.0 if one.town >= 0 and two.town >= 0 else 1.0 - math.exp(-0.5 * q)
    found = max(place, _LEAST)
    if one.w > 0.0:
        gap = (one.t - two.t) ** 2 / (one.w + two.w)
        if gap > _FAR:
            return 1.0
        found *= max(min(1.0, math.sqrt(2.0 * gap / math.pi)), _LEAST)
    if one.u > 0.0 and two.u > 0.0:
        found *= 0.25 if one.c == two.c else 2.0
    return found
