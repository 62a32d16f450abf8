"""Proofs that one entry is in a record, as a text that anybody can check offline.

Source: C2SP tlog-proof, version 1, unchanged.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.checkpoint import (
    Checkpoint,
    Log,
    read_checkpoint,
    verify_checkpoint,
)
from pamiers.ledger.tree import verify_inclusion

_HEADER: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})")
_HASH_BYTES: Final = 32
_MOST_HASHES: Final = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an entry stands, its audit path, and the checkpoint that it leads to."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def __str__(self) -> str:
        """Return the proof as it is sent."""
        hashes = "".join(f"{base64.b64encode(each).decode()}\n" for each in self.path)
        return f"{_HEADER}\nindex {self.index}\n{hashes}\n{self.checkpoint}"

    def verify(self, leaf: bytes, log: Log) -> None:
        """Check that a leaf is in the record that the checkpoint is of.

        Args:
            leaf: Leaf hash of the entry.
            log: Key of the record.

        Raises:
            LedgerMismatchError: It is not, or the checkpoint is not signed.
        """
        verify_checkpoint(self.checkpoint, log)
        verify_inclusion(leaf, self.index, self.checkpoint.head, self.path)


def read_proof(raw: bytes) -> Proof:
    """Return the proof that bytes state; nothing is checked yet.

    Args:
        raw: UTF-8; a line of extra data is passed over.

    Returns:
        The proof.

    Raises:
        LedgerMismatchError: Not a proof.
    """
    top, break_, note = raw.partition(b"\n\n")
    rows = top.decode("utf-8", "replace").split("\n")
    if not break_ or rows[0] != _HEADER:
        raise _misread(f"{_HEADER}, an index, hashes and a checkpoint")
    rows = rows[2:] if len(rows) > 1 and rows[1].startswith("extra ") else rows[1:]
    index = _INDEX.fullmatch(rows[0]) if rows else None
    if index is None or len(rows) - 1 > _MOST_HASHES:
        raise _misread(f"an index, and at most {_MOST_HASHES} hashes")
    path = tuple(_hash(row) for row in rows[1:])
    return Proof(int(index[1]), path, read_checkpoint(note))


def _hash(row: str) -> bytes:
    try:
        raw = base64.b64decode(row, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _misread("hashes in base64") from error
    if len(raw) != _HASH_BYTES or base64.b64encode(raw).decode() != row:
        raise _misread(f"hashes of {_HASH_BYTES} bytes")
    return raw


def _misread(expected: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        "proof",
        expected=expected,
        got="something else",
        remedy="Fetch the proof again; if it stays so, keep it as evidence.",
    )
