"""Commitments: a field pinned by a digest that tells nothing until it is opened.

Each field has a salt of its own, made from the secret of its entry, so that one can be
opened, or destroyed for good, without touching the others.
"""

import hashlib
from typing import Final

SALT_BYTES: Final = 32
FIELD: Final = b"\x02"  # 0x00 and 0x01 are the leaves and nodes of RFC 6962
_ENVELOPE_SALT: Final = b"pamiers envelope salt\x00"
_FIELD_SALT: Final = b"pamiers field salt\x00"
ROW_SALTS: Final = b"pamiers row salts\x00"


def commitment(salt: bytes, data: bytes) -> bytes:
    """Return what pins a field: `SHA-256(0x02 || salt || data)`.

    Args:
        salt: 32 secret bytes of the field's own.
        data: Canonical bytes of the field.

    Returns:
        32 bytes.
    """
    return hashlib.sha256(FIELD + salt + data).digest()


def envelope_salt(secret: bytes) -> bytes:
    """Return the salt of an entry's envelope, which reveals no field's."""
    return hashlib.sha256(_ENVELOPE_SALT + secret).digest()


def field_salt(secret: bytes, name: str) -> bytes:
    """Return the salt of one field of an entry, which reveals no other's."""
    return hashlib.sha256(_FIELD_SALT + secret + name.encode()).digest()


def row_salts(secret: bytes, index: int, parts: int) -> list[bytes]:
    """Return the salts of the parts of one row of a batch, in their order.

    Args:
        secret: Secret of the entry that files the batch.
        index: Position of the row in the batch, from 0.
        parts: How many parts rows of the batch may have.

    Returns:
        32 bytes each, cut from SHAKE-256: one tells nothing of another.
    """
    seed = ROW_SALTS + secret + index.to_bytes(8, "big")
    drawn = hashlib.shake_256(seed).digest(SALT_BYTES * parts)
    return [drawn[at : at + SALT_BYTES] for at in range(0, len(drawn), SALT_BYTES)]
