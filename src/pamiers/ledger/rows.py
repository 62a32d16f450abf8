"""Rows of a batch in parts, each with a commitment of its own, and their leaves.

A row's parts are what editions open apart: what happened, who reported it, when, where,
in which words, seen from where. Which columns make a part is said in the entry, so that
nobody needs a table to check a row.

The leaf of a row is `SHA-256(0x00 || name || 0x00 || commitment || ...)` over its parts
in the order of their names. A row may be held in part: of a closed part the commitment
is left, of an open one its bytes and its salt.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pamiers.core.sharing import Sharing
from pamiers.ledger.commitment import (
    FIELD,
    ROW_SALTS,
    SALT_BYTES,
    commitment,
    row_salts,
)

#: part -> its columns; a column of no part of its own is told by `WHAT`
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "extra": ("extra",),
    "observer": ("observer",),
    "position": ("lat", "lon", "place", "radius_m", "shape"),
    "reporter": ("cite", "key", "release", "source"),
    "time": ("end", "given_at", "start"),
    "what": (),
    "words": ("text",),
}
WHAT: Final = "what"
#: who may see which part of a row; a part not named is confidential
SHARED: Final[Mapping[str, Sharing]] = {
    WHAT: Sharing.PUBLIC,
    "reporter": Sharing.PARTIES,
    "time": Sharing.COMMISSION,
    "position": Sharing.COMMISSION,
    "words": Sharing.COMMISSION,
    "extra": Sharing.COMMISSION,
    "observer": Sharing.COMMISSION,
}
_LEAF: Final = b"\x00"
_COLUMN: Final = re.compile(rb'"(\w+)":("(?:[^"\\]|\\.)*"|[^\s",{}\[\]]+)(?:,|(?=}))')


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPart:
    """A part of a row: open, with its bytes and salt, or closed, a commitment alone.

    Invariant: `data` and `salt` are both there, or neither is.
    """

    pin: bytes  #: commitment
    data: bytes | None = None  #: canonical JSON of its columns
    salt: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which parts the rows of a batch have, and which column is of which part."""

    names: tuple[str, ...]  #: sorted; salts are cut in this order
    of: Mapping[bytes, str] = field(default_factory=dict)  #: column -> part
    rest: str = WHAT  #: part of every other column

    def part(self, column: str) -> str:
        """Return the name of the part that a column is of."""
        return self.of.get(column.encode(), self.rest)

    def split(self, line: bytes) -> dict[str, bytes]:
        """Return the parts of a row: canonical JSON by name, those it states only.

        Args:
            line: Canonical JSON of the row, flat.

        Returns:
            In the order of their names.

        Raises:
            ValueError: The line is no flat JSON object in canonical form.
        """
        found: dict[str, list[bytes]] = {}
        of, rest, length = self.of, self.rest, 1
        for name, value in _COLUMN.findall(line):
            found.setdefault(of.get(name, rest), []).append(b'"%b":%b' % (name, value))
            length += len(name) + len(value) + 4
        if length != len(line) or line[:1] != b"{":
            raise ValueError(line[:20])
        return {name: b"{" + b",".join(found[name]) + b"}" for name in sorted(found)}


STANDARD: Final = Parts(
    names=tuple(PARTS),
    of={column.encode(): part for part, columns in PARTS.items() for column in columns},
)


def parts_text(parts: Parts) -> dict[str, list[str]]:
    """Return the columns of each part, as an entry says them."""
    columns: dict[str, list[str]] = {name: [] for name in parts.names}
    for column, part in sorted(parts.of.items()):
        columns[part].append(column.decode())
    return columns


def read_parts(said: Mapping[str, Sequence[str]]) -> Parts:
    """Return which parts rows have, as an entry says it.

    Args:
        said: Part -> its columns; the part with none holds all others.

    Returns:
        The parts.

    Raises:
        ValueError: Not exactly one part holds all others.
    """
    rest = [name for name, columns in said.items() if not columns]
    if len(rest) != 1:
        raise ValueError(str(rest))
    of = {c.encode(): name for name, columns in said.items() for c in columns}
    return Parts(names=tuple(sorted(said)), of=of, rest=rest[0])


def row_leaf(pins: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the leaf of a row from the commitments of its parts, in order of names."""
    named = b"".join(name.encode() + b"\x00" + pin for name, pin in pins)
    return hashlib.sha256(_LEAF + named).digest()


def part_leaves(
    secret: bytes, rows: Iterable[Sequence[bytes | None]], parts: Parts
) -> list[bytes]:
    """Return the leaves of a batch's rows, in order; empty for no rows.

    Args:
        secret: Secret of the entry that files the batch.
        rows: Of each row, its parts in the order of `parts.names`; None for one that
            it does not state.
        parts: Which parts they have.

    Returns:
        32 bytes each.
    """
    sha256, shake = hashlib.sha256, hashlib.shake_256
    width, seed = SALT_BYTES, ROW_SALTS + secret
    marks = [
        (at * width, at * width + width, name.encode() + b"\x00")
        for at, name in enumerate(parts.names)
    ]
    size, leaves = width * len(marks), []
    for index, row in enumerate(rows):
        salts = shake(seed + index.to_bytes(8, "big")).digest(size)
        whole = _LEAF
        for (low, high, name), data in zip(marks, row, strict=True):
            if data is not None:
                whole += name + sha256(FIELD + salts[low:high] + data).digest()
        leaves.append(sha256(whole).digest())
    return leaves


def split_rows(lines: Iterable[bytes], parts: Parts) -> Iterator[list[bytes | None]]:
    """Yield the parts of each row, as `part_leaves` takes them.

    Raises:
        ValueError: A line is no row.
    """
    for line in lines:
        split = parts.split(line)
        yield [split.get(name) for name in parts.names]


def opened_row(
    secret: bytes, index: int, line: bytes, parts: Parts
) -> dict[str, RowPart]:
    """Return a row with every part open, by name.

    Args:
        secret: Secret of the entry that files the batch.
        index: Position of the row in the batch, from 0.
        line: Its canonical JSON.
        parts: Which parts rows of the batch have.

    Returns:
        Its parts, in the order of their names.
    """
    salts = dict(
        zip(parts.names, row_salts(secret, index, len(parts.names)), strict=True)
    )
    return {
        name: RowPart(pin=commitment(salts[name], data), data=data, salt=salts[name])
        for name, data in parts.split(line).items()
    }


def closing(
    row: Mapping[str, RowPart], names: frozenset[str] | None = None
) -> dict[str, RowPart]:
    """Return a row with some parts closed; all of them for None."""
    return {
        name: RowPart(pin=part.pin) if names is None or name in names else part
        for name, part in row.items()
    }


def line_of(row: Mapping[str, RowPart]) -> bytes:
    """Return the canonical JSON of what is open of a row; `{}` for nothing."""
    columns: list[tuple[bytes, bytes]] = []
    for part in row.values():
        columns += _COLUMN.findall(part.data or b"{}")
    return b"{" + b",".join(b'"%b":%b' % each for each in sorted(columns)) + b"}"
