"""A text table as columns of text, with the line and row of each, and refusals.

Lines that need no care go through Arrow's CSV reader at once; the others through
`records`, one by one. Both give the same table (a test holds them to it).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.ingest.codes import CODES
from pamiers.ingest.limits import LIMITS, Limits
from pamiers.ingest.mapping import NO_MAPPING, Mapping
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.text_table.dialect import Dialect, find_dialect
from pamiers.ingest.text_table.encoding import to_utf8
from pamiers.ingest.text_table.header import Header, check_header, familiar, is_hxl
from pamiers.ingest.text_table.lines import Lines, find_lines, untidy_lines
from pamiers.ingest.text_table.plain import plain_columns
from pamiers.ingest.text_table.records import Reader, Record
from pamiers.mission.reading import Note, Quarantined

_SAMPLE: Final = 100
_LOOK_FOR_HEADER: Final = 10
RAW_BYTES: Final = 32_768


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """Rows of text. Columns, `rows` and `lines` have one entry an intact row.

    Invariants: in the order of the file; `rows_read` is the intact rows plus
    `refused`; no cell is null.
    """

    header: Header
    dialect: Dialect
    columns: tuple[pa.Array | pa.ChunkedArray, ...]
    rows: NDArray[np.int64]  #: logical row, from 1 after the header
    lines: NDArray[np.int64]  #: physical line where it starts, from 1
    refused: tuple[Quarantined, ...]
    notes: tuple[Note, ...]
    rows_read: int
    header_lines: int
    truncated: bool  #: the file ended in the middle of a row
    fast: bool = True  #: whether whole columns may be read at once
    raw: Callable[[int], str] = field(repr=False)
    #: position -> the row as received, cut at 32 kB

    def __len__(self) -> int:
        """Return the number of intact rows."""
        return len(self.rows)

    def part(self, begin: int, size: int) -> "TextTable":
        """Return some of the intact rows, each column as one array.

        Args:
            begin: Position of the first.
            size: How many at most.

        Returns:
            A table of those rows, without the refusals and notes of the file.
        """
        end = min(begin + size, len(self))
        return replace(
            self,
            columns=tuple(whole(c.slice(begin, end - begin)) for c in self.columns),
            rows=self.rows[begin:end],
            lines=self.lines[begin:end],
            refused=(),
            notes=(),
            rows_read=end - begin,
            raw=lambda position: self.raw(begin + position),
        )


def whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column as one array."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks or [pa.array([], column.type)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a format expects of a table."""

    known: Collection[str]  #: names of columns, in lower case
    mapping: Mapping = NO_MAPPING
    limits: Limits = LIMITS
    fast: bool = True  #: False sends every line through the careful path


def raw_text(lines: Lines, first: int, last: int) -> str:
    """Return some lines as text, with bytes that are not UTF-8 escaped."""
    begin = int(lines.starts[first])
    end = min(int(lines.ends[last]), begin + RAW_BYTES)
    return lines.data[begin:end].decode("utf-8", "backslashreplace")


def read_text_table(data: bytes, expected: Expected) -> TextTable | None:
    """Return the rows of a text table.

    Args:
        data: The file.
        expected: Names of columns, mapping and limits.

    Returns:
        The table; None where the file holds no byte but line ends.

    Raises:
        RefusedError: An `F-` code: the file as a whole cannot be read.
    """
    limits = expected.limits
    if len(data) > limits.file_bytes:
        raise RefusedError(
            "F-SIZE",
            expected=f"at most {limits.file_bytes} bytes",
            got=f"{len(data)} bytes",
        )
    decoded = to_utf8(data, expected.mapping.encoding)
    lines = find_lines(decoded, limits)
    if not (lines.ends > lines.starts).any():
        return None
    notes = []
    if decoded.bom:
        notes.append(Note(code="W-BOM", message=CODES["W-BOM"].meaning, line=1))
    if decoded.encoding != "utf-8":
        message = f"converted from {decoded.encoding}"
        notes.append(Note(code="W-ENC", message=message))
    return _Rows(lines, expected, notes).table()


