"""Groups of rows become incidents with the names of their reports."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from pamiers.fusion.columns import Floats, Ints, Mask
from pamiers.fusion.engine import Engine, Groups
from pamiers.fusion.kin import leaders
from pamiers.fusion.placing import places_of
from pamiers.fusion.told import Told


class _Group(NamedTuple):
    """A group as `loops.state.GROUP` has it, in plain numbers."""

    s: float
    t: float
    q: float
    a: float
    b: float
    c: float
    r: float
    one: float
    two: float


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
    real = _real(found, lone, engine.calibration.doubt.follows).tolist()
    counted = state.reports["u"] > 0.0
    stated = np.bincount(state.label, counted, len(found.names)) > 0
    ends = np.searchsorted(state.label, np.arange(len(found.names) + 1)).tolist()
    rows, kinds = found.rows.tolist(), state.kinds.tolist()
    groups = [_Group(*each) for each in state.groups[list(_Group._fields)].tolist()]
    told = {}
    for g, name in enumerate(found.names.tolist()):
        family = _family(rows[ends[g] : ends[g + 1]], engine, ids)
        group = groups[g]
        start, end = _interval(group)
        told[name] = Told(
            members=tuple(sorted(family.members)),
            copies=tuple(sorted(family.copies)),
            repeats=tuple(sorted(family.repeats)),
            real=real[g],
            kinds=tuple(kinds[g]),
            sides=(group.one, group.two),
            x_m=float(x[g]),
            y_m=float(y[g]),
            error_m=math.sqrt(group.s),
            t_s=group.t,
            error_s=math.sqrt(group.q),
            start_s=start,
            end_s=end,
            count=math.exp(group.c) if stated[g] else 0.0,
            count_error=math.sqrt(group.r) if stated[g] else 0.0,
        )
    return told


def _real(found: Groups, lone: Floats, follows: Mask) -> Floats:
    """Return P(it happened) of each group: as its best supported voice has it.

    One voice alone carries what its source carries, whatever near by it agrees with:
    else a flood about one incident would be many that are believed. Nor is a source
    that repeats itself its own support: others' reports are asked first.
    """
    source, label = found.state.reports["source"], found.state.label.astype(np.int64)
    speaker = leaders(label, source, follows)
    each = 1.0 - found.apart * (1.0 - lone[speaker])
    once = _many(label, source, len(lone))[0] == 1
    heard = np.bincount(label, once, len(found.names))
    asked = once | (heard[label] == 0)
    real, carried = np.zeros(len(found.names)), np.zeros(len(found.names))
    np.maximum.at(real, label[asked], each[asked])
    np.maximum.at(carried, label, lone[speaker])
    _, heard_in = _many(label, speaker, len(lone))
    voices = np.bincount(heard_in, minlength=len(found.names))
    return np.where(voices > 1, real, carried)


def _many(label: Ints, source: Ints, sources: int) -> tuple[Ints, Ints]:
    """Return how often each report's source is in its group, and a group per source."""
    both = label * sources + source
    pairs, at, many = np.unique(both, return_inverse=True, return_counts=True)
    return many[at], pairs // sources


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


def _interval(group: _Group) -> tuple[float, float]:
    """Return when a group was: twice the error about its time, or its interval."""
    if group.q == 0.0:
        return group.a, group.b
    reach = 2.0 * math.sqrt(group.q)
    return group.t - reach, group.t + reach
