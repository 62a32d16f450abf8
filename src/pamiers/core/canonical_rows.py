"""Canonical bytes of many rows at once: RFC 8785, written column by column.

A field that is not stated is left out, so that a later version may add columns
without changing the bytes, and hence the digest, of any earlier row. The result
equals `canonical_bytes` of each row, which the tests hold it to.
"""

import io
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from pamiers.core.canonical import canonical_bytes, number
from pamiers.core.instant import format_instant
from pamiers.core.rows import Row
from pamiers.core.table import SCHEMAS, Table

_SPECIAL: Final = r'[\x00-\x1f"\\]'
_NON_ASCII: Final = r"[^\x00-\x7f]"
_SECOND_US: Final = 1_000_000


def canonical_row(row: Row) -> bytes:
    """Return the canonical bytes of one row, fields that are None left out.

    The plain definition that `canonical_lines` must equal.
    """
    values = {name: getattr(row, name) for name in row.__dataclass_fields__}
    stated = {name: v for name, v in values.items() if v is not None}
    for name in ("start", "end", "given_at"):
        if name in stated:
            stated[name] = format_instant(stated[name])
    return canonical_bytes(stated)


def canonical_lines(table: Table) -> list[bytes]:
    """Return the canonical bytes of every row of a table, in order.

    Args:
        table: Rows of any kind; may be empty.

    Returns:
        One JSON object each, without a line end.
    """
    n = len(table)
    if n == 0:
        return []
    return cast("list[bytes]", _joined(list(_pieces(table).values())).to_pylist())


def canonical_parts(
    table: Table, part_of: Mapping[str, str], rest: str
) -> dict[str, list[bytes | None]]:
    """Return the canonical bytes of every row in parts, each an object of its own.

    Args:
        table: Rows of any kind; may be empty.
        part_of: Column -> name of the part it belongs to.
        rest: Part of every other column.

    Returns:
        Part -> one JSON object for each row, in order; None where the row states
        nothing of that part. Parts that no row has are left out.
    """
    groups: dict[str, list[pa.Array]] = {}
    for name, piece in _pieces(table).items():
        groups.setdefault(part_of.get(name, rest), []).append(piece)
    found = {}
    for name, pieces in groups.items():
        lines = _joined(pieces)
        stated = pc.greater(pc.binary_length(lines), 1)
        found[name] = pc.if_else(stated, lines, None).to_pylist()
    return found


def _pieces(table: Table) -> dict[str, pa.Array]:
    """Return `,"name":value` of each column that any row states; empty where not."""
    n, pieces = len(table), {}
    for name in sorted(SCHEMAS[table.kind].names):
        column = _one_chunk(table.columns.column(name))
        if column.null_count < n:
            text = _json_text(column)
            piece = pc.binary_join_element_wise(f',"{name}":', text, "")
            pieces[name] = pc.fill_null(piece, "")
    return pieces


def _joined(pieces: list[pa.Array]) -> pa.Array:
    """Return objects of pieces; one closing brace alone where all are empty."""
    # Every piece begins with a comma; the first of each row becomes its brace.
    joined = pc.binary_join_element_wise(*pieces, "}", "").cast(pa.binary())
    return pc.binary_replace_slice(joined, start=0, stop=1, replacement=b"{")


def read_canonical_lines(kind: str, lines: Iterable[bytes]) -> Table:
    """Return the table whose canonical bytes these are.

    Args:
        kind: Kind of row.
        lines: Output of `canonical_lines`; fields of a later version are left
            aside.

    Returns:
        Table of one row a line.
    """
    schema = SCHEMAS[kind]
    data = b"\n".join(lines)
    if not data:
        return Table(kind, schema.empty_table())
    options = pj.ParseOptions(
        explicit_schema=schema, unexpected_field_behavior="ignore"
    )
    reading = pj.ReadOptions(use_threads=False, block_size=max(len(data), 1) + 1)
    read = pj.read_json(io.BytesIO(data), reading, options)
    return Table(kind, read.select(schema.names).cast(schema))


def _one_chunk(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # older Arrow keeps the wrapper
        whole = whole.chunk(0)
    return whole


def _json_text(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type):
        return _quoted(column)
    if pa.types.is_timestamp(column.type):
        return pc.binary_join_element_wise('"', _instant_text(column), '"', "")
    if pa.types.is_floating(column.type):
        return _float_text(column)
    return column.cast(pa.string())


def _float_text(column: pa.Array) -> pa.Array:
    # Adding zero turns -0 into 0, as ECMA-262 prints it. Arrow prints shortest
    # digits too, but turns to exponents at other sizes: those are written again.
    text = pc.add(column, 0.0).cast(pa.string())
    exponent = pc.fill_null(pc.match_substring(text, "e"), fill_value=False)
    if not pc.any(exponent).as_py():
        return text
    odd = pc.if_else(exponent, column, None).to_pylist()
    rewritten = [None if value is None else number(value) for value in odd]
    return pc.coalesce(pa.array(rewritten, pa.string()), text)


def _instant_text(column: pa.Array) -> pa.Array:
    micros = column.cast(pa.int64())
    whole = pc.multiply(pc.divide(micros, _SECOND_US), _SECOND_US)
    if pc.all(pc.equal(micros, whole)).as_py() in {True, None}:
        naive = column.cast(pa.timestamp("s", tz="UTC")).cast(pa.timestamp("s"))
        text = pc.replace_substring(naive.cast(pa.string()), " ", "T")
        return pc.binary_join_element_wise(text, "Z", "")
    texts = [None if v is None else format_instant(v) for v in column.to_pylist()]
    return pa.array(texts, pa.string())


def _quoted(column: pa.Array) -> pa.Array:
    text = column
    if pc.any(pc.match_substring_regex(column, _NON_ASCII)).as_py():
        text = pc.utf8_normalize(text, "NFC")
    if pc.any(pc.match_substring_regex(text, _SPECIAL)).as_py():
        escaped = [_escape(v) for v in text.to_pylist()]
        return pa.array(escaped, pa.string())
    return pc.binary_join_element_wise('"', text, '"', "")


def _escape(value: str | None) -> str | None:
    if value is None:
        return None
    return json.dumps(unicodedata.normalize("NFC", value), ensure_ascii=False)
