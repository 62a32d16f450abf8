"""Published tables, read through mapping files and fused, without a mission."""

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from pamiers.core.table import Table, concatenate
from pamiers.fusion.fuse import Fusion, fuse
from pamiers.fusion.learned import learn
from pamiers.fusion.model import FusionModel
from pamiers.fusion.plane import plane_about
from pamiers.fusion.reports import reports_of
from pamiers.fusion.words import WordTable, read_words
from pamiers.ingest.registry import get
from pamiers.mission.reading import ReadOptions
from pamiers.mission.taxonomies import table_texts
from tests.shared import SHARED

DATA: Final = SHARED / "data"
MAPPINGS: Final = Path(__file__).parent / "mappings"
Line = dict[str, str]


def lines_of(path: Path, *, keep: Callable[[Line], bool]) -> list[Line]:
    """Return some lines of a packed table, as header -> cell."""
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        return [line for line in csv.DictReader(file) if keep(line)]


def as_csv(lines: Iterable[Mapping[str, object]]) -> bytes:
    """Return lines as the bytes of a table."""
    rows = list(lines)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def observations(
    data: bytes, mapping: str, change: Callable[[str], str] = str
) -> Table:
    """Return the observations of a table, every row of which must be understood.

    Args:
        data: The table.
        mapping: Name of a mapping file beside this one.
        change: Changes the mapping's text.

    Raises:
        ValueError: A row was refused.
    """
    text = change((MAPPINGS / f"{mapping}.yaml").read_text())
    asked = ReadOptions(file_name=f"{mapping}.csv", time_zone="UTC", mapping=text)
    reading = get("pamiers-csv").read(data, asked)
    if reading.quarantined:
        raise ValueError(reading.quarantined[0])
    return reading.tables["observation"]


def fused(*tables: Table, taught: bool = False) -> Fusion:
    """Return what tables of observations tell of, by priors or by what they teach."""
    together = concatenate("observation", tables)
    model = FusionModel(words=packaged_words())
    if not taught:
        return fuse(together, model)
    reports = reports_of(together, model)
    placed = reports.placed
    plane = plane_about(reports.lon[placed], reports.lat[placed])
    return fuse(together, model, None, learn(reports, model, plane))


def packaged_words() -> WordTable:
    """Return the tables of sources' words that come with the program."""
    found = WordTable()
    for name, text in sorted(table_texts(None).items()):
        found = read_words(text, name)[0].over(found)
    return found
