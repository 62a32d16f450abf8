"""Rows that were not understood: listed, shown whole, waived with a reason.

A row leaves the quarantine only when the same bytes are read again in another way
(a mapping given, another format) and it is understood, or by a waiver that names
who set it aside and why. Neither removes it from the record. A mended file is
another file: the row of the old one still waits for a waiver.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pamiers.core.canonical import digest
from pamiers.core.errors import LedgerMismatchError, UsageError, Where
from pamiers.ledger.entry import Entry
from pamiers.ledger.tree import Head
from pamiers.mission.mission import Mission, new_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row in quarantine.

    Invariant: `id` is `entry.position`, which never changes.
    """

    id: str
    file: str  #: SHA-256 of the original
    name: str  #: file name as received
    row: int
    line: int
    column: str | None
    code: str
    message: str
    remedy: str
    raw: str  #: the row as received
    waived: str | None = None  #: why it was set aside, and by whom


def quarantined(mission: Mission) -> Iterator[Item]:
    """Yield every row ever quarantined, in order, waived ones marked.

    Args:
        mission: The mission.

    Yields:
        Items of the last reading of each file; none where all was understood.
    """
    names, last = _files(mission)
    waivers = {
        str(entry.body["item"]): f"{entry.body['by']}: {entry.body['reason']}"
        for entry in mission.record.entries(("waiver",))
    }
    for entry in mission.record.entries(("quarantine",)):
        identity = entry.body["of_file"]
        file = str(identity["sha256"]) if isinstance(identity, dict) else ""
        if last.get(file) != identity:
            continue  # the same bytes were read again since, in another way
        for position, fields in enumerate(_items(mission, entry)):
            item = Item(
                id=f"{entry.index}.{position}",
                file=file,
                name=names.get(file, ""),
                **fields,
            )
            yield replace(item, waived=waivers.get(item.id))


def _items(mission: Mission, entry: Entry) -> list[dict[str, Any]]:
    try:
        items: list[dict[str, Any]] = json.loads(
            mission.record.payload(entry.index, "items")
        )
    except ValueError as error:
        raise _altered(entry, type(error).__name__) from error
    return items


def verify_items(mission: Mission, entry: Entry) -> None:
    """Check that quarantined rows are those their entry pins; say nothing if so.

    Raises:
        LedgerMismatchError: They were altered.
    """
    got = digest(_items(mission, entry))
    if got != entry.body["digest"]:
        raise _altered(entry, got)


def _altered(entry: Entry, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        Where(f"entry {entry.index}", field="items"),
        expected=str(entry.body["digest"]),
        got=got,
        remedy="Restore the record from a copy that verifies.",
    )


def _files(mission: Mission) -> tuple[dict[str, str], dict[str, object]]:
    """Return each file's name, and how its bytes were last read."""
    names: dict[str, str] = {}
    last: dict[str, object] = {}
    for entry in mission.record.entries(("file",)):
        identity = entry.body["of_file"]
        if isinstance(identity, dict):
            names[str(identity["sha256"])] = str(entry.body["name"])
            last[str(identity["sha256"])] = identity
    return names, last


def item_named(mission: Mission, item_id: str) -> Item:
    """Return one quarantined row by its id.

    Raises:
        UsageError: There is none of that id.
    """
    for item in quarantined(mission):
        if item.id == item_id:
            return item
    raise UsageError(
        item_id,
        expected="the id of a quarantined row, such as 12.0",
        got="no such row",
        remedy="List them with `pamiers quarantine list`.",
    )


def waive(
    mission: Mission, item_id: str, *, by: str, reason: str, now: datetime
) -> Head:
    """Set a quarantined row aside, on record, with who did it and why.

    Args:
        mission: The mission.
        item_id: Id of the row.
        by: Role or name of who decides.
        reason: Why; must not be empty.
        now: Instant of recording, aware.

    Returns:
        The head with the waiver in it.

    Raises:
        UsageError: No such row, it is waived already, or nobody or no reason is named.
    """
    after = mission.record.head().size
    item = item_named(mission, item_id)
    if item.waived is not None:
        raise UsageError(
            item_id,
            expected="a row that still waits",
            got=f"one set aside by {item.waived}",
            remedy="List those that wait with `pamiers quarantine list`.",
        )
    if not by.strip() or not reason.strip():
        raise UsageError(
            item_id,
            expected="who decides, and a reason",
            got="none",
            remedy="Give both, the reason in a sentence.",
        )
    body = {"by": by, "item": item_id, "reason": reason}
    waiver = new_draft(mission, "waiver", body, now)
    return mission.record.append([waiver], after=after)
