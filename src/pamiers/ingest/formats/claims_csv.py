"""Claims of interested parties: one row a claim, with claimant and accused.

A claim is no observation: it stands beside them and is never added to them. The
claimant becomes the source, under an identifier made of its name; the accused is
the actor that the claim names, as a party id where the mapping gives one under
`values: actor`, and else in the claimant's own word.
"""

from dataclasses import dataclass, replace
from typing import Final

from pamiers.ingest.mapping import Mapping, read_mapping
from pamiers.ingest.rows.read import Recipe, read_rows
from pamiers.ingest.values.words import slug
from pamiers.mission.reading import Note, Reading, ReadOptions

#: the point of a claim stands for a settlement
SETTLEMENT_M: Final = 3_000
_LAYOUT: Final = Mapping(
    columns={
        "ref": "key",
        "date": "time",
        "claimant": "source",
        "accused": "actor",
        "region": "region",
        "place": "place",
        "lat": "lat",
        "lon": "lon",
        "weapons": "weapons",
    },
    keep=["claimant"],
    constants={"standing": "claimed", "kind": "fire", "radius_m": SETTLEMENT_M},
    separators={"weapons": "/"},
)
_TELLING: Final = {b"claimant", b"accused", b"ref"}


@dataclass(frozen=True, slots=True)
class ClaimsCsv:
    """Table of claims, with the columns of `docs/reference/formats.md`."""

    name: str = "claims-csv"

    def detect(self, head: bytes) -> bool:
        """Tell whether the first line names a claimant and an accused."""
        line = head.splitlines()[0].lower() if head else b""
        return {cell.strip() for cell in line.split(b",")} >= _TELLING

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the claims of a table, those not understood quarantined."""
        reading = read_rows(data, options, Recipe(mapping=_LAYOUT, sources=slug))
        if not reading.tables:
            return reading
        return replace(reading, notes=(*reading.notes, *_interests(reading, options)))


def _interests(reading: Reading, options: ReadOptions) -> list[Note]:
    """Return a remark on each claimant that is a party or speaks for one."""
    spoken = {slug(k): v for k, v in read_mapping(options.mapping).speaks_for.items()}
    sources = reading.tables["observation"].columns.column("source")
    notes = []
    for source in sorted(sources.unique().to_pylist()):
        party = source if source in options.parties else spoken.get(source)
        if party is not None:
            message = f"claims of {source}, which speaks for {party}"
            notes.append(Note(code="W-CLAIM", message=message, column="claimant"))
    return notes


FORMAT = ClaimsCsv()
