"""A mission: one agreement, its record, and what was received for it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.ledger.entry import Draft, draft
from pamiers.ledger.leaf import SALT_BYTES
from pamiers.ledger.tree import Head
from pamiers.mission.ports import Entropy, Originals, Projections, Record

#: entries that say something about the world; the others say what was made of it
FACTS: Final = (
    *("mission", "agreement", "rows", "release", "waiver"),
    *("decision", "taxonomy"),
)
#: raised whenever the same facts would give another projection
PROJECTION_VERSION: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """A mission as opened: its entries, its files, and its source of salts."""

    name: str
    record: Record
    originals: Originals
    projections: Projections
    entropy: Entropy
    #: (kind, source, key) of rows that its reader may not know of
    hidden: frozenset[tuple[str, str, str]] = frozenset()


def new_draft(
    mission: Mission,
    kind: str,
    body: Mapping[str, object],
    now: datetime,
    payload: Mapping[str, bytes] | None = None,
) -> Draft:
    """Return an entry of this mission with a fresh salt, ready to be recorded.

    Args:
        mission: Gives the salt.
        kind: Kind of entry.
        body: JSON values.
        now: Instant of recording, aware.
        payload: Bytes to keep beside the entry, by name.

    Returns:
        The draft.
    """
    salt = mission.entropy(SALT_BYTES)
    return draft(kind, body, now=now, salt=salt, payload=payload)


def begin(mission: Mission, files: Mapping[str, str], now: datetime) -> Head:
    """Open a new mission on an agreement, as the first entry of its record.

    Args:
        mission: A mission whose record is empty.
        files: Texts of the agreement's folder, by file name.
        now: Instant of opening, aware.

    Returns:
        The head of the record of one entry.

    Raises:
        OutOfOrderError: The record is not empty.
    """
    body = {"agreement": dict(files), "name": mission.name}
    return mission.record.append([new_draft(mission, "mission", body, now)], after=0)


def basis(mission: Mission) -> str:
    """Return a digest of what projections rest on, to keep them under.

    That is the facts, the calibrations, and whatever was fused before the last of
    either: it gave ids. Fusing the same once more gives no other. Rows that are hidden
    from who reads are named: another one may hide an open row of the same name.

    Returns:
        Hexadecimal digest; another fact or `PROJECTION_VERSION` gives another.
    """
    pinned = hashlib.sha256(f"pamiers {PROJECTION_VERSION}".encode())
    pinned.update("".join(map(repr, sorted(mission.hidden))).encode())
    fused: list[bytes] = []
    for entry in mission.record.entries((*FACTS, "calibration", "fusion")):
        if entry.kind == "fusion":
            fused.append(entry.leaf)
            continue
        for leaf in (*fused, entry.leaf):
            pinned.update(leaf)
        fused = []
    return pinned.hexdigest()
