"""A key of one's own, in a file of one's own: made once, and signing what is shown.

For whoever signs for a party. The file never has to be on the machine of the mission.
"""

import secrets
from pathlib import Path
from typing import Final

from pamiers.app.log_key import write_seed
from pamiers.core.errors import UsageError
from pamiers.ledger.keys import KEY_BYTES, NOTE, SignerKey, signer
from pamiers.mission.access.keys import unhexed

_NAME: Final = "own"


def make_key(path: Path) -> str:
    """Make a key and return its public half, in hexadecimal.

    Args:
        path: Where its 32 secret bytes are to lie; only the owner may read them.

    Returns:
        The public half.

    Raises:
        UsageError: There is a file of that name: it is not written over.
    """
    try:
        write_seed(path, secrets.token_bytes(KEY_BYTES))
    except FileExistsError as error:
        raise _refused(path, "a name that no file has", "one that is there") from error
    return public_of(path)


def public_of(path: Path) -> str:
    """Return the public half of a key, in hexadecimal.

    Raises:
        UsageError: There is no key in the file.
    """
    return _read(path).verifier.public.hex()


def sign_with(path: Path, text: str) -> tuple[str, str]:
    """Return a signature, and what was signed as far as it can be read.

    Args:
        path: File of the key.
        text: What to sign, in hexadecimal, as pamiers printed it.

    Returns:
        The signature in hexadecimal; and the text for whoever signs to read.

    Raises:
        UsageError: No hexadecimal, or no key in the file.
    """
    said = unhexed(text.strip())
    if not said:
        raise _refused(path, "what to sign in hexadecimal", repr(text[:40]))
    return _read(path).sign(said).hex(), said.decode("utf-8", "backslashreplace")


def _read(path: Path) -> SignerKey:
    try:
        seed = path.read_bytes()
    except OSError as error:
        raise _refused(path, "a file with a key", type(error).__name__) from error
    if len(seed) != KEY_BYTES:
        raise _refused(path, f"{KEY_BYTES} bytes", f"{len(seed)}")
    return signer(_NAME, NOTE, seed)


def _refused(path: Path, expected: str, got: str) -> UsageError:
    return UsageError(
        str(path),
        expected=expected,
        got=got,
        remedy="`pamiers key make FILE` makes a key.",
    )
