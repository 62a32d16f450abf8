"""Keys that sign and keys that check: Ed25519, with names as notes carry them.

A key whose point has a small order lets one signature fit many messages, and one that
is not written canonically has two names: both are refused when a key is read, before
any signature is looked at.

Source: RFC 8032; C2SP signed-note; Chalkias, Garillot and Nikolaenko (2020), Taming
the many EdDSAs.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from pamiers.core.errors import LedgerMismatchError, UsageError

#: how a key signs a note: the note as it is, or as a witness at a time
NOTE: Final = 0x01
COSIGNATURE: Final = 0x04
KEY_BYTES: Final = 32
ID_BYTES: Final = 4
_P: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _P) % _P
_ROOT: Final = pow(2, (_P - 1) // 4, _P)  #: a square root of -1
_MARKS: Final = frozenset("+")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key, its name, and what it signs. Invariant: a point of large order."""

    name: str
    kind: int  #: `NOTE` or `COSIGNATURE`
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes by which a signature line names the key."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:ID_BYTES]

    def __str__(self) -> str:
        """Return the key as C2SP writes it: name+id+base64."""
        held = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{held}"

    def able(self, size: int) -> tuple["VerifierKey", ...]:
        """Return who may sign a head: of a record with one key, that key alone."""
        del size
        return (self,)

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Tell whether a signature is this key's over a message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key and its name; never written into a log or a message."""

    name: str
    kind: int
    seed: bytes

    def __repr__(self) -> str:
        """Return the name alone."""
        return f"SignerKey({self.name!r})"

    @property
    def verifier(self) -> VerifierKey:
        """Return the public half."""
        return VerifierKey(self.name, self.kind, _public(self.seed))

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, 64 bytes."""
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return _loaded(self.seed)


@lru_cache(maxsize=16)
def _loaded(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=16)
def _public(seed: bytes) -> bytes:
    return _loaded(seed).public_key().public_bytes_raw()


def signer(name: str, kind: int, seed: bytes) -> SignerKey:
    """Return a private key.

    Args:
        name: How notes name it, such as `example.org/mission`.
        kind: `NOTE` or `COSIGNATURE`.
        seed: 32 secret random bytes.

    Returns:
        The key.

    Raises:
        UsageError: A name with spaces or a plus, or a seed of another length.
    """
    _check_name(name)
    if len(seed) != KEY_BYTES:
        raise _refused(f"{KEY_BYTES} bytes of seed", f"{len(seed)}")
    return SignerKey(name, kind, seed)


def verifier(text: str) -> VerifierKey:
    """Return the public key that a text such as `name+id+base64` states.

    Args:
        text: The key as C2SP writes it.

    Returns:
        The key.

    Raises:
        UsageError: Another form, an id that is not that of the key, an unknown kind, or
            a key that is not canonical or of small order.
    """
    name, _, rest = text.strip().partition("+")
    said, _, held = rest.partition("+")
    try:
        raw = base64.b64decode(held, validate=True)
    except binascii.Error as error:
        raise _refused("name+id+base64", repr(text)) from error
    if len(raw) != 1 + KEY_BYTES or raw[0] not in {NOTE, COSIGNATURE}:
        raise _refused("an Ed25519 key that signs or cosigns notes", repr(text))
    _check_name(name)
    key = VerifierKey(name, raw[0], raw[1:])
    if key.id.hex() != said:
        raise _refused(f"the id {key.id.hex()}", repr(said))
    check_point(key.public)
    return key


def check_point(public: bytes) -> None:
    """Check that a public key is canonical, on the curve and of large order.

    Args:
        public: The key, as RFC 8032 writes it.

    Raises:
        UsageError: It is none of these.
    """
    if len(public) != KEY_BYTES:
        raise _refused(f"{KEY_BYTES} bytes", f"{len(public)}")
    number = int.from_bytes(public, "little")
    y, odd = number & (2**255 - 1), number >> 255
    if y >= _P:
        raise _refused("a key written canonically", "a number above the field")
    x = _x_of(y, odd)
    if x is None:
        raise _refused("a point of the curve", "none")
    if _is_small(x, y):
        raise _refused("a point of large order", "one of small order")


def _x_of(y: int, odd: int) -> int | None:
    """Return the x of a point, or nothing if there is none, after RFC 8032, 5.1.3."""
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and odd):
        return None
    return _P - x if x % 2 != odd else x


def _is_small(x: int, y: int) -> bool:
    """Tell whether eight times a point is the neutral one."""
    for _ in range(3):
        bend = _D * x * x * y * y % _P
        x, y = (
            2 * x * y * pow(1 + bend, -1, _P) % _P,
            (y * y + x * x) * pow(1 - bend, -1, _P) % _P,
        )
    return (x, y) == (0, 1)


def _check_name(name: str) -> None:
    if not name or any(c.isspace() or c in _MARKS for c in name):
        raise _refused("a name without spaces and plus signs", repr(name))


def _refused(expected: str, got: str) -> UsageError:
    remedy = "Ask the owner for the key again, by another way."
    return UsageError("key", expected=expected, got=got, remedy=remedy)


def forged(name: str) -> LedgerMismatchError:
    """Return the error that a signature of a known key does not fit.

    Args:
        name: Name of the key.

    Returns:
        The error, to be raised.
    """
    return LedgerMismatchError(
        f"signature of {name}",
        expected="a signature that fits",
        got="another",
        remedy="Keep the note as evidence, and fetch it again by another way.",
    )
