"""Sectors of an agreement, and the sector that a row of the record belongs to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pamiers.agreement.model import Agreement
from pamiers.core.table import Table
from pamiers.report.message import Named, named

Names = NDArray[np.object_]  #: sector ids, or a source's own region; "" for none


@dataclass(frozen=True, slots=True)
class Sectors:
    """Knows the sectors of one agreement by id, by title and by ground."""

    agreement: Agreement

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids, in the order of the agreement."""
        return tuple(sector.id for sector in self.agreement.sectors)

    def title(self, region: str | None) -> Named | None:
        """Return what to call a sector or a source's own region."""
        if not region:
            return None
        for sector in self.agreement.sectors:
            if sector.id == region:
                return named(sector.title, sector.id)
        return named(None, region)

    def named_by(self, region: str | None) -> str:
        """Return the sector a source means, or its own word; "" for none."""
        if not region:
            return ""
        return self._lookup().get(_plain(region), _plain(region))

    def of(self, table: Table) -> Names:
        """Return the sector of each row: as stated, else by where it lies."""
        stated = table.columns["region"].to_pylist()
        known = {text: self.named_by(text) for text in set(stated)}
        found = np.array([known[text] for text in stated], dtype=object)
        unknown = np.flatnonzero(found == "")
        if unknown.size:
            found[unknown] = self._by_ground(table.take(unknown))
        return found

    def at(self, lon: float | None, lat: float | None) -> str:
        """Return the sector that a point lies in; "" for none or no point."""
        if lon is None or lat is None:
            return ""
        inside = (s.id for s in self.agreement.sectors if s.zone.contains(lon, lat)[0])
        return next(inside, "")

    def _by_ground(self, table: Table) -> Names:
        lon = table.columns["lon"].to_numpy().astype(np.float64)
        lat = table.columns["lat"].to_numpy().astype(np.float64)
        found = np.full(len(table), "", dtype=object)
        for sector in reversed(self.agreement.sectors):
            found[sector.zone.contains(lon, lat)] = sector.id
        return found

    def _lookup(self) -> dict[str, str]:
        lookup: dict[str, str] = {}
        for sector in self.agreement.sectors:
            words = (sector.id, *sector.title.values())
            lookup.update({_plain(word): sector.id for word in words})
        return lookup


def _plain(region: str) -> str:
    words = region.casefold().replace("_", " ").replace("-", " ").split()
    return " ".join(w for w in words if w not in {"region", "oblast", "sector"})
