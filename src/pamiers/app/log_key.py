"""The key by which a mission signs checkpoints of its record, kept in its folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from pamiers.app.wiring import write_file
from pamiers.core.errors import StoreError
from pamiers.ledger.keys import KEY_BYTES, NOTE, SignerKey, VerifierKey, signer
from pamiers.mission.mission import Mission
from pamiers.mission.witnessed import origin_of

FILE: Final = Path("keys") / "log.seed"
PUBLIC: Final = Path("keys") / "log.pub"
_OWNER_ONLY: Final = 0o600


def log_key(folder: Path, origin: str) -> SignerKey:
    """Return the key of a mission's record, made when it is first asked for.

    Args:
        folder: The mission folder.
        origin: Name of the record in checkpoints.

    Returns:
        The key. Only the owner of the folder may read the file that holds its seed.

    Raises:
        StoreError: The file cannot be written, or does not hold a seed.
    """
    path = folder / FILE
    with suppress(FileExistsError):
        _write(path, secrets.token_bytes(KEY_BYTES))
    seed = path.read_bytes()
    if len(seed) != KEY_BYTES:
        raise StoreError(
            str(FILE),
            expected=f"{KEY_BYTES} bytes",
            got=f"{len(seed)}",
            remedy="Restore the file from a copy; with another key, others will take "
            "your checkpoints for those of a stranger.",
        )
    key = signer(origin, NOTE, seed)
    public = folder / PUBLIC
    told = f"{key.verifier}\n".encode()
    if not public.exists():
        write_file(public, told)
    elif public.read_bytes() != told:
        raise _another(str(PUBLIC))
    return key


def public_key(folder: Path, mission: Mission) -> VerifierKey | None:
    """Return the public half of a mission's key; None where it has none yet.

    Raises:
        StoreError: The two halves do not go together: one of the files is damaged.
    """
    if not (folder / FILE).exists():
        return None
    return log_key(folder, origin_of(mission)).verifier


def _another(name: str) -> StoreError:
    return StoreError(
        name,
        expected="the public half of the key in the folder",
        got="another key",
        remedy="One of the two files was altered: restore both from a copy.",
    )


def _write(path: Path, seed: bytes) -> None:
    """Write a seed once, durably, under its final name only when it is whole."""
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(seed)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    finally:
        part.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
