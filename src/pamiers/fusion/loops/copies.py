"""Copies among reports that come and go, found by an index of all."""

from pamiers.fusion.loops.index import COLUMN_M, Index, collect, file, unfile
from pamiers.fusion.loops.mark import compiled, inlined
from pamiers.fusion.loops.state import Ints, Records
from pamiers.fusion.loops.twins import Twins, find_twin, hold, may_copy


@compiled
def come_in(
    asked: Ints, reports: Records, index: Index, found: Twins, changed: Ints
) -> int:
    """File reports, find their twins, and whose better twin they are.

    Args:
        asked: Numbers of reports that are not in the index.
        reports: All reports.
        index: The index of all.
        found: Twins so far; written.
        changed: Where reports are put that have another twin now, and their last,
            shape (n, 2).

    Returns:
        How many others have another twin now, one perhaps twice; if more than there
        is room for, the rest was not written.
    """
    m = 0
    for i in asked:
        file(i, reports, index)
        find_twin(i, reports, index, found)
        for a in range(collect(reports[i], COLUMN_M, index, found.near)):
            j = found.near[a]
            old = found.twin[j]
            if offer(j, i, reports, found):
                m = note(m, j, old, changed)
    return m


@inlined
def note(m: int, j: int, old: int, changed: Ints) -> int:
    """Write that a report has another twin, where there is room; count it.

    Args:
        m: How many were counted.
        j: The report.
        old: Its last twin.
        changed: Where it is written.

    Returns:
        How many are counted now.
    """
    if m < len(changed):
        changed[m, 0], changed[m, 1] = j, old
    return m + 1


@inlined
def offer(j: int, i: int, reports: Records, found: Twins) -> bool:
    """Offer a report to another as its twin; tell whether that takes it.

    Args:
        j: The other.
        i: The report.
        reports: All reports.
        found: Twins so far; written.

    Returns:
        Whether the other's twin is another now.
    """
    old = found.twin[j]
    if j != i and may_copy(reports[j], reports[i]):
        hold(j, i, reports, found)
    return bool(found.twin[j] != old)


@compiled
def go_out(asked: Ints, reports: Records, index: Index) -> None:
    """Take reports out of the index of all."""
    for i in asked:
        unfile(i, reports, index)


@compiled
def find_anew(asked: Ints, reports: Records, index: Index, found: Twins) -> None:
    """Find the twins of some reports anew.

    Args:
        asked: Numbers of reports that are in the index.
        reports: All reports.
        index: The index of all.
        found: Twins so far; written.
    """
    for i in asked:
        find_twin(i, reports, index, found)
