"""How often work on cases and the queue changed, for whoever looks at it live."""

import threading
from dataclasses import dataclass, field
from typing import Final

from pamiers.mission.mission import Mission

#: entries by which boards and queues change; of some no view is made
KINDS: Final = ("case", "notice", "claim", "quarantine", "waiver", "grant")


@dataclass(slots=True)
class Working:
    """Counts entries about work, looking only at those that are new."""

    mission: Mission
    changes: int = 0
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> int:
        """Return how many such entries are on record now."""
        with self._lock:
            size = self.mission.record.head().size
            if size > self._size:
                new = self.mission.record.entries(KINDS, start=self._size)
                self.changes += sum(1 for _ in new)
                self._size = size
            return self.changes
