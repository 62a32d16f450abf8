"""Rules on streams: what is barred, what is capped, what must be answered.

`count` says how often each rule is breached and what is still open; `judge` says
of one rule where, how surely, in which episodes and on what evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.answers import Dated, first_after, unanswered
from pamiers.compliance.kernels.episodes import Episodes, episodes, folded
from pamiers.compliance.kernels.tails import tails
from pamiers.compliance.kernels.taking import Taken
from pamiers.compliance.kernels.windows import counts_within

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Nothing that these streams take may be."""

    stream: int
    gap_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capped:
    """No more than so many in any closed window of a length."""

    stream: int
    gap_s: int
    most: int
    within_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Each must be followed in time by an act of the same id."""

    stream: int
    gap_s: int
    acts: int  #: stream of the acts
    within_s: int


Rule = Barred | Capped | Answered


class Facts(NamedTuple):
    """What rules look at of each fact, in order of time."""

    time: Ints
    chance: Floats
    id: Ints


class Lists:
    """What streams take of some facts; each column is picked out once."""

    def __init__(self, taken: Taken, facts: Facts) -> None:
        """Keep what was taken of facts, which are in order of time."""
        self.count = taken.count
        self._at = taken.facts
        self.facts = facts
        self._known: dict[tuple[int, str], NDArray[Any]] = {}

    def at(self, stream: int) -> Ints:
        """Return the numbers of the facts of a stream, ascending."""
        return self._at[stream]

    def time(self, stream: int) -> Ints:
        """Return their times [s]."""
        return self._column(stream, "time")

    def chance(self, stream: int) -> Floats:
        """Return their probabilities."""
        return self._column(stream, "chance")

    def dated(self, stream: int) -> Dated:
        """Return their times and ids."""
        return self.time(stream), self._column(stream, "id")

    def _column(self, stream: int, name: str) -> NDArray[Any]:
        found = self._known.get((stream, name))
        if found is None:
            found = np.take(getattr(self.facts, name), self._at[stream])
            self._known[stream, name] = found
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a judgement is made in."""

    known_s: int  #: last second that is known of
    sure: float = 0.9  #: a fact of this probability is taken as certain
    loops: bool = False


class Breaches(NamedTuple):
    """Where one rule is breached.

    Bounds are on the probability of one breach or more: equal where breaches are
    independent; otherwise the likeliest one is the lower, and the upper is as if
    they were independent, which breaches by shared facts never exceed (Harris 1960).
    """

    facts: Ints  #: numbers of the facts at which it is, ascending
    open: Ints  #: numbers of the facts that may yet be answered in time
    certain: int  #: breaches by facts that are certain
    low: float
    high: float
    episodes: Episodes
    evidence: Ints  #: numbers of the facts that speak
    begin: Ints  #: of each episode: its first in `evidence`
    end: Ints  #: one past its last


def listed(rules: Sequence[Rule], streams: int, *, whole: bool) -> list[bool]:
    """Return which streams' facts are needed: to judge wholly, or only to count."""
    wanted = [False] * streams
    for rule in rules:
        wanted[rule.stream] |= whole or not isinstance(rule, Barred)
        if isinstance(rule, Answered):
            wanted[rule.acts] = True
    return wanted


def count(
    rules: Sequence[Rule], lists: Lists, setting: Setting
) -> list[tuple[int, int]]:
    """Return how often each rule is breached, and how many are still open.

    Args:
        rules: Rules; the like of one another are judged once.
        lists: What their streams take.
        setting: Until when is known, and how to count.

    Returns:
        (breaches, open) of each rule, in order.
    """
    known: dict[Rule, tuple[int, int]] = {}
    for rule in rules:
        if rule not in known:
            known[rule] = _count(rule, lists, setting)
    return [known[rule] for rule in rules]


def _count(rule: Rule, lists: Lists, setting: Setting) -> tuple[int, int]:
    match rule:
        case Barred():
            return int(lists.count[rule.stream]), 0
        case Capped():
            held = _counts(rule, lists.time(rule.stream), setting)
            return int(np.count_nonzero(held > rule.most)), 0
        case Answered():
            late, open_ = _late(rule, lists, setting)
            return int(np.count_nonzero(late)), int(np.count_nonzero(open_))


