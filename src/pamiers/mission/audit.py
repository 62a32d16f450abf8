"""Look at every entry and what lies beside it, and name all that is damaged."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pamiers.core.errors import PamiersError
from pamiers.ledger.entry import Entry
from pamiers.mission.mission import Mission
from pamiers.mission.replay import verify_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something that is not as it was left: where, what, and what to do."""

    file: str
    where: str  #: entry, page or whole
    what: str
    remedy: str
    mendable: bool = False  #: it can be computed again


def damage_of(mission: Mission) -> Iterator[Damage]:
    """Yield all that is damaged of the record, in order of the entries.

    Args:
        mission: The mission.

    Yields:
        Damage; where the record itself cannot be read any further, the last one says
        so. Nothing where every entry is what was recorded.
    """
    at = 0
    try:
        size = mission.record.head().size
        for at, entry in enumerate(islice(mission.record.entries(), size)):
            yield from _fault(mission, entry, at)
    except (PamiersError, ValueError) as error:
        yield _told(f"from entry {at} on", error)


def _fault(mission: Mission, entry: Entry, at: int) -> Iterator[Damage]:
    try:
        verify_entry(mission, entry, at)
    except (PamiersError, ValueError, KeyError, TypeError) as error:
        yield _told(f"entry {at}", error)


def _told(where: str, error: Exception) -> Damage:
    if isinstance(error, PamiersError):
        said = f"expected {error.expected}, got {error.got}"
        return Damage(
            file="record", where=str(error.where), what=said, remedy=error.remedy
        )
    remedy = "Restore the record from a copy that verifies."
    return Damage(file="record", where=where, what=type(error).__name__, remedy=remedy)
