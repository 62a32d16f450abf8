"""UCDP Georeferenced Event Dataset: lethal events, in every release's layout.

Releases differ in their columns and correct one another; the row's `key` is the
event's id, and `release` the name given with `--release`.

Source: Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event
Dataset, and the codebook's `where_prec`; radii are pamiers' reading of its words.
"""

from dataclasses import dataclass
from typing import Final

from pamiers.ingest.mapping import Mapping
from pamiers.ingest.rows.read import Recipe, read_rows
from pamiers.mission.reading import Reading, ReadOptions

#: where_prec -> radius that holds the place [m]
RADIUS_M: Final = {
    "1": "5000",  # the exact location is known: a named settlement
    "2": "25000",  # a limited area, about 25 km, around a known point
    "3": "40000",  # a district or municipality
    "4": "120000",  # a province: half of Donetsk oblast's length
    "5": "150000",  # a line or a fuzzy area: a river, a border, a region
    "6": "600000",  # the country
    "7": "600000",  # at sea or in the air
}
_LAYOUT: Final = Mapping(
    columns={
        "id": "key",
        "date_start": "start",
        "date_end": "end",
        "latitude": "lat",
        "longitude": "lon",
        "where_prec": "radius_m",
        "where_coordinates": "place",
        "adm_1": "region",
        "best": "count",
        "low": "count_low",
        "high": "count_high",
        "source_headline": "text",
        "source_article": "cite",
    },
    keep=["where_prec"],
    constants={"source": "ucdp-ged", "kind": "fatal_violence", "means": "press"},
    values={"radius_m": RADIUS_M},
    nulls={"where_prec": []},
    midnight_is_day=True,
    widen_counts=True,
)
_TELLING: Final = {b"id", b"type_of_violence", b"where_prec", b"date_prec", b"best"}


@dataclass(frozen=True, slots=True)
class UcdpGed:
    """The dataset as published, with or without a row of HXL tags."""

    name: str = "ucdp-ged"

    def detect(self, head: bytes) -> bool:
        """Tell whether the first line names the dataset's own columns."""
        line = head.splitlines()[0] if head else b""
        return {cell.strip(b'" \xef\xbb\xbf') for cell in line.split(b",")} >= _TELLING

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the events of a release, those not understood quarantined."""
        return read_rows(data, options, Recipe(mapping=_LAYOUT))


FORMAT = UcdpGed()
