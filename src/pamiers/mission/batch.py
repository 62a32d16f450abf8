"""Batches: up to 10,000 rows filed as one entry, each provable by its index.

The entry's body carries the Merkle root over the batch's salted canonical rows.
Beside it lie the rows themselves, where in the file each came from, and a pair
of digests a row, so that "is this row known?" needs no look at the rows.
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pamiers.core.canonical_rows import (
    canonical_lines,
    canonical_parts,
    read_canonical_lines,
)
from pamiers.core.errors import LedgerMismatchError, Where
from pamiers.core.table import Table
from pamiers.ledger.entry import Entry
from pamiers.ledger.leaf import row_leaves
from pamiers.ledger.rows import (
    STANDARD,
    Parts,
    part_leaves,
    parts_text,
    read_parts,
    split_rows,
)
from pamiers.ledger.tree import root_of

MAX_ROWS: Final = 10_000
DIGEST_BYTES: Final = 16
_FAST: Final = 1  # zlib level: a third of the size for a tenth of the time


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Rows of one kind with their canonical bytes and digests, in order."""

    table: Table
    origins: NDArray[np.int64]  #: shape (n, 2): logical row, physical line
    lines: list[bytes]
    keys: list[bytes]  #: digest of (kind, source, key, release)
    contents: list[bytes]  #: digest of the canonical row


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A batch as it lies on record."""

    recorded_at: datetime
    kind: str
    file: str  #: SHA-256 of the original
    table: Table
    origins: NDArray[np.int64]


def _keys(table: Table) -> list[bytes]:
    columns = [table.columns.column(name) for name in ("source", "key", "release")]
    joined = pc.binary_join_element_wise(
        table.kind,
        *(pc.fill_null(column, "") for column in columns),
        "\x1f",
    )
    return [_digest(key) for key in joined.cast(pa.binary()).to_pylist()]


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:DIGEST_BYTES]


def prepare(table: Table, origins: NDArray[np.int64]) -> Prepared:
    """Return rows with the bytes and digests that filing them needs."""
    lines = canonical_lines(table)
    return Prepared(
        table=table,
        origins=origins,
        lines=lines,
        keys=_keys(table),
        contents=[_digest(line) for line in lines],
    )


def pack(
    prepared: Prepared, chosen: Sequence[int], salt: bytes
) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return the body and the payload of the entry that files some rows.

    Args:
        prepared: Rows of one kind.
        chosen: Positions of the rows to file, at most `MAX_ROWS`.
        salt: The entry's salt.

    Returns:
        Body (kind, parts, count, Merkle root, digest of the origins) and payload
        (`rows`, `origins`, `digests`).
    """
    lines = [prepared.lines[i] for i in chosen]
    rows = prepared.table.take(pa.array(chosen, pa.int64()))
    origins = prepared.origins[list(chosen)].astype("<i8").tobytes()
    body: dict[str, object] = {
        "of": prepared.table.kind,
        "origins": hashlib.sha256(origins).hexdigest(),
        "parts": parts_text(STANDARD),
        "root": root_of(part_leaves(salt, _parts_of(rows, STANDARD), STANDARD)).hex(),
        "rows": len(lines),
    }
    digests = b"".join(prepared.keys[i] + prepared.contents[i] for i in chosen)
    payload = {
        "rows": zlib.compress(b"\n".join(lines), _FAST),
        "origins": zlib.compress(origins, _FAST),
        "digests": digests,
    }
    return body, payload


Split = Sequence[bytes | None]  #: parts of a row, None for one it does not state


