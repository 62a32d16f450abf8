"""Checkpoints: the size and root of the record, signed, and cosigned by witnesses.

Source: C2SP tlog-checkpoint and tlog-cosignature (Ed25519), unchanged.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.keys import SignerKey, VerifierKey, forged
from pamiers.ledger.note import Line, Note, read_note, sign_note, verify_note
from pamiers.ledger.tree import Head

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_HEADER: Final = "cosignature/v1"
_ROOT_BYTES: Final = 32
_TIME_BYTES: Final = 8
_SIGNATURE_BYTES: Final = 64
_LINES: Final = 3


class Log(Protocol):
    """Who speaks for a record: one key, or keys that followed one another."""

    @property
    def name(self) -> str:
        """Return the name of the record."""

    def able(self, size: int) -> tuple[VerifierKey, ...]:
        """Return the keys that are believed of a head of a size."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself, its name, size and root, and the note that says it."""

    origin: str
    head: Head
    note: Note

    def __str__(self) -> str:
        """Return the note as it is sent."""
        return str(self.note)


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A witness saw this tree, consistent with all it saw before, at a time."""

    name: str
    at: datetime


def checkpoint_text(origin: str, head: Head) -> str:
    """Return the text of a checkpoint, which is what gets signed."""
    root = base64.b64encode(head.root).decode()
    return f"{origin}\n{head.size}\n{root}\n"


def sign_checkpoint(head: Head, key: SignerKey) -> Checkpoint:
    """Return a checkpoint signed by the log.

    Args:
        head: Size and root.
        key: The log's key, whose name is the origin.

    Returns:
        The checkpoint, with one signature.
    """
    note = sign_note(checkpoint_text(key.name, head), key)
    return Checkpoint(key.name, head, note)


def read_checkpoint(raw: bytes) -> Checkpoint:
    """Return the checkpoint that bytes state; no signature is looked at.

    Args:
        raw: A note in UTF-8.

    Returns:
        The checkpoint.

    Raises:
        LedgerMismatchError: Not a checkpoint.
    """
    note = read_note(raw)
    rows = note.text.removesuffix("\n").split("\n")
    if len(rows) < _LINES or not all(rows):
        raise _misread("origin, size and root", f"{len(rows)} lines")
    if not _SIZE.fullmatch(rows[1]):
        raise _misread("a size in decimal", repr(rows[1]))
    return Checkpoint(rows[0], Head(int(rows[1]), _root(rows[2])), note)


def _root(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _misread("a root in base64", repr(text)) from error
    if len(raw) != _ROOT_BYTES or base64.b64encode(raw).decode() != text:
        raise _misread(f"a root of {_ROOT_BYTES} bytes", repr(text))
    return raw


def verify_checkpoint(found: Checkpoint, log: Log) -> None:
    """Check that the log signed a checkpoint under its own name; say nothing if so.

    Args:
        found: The checkpoint.
        log: The log's key, or its keys after one another.

    Raises:
        LedgerMismatchError: Another origin, or no signature of the key that fits.
    """
    if found.origin != log.name:
        raise _misread(f"a checkpoint of {log.name}", f"one of {found.origin}")
    verify_note(found.note, log.able(found.head.size))


def cosign(found: Checkpoint, key: SignerKey, now: datetime) -> Line:
    """Return the line by which a witness says that it saw a checkpoint.

    Args:
        found: A checkpoint that the witness has checked.
        key: A key that cosigns.
        now: Instant, aware.

    Returns:
        A signature line for the note of the checkpoint.
    """
    seconds = int(now.timestamp())
    signed = key.sign(_cosigned(found.note.text, seconds))
    time = seconds.to_bytes(_TIME_BYTES, "big")
    return Line(key.name, key.verifier.id, time + signed)


def _cosigned(text: str, seconds: int) -> bytes:
    return f"{_HEADER}\ntime {seconds}\n{text}".encode()


def cosignatures(
    found: Checkpoint, keys: Iterable[VerifierKey]
) -> tuple[Cosigned, ...]:
    """Return which known witnesses saw a checkpoint, and when.

    Args:
        found: The checkpoint.
        keys: Keys that cosign.

    Returns:
        In the order of the lines, each witness once, at its latest time; empty if no
        known witness did.

    Raises:
        LedgerMismatchError: A line of a known witness does not fit.
    """
    known = {(key.name, key.id): key for key in keys}
    seen: dict[str, datetime] = {}
    for line in found.note.lines:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        at = _seen_at(found, line, key)
        seen[line.name] = max(at, seen.get(line.name, at))
    return tuple(Cosigned(name, at) for name, at in seen.items())


def _seen_at(found: Checkpoint, line: Line, key: VerifierKey) -> datetime:
    """Return when a witness signed, after checking that it did."""
    held = line.signature
    seconds = int.from_bytes(held[:_TIME_BYTES], "big")
    fits = len(held) == _TIME_BYTES + _SIGNATURE_BYTES and seconds < 2**63
    message = _cosigned(found.note.text, seconds)
    if not fits or not key.verify(held[_TIME_BYTES:], message):
        raise forged(line.name)
    return datetime.fromtimestamp(seconds, UTC)


def _misread(expected: str, got: str) -> LedgerMismatchError:
    remedy = "Fetch the checkpoint again; if it stays so, keep it as evidence."
    return LedgerMismatchError("checkpoint", expected=expected, got=got, remedy=remedy)
