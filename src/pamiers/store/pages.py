"""Checksums of the pages of a record, kept beside it while nobody writes to it.

SQLite does not notice a bit that flipped where no row lies, and pamiers only where it
reads. These sums find each page that is not as it was left, before anything reads it.
Whoever writes removes them first, so that they never speak of an older state.
"""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PAGE: Final = 4096
SUFFIX: Final = ".sums"
_HEADER: Final = b"pamiers.pages/v1\n"
_CRC_BYTES: Final = 4
_DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class PageSums:
    """The sums of a file as it was left: CRC-32 of each page, 4 bytes."""

    sums: bytes

    def __bytes__(self) -> bytes:
        """Return them as they are kept, with a digest of their own in front."""
        return _HEADER + hashlib.sha256(self.sums).digest() + self.sums

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self.sums) // _CRC_BYTES

    def differing(self, other: "PageSums") -> list[int]:
        """Return the numbers of the pages that differ, from 1, in order."""
        at = range(0, max(len(self), len(other)) * _CRC_BYTES, _CRC_BYTES)
        return [
            i // _CRC_BYTES + 1
            for i in at
            if self.sums[i : i + _CRC_BYTES] != other.sums[i : i + _CRC_BYTES]
        ]


def sums_path(record: Path) -> Path:
    """Return where the sums of a record are kept."""
    return record.with_name(record.name + SUFFIX)


def page_sums(path: Path) -> PageSums:
    """Return the sums of a file as it is."""
    pages = (zlib.crc32(page).to_bytes(_CRC_BYTES, "big") for page in _pages(path))
    return PageSums(b"".join(pages))


def _pages(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(PAGE), b"")


def read_sums(raw: bytes) -> PageSums | None:
    """Return the sums that were kept; None where what was kept is itself damaged."""
    head = len(_HEADER) + _DIGEST_BYTES
    found = PageSums(raw[head:])
    return found if bytes(found) == raw else None
