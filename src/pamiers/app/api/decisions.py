"""What was decided about who may do what, counted until it is put on record."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from pamiers.mission.access.permissions import Decision


@dataclass(slots=True)
class Decisions:
    """What was decided since the last entry of the log, the same counted together."""

    counted: Counter[tuple[str, str, str, str, bool]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, who: str, action: str, what: str, decision: Decision) -> None:
        """Count a decision."""
        with self._lock:
            self.counted[who, action, what, decision.why, decision.allowed] += 1

    def taken(self) -> list[dict[str, object]]:
        """Return what was decided, and begin to count anew."""
        with self._lock:
            held, self.counted = self.counted, Counter()
        names = ("who", "action", "what", "why", "allowed")
        return [
            {**dict(zip(names, each, strict=True)), "times": n}
            for each, n in sorted(held.items())
        ]
