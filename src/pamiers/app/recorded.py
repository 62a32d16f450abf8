"""Append entries in turn with whoever else writes."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pamiers.app.wiring import now, turn
from pamiers.core.errors import OutOfOrderError
from pamiers.ledger.entry import Draft
from pamiers.mission.mission import Mission, new_draft

_TRIES: Final = 100


def append(
    mission: Mission, folder: Path, kind: str, body: Mapping[str, object]
) -> int:
    """Put one entry on record, and return its index.

    Args:
        mission: The mission, open.
        folder: Its folder.
        kind: Kind of entry.
        body: JSON values.

    Returns:
        The index of the entry, which is on the disk.

    Raises:
        OutOfOrderError: Others wrote, again and again.
    """
    return append_all(mission, folder, lambda: [new_draft(mission, kind, body, now())])


def append_all(
    mission: Mission, folder: Path, drafts: Callable[[], Sequence[Draft]]
) -> int:
    """Put some entries on record together, and return the index of the first.

    Args:
        mission: The mission, open.
        folder: Its folder.
        drafts: Makes them of the record as it is then; asked again where others wrote.

    Returns:
        The index of the first entry; all are on the disk.

    Raises:
        OutOfOrderError: Others wrote, again and again.
    """
    for _ in range(_TRIES):
        with turn(folder):
            after = mission.record.head().size
            try:
                mission.record.append(drafts(), after=after)
            except OutOfOrderError:
                continue
            return after
    raise OutOfOrderError(
        "record",
        expected="a moment in which nobody else writes",
        got="none",
        remedy="Run it again.",
    )
