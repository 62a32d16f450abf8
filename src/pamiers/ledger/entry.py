"""Entries: everything that happened to a mission, in the order it was recorded.

An entry's content is canonical JSON: its kind, when it was recorded and a body.
What does not fit a body (the rows of a batch, quarantined lines) is a payload
beside it, pinned by a digest or a Merkle root in the body.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant
from pamiers.ledger.leaf import leaf_hash

FORMAT: Final = 1
KINDS: Final = (
    "mission",  #: opened, with the agreement it is about
    "agreement",  #: another version of the agreement
    "file",  #: original bytes received, by digest
    "rows",  #: a batch of rows read from a file
    "quarantine",  #: rows of a file that were not understood
    "release",  #: a named release of a source, and what it covers
    "waiver",  #: a quarantined row was set aside, by whom and why
    "fusion",  #: incidents were computed: how many, and their digest
    "assessment",  #: findings were computed: how many, and their digest
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry that is not yet recorded.

    Invariant: `content` is what `leaf` hides behind `salt`.
    """

    kind: str
    recorded_at: datetime
    content: bytes
    salt: bytes
    leaf: bytes
    payload: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as recorded; payloads are read apart, since they are large."""

    index: int
    kind: str
    recorded_at: datetime
    content: bytes
    salt: bytes
    leaf: bytes

    @property
    def body(self) -> dict[str, object]:
        """Return what the entry says."""
        body: dict[str, object] = json.loads(self.content)["body"]
        return body


def draft(
    kind: str,
    body: Mapping[str, object],
    *,
    now: datetime,
    salt: bytes,
    payload: Mapping[str, bytes] | None = None,
) -> Draft:
    """Return an entry ready to be recorded.

    Args:
        kind: One of `KINDS`.
        body: JSON values.
        now: Instant of recording, aware.
        salt: 32 fresh random bytes.
        payload: Bytes to keep beside the entry, by name.

    Returns:
        The draft, with its leaf.

    Raises:
        UsageError: `kind` is not one of `KINDS`.
    """
    if kind not in KINDS:
        raise UsageError(
            "entry",
            expected=f"one of {', '.join(KINDS)}",
            got=repr(kind),
            remedy="Name a kind of entry.",
        )
    content = canonical_bytes(
        {
            "body": body,
            "format": FORMAT,
            "kind": kind,
            "recorded_at": format_instant(now),
        }
    )
    return Draft(
        kind=kind,
        recorded_at=now,
        content=content,
        salt=salt,
        leaf=leaf_hash(salt, content),
        payload=payload or {},
    )
