"""Words of streams turned into lists of facts, one list per stream."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import compiled, inlined

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

_NOTHING: Final = np.uint64(0)
_ONE: Final = np.uint64(1)
_SHIFT: Final = np.uint64(58)
#: a sequence of 64 bits in which every run of six occurs once (Leiserson et al. 1998)
_SEQUENCE: Final = np.uint64(0x03F79D71B4CB0A89)


def _table() -> NDArray[np.uint8]:
    found = np.zeros(64, dtype=np.uint8)
    for bit in range(64):
        shifted = (int(_SEQUENCE) << bit) & 0xFFFF_FFFF_FFFF_FFFF
        found[shifted >> 58] = bit
    return found


_BIT: Final = _table()


@inlined
def _bit_of(lowest: np.uint64) -> int:
    """Return the number of the one bit that is set."""
    return int(_BIT[(lowest * _SEQUENCE) >> _SHIFT])


@compiled
def count(words: Words, counts: Ints) -> None:
    """Add to `counts`, shape (64,), how many words have each bit."""
    for word in words:
        rest = word
        while rest != _NOTHING:
            lowest = rest & (~rest + _ONE)
            counts[_bit_of(lowest)] += 1
            rest ^= lowest


@compiled
def deal(words: Words, wanted: np.uint64, begin: int, ends: Ints, lists: Ints) -> None:
    """Put the numbers of facts into the lists of the streams that take them.

    Args:
        words: Streams that take each fact.
        wanted: Streams whose facts are listed.
        begin: Number of the first fact.
        ends: Where each stream's list goes on in `lists`, shape (64,); moved on.
        lists: Takes the numbers.
    """
    for i in range(len(words)):
        rest = words[i] & wanted
        while rest != _NOTHING:
            lowest = rest & (~rest + _ONE)
            bit = _bit_of(lowest)
            lists[ends[bit]] = begin + i
            ends[bit] += 1
            rest ^= lowest
