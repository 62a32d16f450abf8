"""Groups of rows become incidents with the names of their reports."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pamiers.fusion.columns import Floats, Mask
from pamiers.fusion.engine import Engine, Groups
from pamiers.fusion.kin import leaders
from pamiers.fusion.loops.state import Record
from pamiers.fusion.placing import places_of
from pamiers.fusion.told import Told


class _Family(NamedTuple):
    """Who is in a group: names of reports, by row the least first."""

    members: list[str]
    copies: list[tuple[str, str]]
    repeats: list[tuple[str, str]]


def told_of(
    found: Groups, engine: Engine, ids: Callable[[int], Sequence[str]]
) -> dict[int, Told]:
    """Return what groups tell, by their names.

    Args:
        found: The groups.
        engine: For the copies of their reports.
        ids: Row to the names of the reports that say it, the least first.

    Returns:
        One for each group.
    """
    state, lone = found.state, engine.calibration.lone
    x, y = places_of(state, np.arange(len(found.rows)))
    real = _real(found, lone, engine.calibration.doubt.follows)
    counted = state.reports["u"] > 0.0
    stated = np.bincount(state.label, counted, len(found.names)) > 0
    ends = np.searchsorted(state.label, np.arange(len(found.names) + 1))
    told = {}
    for g, name in enumerate(found.names.tolist()):
        rows = found.rows[ends[g] : ends[g + 1]].tolist()
        family = _family(rows, engine, ids)
        group = state.groups[g]
        start, end = _interval(group)
        told[name] = Told(
            members=tuple(sorted(family.members)),
            copies=tuple(sorted(family.copies)),
            repeats=tuple(sorted(family.repeats)),
            real=float(real[g]),
            kinds=tuple(state.kinds[g].tolist()),
            sides=(float(group["one"]), float(group["two"])),
            x_m=float(x[g]),
            y_m=float(y[g]),
            error_m=float(np.sqrt(group["s"])),
            t_s=float(group["t"]),
            error_s=float(np.sqrt(group["q"])),
            start_s=start,
            end_s=end,
            count=float(np.exp(group["c"])) if stated[g] else 0.0,
            count_error=float(np.sqrt(group["r"])) if stated[g] else 0.0,
        )
    return told


def _real(found: Groups, lone: Floats, follows: Mask) -> Floats:
    """Return P(it happened) of each group: as its best supported voice has it."""
    source, label = found.state.reports["source"], found.state.label.astype(np.int64)
    each = 1.0 - found.apart * (1.0 - lone[leaders(label, source, follows)])
    real = np.zeros(len(found.names))
    np.maximum.at(real, label, each)
    return real


def _family(
    rows: list[int], engine: Engine, ids: Callable[[int], Sequence[str]]
) -> _Family:
    found = _Family([], [], [])
    for row in rows:
        names = ids(row)
        found.members.extend(names)
        found.repeats.extend((name, names[0]) for name in names[1:])
        for copy in engine.family(row):
            again = ids(copy)
            found.members.extend(again)
            found.repeats.extend((name, again[0]) for name in again[1:])
            found.copies.append((again[0], names[0]))
    return found


def _interval(group: Record) -> tuple[float, float]:
    """Return when a group was: twice the error about its time, or its interval."""
    if group["q"] == 0.0:
        return float(group["a"]), float(group["b"])
    reach = 2.0 * float(np.sqrt(group["q"]))
    return float(group["t"]) - reach, float(group["t"]) + reach
