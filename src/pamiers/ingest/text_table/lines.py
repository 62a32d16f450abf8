"""Where the physical lines of a text lie, and which of them need care.

Lines end with LF, CRLF or CR, also mixed; U+2028 and its like end no line. A line
needs care when it holds a quotation mark, a control character or too many bytes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.ingest.limits import Limits
from pamiers.ingest.text_table.encoding import Decoded

Positions = NDArray[np.int64]

_BLOCK: Final = 1 << 18  # stays in the processor's cache
_FEW: Final = 20_000
_LF: Final = 10
_CR: Final = 13
_TAB: Final = 9
_SPACE: Final = 32


@dataclass(frozen=True, slots=True)
class Lines:
    """Byte offsets of the physical lines of a text, without their ends.

    Invariants: `starts` and `ends` have one entry a line, in order; `careful` holds
    the indices, from 0, of lines that need care, other than for their quotes.
    """

    data: bytes
    starts: Positions
    ends: Positions
    careful: Positions
    quotes: Positions  #: byte offsets of quotation marks

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.starts)

    def raw(self, first: int, last: int) -> bytes:
        """Return the bytes of some lines, with the line ends between them."""
        return self.data[self.starts[first] : self.ends[last]]


def find_lines(decoded: Decoded, limits: Limits) -> Lines:
    """Return the lines of a text.

    Args:
        decoded: The text as UTF-8.
        limits: Says how long a cell, and so a plain line, may be.

    Returns:
        The lines; a line end at the very end begins no further line.
    """
    data = decoded.data
    bytes_ = np.frombuffer(data, np.uint8)
    low, codes = _controls(bytes_)
    breaks = low[codes == _LF]
    odd = low[(codes != _LF) & (codes != _TAB)] if len(breaks) < len(low) else low[:0]
    starts, ends, odd = _split(bytes_, breaks, odd)
    marks = [odd, decoded.spoiled, _found(data, b"\x7f")]
    if not decoded.ascii:  # Arrow would take U+FEFF for a byte order mark
        marks.append(_found(data, b"\xef\xbb\xbf"))
    careful = np.searchsorted(starts, np.concatenate(marks), side="right") - 1
    long = np.flatnonzero(ends - starts > limits.cell_bytes)
    careful = np.unique(np.concatenate((careful, long)))
    return Lines(data, starts, ends, careful, _found(data, b'"'))


def untidy_lines(lines: Lines, delimiter: str) -> Positions:
    """Return the lines whose quotation marks need care.

    A line is tidy when its marks open and close by turns, each opening one right
    after a delimiter or the line's start, each closing one right before a
    delimiter or the line's end: then every reader agrees on its cells.

    Args:
        lines: Lines of the text.
        delimiter: What parts cells.

    Returns:
        Indices, from 0, in order.
    """
    quotes = lines.quotes
    if not len(quotes):
        return quotes
    text, mark = np.frombuffer(lines.data, np.uint8), ord(delimiter)
    at = np.searchsorted(lines.starts, quotes, side="right") - 1
    first = np.concatenate(([True], at[1:] != at[:-1]))
    number = np.arange(len(quotes))
    turn = (number - np.maximum.accumulate(np.where(first, number, 0))) % 2
    before = text[np.maximum(quotes - 1, 0)] == mark
    after = text[np.minimum(quotes + 1, len(text) - 1)] == mark
    opens = before | (quotes == lines.starts[at])
    closes = after | (quotes + 1 == lines.ends[at])
    wrong = np.where(turn == 0, ~opens, ~closes)
    last = np.concatenate((first[1:], [True]))
    wrong |= last & (turn == 0)
    return np.unique(at[wrong])


def _controls(text: NDArray[np.uint8]) -> tuple[Positions, NDArray[np.uint8]]:
    """Return where control characters stand, and which, block by block."""
    found, codes = [], []
    for begin in range(0, len(text), _BLOCK):
        block = text[begin : begin + _BLOCK]
        at = np.flatnonzero(block < _SPACE)
        codes.append(block[at])
        found.append(at + begin)
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.uint8)
    return np.concatenate(found), np.concatenate(codes)


def _found(data: bytes, mark: bytes) -> Positions:
    """Return where a mark stands; one by one while there are few."""
    found: list[int] = []
    at = data.find(mark)
    while at >= 0 and len(found) < _FEW:
        found.append(at)
        at = data.find(mark, at + 1)
    if at >= 0:
        first = np.frombuffer(data, np.uint8)[at:] == mark[0]
        return np.concatenate((found, np.flatnonzero(first) + at))
    return np.array(found, np.int64)


def _split(
    text: NDArray[np.uint8], breaks: Positions, odd: Positions
) -> tuple[Positions, Positions, Positions]:
    """Return starts, ends, and the control characters that end no line."""
    ends = breaks
    is_cr = text[odd] == _CR
    if is_cr.any():
        returns = odd[is_cr]
        follow = np.minimum(returns + 1, len(text) - 1)
        before_lf = (text[follow] == _LF) & (follow > returns)
        lone = returns[~before_lf]
        ends = breaks - np.isin(breaks - 1, returns[before_lf])
        breaks = np.sort(np.concatenate((breaks, lone)))
        ends = np.sort(np.concatenate((ends, lone)))
    starts = np.concatenate((np.zeros(1, np.int64), breaks + 1))
    ends = np.concatenate((ends, np.array([len(text)])))
    if starts[-1] == len(text):  # what follows the last line end is no line
        starts, ends = starts[:-1], ends[:-1]
    return starts, ends, odd[~is_cr]
