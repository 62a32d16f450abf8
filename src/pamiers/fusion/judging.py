"""How surely each report of a solved record stands alone, and what that tells.

The result of a search is held against chance: reports are judged as they are, and on
other days. See `doubt` for how the two are compared, and `credibility` for what lone
reports are worth.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from pamiers.fusion.columns import Columns, Floats, Ints, Mask
from pamiers.fusion.credibility import Voices, capture, patterns_of, voices_of
from pamiers.fusion.doubt import Doubt, Judged, doubt_of, on_other_days
from pamiers.fusion.kin import followers, kin_of, leaders, without_echoes, words_of
from pamiers.fusion.loops.probing import Probe, agreement, filed
from pamiers.fusion.loops.state import Records, State, Tables

SURE: Final = 1e2  #: R from which it is taken as the sweep found it


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
    lone: Floats  #: P(what stands alone is real), shape (S,)
    real: Floats  #: P(what each report tells of happened), of `Solution.own`
    apart: Floats  #: P(it stands alone)
    near: Ints  #: the group that it would belong to if any, -1: none


def judge(found: Solution, known: tuple[Doubt, Floats] | None = None) -> Belief:
    """Return how surely reports stand alone, and how they are believed.

    Args:
        found: The result of a search.
        known: How agreement is read, and lone reports believed; None to learn both.

    Returns:
        The belief. That a source agrees with one that it follows, or that follows it,
        puts reports together and makes neither more believed.
    """
    source, group = found.columns.source[found.own], found.state.label[found.own]
    if known is not None:
        belief = _judged(found, known[0].follows, known)
    else:
        none = np.zeros((len(found.lone), len(found.lone)), dtype=bool)
        belief = _judged(found, none, None)
        voices = voices_of(group, source, belief.apart)
        follows = followers(*patterns_of(voices, len(found.lone)))
        if follows.any():
            again = _judged(found, follows, None)
            belief = again._replace(near=belief.near)
    return belief


def taken(found: Solution) -> Belief:
    """Return how reports are believed where the groups are taken as they are."""
    source, group = found.columns.source[found.own], found.state.label[found.own]
    n, sources = len(source), len(found.lone)
    follows = np.zeros((sources, sources), dtype=bool)
    apart = _alone_among(found, follows)
    follows = followers(*patterns_of(voices_of(group, source, apart), sources))
    apart = _alone_among(found, follows)
    lone = _lone_real(voices_of(group, source, apart), follows)
    speaker = leaders(group, source, follows)
    nothing = Judged(source, np.zeros(n), source[:0], np.zeros(0))
    return Belief(
        doubt=doubt_of(nothing, follows),
        lone=lone,
        real=1.0 - apart * (1.0 - lone[speaker]),
        apart=apart,
        near=np.full(n, -1, dtype=np.int64),
    )


def _alone_among(found: Solution, follows: Mask) -> Floats:
    """Return 1 where no voice but those of a report's kin is in its group, else 0."""
    source, group = found.columns.source[found.own], found.state.label[found.own]
    others = found.state.voices[group] & ~words_of(kin_of(follows))[source]
    return np.where((others != 0).any(axis=1), 0.0, 1.0)


def _judged(
    found: Solution, follows: Mask, known: tuple[Doubt, Floats] | None
) -> Belief:
    """Return the belief, given who follows whom."""
    source, group = found.columns.source[found.own], found.state.label[found.own]
    kin = words_of(kin_of(follows))
    agrees, near = _agreed(found, kin)
    if known is not None:
        doubt, lone = known
        apart = doubt.apart(agrees, source)
    else:
        moved, by = on_other_days(found.columns, found.own)
        chance, _ = _probed(found, kin, moved, _moved(found, moved, by))
        at = np.searchsorted(found.own, moved)
        doubt = doubt_of(Judged(source, agrees, at, chance), follows)
        apart = doubt.apart(agrees, source)
        lone = _lone_real(voices_of(group, source, apart), follows)
    speaker = leaders(group, source, follows)
    real = 1.0 - apart * (1.0 - lone[speaker])
    return Belief(doubt, lone, real, apart, near)


def _lone_real(voices: Voices, follows: Mask) -> Floats:
    """Return P(a report that stands alone is real), of each source."""
    heard, weight = patterns_of(without_echoes(voices, follows), len(follows))
    return capture(heard, weight).lone()


def _agreed(found: Solution, kin: Ints) -> tuple[Floats, Ints]:
    """Return how far reports agree with others, and with which group most.

    Where the last sweep was sure its word is taken, and the report's own group.
    """
    own, label = found.own, found.state.label[found.own]
    agrees, near = 1.0 / np.maximum(found.alone[own], 1e-12) - 1.0, label.copy()
    others = found.state.voices[label] & ~kin[found.columns.source[own]]
    with_others = (others != 0).any(axis=1)
    todo = np.flatnonzero((agrees < SURE) | ~with_others)
    agrees[todo], near[todo] = _probed(found, kin, own[todo], None)
    return agrees, near


def _probed(
    found: Solution, kin: Ints, asked: Ints, asif: Records | None
) -> tuple[Floats, Ints]:
    """Return how far reports, or what is judged in their place, agree with others."""
    best = np.zeros(len(asked))
    total, which = np.zeros(len(asked)), np.full(len(asked), -1, dtype=np.int64)
    if asked.size:
        state = found.state
        given = state.reports[asked] if asif is None else asif
        as_given = state._replace(reports=given)
        probe = Probe(asked, kin, state, as_given, total, best, which)
        agreement(probe, found.tables, filed(state.groups), own=asif is None)
    return total, which


def _moved(found: Solution, asked: Ints, by: Floats) -> Records:
    """Return reports as they would be on other days."""
    asif = found.state.reports[asked].copy()
    for name in ("t", "a", "b"):
        asif[name] += by
    when = found.columns.middle_s.copy()
    when[asked] += by
    asif["null"] = found.lone[found.columns.source[asked]] * found.crowd(when)[asked]
    return asif
