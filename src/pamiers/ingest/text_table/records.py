"""One logical row at a time, strictly: the careful path, and the truth.

Cells as in RFC 4180: a quoted cell may hold delimiters and line ends, a quotation
mark inside it is doubled, and nothing but a delimiter may follow its end. A quote
that never closes costs one line, not the rest of the file: reading goes on at the
next physical line.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from pamiers.ingest.limits import Limits
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.text_table.lines import Lines

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MAX_UTF8: Final = 4  # bytes of a character
_CLOSE: Final = re.compile(r'"(?!")|""')


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one logical row, and the physical lines it spans, from 0."""

    cells: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads logical rows from lines. `width` is that of the header, 0 if unknown."""

    lines: Lines
    delimiter: str
    limits: Limits
    width: int = 0
    optional_trailing: bool = False

    def read(self, line: int) -> Record:
        """Return the row that begins on a line.

        Raises:
            RefusedError: `Q-ENC`, `Q-CELL-SIZE`, `Q-QUOTE`, `Q-RAGGED`, `Q-CTRL`.
        """
        text = self._text(line)
        if '"' in text:
            record = self._quoted(text, line)
        else:
            record = Record(tuple(text.split(self.delimiter)), line, line)
        found = _CONTROL.search(text)
        if found is not None or record.last > line:
            self._check_controls(record)
        if len(text) * _MAX_UTF8 > self.limits.cell_bytes or record.last > line:
            self._check_sizes(record)
        return self._fitted(record)

    def _text(self, line: int) -> str:
        size = int(self.lines.ends[line] - self.lines.starts[line])
        if size > self.limits.row_bytes:
            raise RefusedError(
                "Q-CELL-SIZE",
                expected=f"a line of at most {self.limits.row_bytes} bytes",
                got=f"{size} bytes",
            )
        try:
            return self.lines.raw(line, line).decode()
        except UnicodeDecodeError as error:
            raise RefusedError(
                "Q-ENC",
                expected="UTF-8, as in the rest of the file",
                got=f"byte 0x{error.object[error.start]:02x} "
                f"at byte {error.start + 1} of the line",
            ) from error

    def _quoted(self, text: str, line: int) -> Record:
        cells: list[str] = []
        at, last = 0, line
        while True:
            if text.startswith('"', at):
                cell, at, text, last = self._cell(at + 1, text, last)
            else:
                end = text.find(self.delimiter, at)
                end = len(text) if end < 0 else end
                cell, at = text[at:end], end
                if '"' in cell:
                    raise _quote("a cell without quotation marks inside", cell)
            cells.append(cell)
            if at >= len(text):
                return self._spanning(Record(tuple(cells), line, last))
            at += 1

    def _cell(self, begin: int, text: str, last: int) -> tuple[str, int, str, int]:
        """Return a quoted cell, where it ends, and the text and line by then."""
        at = begin
        while True:
            found = _CLOSE.search(text, at)
            if found is None:
                at = len(text)
                text, last = self._longer(begin, text, last)
            elif len(found[0]) > 1:
                at = found.end()
            else:
                break
        end = found.end()
        if end < len(text) and not text.startswith(self.delimiter, end):
            raise _quote("a delimiter after a closing quotation mark", text[end:])
        cell = text[begin : found.start()]
        return cell.replace('""', '"'), end, text, last

    def _longer(self, begin: int, text: str, last: int) -> tuple[str, int]:
        """Return the text up to the end of the line with the next quotation mark."""
        lines = self.lines
        end = int(lines.ends[last])
        room = self.limits.cell_bytes - (len(text) - begin)
        at = lines.data.find(b'"', end, end + max(room, 0))
        if at < 0:
            raise _quote("a closing quotation mark", text[begin - 1 :])
        line = int(np.searchsorted(lines.starts, at, side="right")) - 1
        if int(lines.ends[line]) - end > self.limits.row_bytes:
            raise _quote("a closing quotation mark", text[begin - 1 :])
        try:
            return text + lines.data[end : int(lines.ends[line])].decode(), line
        except UnicodeDecodeError as error:
            raise _quote("a closing quotation mark", text[begin - 1 :]) from error

    def _spanning(self, record: Record) -> Record:
        """Refuse a row over several lines that has swallowed whole rows."""
        if record.first == record.last or not self.width:
            return record
        if self._swallows(record) or not self._fits(record):
            raise _quote(
                "a closing quotation mark in the same row",
                f"a cell over lines {record.first + 1} to {record.last + 1}",
            )
        return record

    def _swallows(self, record: Record) -> bool:
        """Tell whether lines inside, or both end lines, look like whole rows."""
        whole = [
            self._text(i).count(self.delimiter) == self.width - 1
            for i in range(record.first, record.last + 1)
        ]
        return self.width > 1 and (any(whole[1:-1]) or (whole[0] and whole[-1]))

    def _fits(self, record: Record) -> bool:
        width = len(record.cells)
        return width == self.width or (self.optional_trailing and width < self.width)

    def _fitted(self, record: Record) -> Record:
        if not self.width or len(record.cells) == self.width:
            return record
        if not self._fits(record):
            raise RefusedError(
                "Q-RAGGED",
                expected=f"{self.width} cells, as in the header",
                got=str(len(record.cells)),
            )
        missing = ("",) * (self.width - len(record.cells))
        return Record(record.cells + missing, record.first, record.last)

    def _check_sizes(self, record: Record) -> None:
        for cell in record.cells:
            if len(cell.encode()) > self.limits.cell_bytes:
                raise RefusedError(
                    "Q-CELL-SIZE",
                    expected=f"a cell of at most {self.limits.cell_bytes} bytes",
                    got=f"{len(cell.encode())} bytes",
                )

    def _check_controls(self, record: Record) -> None:
        for cell in record.cells:
            found = _CONTROL.search(cell)
            if found is not None:
                raise RefusedError(
                    "Q-CTRL",
                    expected="text without control characters",
                    got=f"U+{ord(found[0]):04X}",
                )


def _quote(expected: str, got: str) -> RefusedError:
    return RefusedError("Q-QUOTE", expected=expected, got=shown(got[:40]))
