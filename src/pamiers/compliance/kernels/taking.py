"""Facts in; out, for each stream, how many facts it takes and which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.index import Index
from pamiers.compliance.kernels.sieve import WORD, Columns, Sieve, sift

if TYPE_CHECKING:
    from pamiers.compliance.kernels.loops.sieve import Ground

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

#: facts sifted in one go; their words fit a core's own cache
PIECE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Taken:
    """What each stream takes: how many facts, and which where that was wanted."""

    count: Ints  #: shape (streams,)
    facts: tuple[Ints, ...]  #: numbers, ascending; empty where not wanted


def take(
    sieves: Sequence[Sieve],
    index: Index,
    facts: Columns,
    wanted: Sequence[bool],
    *,
    loops: bool = False,
) -> Taken:
    """Return what each stream takes of some facts.

    Args:
        sieves: Streams, one sieve per sixty-four.
        index: Their areas.
        facts: Facts; numbers count in their order.
        wanted: For each stream, whether its facts are listed, not only counted.
        loops: Compiled loops rather than numpy; the answer is the same.

    Returns:
        Counts and lists, in the order of the streams.
    """
    counts: list[Ints] = []
    lists: list[Ints] = []
    for at, sieve in enumerate(sieves):
        some = wanted[at * WORD : (at + 1) * WORD]
        found = (_take_by_loops if loops else _take)(sieve, index, facts, some)
        counts.append(found.count)
        lists.extend(found.facts)
    none = np.empty(0, dtype=np.int64)
    return Taken(np.concatenate([none, *counts]), tuple(lists))


def _take(sieve: Sieve, index: Index, facts: Columns, wanted: Sequence[bool]) -> Taken:
    words = sift(sieve, index, facts)
    lists = [np.flatnonzero(words & np.uint64(1 << bit)) for bit in range(len(wanted))]
    none = np.empty(0, dtype=np.int64)
    return Taken(
        np.array([len(each) for each in lists], dtype=np.int64),
        tuple(each if want else none for each, want in zip(lists, wanted, strict=True)),
    )


def _take_by_loops(
    sieve: Sieve, index: Index, facts: Columns, wanted: Sequence[bool]
) -> Taken:
    from pamiers.compliance.kernels.loops import dealing  # noqa: PLC0415 - numba

    many = len(wanted)
    mask = np.uint64(sum(1 << bit for bit, want in enumerate(wanted) if want))
    counts = np.zeros(WORD, dtype=np.int64)
    pieces: list[list[Ints]] = []
    sifter = Sifter(sieve, index, loops=True)
    for begin in range(0, len(facts.time), PIECE):
        words = sifter.words_of(facts.at(slice(begin, begin + PIECE)))
        here = np.zeros(WORD, dtype=np.int64)
        dealing.count(words, here)
        counts += here
        size = np.where(_listed(wanted), here, 0)
        ends = np.cumsum(size) - size
        lists = np.empty(int(size.sum()), dtype=np.int64)
        dealing.deal(words, mask, begin, ends, lists)
        pieces.append(np.split(lists, np.cumsum(size[:many])))
    none = np.empty(0, dtype=np.int64)
    lists_of = [
        np.concatenate([none, *(piece[bit] for piece in pieces)]) if want else none
        for bit, want in enumerate(wanted)
    ]
    return Taken(counts[:many], tuple(lists_of))


def _listed(wanted: Sequence[bool]) -> NDArray[np.bool_]:
    found = np.zeros(WORD, dtype=bool)
    found[: len(wanted)] = wanted
    return found


class Sifter:
    """A sieve made ready for one piece of facts after another."""

    def __init__(self, sieve: Sieve, index: Index, *, loops: bool = False) -> None:
        """Make ready.

        Args:
            sieve: Streams, one word of them.
            index: Their areas.
            loops: Compiled loops rather than numpy; the answer is the same.
        """
        self._sieve, self._index, self._loops = sieve, index, loops
        self._words = np.empty(0, dtype=np.uint64)
        self._left = np.empty(0, dtype=np.int64)
        self._ground = _ground_of(index) if loops else None

    def words_of(self, facts: Columns) -> Words:
        """Return the streams that take each fact, one word per fact.

        With loops the words are good until the next call.
        """
        if self._ground is None:
            return sift(self._sieve, self._index, facts)
        if len(facts.time) > len(self._words):
            self._words = np.empty(len(facts.time), dtype=np.uint64)
            self._left = np.empty(len(facts.time), dtype=np.int64)
        return self._looped(self._ground, facts)

    def _looped(self, ground: "Ground", facts: Columns) -> Words:
        from pamiers.compliance.kernels.loops import sieve as loop  # noqa: PLC0415 - loaded when it is used

        found = self._words[: len(facts.time)]
        open_ = loop.screen(self._sieve, ground, facts, found, self._left)
        if open_:
            left = self._left[:open_]
            open_ = loop.settle(self._sieve, ground, facts, found, left)
        if open_:
            hard = self._left[:open_]
            found[hard] = sift(self._sieve, self._index, facts.at(hard))
        return found


def _ground_of(index: Index) -> "Ground":
    """Return the parts of an index that a loop reads."""
    from pamiers.compliance.kernels.loops.sieve import Ground  # noqa: PLC0415 - numba

    return Ground._make([*index.frame, *index.entries, *index.bands, *index.slabs])
