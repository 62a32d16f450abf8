"""Which rows stand and which are refused, and what a person should know of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.core.table import Table
from pamiers.ingest.codes import CODES
from pamiers.ingest.refusal import RefusedError
from pamiers.ingest.text_table.reader import TextTable
from pamiers.mission.reading import Note, Quarantined, Reading

Value = TypeVar("Value")


class Refusal(NamedTuple):
    """Why a row is refused; an error without the frames it would keep alive."""

    code: str
    message: str
    remedy: str
    column: str | None


@dataclass(slots=True)
class _Flag:
    """A remark on many rows: the first of them, and how many."""

    message: str
    first: int
    rows: int = 1


class Minutes(NamedTuple):
    """Whether the coordinates of some rows could be degrees and minutes."""

    rows: int
    possible: bool
    first: int  #: position
    column: str | None


@dataclass(slots=True)
class Account:
    """What became of each intact row of a text table.

    The first refusal of a row stands; fields are read in one fixed order, so the
    outcome does not depend on the path that read them.
    """

    table: TextTable
    refused: dict[int, Refusal] = field(default_factory=dict)
    flags: dict[tuple[str, str | None], _Flag] = field(default_factory=dict)
    minutes: list[Minutes] = field(default_factory=list)
    places: str | None = None  #: the gazetteer, as text
    secret: frozenset[str] = frozenset()  #: headers whose cells no message shows

    def refuse(self, position: int, error: RefusedError, column: str | None) -> None:
        """Refuse an intact row, unless it is refused already."""
        if position not in self.refused:
            message = error.message
            if column in self.secret:
                message = f"expected {error.expected}, got what is kept with the row"
            self.refused[position] = Refusal(error.code, message, error.remedy, column)

    def flag(
        self,
        code: str,
        position: int,
        column: str | None,
        message: str | None = None,
        rows: int = 1,
    ) -> None:
        """Remark on a row; remarks alike on several rows become one.

        Args:
            code: A `W-` code.
            position: Of the intact row.
            column: Header of the column it is about.
            message: What to say; by default what the code means.
            rows: How many rows it holds for, `position` being the first.
        """
        key = (code, column)
        known = self.flags.get(key)
        if known is None:
            self.flags[key] = _Flag(message or CODES[code].meaning, position, rows)
        else:
            known.rows += rows
            known.first = min(known.first, position)

    def take(self, part: "Account", begin: int) -> None:
        """Take over what became of a part of the rows, which begins at a position."""
        for position, refusal in part.refused.items():
            self.refused[begin + position] = refusal
        for (code, column), flag in part.flags.items():
            self.flag(code, begin + flag.first, column, flag.message, flag.rows)
        self.minutes += [m._replace(first=begin + m.first) for m in part.minutes]

    def each(
        self,
        text: pa.Array,
        positions: NDArray[np.int64],
        parse: Callable[[str], Value],
        column: str | None,
    ) -> Iterable[tuple[int, Value]]:
        """Yield (position, value) of some cells, refusing what `parse` refuses.

        Args:
            text: Column of text.
            positions: Of the intact rows to read.
            parse: Reads one cell.
            column: Header of the column, for messages.

        Yields:
            Position and value of each cell that was understood.
        """
        cells = text.take(pa.array(positions)).to_pylist()
        known: dict[str, Value | RefusedError] = {}
        for position, cell in zip(positions.tolist(), cells, strict=True):
            outcome = known.get(cell)
            if outcome is None:
                outcome = known[cell] = _attempt(parse, cell)
            if isinstance(outcome, RefusedError):
                self.refuse(position, outcome, column)
            else:
                yield position, outcome

    def standing(self) -> NDArray[np.bool_]:
        """Return a mask over the intact rows: True where it is not refused."""
        mask = np.ones(len(self.table), np.bool_)
        mask[list(self.refused)] = False
        return mask

    def reading(self, tables: dict[str, Table]) -> Reading:
        """Return the reading, each table one row for each that stands, in order."""
        mask = self.standing()
        origin = np.column_stack((self.table.rows[mask], self.table.lines[mask]))
        return self.filed(tables, dict.fromkeys(tables, origin))

    def filed(
        self, tables: dict[str, Table], origins: dict[str, NDArray[np.int64]]
    ) -> Reading:
        """Return the reading of tables whose rows come from the rows named.

        Args:
            tables: Rows of the record by kind.
            origins: Logical row and line of each, by kind; shape `(n, 2)`.

        Returns:
            The reading, with every refusal and remark.
        """
        table = self.table
        refused = sorted(
            [*table.refused, *self._quarantined()], key=lambda each: each.row
        )
        notes = [*table.notes, *self._notes()]
        if table.rows_read == 0:
            notes.append(Note(code="F-EMPTY", message=CODES["F-EMPTY"].meaning))
        return Reading(
            tables=tables,
            origins=origins,
            rows_read=table.rows_read,
            quarantined=tuple(refused),
            notes=tuple(notes),
            header=table.header_lines,
            counts={kind: len(each) for kind, each in tables.items()},
            truncated=table.truncated,
        )

    def _quarantined(self) -> Iterable[Quarantined]:
        rows, lines = self.table.rows, self.table.lines
        for position, refusal in self.refused.items():
            yield Quarantined(
                row=int(rows[position]),
                line=int(lines[position]),
                column=refusal.column,
                code=refusal.code,
                message=refusal.message,
                remedy=refusal.remedy,
                raw=self.table.raw(position),
            )

    def _notes(self) -> Iterable[Note]:
        rows, lines = self.table.rows, self.table.lines
        for (code, column), flag in self.flags.items():
            more = f" (in {flag.rows} rows)" if flag.rows > 1 else ""
            yield Note(
                code=code,
                message=f"{flag.message}{more}",
                row=int(rows[flag.first]),
                line=int(lines[flag.first]),
                column=column,
            )


def _attempt(parse: Callable[[str], Value], cell: str) -> Value | RefusedError:
    try:
        return parse(cell)
    except RefusedError as error:
        return error.with_traceback(None)


def refused_file(error: RefusedError) -> Reading:
    """Return the reading of a file that is refused whole: one unit, quarantined."""
    whole = Quarantined(
        row=0,
        line=1,
        column=error.column,
        code=error.code,
        message=error.message,
        remedy=error.remedy,
        raw="",
    )
    return Reading(tables={}, origins={}, rows_read=1, quarantined=(whole,))


def empty_file(header: int = 0) -> Reading:
    """Return the reading of a file without a row: never a success in silence."""
    note = Note(code="F-EMPTY", message=CODES["F-EMPTY"].meaning)
    return replace(
        Reading(tables={}, origins={}, rows_read=0, notes=(note,)), header=header
    )
