"""Files on disk: originals by digest, and projections that may be deleted.

A rename is atomic but not durable: the folder is synced too, or a power cut
could lose a file whose receipt was given.

Source: transparency-dev/tessera, pull request 619.
"""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pamiers.core.errors import LedgerMismatchError, StoreError
from pamiers.store.memory import no_original


class FolderOriginals:
    """Files as received, each under the first two letters of its SHA-256."""

    def __init__(self, root: Path) -> None:
        """Keep files below `root`, which is made when first needed."""
        self._root = root

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest

    def put(self, data: bytes) -> str:
        """Keep bytes durably; return their SHA-256 in hexadecimal."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        # A file that was cut short on disk is mended from what was received again.
        if not path.exists() or path.stat().st_size != len(data):
            write_durably(path, data)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes with a digest, checked against it."""
        path = self._path(digest)
        if not path.exists():
            raise no_original(digest)
        data = path.read_bytes()
        got = hashlib.sha256(data).hexdigest()
        if got != digest:
            raise LedgerMismatchError(
                f"original {digest[:16]}",
                expected=digest,
                got=got,
                remedy="The file was altered on disk: restore it from a copy.",
            )
        return data


class FolderProjections:
    """Projections as files; delete the folder and they are computed again."""

    def __init__(self, root: Path) -> None:
        """Keep files in `root`, which is made when first needed."""
        self._root = root

    def get(self, name: str, basis: str) -> bytes | None:
        """Return a projection made from exactly this basis, or None."""
        path = self._root / name
        if not path.is_file():
            return None
        head, _, data = path.read_bytes().partition(b"\n")
        checked = f"{basis} {hashlib.sha256(data).hexdigest()}".encode()
        return data if head == checked else None

    def put(self, name: str, basis: str, data: bytes) -> None:
        """Keep a projection, in place of any older one of that name."""
        head = f"{basis} {hashlib.sha256(data).hexdigest()}\n".encode()
        write_durably(self._root / name, head + data)

    def clear(self) -> None:
        """Forget every projection."""
        for path in sorted(self._root.glob("*")):
            if not path.is_dir():
                path.unlink()


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one whole.

    Args:
        path: Where; its folder is made.
        data: What.

    Raises:
        StoreError: The disk refused; no part of the file is left behind.
    """
    write_stream_durably(path, [data])


def write_stream_durably(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of many pieces, as `write_durably` does.

    Args:
        path: Where; its folder is made.
        pieces: What, in order.

    Raises:
        StoreError: The disk refused; no part of the file is left behind.
    """
    partial = path.parent / f".{path.name}.{os.getpid()}.partial"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise StoreError(
            str(path),
            expected="room and permission to write",
            got=error.strerror or str(error),
            remedy="Free space or mend the permissions, then run it again.",
        ) from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
