"""Entries: everything that happened to a mission, in the order it was recorded.

An entry's content is canonical JSON: its kind, when it was recorded and a body, whose
fields can be opened one by one (`content`).
What does not fit a body (the rows of a batch, quarantined lines) is a payload
beside it, pinned by a digest or a Merkle root in the body.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pamiers.core.canonical import named_canonically
from pamiers.core.errors import (
    LedgerMismatchError,
    MalformedSourceError,
    UsageError,
    Where,
)
from pamiers.core.instant import format_instant
from pamiers.ledger.content import FORMAT, Content, read_content

KINDS: Final = (
    "mission",  #: opened, with the agreement it is about
    "agreement",  #: another version of the agreement
    "file",  #: original bytes received, by digest
    "rows",  #: a batch of rows read from a file
    "quarantine",  #: rows of a file that were not understood
    "release",  #: a named release of a source, and what it covers
    "waiver",  #: a quarantined row was set aside, by whom and why
    "decision",  #: somebody decided about incidents or reports: what, who and why
    "taxonomy",  #: what the words of a source mean was decided: a table
    "calibration",  #: what sources are like was learned, and from what
    "fusion",  #: incidents were computed: what is new of them, and a digest of all
    "case",  #: something recorded of a case: which, under which procedure, what
    "notice",  #: what a case asked for: drafts and notices, by key
    "call",  #: a call on the hotline: who, to whom, what was said, what came of it
    "delivery",  #: notices were delivered: by what means, and how it went
    "message",  #: messages as they came in one by one, and what is held of them
    "grant",  #: who may do what: somebody or something was enrolled, or no longer is
    "succession",  #: another key signs for the record from now on, and who says so
    "erasure",  #: fields of an entry are to be forgotten, or were: which, who and why
    "access",  #: what was decided about who may do what
    "claim",  #: somebody took on what waits for a person, or let go of it
    "assessment",  #: findings were computed: how many, and their digest
    "issue",  #: a report was issued: which, for whom, and digests of its lines
    "import",  #: the record of another mission was taken in: which, and its head
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry that is not yet recorded.

    Invariant: `leaf` is that of `content` behind `salt`, the secret of its fields.
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
        """Return what the entry says.

        Raises:
            LedgerMismatchError: It is not what was recorded.
        """
        return self.said().body

    def verify(self) -> None:
        """Check that the entry is what its leaf pins; say nothing if so.

        Raises:
            LedgerMismatchError: Its content, kind or time was altered.
        """
        self.said()

    def said(self) -> Content:
        """Return the content, checked against leaf, kind and time.

        Raises:
            LedgerMismatchError: It is not what was recorded.
        """
        try:
            said = read_content(self.content)
        except MalformedSourceError as error:
            raise self._altered("content", error.expected, error.got) from error
        for name, expected, got in (
            ("leaf", self.leaf.hex(), said.leaf(self.salt).hex()),
            ("kind", said.kind, self.kind),
            ("recorded_at", said.recorded_at, format_instant(self.recorded_at)),
        ):
            if expected != got:
                raise self._altered(name, expected, got)
        return said

    def _altered(self, field: str, expected: str, got: str) -> LedgerMismatchError:
        return LedgerMismatchError(
            Where(f"entry {self.index}", field=field),
            expected=expected,
            got=got,
            remedy="Restore the record from a copy that verifies.",
        )


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
        salt: 32 fresh random bytes, from which each field has a salt of its own.
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
    said = Content(
        format=FORMAT,
        kind=kind,
        recorded_at=format_instant(now),
        fields=named_canonically(body),
    )
    return Draft(
        kind=kind,
        recorded_at=now,
        content=bytes(said),
        salt=salt,
        leaf=said.leaf(salt),
        payload=payload or {},
    )
