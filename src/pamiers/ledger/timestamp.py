"""A question to a time-stamping authority, over a checkpoint.

The authority answers with a token that says: these bytes were there at this instant. It
says nothing of what is in them. Its answer is checked with any tool for RFC 3161, such
as `openssl ts -verify -data CHECKPOINT -in ANSWER -CAfile ROOTS`.

Source: RFC 3161, section 2.4.1, in DER (X.690).
"""

import hashlib
from typing import Final

_SEQUENCE, _INTEGER, _OCTETS, _BOOLEAN = 0x30, 0x02, 0x04, 0x01
#: SHA-256 as an algorithm, without parameters but NULL: 2.16.840.1.101.3.4.2.1
_SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
_SHORT: Final = 128
NONCE_BYTES: Final = 8


def timestamp_query(data: bytes, nonce: bytes) -> bytes:
    """Return a TimeStampReq over some bytes, which asks for the certificate as well.

    Args:
        data: The bytes, such as a checkpoint as it is kept.
        nonce: 8 fresh random bytes; the answer repeats them.

    Returns:
        DER, version 1.
    """
    imprint = _der(_SEQUENCE, _SHA256 + _der(_OCTETS, hashlib.sha256(data).digest()))
    number = _der(_INTEGER, b"\x00" + nonce if nonce[0] & 0x80 else _least(nonce))
    certificate = _der(_BOOLEAN, b"\xff")
    return _der(_SEQUENCE, _der(_INTEGER, b"\x01") + imprint + number + certificate)


def _least(nonce: bytes) -> bytes:
    """Return a positive number in as few bytes as DER allows."""
    short = nonce.lstrip(b"\x00") or b"\x00"
    return b"\x00" + short if short[0] & 0x80 else short


def _der(tag: int, body: bytes) -> bytes:
    length = len(body)
    if length >= _SHORT:
        raise ValueError(length)  # nothing that is asked here is as long
    return bytes([tag, length]) + body
