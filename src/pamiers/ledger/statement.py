"""Statements: bodies of entries that somebody signed, checkable by themselves.

The field `signatures` of a body lists keys and their signatures over
`pamiers.statement/v1`, the kind of the entry, and the canonical JSON of the rest.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import LedgerMismatchError, PamiersError
from pamiers.ledger.keys import SignerKey, VerifierKey, verifier

FIELD: Final = "signatures"
_HEADER: Final = "pamiers.statement/v1"


def statement_bytes(kind: str, body: Mapping[str, object]) -> bytes:
    """Return what is signed of an entry's body: all but the signatures themselves."""
    rest = {name: value for name, value in body.items() if name != FIELD}
    return f"{_HEADER}\n{kind}\n".encode() + canonical_bytes(rest)


def signed_body(
    kind: str, body: Mapping[str, object], keys: Iterable[SignerKey]
) -> dict[str, object]:
    """Return a body with signatures, besides those it has.

    Args:
        kind: Kind of the entry.
        body: JSON values.
        keys: Who signs.

    Returns:
        The body with its field `signatures`.
    """
    message = statement_bytes(kind, body)
    made = [signature_line(key, key.sign(message)) for key in keys]
    before = body.get(FIELD, [])
    listed = list(before) if isinstance(before, list) else []
    return {**body, FIELD: [*listed, *made]}


def signature_line(key: SignerKey, signature: bytes) -> dict[str, str]:
    """Return how a body tells one signature."""
    told = base64.b64encode(signature).decode()
    return {"key": str(key.verifier), "signature": told}


def signers_of(kind: str, body: Mapping[str, object]) -> tuple[VerifierKey, ...]:
    """Return the keys that signed a body, after checking every signature.

    Args:
        kind: Kind of the entry.
        body: What it says.

    Returns:
        Keys, in order; empty where nobody signed.

    Raises:
        LedgerMismatchError: A signature does not fit, or is not told as it should be.
    """
    listed = body.get(FIELD, [])
    message = statement_bytes(kind, body)
    if not isinstance(listed, list):
        raise _refused(kind, "a list of signatures", type(listed).__name__)
    return tuple(_signer(kind, each, message) for each in listed)


def _signer(kind: str, told: object, message: bytes) -> VerifierKey:
    try:
        assert isinstance(told, dict)  # noqa: S101 - told as a refusal below
        key = verifier(told["key"])
        signature = base64.b64decode(told["signature"], validate=True)
    except (AssertionError, KeyError, TypeError, binascii.Error, PamiersError) as error:
        raise _refused(kind, "a key and a signature", type(error).__name__) from error
    if not key.verify(signature, message):
        raise _refused(kind, f"the signature of {key.name}", "one that does not fit")
    return key


def _refused(kind: str, expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        f"statement of kind {kind}",
        expected=expected,
        got=got,
        remedy="Sign exactly what is to be recorded, and send it again.",
    )