class _Rows:
    """The state of one reading: which line is what."""

    def __init__(self, lines: Lines, expected: Expected, notes: list[Note]) -> None:
        self.lines = lines
        self.expected = expected
        self.notes = notes
        self.filled = np.flatnonzero(lines.ends > lines.starts)
        self.dialect, first = self._dialect()
        self.header = check_header(first.cells, expected.limits.columns)
        self.reader = self._reader(len(self.header.names))
        self.begin = self._after_header(first)
        self.spans: dict[int, int] = {}
        self.odd: list[Record] = []
        self.faults: list[tuple[int, RefusedError]] = []

    def table(self) -> TextTable:
        """Return all rows, plain and odd, in the order of the file."""
        plain, careful = self._sorted_lines()
        columns = self._plain(plain, careful)
        self._misfit()
        rows = np.sort(np.concatenate((self.plain_lines, self._odd_lines())))
        limit = self.expected.limits.rows
        if len(rows) > limit:
            raise RefusedError(
                "F-SIZE", expected=f"at most {limit} rows", got=str(len(rows))
            )
        columns, at = self._merged(columns)
        faulty = np.array([line for line, _ in self.faults], np.int64)
        numbers = (np.searchsorted(rows, faulty) + 1).tolist()
        refused = tuple(
            self._quarantined(number, *fault)
            for number, fault in zip(numbers, self.faults, strict=True)
        )
        quotes = [line for line, error in self.faults if error.code == "Q-QUOTE"]
        return TextTable(
            header=self.header,
            dialect=self.dialect,
            columns=columns,
            rows=np.searchsorted(rows, at) + 1,
            lines=at + 1,
            refused=refused,
            notes=tuple(self.notes),
            rows_read=len(rows),
            header_lines=self.header_lines,
            truncated=bool(quotes) and quotes[-1] == len(self.lines) - 1,
            fast=self.expected.fast,
            raw=lambda position: self._raw(int(at[position])),
        )

    def _raw(self, line: int) -> str:
        return raw_text(self.lines, line, self.spans.get(line, line))

    def _dialect(self) -> tuple[Dialect, Record]:
        mapping = self.expected.mapping
        at = int(self.filled[0])
        if mapping.header_row is not None:
            at = mapping.header_row - 1
            if at >= len(self.lines):
                raise _no_header("fewer lines")
        chosen = self.filled[self.filled >= at][: _SAMPLE + 1]
        sample = [raw_text(self.lines, int(i), int(i)) for i in chosen]
        dialect = find_dialect(sample, mapping)
        try:
            first = self._reader(0, dialect).read(at)
        except RefusedError as error:
            raise _no_header(error.message) from error
        self._refuse_hidden_header(first, dialect)
        if dialect.found:
            message = f"delimiter {dialect.delimiter!r}, decimal {dialect.decimal!r}"
            self.notes.append(Note(code="W-DIALECT", message=message))
        return dialect, first

    def _reader(self, width: int, dialect: Dialect | None = None) -> Reader:
        return Reader(
            self.lines,
            (dialect or self.dialect).delimiter,
            self.expected.limits,
            width,
            self.expected.mapping.optional_trailing,
        )

    def _refuse_hidden_header(self, first: Record, dialect: Dialect) -> None:
        known = self.expected.known
        if self.expected.mapping.header_row is not None or not known:
            return
        if familiar(first.cells, known):
            return
        for line in self.filled[1:_LOOK_FOR_HEADER]:
            text = raw_text(self.lines, int(line), int(line))
            if familiar(text.split(dialect.delimiter), known) > 1:
                raise _no_header(
                    f"one on line {line + 1}, below other lines",
                    f"Set `header_row: {line + 1}` in the mapping file, if it is the "
                    "header.",
                )
        raise _no_header(f"{len(first.cells)} columns, none of them known")

    def _after_header(self, first: Record) -> int:
        """Return the first line below header and tags."""
        begin = first.last + 1
        self.header_lines = 1
        below = self.filled[self.filled >= begin]
        if len(below):
            text = raw_text(self.lines, int(below[0]), int(below[0]))
            if is_hxl(text.split(self.dialect.delimiter)):
                line = int(below[0])
                self.header_lines, begin = 2, line + 1
                message = CODES["W-HXL"].meaning
                self.notes.append(Note(code="W-HXL", message=message, line=line + 1))
        return begin

    def _sorted_lines(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the lines for the plain and for the careful path."""
        body = self.filled[np.searchsorted(self.filled, self.begin) :]
        if not self.expected.fast:
            return body[:0], body
        untidy = untidy_lines(self.lines, self.dialect.delimiter)
        careful = np.union1d(self.lines.careful, untidy)
        careful = careful[np.searchsorted(careful, self.begin) :]
        if not len(careful):
            return body, careful
        self._walk(careful)
        taken = [i for r in self.odd for i in range(r.first, r.last + 1)]
        taken += [line for line, _ in self.faults]
        plain = np.setdiff1d(body, np.array(taken, np.int64), assume_unique=True)
        return plain, careful[:0]

    def _walk(self, careful: NDArray[np.int64]) -> None:
        """Read the rows that begin on some lines, passing over those they span."""
        over = -1
        for line in careful.tolist():
            if line <= over or self.lines.ends[line] == self.lines.starts[line]:
                continue
            try:
                record = self.reader.read(line)
            except RefusedError as error:
                self.faults.append((line, error.with_traceback(None)))
            else:
                over = record.last
                self._keep(record)

    def _keep(self, record: Record) -> None:
        self.odd.append(record)
        if record.last > record.first:
            self.spans[record.first] = record.last

    def _plain(
        self, plain: NDArray[np.int64], careful: NDArray[np.int64]
    ) -> tuple[pa.ChunkedArray, ...]:
        width = len(self.header.names)
        columns, misfits = plain_columns(self.lines, plain, width, self.dialect)
        self.plain_lines = np.delete(plain, misfits)
        for_care = np.union1d(plain[misfits], careful)
        if len(for_care):
            self._walk(for_care)
            self.odd.sort(key=lambda record: record.first)
            self.faults.sort(key=lambda fault: fault[0])
        return columns

    def _odd_lines(self) -> NDArray[np.int64]:
        lines = [record.first for record in self.odd]
        return np.array(lines + [line for line, _ in self.faults], np.int64)

    def _merged(
        self, columns: tuple[pa.ChunkedArray, ...]
    ) -> tuple[tuple[pa.Array | pa.ChunkedArray, ...], NDArray[np.int64]]:
        if not self.odd:
            return columns, self.plain_lines
        odd_at = np.array([record.first for record in self.odd], np.int64)
        at = np.concatenate((self.plain_lines, odd_at))
        order = np.argsort(at, kind="stable")
        cells = zip(*(record.cells for record in self.odd), strict=True)
        merged = [
            pa.concat_arrays([*column.chunks, pa.array(more, pa.string())]).take(
                pa.array(order)
            )
            for column, more in zip(columns, cells, strict=True)
        ]
        return tuple(merged), at[order]

    def _misfit(self) -> None:
        """Refuse the file when no row at all is as wide as the header."""
        if len(self.plain_lines) or self.odd or len(self.faults) < 2:  # noqa: PLR2004 - a figure plain in its place
            return
        said = {(error.code, error.got) for _, error in self.faults}
        if len(said) == 1 and said.pop()[0] == "Q-RAGGED":
            got = self.faults[0][1].got
            raise RefusedError(
                "F-HEADER",
                expected=f"rows of {len(self.header.names)} cells, as in the header",
                got=f"{got} cells in every row",
                remedy="Check the delimiter, and name every column.",
            )

    def _quarantined(self, row: int, line: int, error: RefusedError) -> Quarantined:
        return Quarantined(
            row=row,
            line=line + 1,
            column=error.column,
            code=error.code,
            message=error.message,
            remedy=error.remedy,
            raw=raw_text(self.lines, line, line),
        )


def _no_header(got: str, remedy: str | None = None) -> RefusedError:
    return RefusedError(
        "F-HEADER",
        expected="a first row that names the columns",
        got=got,
        remedy=remedy,
    )
