"""Checks on streams: what is barred, what is capped, what must be answered.

`count` says how often each check is breached and what is still open; `judge` says
of one check where, how surely, in which episodes and on what evidence.
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


Check = Barred | Capped | Answered


class Facts(NamedTuple):
    """What checks look at of each fact, in order of time."""

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
    """Where one check is breached.

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


def listed(checks: Sequence[Check], streams: int, *, whole: bool) -> list[bool]:
    """Return which streams' facts are needed: to judge wholly, or only to count."""
    wanted = [False] * streams
    for check in checks:
        wanted[check.stream] |= whole or not isinstance(check, Barred)
        if isinstance(check, Answered):
            wanted[check.acts] = True
    return wanted


def count(
    checks: Sequence[Check], lists: Lists, setting: Setting
) -> list[tuple[int, int]]:
    """Return how often each check is breached, and how many are still open.

    Args:
        checks: Checks; the like of one another are judged once.
        lists: What their streams take.
        setting: Until when is known, and how to count.

    Returns:
        (breaches, open) of each check, in order.
    """
    known: dict[Check, tuple[int, int]] = {}
    for check in checks:
        if check not in known:
            known[check] = _count(check, lists, setting)
    return [known[check] for check in checks]


def _count(check: Check, lists: Lists, setting: Setting) -> tuple[int, int]:
    match check:
        case Barred():
            return int(lists.count[check.stream]), 0
        case Capped():
            held = _counts(check, lists.time(check.stream), setting)
            return int(np.count_nonzero(held > check.most)), 0
        case Answered():
            late, open_ = _late(check, lists, setting)
            return int(np.count_nonzero(late)), int(np.count_nonzero(open_))


def _counts(check: Capped, times: Ints, setting: Setting) -> Ints:
    return counts_within(times, check.within_s, loops=setting.loops)


def _late(check: Answered, lists: Lists, setting: Setting) -> tuple[Mask, Mask]:
    """Tell which facts were not answered in time, and which may yet be."""
    asked, acts = lists.dated(check.stream), lists.dated(check.acts)
    act = first_after(asked, acts, loops=setting.loops)
    return _sorted_out(check, act, lists, setting)


def _sorted_out(
    check: Answered, act: Ints, lists: Lists, setting: Setting
) -> tuple[Mask, Mask]:
    """Tell which facts are late by their first acts, and which are still open."""
    given = lists.time(check.acts)
    until = lists.time(check.stream) + check.within_s
    came = np.append(given, _NEVER)[act]
    missed = came > until
    open_ = missed & (until > setting.known_s)
    return missed & ~open_, open_


def judge(check: Check, lists: Lists, setting: Setting) -> Breaches:
    """Return where one check is breached, how surely, and on what evidence.

    Args:
        check: The check.
        lists: What its streams take.
        setting: Until when is known, what is certain, and how to count.

    Returns:
        Its breaches; no episodes where there are none.
    """
    match check:
        case Barred():
            return _barred(check, lists, setting)
        case Capped():
            return _capped(check, lists, setting)
        case Answered():
            return _answered(check, lists, setting)


def bounded(surely: Breaches, perhaps: Breaches) -> Breaches:
    """Return breaches by what surely counts, bounded by what may count.

    Args:
        surely: Breaches by what surely counts.
        perhaps: Breaches by all that may, those among them.

    Returns:
        The sure ones; open is what may be a breach, or may yet become one.
    """
    may_be = np.concatenate([perhaps.facts, perhaps.open])
    place = np.searchsorted(surely.facts, may_be)
    sure = np.append(surely.facts, -1)[place] == may_be
    open_ = np.sort(may_be[~sure])
    return surely._replace(open=open_, high=max(surely.high, perhaps.high))


def _barred(check: Barred, lists: Lists, setting: Setting) -> Breaches:
    at, facts = lists.at(check.stream), lists.facts
    columns = (facts.time, facts.chance)
    found = folded(at, columns, check.gap_s, loops=setting.loops)
    chance = 1.0 - float(np.prod(found.none))
    return Breaches(
        facts=at,
        open=at[:0],
        certain=int(np.count_nonzero(lists.chance(check.stream) >= setting.sure)),
        low=chance,
        high=chance,
        episodes=found,
        evidence=at,
        begin=found.first,
        end=found.last,
    )


def _capped(check: Capped, lists: Lists, setting: Setting) -> Breaches:
    times, chances = lists.time(check.stream), lists.chance(check.stream)
    loops = setting.loops
    held = _counts(check, times, setting)
    at = np.flatnonzero(held > check.most)
    tail = tails(times, chances, check.within_s, check.most, loops=loops)[at]
    found = episodes(times[at], tail, check.gap_s, loops=loops)
    last = np.searchsorted(times, times[at], side="right")
    sure = times[chances >= setting.sure]
    certain = _counts(check, sure, setting) > check.most
    return Breaches(
        facts=lists.at(check.stream)[at],
        open=at[:0],
        certain=int(np.count_nonzero(certain)),
        low=float(tail.max(initial=0.0)),
        high=1.0 - float(np.prod(found.none)),
        episodes=found,
        evidence=lists.at(check.stream),
        begin=(last - held[at])[found.first],
        end=last[found.last - 1],
    )


def _answered(check: Answered, lists: Lists, setting: Setting) -> Breaches:
    chances = lists.chance(check.stream), lists.chance(check.acts)
    asked, acts = lists.dated(check.stream), lists.dated(check.acts)
    loops = setting.loops
    act, missed = unanswered(asked, acts, chances, check.within_s, loops=loops)
    late, open_ = _sorted_out(check, act, lists, setting)
    at = lists.at(check.stream)[late]
    found = episodes(asked[0][late], missed[late], check.gap_s, loops=loops)
    due = asked[0] + check.within_s <= setting.known_s
    return Breaches(
        facts=at,
        open=lists.at(check.stream)[open_],
        certain=int(np.count_nonzero(late & (chances[0] >= setting.sure))),
        low=float(missed[due].max(initial=0.0)),
        high=1.0 - float(np.prod(1.0 - missed)),
        episodes=found,
        evidence=at,
        begin=found.first,
        end=found.last,
    )
