"""Open a bundle on disk, only if every byte of its archive is right."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from pamiers.ledger.archive import HEAD_BYTES, Member, damaged, directory, read_head
from pamiers.ledger.bag import mismatch

_PIECE: Final = 1 << 20
_LONGEST_NAME: Final = 4096


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A bundle that is open, every byte of which was held to its one form."""

    file: IO[bytes]
    members: dict[str, Member]
    digests: dict[str, str]

    @property
    def names(self) -> list[str]:
        """Return the paths of all files, in their order."""
        return list(self.members)

    def _member(self, name: str) -> Member:
        if name not in self.members:
            raise mismatch(name, "a file of that name in the bundle", "none")
        return self.members[name]

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file's bytes, in hexadecimal."""
        self._member(name)
        return self.digests[name]

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return self._member(name).size

    def _pieces(self, name: str) -> Iterator[bytes]:
        member = self._member(name)
        at, end = member.end - member.size, member.end
        while at < end:
            self.file.seek(at)
            piece = self.file.read(min(_PIECE, end - at))
            if not piece:
                raise damaged(at, "the end of the file", name)
            at += len(piece)
            yield piece

    def read(self, name: str) -> bytes:
        """Return a file whole."""
        return b"".join(self._pieces(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file, without their ends, never all at once."""
        rest = b""
        for piece in self._pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
        if rest:
            raise mismatch(name, "a line end at the end", repr(rest[-20:]))


@contextmanager
def opened_bundle(path: Path) -> Iterator[BundleFile]:
    """Open a bundle after deriving its archive again, byte for byte.

    Args:
        path: The file.

    Yields:
        Its files.

    Raises:
        LedgerMismatchError: A byte of the archive is not as it is written.
    """
    with path.open("rb") as file:
        members: dict[str, Member] = {}
        digests: dict[str, str] = {}
        at = 0
        while (member := _next(file, at)) is not None:
            if member.name in members:
                raise damaged(at, "a second file of one name", member.name)
            digests[member.name] = _held(file, member)
            members[member.name] = member
            at = member.end
        _check_end(file, at, list(members.values()))
        yield BundleFile(file, members, digests)


def _next(file: IO[bytes], at: int) -> Member | None:
    file.seek(at)
    return read_head(file.read(HEAD_BYTES + _LONGEST_NAME), at)


def _held(file: IO[bytes], member: Member) -> str:
    """Return the SHA-256 of a member after checking its CRC-32 and length."""
    left, crc, pinned = member.size, 0, hashlib.sha256()
    file.seek(member.end - member.size)
    while left and (piece := file.read(min(_PIECE, left))):
        left, crc = left - len(piece), zlib.crc32(piece, crc)
        pinned.update(piece)
    if left or crc != member.crc:
        raise damaged(member.at, "other bytes", member.name)
    return pinned.hexdigest()


def _check_end(file: IO[bytes], at: int, members: list[Member]) -> None:
    if not members:
        raise damaged(at, "no bundle", "bundle")
    file.seek(at)
    expected = directory(members)
    if file.read(len(expected) + 1) != expected:
        raise damaged(at, "another directory", "bundle")
