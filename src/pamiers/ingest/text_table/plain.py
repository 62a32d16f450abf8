"""The fast path: lines without controls or untidy quotes, through Arrow at once."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv
from numpy.typing import NDArray

from pamiers.ingest.text_table.dialect import Dialect
from pamiers.ingest.text_table.lines import Lines

_BLOCK: Final = 1 << 20
_INT32_MAX: Final = (1 << 31) - 1


def plain_columns(
    lines: Lines, chosen: NDArray[np.int64], width: int, dialect: Dialect
) -> tuple[tuple[pa.ChunkedArray, ...], NDArray[np.int64]]:
    """Return the cells of plain lines as columns.

    Args:
        lines: Lines of the text.
        chosen: Indices of the lines to read, in order; none of them empty or in
            need of care.
        width: How many cells a row has.
        dialect: Gives the delimiter.

    Returns:
        `width` columns of text with one entry for each line of that width, and
        the positions in `chosen` of the lines that have another.
    """
    if not len(chosen):
        return (pa.chunked_array([], pa.string()),) * width, chosen
    misfits: list[int] = []

    def put_aside(row: Any) -> str:  # noqa: ANN401 - Arrow does not type its rows
        misfits.append(row.number - 1)
        return "skip"

    names = [f"c{i}" for i in range(width)]
    table = pv.read_csv(
        _stream(lines, chosen),
        pv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=names),
        pv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char='"' if len(lines.quotes) else False,
            double_quote=False,
            invalid_row_handler=put_aside,
        ),
        pv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), check_utf8=False
        ),
    )
    columns = tuple(table.column(name) for name in names)
    return columns, np.array(misfits, np.int64)


def _stream(lines: Lines, chosen: NDArray[np.int64]) -> pa.NativeFile:
    """Return the chosen lines, with what ends them, as a stream of bytes."""
    starts = lines.starts
    after = np.append(starts[1:], len(lines.data))
    jumps = np.flatnonzero(np.diff(chosen) > 1)
    firsts = np.concatenate((chosen[:1], chosen[jumps + 1]))
    lasts = np.concatenate((chosen[jumps], chosen[-1:]))
    begin, end = starts[firsts].tolist(), after[lasts].tolist()
    if len(begin) == 1:
        return pa.BufferReader(memoryview(lines.data)[begin[0] : end[0]])
    return pa.PythonFile(_Pieces(lines.data, begin, end), mode="r")


class _Pieces:
    """Stretches of a text, read one after another in blocks."""

    closed = False

    def __init__(self, data: bytes, begin: list[int], end: list[int]) -> None:
        self.view = memoryview(data)
        self.spans = iter(zip(begin, end, strict=True))
        self.at, self.end = next(self.spans)

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""
        parts = []
        while size > 0 and self.at >= 0:
            piece = self.view[self.at : min(self.end, self.at + size)]
            parts.append(piece)
            size -= len(piece)
            self.at += len(piece)
            if self.at == self.end:
                self.at, self.end = next(self.spans, (-1, -1))
        return b"".join(parts)

    def close(self) -> None:
        """Let go of the text."""
        self.view.release()
