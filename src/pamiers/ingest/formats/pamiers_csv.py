"""pamiers CSV: the fields of a row as columns, or any table through a mapping."""

from dataclasses import dataclass

from pamiers.core.table import Table
from pamiers.ingest.rows.layout import known_names
from pamiers.ingest.rows.read import read_rows
from pamiers.ingest.rows.write import write_rows
from pamiers.mission.reading import Reading, ReadOptions

_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class PamiersCsv:
    """The native table; docs/reference/formats.md lists its columns."""

    name: str = "pamiers-csv"

    def detect(self, head: bytes) -> bool:
        """Tell whether the first line names a key, a time and more."""
        line = head.splitlines()[0] if head else b""
        cells = line.decode("utf-8", "ignore").lstrip("\ufeff")
        names = known_names("observation")
        fields = {
            names.get(cell.strip().strip('"').casefold())
            for mark in ",;\t|"
            for cell in cells.split(mark)
        } - {None}
        timed = bool(fields & {"time", "start"})
        return timed and "key" in fields and len(fields) >= _ENOUGH

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the rows of a table, those not understood quarantined."""
        return read_rows(data, options)

    def write(self, table: Table) -> bytes:
        """Return a table as a file that reads as the same rows."""
        return write_rows(table)


FORMAT = PamiersCsv()
