"""The tiles of a record that grows, kept for whoever asks."""

import threading

from pamiers.ledger.tiles import Tile, Tiles
from pamiers.mission.mission import Mission


class Tiled:
    """The tiles of a record, grown with it when somebody asks."""

    def __init__(self, mission: Mission) -> None:
        """Begin with none; the first who asks waits until all leaves were read."""
        self._mission, self._tiles = mission, Tiles()
        self._lock = threading.Lock()

    def read(self, tile: Tile) -> bytes | None:
        """Return the hashes of a tile; None where there is no such tile yet."""
        with self._lock:
            found = self._tiles.read(tile)
            if found is None:
                entries = self._mission.record.entries(start=self._tiles.size)
                self._tiles.add(entry.leaf for entry in entries)
                found = self._tiles.read(tile)
        return found
