"""A zip file that can be written in one way only, so that every byte of it is checked.

Members are stored, not compressed, in a given order, with one fixed time and nothing
optional. Whoever reads one makes each header again from name, size and checksum and
compares it with what is there: a bit changed anywhere is seen, in names, comments and
gaps too.

Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import LedgerMismatchError, UsageError

_LOCAL: Final = b"PK\x03\x04"
_CENTRAL: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"
_VERSION: Final = 20  # 2.0: stored members in folders
_UTF8: Final = 0x0800
_STORED: Final = 0
_TIME: Final = 0
_DATE: Final = (1 << 5) | 1  # 1 January 1980, the first day that a zip file knows
_HEAD: Final = struct.Struct("<4sHHHHHIIIHH")
_ROW: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LAST: Final = struct.Struct("<4sHHHHIIH")
HEAD_BYTES: Final = _HEAD.size
#: largest offset and number of members that the plain form can say
MOST_BYTES: Final = 2**32 - 2
MOST_MEMBERS: Final = 2**16 - 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive, and where its head begins."""

    name: str
    size: int
    crc: int  #: CRC-32 of its bytes
    at: int  #: offset of its head [bytes]

    @property
    def head(self) -> bytes:
        """Return what stands before the file's bytes."""
        name = self.name.encode()
        fixed = (_VERSION, _UTF8, _STORED, _TIME, _DATE, self.crc)
        sizes = (self.size, self.size, len(name), 0)
        return _HEAD.pack(_LOCAL, *fixed, *sizes) + name

    @property
    def end(self) -> int:
        """Return the offset of the first byte behind the file's bytes."""
        return self.at + HEAD_BYTES + len(self.name.encode()) + self.size


def directory(members: Sequence[Member]) -> bytes:
    """Return what stands behind the last member: the directory and its end.

    Args:
        members: Every member, in order.

    Returns:
        The rest of the archive.

    Raises:
        UsageError: The archive is larger than this form can say.
    """
    rows = []
    for each in members:
        name = each.name.encode()
        fixed = (_VERSION, _VERSION, _UTF8, _STORED, _TIME, _DATE, each.crc)
        sizes = (each.size, each.size, len(name), 0, 0, 0, 0, 0, each.at)
        rows.append(_ROW.pack(_CENTRAL, *fixed, *sizes) + name)
    start, held = members[-1].end if members else 0, b"".join(rows)
    count = len(members)
    if start + len(held) > MOST_BYTES or count > MOST_MEMBERS:
        raise UsageError(
            "bundle",
            expected=f"at most {MOST_MEMBERS} files and 4 GiB",
            got=f"{count} files and {start} bytes",
            remedy="Export an edition that leaves the original files out.",
        )
    return held + _LAST.pack(_END, 0, 0, count, count, len(held), start, 0)


def read_head(raw: bytes, at: int) -> Member | None:
    """Return the member whose head begins at an offset.

    Args:
        raw: Bytes of the archive from there on, the whole head at least.
        at: The offset.

    Returns:
        The member; None where the directory begins instead.

    Raises:
        LedgerMismatchError: It is no head as `Member.head` writes it.
    """
    if raw[:4] in {_CENTRAL, _END}:
        return None
    try:
        found = _HEAD.unpack_from(raw)
        name = raw[HEAD_BYTES : HEAD_BYTES + found[9]].decode()
    except (struct.error, UnicodeDecodeError) as error:
        raise damaged(at, type(error).__name__) from error
    member = Member(name=name, size=found[7], crc=found[6], at=at)
    if raw[: len(member.head)] != member.head:
        raise damaged(at, "other bytes")
    return member


def damaged(at: int, got: str, name: str = "bundle") -> LedgerMismatchError:
    """Return the error of an archive that is not as it was written."""
    return LedgerMismatchError(
        name,
        expected=f"the archive as it was written, at byte {at}",
        got=got,
        remedy="Fetch the bundle again; if it stays so, keep it as evidence.",
    )
