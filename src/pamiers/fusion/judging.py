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


def judge(found: Solution, known: tuple[Doubt, Floats] | None = None) -> Belief:
    """Return how surely reports stand alone, and how lone ones are believed.

    Args:
        found: The result of a search.
        known: How agreement is read, and lone reports believed; None to learn both.

    Returns:
        The belief.
    """
    source = found.columns.source[found.own]
    agrees = _agreed(found)
    if known is not None:
        doubt, lone = known
        return Belief(doubt, doubt.apart(agrees, source), lone)
    moved, by = on_other_days(found.columns, found.own)
    chance = _agreement(found, moved, _moved(found, moved, by), own=False)
    at = np.searchsorted(found.own, moved)
    judged = Judged(source=source, agreement=agrees, moved=at, chance=chance)
    doubt = doubt_of(judged, len(found.lone))
    apart = doubt.apart(agrees, source)
    group = found.state.label[found.own]
    return Belief(doubt, apart, lone_real(group, source, apart, len(found.lone)))


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


def _agreed(found: Solution) -> Floats:
    """Return how far reports agree with others; the sweep's word where that is sure."""
    own, label = found.own, found.state.label
    agrees = 1.0 / np.maximum(found.alone[own], 1e-12) - 1.0
    words = found.state.voices[label[own]]
    s = found.columns.source[own]
    words[np.arange(len(own)), s >> 6] &= ~(np.int64(1) << (s & 63))
    with_others = (words != 0).any(axis=1)
    todo = np.flatnonzero((agrees < SURE) | ~with_others)
    asked = own[todo]
    agrees[todo] = _agreement(found, asked, found.state.reports[asked], own=True)
    return agrees


def _agreement(found: Solution, asked: Ints, asif: Records, *, own: bool) -> Floats:
    """Return how far reports, or what is judged in their place, agree with others."""
    total = np.zeros(len(asked))
    if asked.size:
        state = found.state
        probe = Probe(asked, state, state._replace(reports=asif), total)
        agreement(probe, found.tables, filed(state.groups), own=own)
    return total


def _moved(found: Solution, asked: Ints, by: Floats) -> Records:
    """Return reports as they would be on other days."""
    asif = found.state.reports[asked].copy()
    for name in ("t", "a", "b"):
        asif[name] += by
    when = found.columns.middle_s.copy()
    when[asked] += by
    asif["null"] = found.lone[found.columns.source[asked]] * found.crowd(when)[asked]
    return asif
