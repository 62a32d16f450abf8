"""Fast readings of whole columns: each covers the plain cells and names the rest.

A kernel accepts a subset of its grammar in `values` and gives the same result on it;
a test holds every one of them to that. What it does not accept is read there.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

_BLANK: Final = 32
_APOSTROPHE: Final = 39
_GUARDED: Final = r"^'([=+\-@\t\r'])"
_MINUS: Final = 45  # with . and / before the digits, of which Arrow refuses /
_NINE: Final = 57
_NUMBER: Final = r"^-?\d+(\.\d+)?$"
_WHOLE: Final = r"^\d{1,18}$"


def parts(text: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return the offsets, from 0, and the bytes of a column of text."""
    n, begin = len(text), text.offset
    offsets = np.frombuffer(text.buffers()[1], np.int32)[begin : begin + n + 1]
    data = text.buffers()[2]
    if data is None or not n:
        return np.zeros(n + 1, np.int32), np.empty(0, np.uint8)
    first, last = int(offsets[0]), int(offsets[-1])
    return offsets - first, np.frombuffer(data, np.uint8)[first:last]


def lengths(text: pa.Array) -> NDArray[np.int32]:
    """Return the length of each cell [bytes]."""
    return np.diff(parts(text)[0])


def masked(text: pa.Array, keep: Mask) -> pa.Array:
    """Return a column with the cells outside a mask as null; the text is shared."""
    if keep.all():
        return text
    bits = pa.py_buffer(np.packbits(keep, bitorder="little").tobytes())
    offsets, data = parts(text)
    buffers = [bits, pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(text), buffers)


def rows_of(marks: NDArray[np.int64], offsets: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the positions of the cells that hold some bytes."""
    rows: NDArray[np.int64] = np.searchsorted(offsets, marks, side="right") - 1
    return rows


def _only_digits(text: pa.Array, stated: Mask, low: int) -> Mask:
    """Return the stated cells without a byte outside `low` to 9."""
    offsets, data = parts(text)
    keep = stated.copy()
    if data.size and (data.min() < low or data.max() > _NINE):
        strange = np.flatnonzero((data < low) | (data > _NINE))
        keep[rows_of(strange, offsets)] = False
    return keep


def _cast(text: pa.Array, keep: Mask, to: pa.DataType, form: str) -> tuple[Any, Mask]:
    """Return the kept cells as values, keeping fewer where Arrow refuses one."""
    try:
        return masked(text, keep).cast(to), keep
    except pa.ArrowInvalid:
        fits = pc.match_substring_regex(text, form).to_numpy(zero_copy_only=False)
        keep = keep & fits
        return masked(text, keep).cast(to), keep


def plain_numbers(
    text: pa.Array, stated: Mask, decimal: str
) -> tuple[NDArray[np.float64], Mask]:
    """Return the numbers of a column, and where they are plain.

    Args:
        text: Column of text.
        stated: Cells that hold a value.
        decimal: Decimal mark; with a comma, only cells without a point are plain.

    Returns:
        Numbers, NaN elsewhere, and the mask of plain cells.
    """
    if decimal == ",":
        text = pc.replace_substring(pc.replace_substring(text, ".", "x"), ",", ".")
    keep = _only_digits(text, stated, _MINUS)
    values, keep = _cast(text, keep, pa.float64(), _NUMBER)
    numbers = np.array(values.to_numpy(zero_copy_only=False), np.float64)
    return numbers, keep & np.isfinite(numbers)


def plain_wholes(text: pa.Array, stated: Mask) -> tuple[NDArray[np.int64], Mask]:
    """Return the whole numbers of a column, 0 elsewhere, and where they are plain."""
    keep = _only_digits(text, stated, _NINE - 9) & (lengths(text) <= 18)  # noqa: PLR2004 - a figure plain in its place
    values, keep = _cast(text, keep, pa.int64(), _WHOLE)
    filled = values.fill_null(0) if values.null_count else values
    return np.array(filled.to_numpy(zero_copy_only=False), np.int64), keep


def decimals(text: pa.Array, keep: Mask) -> NDArray[np.int32]:
    """Return how many digits stand after the point of each plain number."""
    point = pc.find_substring(text, ".").to_numpy(zero_copy_only=False)
    found = np.where(point < 0, 0, lengths(text) - point - 1)
    return np.where(keep, found, 0)


def is_ascii(text: pa.Array) -> bool:
    """Tell whether a column holds nothing but printable ASCII."""
    _, data = parts(text)
    return not data.size or bool(data.max() < 127 and data.min() >= 32)  # noqa: PLR2004 - a figure plain in its place


def trimmed(text: pa.Array) -> pa.Array:
    """Return a column without ASCII spaces outside its cells."""
    offsets, data = parts(text)
    if not data.size or data.min() > _BLANK:
        return text
    # An empty cell shows a byte of its neighbour, which can only ask for care.
    first = data[np.minimum(offsets[:-1], data.size - 1)]
    last = data[np.maximum(offsets[1:] - 1, 0)]
    if min(first.min(), last.min()) > _BLANK:
        return text
    return pc.ascii_trim_whitespace(text)


def unguarded(text: pa.Array) -> pa.Array:
    """Return a column without the guard that `write` puts before a formula."""
    offsets, data = parts(text)
    if not data.size:
        return text
    if not (data[np.minimum(offsets[:-1], data.size - 1)] == _APOSTROPHE).any():
        return text
    return pc.replace_substring_regex(text, _GUARDED, r"\1")
