"""What the process beside the service does: make a view, and say why.

What it computes is kept in the mission's folder like any projection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from pamiers.app.api.view import Parcel, packed, view_of
from pamiers.app.reasons import reasons_in
from pamiers.app.wiring import opened
from pamiers.core.errors import UnknownTermError
from pamiers.core.sharing import Sharing
from pamiers.ledger.tree import Head
from pamiers.mission.as_it_stood import as_it_stood, head_at
from pamiers.mission.happened import happened, keep_happened
from pamiers.mission.messages.closed import closings
from pamiers.mission.mission import Mission, basis
from pamiers.mission.news import Happened
from pamiers.mission.open_part import gates, open_to
from pamiers.mission.ports import Projections

#: the projection that says of which entry the last view was
LAST: Final = "view"


@dataclass(slots=True)
class _Held:
    """What this process fused last, by the basis that it rests on."""

    basis: str = ""
    what: Happened | None = None


_HELD: Final = _Held()


@dataclass(slots=True)
class Recalled:
    """Projections that remember what was read from them and put into them."""

    below: Projections
    kept: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def get(self, name: str, basis: str) -> bytes | None:
        """Return a projection made from exactly this basis, or None."""
        found = self.below.get(name, basis)
        if found is not None:
            self.kept[name] = (basis, found)
        return found

    def put(self, name: str, basis: str, data: bytes) -> None:
        """Keep a projection, in place of any older one of that name."""
        self.kept[name] = (basis, data)
        self.below.put(name, basis, data)

    def clear(self) -> None:
        """Forget every projection."""
        self.kept.clear()
        self.below.clear()


def remade(folder: Path) -> Parcel:
    """Return the view of a mission as it is now.

    Args:
        folder: Mission folder.

    Returns:
        The view, and the projections that it was made of.
    """
    with opened(folder) as mission:
        parcel = _made(mission, mission.record.head())
        size = str(parcel.head.size).encode()
        mission.projections.put(LAST, _lineage(mission), size)
        return parcel


def last_made(folder: Path) -> Parcel | None:
    """Return the view that was made last, where all of it is still kept.

    Args:
        folder: Mission folder.

    Returns:
        None where anything would have to be computed anew.
    """
    with opened(folder) as mission:
        kept = mission.projections.get(LAST, _lineage(mission))
        size = 0 if kept is None else int(kept)
        if not 0 < size <= mission.record.head().size:
            return None
        head = head_at(mission, size)
        then = as_it_stood(mission, head, mission.projections)
        seen = [then, *(open_to(then, gate) for gate in gates(closings(then)))]
        if not all(_kept_whole(each) for each in seen):
            return None
        return _made(mission, head)


def _kept_whole(mission: Mission) -> bool:
    """Tell whether nothing of a view has to be computed anew."""
    pinned, names = basis(mission), ("state", "incidents", "findings")
    return all(mission.projections.get(name, pinned) is not None for name in names)


def _made(mission: Mission, head: Head) -> Parcel:
    recalled = Recalled(mission.projections)
    then = as_it_stood(mission, head, recalled)
    pinned = basis(then)
    if recalled.get("incidents", pinned) is None:
        _HELD.what, _HELD.basis = keep_happened(then), pinned
    return packed(view_of(then), recalled.kept)


def _lineage(mission: Mission) -> str:
    """Return what names a record: its first leaf."""
    return next(iter(mission.record.entries())).leaf.hex()


def why(
    folder: Path, size: int, key: str, gate: Sharing | None = None
) -> dict[str, Any] | None:
    """Return an incident taken apart, as it stood.

    Args:
        folder: Mission folder.
        size: How many entries the record had.
        key: Id of the incident.
        gate: Class of readers that it is explained to; None: those who may know all.

    Returns:
        The explanation as plain values; None where it did not stand.
    """
    with _then(folder, size) as whole:
        then = whole if gate is None else open_to(whole, gate)
        pinned = basis(then)
        if _HELD.what is None or _HELD.basis != pinned:
            _HELD.what, _HELD.basis = happened(then), pinned
    try:
        return asdict(reasons_in(_HELD.what, key))
    except UnknownTermError:
        return None


@contextmanager
def _then(folder: Path, size: int) -> Iterator[Mission]:
    with opened(folder) as mission:
        yield as_it_stood(mission, head_at(mission, size), mission.projections)
