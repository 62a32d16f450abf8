"""The record: how many entries, of what kind, when, and the head over all."""

from collections import Counter
from typing import Any, Final

from pamiers.app.pages.readers import Reader
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.ledger.shared import seen

_LAST: Final = 500  #: entries listed, the newest first


def record(reader: Reader) -> dict[str, Any]:
    """Return the head of the record and its entries without their bodies.

    Args:
        reader: The mission as its reader sees it.

    Returns:
        `entries`, `head`, how many there are of each kind, and the newest entries:
        index, kind, when recorded, and leaf. A leaf hides its body behind a salt,
        so that it may be shown to anybody; of a kind whose existence the reader may
        not know there is the leaf alone, and its kind and time are None.
    """
    head, clearance = reader.mission.record.head(), Sharing(reader.edition.id)
    kinds: Counter[str] = Counter()
    listed = []
    for entry in reader.mission.record.entries():
        told = seen(entry.kind).seen_with(clearance)
        kinds[entry.kind] += told
        at = format_instant(entry.recorded_at) if told else None
        listed.append(
            {
                "index": entry.index,
                "kind": entry.kind if told else None,
                "recorded_at": at,
                "leaf": entry.leaf.hex(),
            }
        )
    return {
        "entries": head.size,
        "head": head.hex,
        "kinds": {kind: n for kind, n in kinds.items() if n},
        "listed": listed[::-1][:_LAST],
    }
