"""When moments fall that hang upon events: comparable where they share an anchor."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pamiers.agreement.reckoning import anchor_instants, instant
from pamiers.agreement.values.moment import At, DayEdge, Relative, anchor_of
from pamiers.agreement.written import Anchor, Written
from pamiers.core.instant import parse_instant

#: where a moment is set that waits for an event
SOME_DAY: Final = parse_instant("2001-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A moment laid down: two are comparable where they hang upon the same event."""

    upon: str  #: anchor that has not come; empty where the instant is known
    at: datetime  #: UTC; where it hangs upon an event, as if that came on some day

    def later_than(self, other: "Fixed | None") -> timedelta | None:
        """Return how much later this is than another; None where nobody can tell."""
        if other is None or other.upon != self.upon:
            return None
        return self.at - other.at


class Timeline:
    """Lays moments down, those that hang upon events still to come included."""

    def __init__(self, written: Written) -> None:
        """Reckon every anchor; one that waits for an event is set to some day."""
        self._written = written
        self._set: dict[str, datetime] = anchor_instants(written)
        self._upon: dict[str, str] = {}
        for _ in range(min(len(written.anchors), 64)):
            for name, anchor in written.anchors.items():
                if name not in self._set and isinstance(anchor, Anchor):
                    self._settle(name, anchor)

    def _settle(self, name: str, anchor: Anchor) -> None:
        moment = anchor.at
        if not isinstance(moment, At | Relative | DayEdge):
            self._set[name], self._upon[name] = SOME_DAY, name
            return
        found = self.lay(moment)
        if found is not None:
            self._set[name], self._upon[name] = found.at, found.upon

    def lay(self, moment: object) -> Fixed | None:
        """Return when a moment falls; None for a blank, or an anchor that is none."""
        if not isinstance(moment, At | Relative | DayEdge):
            return None
        at = instant(moment, self._written, self._set)
        upon = self._upon.get(anchor_of(moment) or "", "")
        return None if at is None else Fixed(upon=upon, at=at)
