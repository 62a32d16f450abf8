"""Attachments on their way: what has come of each so far, on the disk."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock


@dataclass(slots=True)
class Parts:
    """Pieces of files, by who sends them and the digest of the whole."""

    folder: Path
    _lock: Lock = field(default_factory=Lock)

    def _path(self, who: str, digest: str) -> Path:
        named = hashlib.sha256(f"{who}\n{digest}".encode()).hexdigest()
        return self.folder / named

    def size(self, who: str, digest: str) -> int:
        """Return how many bytes are here."""
        path = self._path(who, digest)
        return path.stat().st_size if path.exists() else 0

    def add(self, who: str, digest: str, at: int, data: bytes) -> int | None:
        """Add a piece, synced; return how many bytes are here then.

        Args:
            who: Who sends it.
            digest: SHA-256 of the whole.
            at: Where the piece goes; not past what is here.
            data: The piece.

        Returns:
            None where something is missing before the piece.
        """
        with self._lock:
            here = self.size(who, digest)
            if at > here:
                return None
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self._path(who, digest)
            with path.open("r+b" if path.exists() else "wb") as file:
                file.seek(at)
                file.write(data)
                file.truncate(max(here, at + len(data)) if at else len(data))
                file.flush()
                os.fsync(file.fileno())
            return path.stat().st_size

    def take(self, who: str, digest: str) -> bytes:
        """Return the whole, and keep its pieces no longer."""
        with self._lock:
            path = self._path(who, digest)
            data = path.read_bytes()
            path.unlink()
            return data
