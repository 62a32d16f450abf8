"""The key by which a mission signs checkpoints of its record, kept in its folder.

    keys/log.seed     the key in force
    keys/log.pub      its public half
    keys/next.seed    the next one, until the record says that it took over
    keys/next.txt     what is to be signed for that, where parties have to

The record says which key is in force. A process that stopped between the entry and the
change of files is finished by whoever asks for the key next.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from pamiers.app.wiring import write_file
from pamiers.core.errors import StoreError
from pamiers.ledger.keys import KEY_BYTES, NOTE, SignerKey, VerifierKey, signer
from pamiers.mission.access.succession import steps_of
from pamiers.mission.mission import Mission
from pamiers.mission.witnessed import origin_of

FILE: Final = Path("keys") / "log.seed"
PUBLIC: Final = Path("keys") / "log.pub"
NEXT: Final = Path("keys") / "next.seed"
WAITING: Final = Path("keys") / "next.txt"
_OWNER_ONLY: Final = 0o600


def log_key(folder: Path, mission: Mission) -> SignerKey:
    """Return the key of a mission's record, made when it is first asked for.

    Args:
        folder: The mission folder.
        mission: Its record, which says which key is in force.

    Returns:
        The key. Only the owner of the folder may read the file that holds its seed.

    Raises:
        StoreError: The file cannot be written, or does not hold the seed of the key
            that the record says is in force.
    """
    steps, origin = steps_of(mission), origin_of(mission)
    if not steps:
        with suppress(FileExistsError):
            write_seed(folder / FILE, secrets.token_bytes(KEY_BYTES))
    key = _read(folder, FILE, origin)
    if steps and key.verifier != steps[-1].new:
        key = _finished(folder, origin, steps[-1].new)
    _told(folder, key.verifier, changed=bool(steps))
    return key


def _finished(folder: Path, origin: str, due: VerifierKey) -> SignerKey:
    """Put the next key in the place of the last, as the record says."""
    with suppress(FileNotFoundError):  # somebody else may finish it meanwhile
        if _read(folder, NEXT, origin).verifier == due:
            (folder / WAITING).unlink(missing_ok=True)
            (folder / NEXT).replace(folder / FILE)
            _synced((folder / FILE).parent)
    key = _read(folder, FILE, origin)
    if key.verifier != due:
        raise StoreError(
            str(FILE),
            expected=f"the seed of {due}",
            got="that of another key",
            remedy="Restore the file from a copy made after the key was changed.",
        )
    return key


def _told(folder: Path, key: VerifierKey, *, changed: bool) -> None:
    """See that the public half lies beside the seed."""
    public, told = folder / PUBLIC, f"{key}\n".encode()
    if not public.exists() or (changed and public.read_bytes() != told):
        write_file(public, told)
    elif public.read_bytes() != told:
        raise StoreError(
            str(PUBLIC),
            expected="the public half of the key in the folder",
            got="another key",
            remedy="One of the two files was altered: restore both from a copy.",
        )


def next_key(folder: Path, mission: Mission) -> SignerKey:
    """Return the key that is to be next, made when it is first asked for."""
    with suppress(FileExistsError):
        write_seed(folder / NEXT, secrets.token_bytes(KEY_BYTES))
    return _read(folder, NEXT, origin_of(mission))


def public_key(folder: Path, mission: Mission) -> VerifierKey | None:
    """Return the public half of a mission's key; None where it has none yet.

    Raises:
        StoreError: The two halves do not go together: one of the files is damaged.
    """
    if not (folder / FILE).exists():
        return None
    return log_key(folder, mission).verifier


@dataclass(slots=True)
class LogKeys:
    """The key in force, for a service that runs while it is changed by another."""

    folder: Path
    mission: Mission
    _key: SignerKey | None = None
    _mark: tuple[int, int, bool] = (0, 0, False)
    _lock: Lock = field(default_factory=Lock)

    def now(self) -> SignerKey:
        """Return the key in force: read again where its files have changed.

        Asked for after a head was read, it is one that may sign that head: a later key
        may sign what an earlier one could.
        """
        with self._lock:
            mark = self._marked()
            if self._key is None or mark != self._mark or mark[2]:
                self._key = log_key(self.folder, self.mission)
                self._mark = self._marked()
            return self._key

    def _marked(self) -> tuple[int, int, bool]:
        try:
            found = (self.folder / FILE).stat()
        except FileNotFoundError:
            return (0, 0, False)
        waits = (self.folder / NEXT).exists()
        return (found.st_ino, found.st_mtime_ns, waits)


def _read(folder: Path, name: Path, origin: str) -> SignerKey:
    seed = (folder / name).read_bytes()
    if len(seed) != KEY_BYTES:
        raise StoreError(
            str(name),
            expected=f"{KEY_BYTES} bytes",
            got=f"{len(seed)}",
            remedy="Restore the file from a copy; with another key, others will take "
            "your checkpoints for those of a stranger.",
        )
    return signer(origin, NOTE, seed)


def write_seed(path: Path, seed: bytes) -> None:
    """Write a seed once, durably, under its final name only when it is whole.

    Raises:
        FileExistsError: There is one.
    """
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
    _synced(path.parent)


def _synced(folder: Path) -> None:
    """See that what a folder lists is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
