"""Files on disk: originals by digest, and projections that may be deleted."""

import hashlib
from pathlib import Path

from pamiers.core.errors import LedgerMismatchError
from pamiers.store.disk import DISK, Disk, write_durably
from pamiers.store.memory import no_original


class FolderOriginals:
    """Files as received, each under the first two letters of its SHA-256."""

    def __init__(self, root: Path, disk: Disk = DISK) -> None:
        """Keep files below `root`, which is made when first needed."""
        self._root, self._disk = root, disk

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest

    def put(self, data: bytes) -> str:
        """Keep bytes durably; return their SHA-256 in hexadecimal."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        # A file that was cut short on disk is mended from what was received again.
        if not path.exists() or path.stat().st_size != len(data):
            write_durably(path, data, self._disk)
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
        return data if head == _head(basis, data) else None

    def put(self, name: str, basis: str, data: bytes) -> None:
        """Keep a projection, in place of any older one of that name."""
        write_durably(self._root / name, _head(basis, data) + b"\n" + data)

    def clear(self) -> None:
        """Forget every projection."""
        for path in sorted(self._root.glob("*")):
            if not path.is_dir():
                path.unlink()


def _head(basis: str, data: bytes) -> bytes:
    """Return what a projection begins with: its basis, and a digest of both."""
    pinned = hashlib.sha256(basis.encode() + b"\n" + data).hexdigest()
    return f"{basis} {pinned}".encode()


def whole_projection(data: bytes) -> bool:
    """Tell whether the bytes of a projection have the digest they begin with."""
    head, _, rest = data.partition(b"\n")
    basis = head.rpartition(b" ")[0].decode("utf-8", "replace")
    return head == _head(basis, rest)
