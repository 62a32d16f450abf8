"""Leaves: canonical bytes hidden behind a salt, so that a hash tells nothing.

A row of a patrol report has little entropy: without a salt, anyone could try
names and places until a leaf matched. Rows of one batch take salts derived from
the batch entry's own, so that one row can be opened without opening the rest.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

SALT_BYTES: Final = 32
_LEAF: Final = b"\x00"  # From: https://www.rfc-editor.org/rfc/rfc6962#section-2.1
_ROW: Final = b"pamiers row salt\x00"


def leaf_hash(salt: bytes, content: bytes) -> bytes:
    """Return the leaf of some content behind a salt.

    Args:
        salt: 32 secret random bytes.
        content: Canonical bytes.

    Returns:
        32 bytes, `SHA-256(0x00 || salt || content)`.
    """
    return hashlib.sha256(_LEAF + salt + content).digest()


def row_salt(entry_salt: bytes, index: int) -> bytes:
    """Return the salt of one row of a batch, which does not reveal the others.

    Args:
        entry_salt: Salt of the entry that files the batch.
        index: Position of the row in the batch, from 0.

    Returns:
        32 bytes.
    """
    return hashlib.sha256(_ROW + entry_salt + index.to_bytes(8, "big")).digest()


def row_leaves(entry_salt: bytes, contents: Sequence[bytes]) -> list[bytes]:
    """Return the leaves of a batch's rows, in order; empty for no rows."""
    sha256, prefix = hashlib.sha256, _ROW + entry_salt
    return [
        sha256(_LEAF + sha256(prefix + i.to_bytes(8, "big")).digest() + row).digest()
        for i, row in enumerate(contents)
    ]
