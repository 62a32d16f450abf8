"""pamiers CSV: the fields of a row as columns, or any table through a mapping."""

from dataclasses import dataclass
from typing import Final

from pamiers.core.table import Table
from pamiers.ingest.rows.layout import known_names
from pamiers.ingest.rows.read import read_rows
from pamiers.ingest.rows.write import write_rows
from pamiers.ingest.text_table.dialect import DELIMITERS
from pamiers.mission.reading import Reading, ReadOptions

#: of the columns must be known: other tables share a few names
_SHARE: Final = 0.75


@dataclass(frozen=True, slots=True)
class PamiersCsv:
    """The native table; docs/reference/formats.md lists its columns."""

    name: str = "pamiers-csv"

    def detect(self, head: bytes) -> bool:
        """Tell whether the first line is mostly columns of a row."""
        line = head.splitlines()[0] if head else b""
        text = line.decode("utf-8", "ignore").lstrip("\ufeff")
        mark = max(DELIMITERS, key=text.count)
        names = known_names("observation")
        cells = [cell.strip().strip('"').casefold() for cell in text.split(mark)]
        fields = {names[cell] for cell in cells if cell in names}
        timed = bool(fields & {"time", "start"})
        return timed and "key" in fields and len(fields) >= _SHARE * len(cells)

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the rows of a table, those not understood quarantined."""
        return read_rows(data, options)

    def write(self, table: Table) -> bytes:
        """Return a table as a file that reads as the same rows."""
        return write_rows(table)


FORMAT = PamiersCsv()
