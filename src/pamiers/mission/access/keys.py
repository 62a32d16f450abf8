"""What ends a key, and what is made of what it signed before and after.

    while a key is in force               taken
    after another took its place          kept and held, `R-KEY-ROTATED`
    after it was revoked                  refused
    since it was compromised              held; what stood already is withdrawn
    by a device whose enrolment a compromised key signed     held, `R-KEY-DOUBTFUL`

Before and after are told by the order of the record, and of what was compromised by the
instant that is named: a thief sets any clock he likes.
"""

import binascii
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import PamiersError, UsageError
from pamiers.ledger.keys import check_point

ROTATION: Final = b"pamiers key rotation\n"
ROTATED: Final = "rotated"
REVOKED: Final = "revoked"
#: why a message is held
OLD_KEY: Final = "R-KEY-ROTATED"
COMPROMISED: Final = "R-KEY-COMPROMISED"
DOUBTFUL: Final = "R-KEY-DOUBTFUL"
_BYTES: Final = 32


class _Device(Protocol):
    @property
    def key(self) -> str:
        """Return the key in force."""

    @property
    def revoked_at(self) -> str | None:
        """Return since when nothing of it is taken."""


class _Held(Protocol):
    @property
    def party_keys(self) -> Mapping[str, str]:
        """Return keys of parties in force."""

    @property
    def devices(self) -> Mapping[str, _Device]:
        """Return devices by name."""

    @property
    def keys(self) -> Mapping[str, object]:
        """Return every key there ever was."""


def holder_of(body: Mapping[str, Any]) -> str:
    """Return whose key a grant is about: `party ID` or `device NAME`."""
    return f"party {body['party']}" if "party" in body else f"device {body['name']}"


def key_of(held: _Held, body: Mapping[str, Any]) -> str:
    """Return the key in force of whoever a grant is about; empty for none."""
    if "party" in body:
        return held.party_keys.get(str(body["party"]), "")
    device = held.devices.get(str(body.get("name")))
    return "" if device is None or device.revoked_at is not None else device.key


def rotation_bytes(old: str, body: Mapping[str, Any]) -> bytes:
    """Return what both the old and the new key sign for one to take the other's place.

    Args:
        old: The key in force, in hexadecimal.
        body: `party` or `name`, and the new `key`.

    Returns:
        The bytes.
    """
    said = {"holder": holder_of(body), "new": str(body["key"]), "old": old}
    return ROTATION + canonical_bytes(said)


def rotation_fits(held: _Held, body: Mapping[str, Any]) -> bool:
    """Tell whether a rotation is signed by the key in force and by the new one."""
    old, new = key_of(held, body), str(body.get("key", ""))
    given = body.get("signatures")
    if not old or new in held.keys or not isinstance(given, dict):
        return False
    signed = rotation_bytes(old, body)
    try:
        read_key(new)
    except PamiersError:
        return False
    return verified(old, unhexed(str(given.get("old", ""))), signed) and verified(
        new, unhexed(str(given.get("new", ""))), signed
    )


def read_key(text: str) -> bytes:
    """Return a public key from its hexadecimal figures.

    Raises:
        UsageError: Another form, or a point that is refused.
    """
    raw = unhexed(text)
    if len(raw) != _BYTES:
        raise refused_key("key", f"{_BYTES} bytes in hexadecimal", "another text")
    try:
        check_point(raw)
    except PamiersError as error:
        raise refused_key("key", error.expected, error.got) from error
    return raw


def unhexed(text: str) -> bytes:
    """Return the bytes that hexadecimal figures write; none where they are not that."""
    try:
        return binascii.unhexlify(text)
    except (binascii.Error, ValueError):
        return b""


@lru_cache(maxsize=4096)
def _loaded(key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))


def verified(key: str, signature: bytes, signed: bytes) -> bool:
    """Tell whether a signature is a key's over some bytes."""
    try:
        _loaded(key).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def refused_key(field: str, expected: str, got: str) -> UsageError:
    """Return the refusal of a key or of what was signed with it."""
    return UsageError(
        field,
        expected=expected,
        got=got,
        remedy="Check what was signed, by whom, and with which key.",
    )
