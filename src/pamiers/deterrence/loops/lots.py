"""The lots of `pamiers.deterrence.lots`, drawn in compiled loops."""

import numpy as np
from numpy.typing import NDArray

from pamiers.compliance.kernels.jit import inlined
from pamiers.deterrence.lots import FIRST, HALF, SECOND, STRIDE

Singles = NDArray[np.float32]
Words = NDArray[np.uint32]
#: two words per figure, and its triangle
Table = tuple[Words, Singles]

_STRIDE, _FIRST, _SECOND = np.uint32(STRIDE), np.uint32(FIRST), np.uint32(SECOND)
_LOW, _16, _15 = np.uint32(HALF - 1), np.uint32(16), np.uint32(15)


# every step is cast: left alone, 32-bit words become 64-bit ones
@inlined
def lot(number: int, one: np.uint32, other: np.uint32) -> np.uint32:
    """Return the lot of a draw."""
    word = np.uint32(np.uint32(number) * _STRIDE)
    word = np.uint32(word + one)
    word = np.uint32(word ^ np.uint32(word >> _16))
    word = np.uint32(word * _FIRST)
    word = np.uint32(word ^ other)
    word = np.uint32(word ^ np.uint32(word >> _15))
    word = np.uint32(word * _SECOND)
    return np.uint32(word ^ np.uint32(word >> _15))


@inlined
def drawn(out: Singles, first: int, table: Table, row: int) -> None:
    """Fill in consecutive draws of a figure.

    Args:
        out: Takes them.
        first: Number of the first.
        table: Lots and triangles of all figures.
        row: Which figure.
    """
    words, triangles = table
    one, other = words[row, 0], words[row, 1]
    base, least, most = triangles[row, 0], triangles[row, 1], triangles[row, 2]
    for i in range(len(out)):
        word = lot(first + i, one, other)
        high = np.int32(np.uint32(word >> _16))
        low = np.int32(np.uint32(word & _LOW))
        out[i] = base + (
            least * np.float32(min(high, low)) + most * np.float32(max(high, low))
        )


@inlined
def drawn_once(
    number: int, words: Words, triangles: NDArray[np.float64], row: int
) -> float:
    """Return one draw of a figure, in doubles.

    Args:
        number: Number of the draw.
        words: Two words per figure.
        triangles: Base and weights per figure.
        row: Which figure.

    Returns:
        The same draw that `drawn` fills in, before rounding.
    """
    word = lot(number, words[row, 0], words[row, 1])
    high = np.int32(np.uint32(word >> _16))
    low = np.int32(np.uint32(word & _LOW))
    least, most = min(high, low), max(high, low)
    base, lesser, greater = triangles[row, 0], triangles[row, 1], triangles[row, 2]
    return float(base + (lesser * least + greater * most))
