"""Rows of a batch as an edition gives them, and the check that they are those pinned.

Of a batch that is given whole each line is a row. Of one that is given in part a line
holds what is open of the row, the salt of each open part and the commitment of each
closed one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pamiers.core.canonical import canonical_bytes
from pamiers.core.sharing import UNLABELLED, Sharing
from pamiers.ledger.commitment import commitment
from pamiers.ledger.content import fields_of
from pamiers.ledger.rows import (
    SHARED,
    Parts,
    RowPart,
    closing,
    line_of,
    opened_row,
    row_leaf,
)


def closed_parts(parts: Parts, reader: Sharing) -> frozenset[str]:
    """Return the parts of a row that a reader may not see."""
    return frozenset(
        name
        for name in parts.names
        if not SHARED.get(name, UNLABELLED).seen_with(reader)
    )


def partial_lines(
    secret: bytes, lines: Iterable[bytes], parts: Parts, closed: frozenset[str]
) -> Iterator[bytes]:
    """Yield the rows of a batch with some parts closed, one a line.

    Args:
        secret: Secret of the entry that files the batch.
        lines: Canonical JSON of each row.
        parts: Which parts rows have.
        closed: Parts to close.

    Yields:
        Canonical JSON, without line ends.
    """
    for index, line in enumerate(lines):
        yield row_line(closing(opened_row(secret, index, line, parts), closed))


def row_line(row: Mapping[str, RowPart]) -> bytes:
    """Return a row in part as one line."""
    told = {
        "closed": {n: part.pin.hex() for n, part in row.items() if part.data is None},
        "opened": {n: part.salt.hex() for n, part in row.items() if part.salt},
    }
    named = canonical_bytes(told)
    return named[:-1] + b',"row":' + line_of(row) + b"}"


def read_row(line: bytes, parts: Parts) -> dict[str, RowPart]:
    """Return the row that a line tells in part.

    Args:
        line: As `row_line` writes it.
        parts: Which parts rows of the batch have.

    Returns:
        Its parts, in the order of their names.

    Raises:
        ValueError: Another form.
    """
    fields = fields_of(line)
    salts: dict[str, Any] = json.loads(fields["opened"])
    pins: dict[str, Any] = json.loads(fields["closed"])
    split = parts.split(fields["row"]) if fields["row"] != b"{}" else {}
    found = {name: RowPart(pin=bytes.fromhex(pin)) for name, pin in pins.items()}
    for name, data in split.items():
        salt = bytes.fromhex(salts[name])
        found[name] = RowPart(pin=commitment(salt, data), data=data, salt=salt)
    row = {name: found[name] for name in sorted(found)}
    if row_line(row) != line or not set(row) <= set(parts.names):
        raise ValueError(line[:20])
    return row


def partial_leaves(lines: Iterable[bytes], parts: Parts) -> Iterator[bytes]:
    """Yield the leaf of each row that is told in part.

    Raises:
        ValueError: A line has another form.
    """
    for line in lines:
        try:
            row = read_row(line, parts)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(line[:20]) from error
        yield row_leaf((name, part.pin) for name, part in row.items())