def _counts(rule: Capped, times: Ints, setting: Setting) -> Ints:
    return counts_within(times, rule.within_s, loops=setting.loops)


def _late(rule: Answered, lists: Lists, setting: Setting) -> tuple[Mask, Mask]:
    """Tell which facts were not answered in time, and which may yet be."""
    asked, acts = lists.dated(rule.stream), lists.dated(rule.acts)
    act = first_after(asked, acts, loops=setting.loops)
    return _sorted_out(rule, act, lists, setting)


def _sorted_out(
    rule: Answered, act: Ints, lists: Lists, setting: Setting
) -> tuple[Mask, Mask]:
    """Tell which facts are late by their first acts, and which are still open."""
    given = lists.time(rule.acts)
    until = lists.time(rule.stream) + rule.within_s
    came = np.append(given, _NEVER)[act]
    missed = came > until
    open_ = missed & (until > setting.known_s)
    return missed & ~open_, open_


def judge(rule: Rule, lists: Lists, setting: Setting) -> Breaches:
    """Return where one rule is breached, how surely, and on what evidence.

    Args:
        rule: The rule.
        lists: What its streams take.
        setting: Until when is known, what is certain, and how to count.

    Returns:
        Its breaches; no episodes where there are none.
    """
    match rule:
        case Barred():
            return _barred(rule, lists, setting)
        case Capped():
            return _capped(rule, lists, setting)
        case Answered():
            return _answered(rule, lists, setting)


def _barred(rule: Barred, lists: Lists, setting: Setting) -> Breaches:
    at, facts = lists.at(rule.stream), lists.facts
    columns = (facts.time, facts.chance)
    found = folded(at, columns, rule.gap_s, loops=setting.loops)
    chance = 1.0 - float(np.prod(found.none))
    return Breaches(
        facts=at,
        open=at[:0],
        certain=int(np.count_nonzero(lists.chance(rule.stream) >= setting.sure)),
        low=chance,
        high=chance,
        episodes=found,
        evidence=at,
        begin=found.first,
        end=found.last,
    )


def _capped(rule: Capped, lists: Lists, setting: Setting) -> Breaches:
    times, chances = lists.time(rule.stream), lists.chance(rule.stream)
    loops = setting.loops
    held = _counts(rule, times, setting)
    at = np.flatnonzero(held > rule.most)
    tail = tails(times, chances, rule.within_s, rule.most, loops=loops)[at]
    found = episodes(times[at], tail, rule.gap_s, loops=loops)
    last = np.searchsorted(times, times[at], side="right")
    sure = times[chances >= setting.sure]
    certain = _counts(rule, sure, setting) > rule.most
    return Breaches(
        facts=lists.at(rule.stream)[at],
        open=at[:0],
        certain=int(np.count_nonzero(certain)),
        low=float(tail.max(initial=0.0)),
        high=1.0 - float(np.prod(found.none)),
        episodes=found,
        evidence=lists.at(rule.stream),
        begin=(last - held[at])[found.first],
        end=last[found.last - 1],
    )


def _answered(rule: Answered, lists: Lists, setting: Setting) -> Breaches:
    chances = lists.chance(rule.stream), lists.chance(rule.acts)
    asked, acts = lists.dated(rule.stream), lists.dated(rule.acts)
    loops = setting.loops
    act, missed = unanswered(asked, acts, chances, rule.within_s, loops=loops)
    late, open_ = _sorted_out(rule, act, lists, setting)
    at = lists.at(rule.stream)[late]
    found = episodes(asked[0][late], missed[late], rule.gap_s, loops=loops)
    due = asked[0] + rule.within_s <= setting.known_s
    return Breaches(
        facts=at,
        open=lists.at(rule.stream)[open_],
        certain=int(np.count_nonzero(late & (chances[0] >= setting.sure))),
        low=float(missed[due].max(initial=0.0)),
        high=1.0 - float(np.prod(1.0 - missed)),
        episodes=found,
        evidence=at,
        begin=found.first,
        end=found.last,
    )
