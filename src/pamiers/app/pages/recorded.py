"""The record: how many entries, of what kind, when, and the head over all."""

from collections import Counter
from typing import Any, Final

from pamiers.app.pages.readers import Reader
from pamiers.core.instant import format_instant

_LAST: Final = 500  #: entries listed, the newest first


def record(reader: Reader) -> dict[str, Any]:
    """Return the head of the record and its entries without their bodies.

    Args:
        reader: The mission as its reader sees it.

    Returns:
        `entries`, `head`, how many there are of each kind, and the newest entries:
        index, kind, when recorded, and leaf. A leaf hides its body behind a salt,
        so that it may be shown to anybody.
    """
    head = reader.mission.record.head()
    kinds: Counter[str] = Counter()
    listed = []
    for entry in reader.mission.record.entries():
        kinds[entry.kind] += 1
        listed.append(
            {
                "index": entry.index,
                "kind": entry.kind,
                "recorded_at": format_instant(entry.recorded_at),
                "leaf": entry.leaf.hex(),
            }
        )
    return {
        "entries": head.size,
        "head": head.hex,
        "kinds": dict(kinds),
        "listed": listed[::-1][:_LAST],
    }
