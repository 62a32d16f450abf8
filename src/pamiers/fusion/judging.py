"""How surely each report of a solved record stands alone, and what that tells.

The result of a search is held against chance: reports are judged as they are, and on
other days. See `doubt` for how the two are compared, and `credibility` for what lone
reports are worth.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints
from pamiers.fusion.credibility import capture, patterns_of, voices_of
from pamiers.fusion.doubt import Doubt, Judged, doubt_of, on_other_days
from pamiers.fusion.loops.probing import Probe, agreement, filed
from pamiers.fusion.loops.state import Records, State, Tables

SURE: Final = 1e3  #: R from which it is taken as the sweep found it


class Solution(NamedTuple):
    """What a search found."""

    columns: Columns
    own: Ints  #: reports that are no copies
    state: State
    tables: Tables
    lone: Floats  #: share of all reports that are each source's alone, shape (S,)
    alone: Floats  #: P(a report stands alone), as the last sweep took it, shape (n,)
    crowd: Callable[[Floats], Floats]  #: times -> density of reports about each place


class Belief(NamedTuple):
    """How the reports of a record are believed."""

    doubt: Doubt
    apart: Floats  #: P(a report stands alone), of `Solution.own`
    lone: Floats  #: P(what stands alone is real), shape (S,)
    near: Ints  #: the group that each would belong to if any, -1: none, shape (n,)
    nearest: Floats  #: P(each belongs to that group), shape (n,)


def judge(found: Solution, known: tuple[Doubt, Floats] | None = None) -> Belief:
    """Return how surely reports stand alone, and how lone ones are believed.

    Args:
        found: The result of a search.
        known: How agreement is read, and lone reports believed; None to learn both.

    Returns:
        The belief.
    """
    source = found.columns.source[found.own]
    agrees, near, share = _agreed(found)
    if known is not None:
        doubt, lone = known
        apart = doubt.apart(agrees, source)
        return Belief(doubt, apart, lone, near, (1.0 - apart) * share)
    moved, by = on_other_days(found.columns, found.own)
    chance, _, _ = _probed(found, moved, _moved(found, moved, by))
    at = np.searchsorted(found.own, moved)
    judged = Judged(source=source, agreement=agrees, moved=at, chance=chance)
    doubt = doubt_of(judged, len(found.lone))
    apart = doubt.apart(agrees, source)
    group = found.state.label[found.own]
    lone = lone_real(group, source, apart, len(found.lone))
    return Belief(doubt, apart, lone, near, (1.0 - apart) * share)


def join_likely(state: State, asked: Ints, to: Ints) -> None:
    """Put reports by themselves into groups; one that was joined itself stays.

    Args:
        state: Reports and groups; chains and labels change, sums do not.
        asked: Reports, each alone in its group.
        to: The group of each.
    """
    head, joined = state.groups["head"], set()
    for i, g in zip(asked.tolist(), to.tolist(), strict=True):
        old = int(state.label[i])
        if old in joined or head[g] < 0:
            continue
        head[old] = -1
        state.label[i], state.after[i], head[g] = g, head[g], i
        joined.add(g)


def lone_real(group: Ints, source: Ints, apart: Floats, sources: int) -> Floats:
    """Return P(a report that stands alone is real), of each source.

    Args:
        group: Group of each report, shape (n,).
        source: Its source.
        apart: P(it stands alone).
        sources: How many sources there are.

    Returns:
        Chances, shape (S,).
    """
    heard, weight = patterns_of(voices_of(group, source, apart), sources)
    return capture(heard, weight).lone()


def _agreed(found: Solution) -> tuple[Floats, Ints, Floats]:
    """Return how far reports agree with others, with which most, and its share.

    Where the last sweep was sure its word is taken, and the report's own group.
    """
    own, label = found.own, found.state.label[found.own]
    agrees, near = 1.0 / np.maximum(found.alone[own], 1e-12) - 1.0, label.copy()
    share = np.ones(len(own))
    words = found.state.voices[label]
    s = found.columns.source[own]
    words[np.arange(len(own)), s >> 6] &= ~(np.int64(1) << (s & 63))
    with_others = (words != 0).any(axis=1)
    todo = np.flatnonzero((agrees < SURE) | ~with_others)
    agrees[todo], near[todo], share[todo] = _probed(found, own[todo], None)
    return agrees, near, share


def _probed(
    found: Solution, asked: Ints, asif: Records | None
) -> tuple[Floats, Ints, Floats]:
    """Return how far reports, or what is judged in their place, agree with others."""
    best = np.zeros(len(asked))
    total, which = np.zeros(len(asked)), np.full(len(asked), -1, dtype=np.int64)
    if asked.size:
        state = found.state
        given = state.reports[asked] if asif is None else asif
        as_given = state._replace(reports=given)
        probe = Probe(asked, state, as_given, total, best, which)
        agreement(probe, found.tables, filed(state.groups), own=asif is None)
    return total, which, best / np.maximum(total, 1e-300)


def _moved(found: Solution, asked: Ints, by: Floats) -> Records:
    """Return reports as they would be on other days."""
    asif = found.state.reports[asked].copy()
    for name in ("t", "a", "b"):
        asif[name] += by
    when = found.columns.middle_s.copy()
    when[asked] += by
    asif["null"] = found.lone[found.columns.source[asked]] * found.crowd(when)[asked]
    return asif
