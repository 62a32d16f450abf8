"""What binds a bundle together: BagIt manifests, and one signature over all of them.

The manifest of the payload gives the SHA-256 of every file below `data/`; the tag
manifest that of every other file, the first manifest among them; the signature is over
the tag manifest. So one signature covers every file but itself, and itself is compared
as bytes.

Source: RFC 8493 (BagIt 1.0); C2SP signed-note.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.keys import SignerKey, VerifierKey
from pamiers.ledger.note import read_note, sign_note, verify_note

DECLARATION: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAGS: Final = "tagmanifest-sha256.txt"
SIGNATURE: Final = "signature.txt"
PAYLOAD: Final = "data/"
#: the files outside the payload, in the order in which they stand in the archive
TAG_FILES: Final = (DECLARATION, INFO, MANIFEST, TAGS, SIGNATURE)
DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_HEADER: Final = "pamiers.bundle/v1"
_ROW: Final = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")
_NAME: Final = re.compile(r"(?:[\w.-]+/)*[\w.-]+", re.ASCII)
_LINES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What the signature of a bundle says."""

    origin: str  #: name of the record
    edition: str
    tags: bytes  #: SHA-256 of the tag manifest


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest: one line for each file, in the order of the names."""
    rows = [f"{digests[name]}  {name}\n" for name in sorted(digests)]
    return "".join(rows).encode()


def read_manifest(raw: bytes, name: str) -> dict[str, str]:
    """Return the digest of each file that a manifest lists.

    Args:
        raw: The manifest.
        name: What it is called, for messages.

    Returns:
        SHA-256 in hexadecimal, by path.

    Raises:
        LedgerMismatchError: Not as `manifest` writes it.
    """
    found = {}
    for row in raw.decode("utf-8", "replace").splitlines():
        match = _ROW.fullmatch(row)
        if match is None:
            raise mismatch(name, "a digest, two spaces and a path", repr(row[:80]))
        found[match[2]] = match[1]
    if manifest(found) != raw:
        raise mismatch(name, "each path once, in order", "other bytes")
    return found


def check_name(name: str) -> None:
    """Check that a path stays inside the folder that it is unpacked into.

    Raises:
        LedgerMismatchError: It does not, or has letters that systems write differently.
    """
    parts = name.split("/")
    if not _NAME.fullmatch(name) or {".", ".."} & set(parts):
        raise mismatch("bundle", "paths of plain letters", repr(name[:80]))


def sign(signed: Signed, key: SignerKey) -> bytes:
    """Return the signature of a bundle, as the file that holds it."""
    return str(sign_note(_text(signed), key)).encode()


def _text(signed: Signed) -> str:
    tags = base64.b64encode(signed.tags).decode()
    return f"{_HEADER}\n{signed.origin}\n{signed.edition}\n{tags}\n"


def verify_signature(raw: bytes, tags: bytes, key: VerifierKey) -> Signed:
    """Return what a bundle's signature says, after checking it.

    Args:
        raw: The file that holds it.
        tags: The tag manifest.
        key: The key of the record.

    Returns:
        Name of the record, edition, and the digest that was signed.

    Raises:
        LedgerMismatchError: It is not of that key, over that manifest, in the one form.
    """
    try:
        note = read_note(raw)
        verify_note(note, [key])
    except LedgerMismatchError as error:
        raise mismatch(SIGNATURE, error.expected, error.got) from error
    rows = note.text.removesuffix("\n").split("\n")
    if len(rows) != _LINES or len(note.lines) != 1 or str(note).encode() != raw:
        raise mismatch(SIGNATURE, "the signature of a bundle", "another text")
    found = Signed(origin=rows[1], edition=rows[2], tags=hashlib.sha256(tags).digest())
    if note.text != _text(found) or found.origin != key.name:
        raise mismatch(SIGNATURE, "a signature over this bundle", "one over another")
    return found


def mismatch(name: str, expected: str, got: str) -> LedgerMismatchError:
    """Return the error of a file that does not say what the bundle says of it."""
    return LedgerMismatchError(
        name,
        expected=expected,
        got=got,
        remedy="Fetch the bundle again; if it stays so, keep it as evidence.",
    )