def pack_lines(
    kind: str,
    lines: Sequence[bytes],
    beside: tuple[NDArray[np.int64], Sequence[bytes], Sequence[Split]],
    salt: bytes,
) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return body and payload of the entry that files some rows, as `pack` does.

    Args:
        kind: Kind of row.
        lines: Canonical JSON of each row, at most `MAX_ROWS`.
        beside: Where each row came from, shape (n, 2), its two digests, and its parts
            in the order of their names.
        salt: The entry's salt.

    Returns:
        What `pack` returns for the same rows.
    """
    origins, digests, rows = beside
    traced = origins.astype("<i8").tobytes()
    leaves = part_leaves(salt, rows, STANDARD)
    body: dict[str, object] = {
        "of": kind,
        "origins": hashlib.sha256(traced).hexdigest(),
        "parts": parts_text(STANDARD),
        "root": root_of(leaves).hex(),
        "rows": len(lines),
    }
    payload = {
        "rows": zlib.compress(b"\n".join(lines), _FAST),
        "origins": zlib.compress(traced, _FAST),
        "digests": b"".join(digests),
    }
    return body, payload


def unpack_lines(data: bytes) -> list[bytes]:
    """Return the canonical rows of a `rows` payload, in order."""
    return zlib.decompress(data).split(b"\n")


def unpack(entry: Entry, rows: bytes, origins: bytes) -> Filed:
    """Return the rows of a batch entry from its payload.

    Args:
        entry: An entry of kind `rows`.
        rows: Its payload `rows`.
        origins: Its payload `origins`.

    Returns:
        The batch.

    Raises:
        LedgerMismatchError: The bytes are no rows; ones that only say something
            else are found by `verify_batch`.
    """
    body = entry.body
    kind = str(body["of"])
    try:
        flat = np.frombuffer(zlib.decompress(origins), dtype="<i8").reshape(-1, 2)
        table = read_canonical_lines(kind, unpack_lines(rows))
    except (zlib.error, ValueError) as error:
        raise _altered(entry, "rows", f"{kind} rows", type(error).__name__) from error
    return Filed(
        recorded_at=entry.recorded_at,
        kind=kind,
        file=str(body["file"]),
        table=table,
        origins=flat.astype(np.int64),
    )


def verify_batch(entry: Entry, payload: Mapping[str, bytes]) -> None:
    """Check that a batch's rows are those its entry pins; say nothing if so.

    Args:
        entry: An entry of kind `rows`.
        payload: Its payload, as `pack` made it.

    Raises:
        LedgerMismatchError: The rows, where they came from or the digests that
            tell known rows from new ones were altered.
    """
    body = entry.body
    try:
        lines = unpack_lines(payload["rows"])
        origins = zlib.decompress(payload["origins"])
        root = root_of(leaves_of(entry, lines)).hex()
    except (zlib.error, ValueError) as error:
        raise _altered(entry, "rows", "rows as recorded", str(error)) from error
    traced = hashlib.sha256(origins).hexdigest()
    for name, got in (("root", root), ("origins", traced)):
        if body[name] != got:
            raise _altered(entry, name, str(body[name]), got)
    digests = digests_of(read_canonical_lines(str(body["of"]), lines), lines)
    if digests != payload["digests"]:
        made = hashlib.sha256(digests).hexdigest()
        found = hashlib.sha256(payload["digests"]).hexdigest()
        raise _altered(entry, "digests", made, found)


def digests_of(table: Table, lines: Sequence[bytes]) -> bytes:
    """Return the pair of digests of each row, as `split_digests` reads them."""
    pairs = zip(_keys(table), lines, strict=True)
    return b"".join(key + _digest(line) for key, line in pairs)


def leaves_of(entry: Entry, lines: list[bytes]) -> list[bytes]:
    """Return the leaves of a batch's rows, as its entry says they are made.

    Args:
        entry: An entry of kind `rows`, held whole.
        lines: Canonical JSON of each row.

    Returns:
        32 bytes each, in order.

    Raises:
        ValueError: The lines are no rows.
    """
    body = entry.body
    said = body.get("parts")
    if not isinstance(said, dict):  # recorded before rows had parts
        return row_leaves(entry.salt, lines)
    parts = read_parts(said)
    table = read_canonical_lines(str(body["of"]), lines)
    # Columns of a later version are not in the table: then each line is split.
    if canonical_lines(table) == lines:
        return part_leaves(entry.salt, _parts_of(table, parts), parts)
    return part_leaves(entry.salt, split_rows(lines, parts), parts)


def _parts_of(table: Table, parts: Parts) -> Iterable[tuple[bytes | None, ...]]:
    of = {column.decode(): name for column, name in parts.of.items()}
    found = canonical_parts(table, of, parts.rest)
    none: list[bytes | None] = [None] * len(table)
    return zip(*(found.get(name, none) for name in parts.names), strict=True)


def _altered(entry: Entry, name: str, expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        Where(f"entry {entry.index}", field=name),
        expected=expected,
        got=got,
        remedy="Restore the record from a copy that verifies.",
    )


def split_digests(data: bytes) -> Iterable[tuple[bytes, bytes]]:
    """Yield (key digest, content digest) of each row of a `digests` payload."""
    step = 2 * DIGEST_BYTES
    for at in range(0, len(data), step):
        yield data[at : at + DIGEST_BYTES], data[at + DIGEST_BYTES : at + step]
