"""One message: who says what, under which id, as a row and as its digests."""

import hashlib
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from json.encoder import encode_basestring
from typing import Any, Final

import pyarrow as pa

from pamiers.core.canonical import number
from pamiers.core.errors import MalformedSourceError, PamiersError, Where
from pamiers.core.instant import format_instant, parse_instant
from pamiers.core.rows import Row
from pamiers.core.sharing import Sharing, sharing_named
from pamiers.core.table import RECORDED, ROW_TYPES, SCHEMAS
from pamiers.ledger.rows import STANDARD
from pamiers.mission.batch import DIGEST_BYTES
from pamiers.mission.messages.strict import read_object

HEARTBEAT: Final = "heartbeat"
#: what a message itself says, beside the row
FIELDS: Final = ("source", "id", "kind", "row", "seq", "epoch", "sent_at", "label")
_ID: Final = re.compile(r"[\w.:/@+-]{1,128}", re.ASCII)
_GIVEN: Final = frozenset({"source", "key", "release"})
_PLAIN: Final[dict[Any, type]] = {
    pa.string(): str,
    pa.int64(): int,
    pa.float64(): float,
    pa.bool_(): bool,
}
#: kind -> field that a message may give -> type of its value
_TYPES: Final[dict[str, dict[str, type]]] = {
    kind: {
        field.name: _PLAIN.get(field.type, datetime)
        for field in SCHEMAS[kind]
        if field.name not in _GIVEN
    }
    for kind in RECORDED
}
#: type of row -> its fields in canonical order, each with how its piece begins and
#: the place of its part among those that rows have
_STARTS: Final[dict[type[Row], list[tuple[str, str, int]]]] = {
    ROW_TYPES[kind]: [
        (name, f'"{name}":', STANDARD.names.index(STANDARD.part(name)))
        for name in sorted(SCHEMAS[kind].names)
    ]
    for kind in RECORDED
}
_NO_PARTS: Final[tuple[bytes | None, ...]] = (None,) * len(STANDARD.names)
Split = tuple[bytes, tuple[bytes | None, ...]]  #: a row whole, and its parts
_TRUTH: Final = {True: "true", False: "false"}
_WORDS: Final = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
_UTC: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_MOST: Final = 2**53
_LONGEST_TEXT: Final = 32_768
_LON, _LAT = 180.0, 90.0
_MAX_SPAN: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as understood. Invariant: `line` is canonical, and `known` names it."""

    source: str
    id: str
    kind: str  #: a kind of row, or `heartbeat`
    line: bytes  #: canonical JSON of its row; empty for a heartbeat
    known: bytes  #: digest of kind, source and id, as rows of files have it
    says: bytes  #: digest of `line`
    parts: tuple[bytes | None, ...] = _NO_PARTS  #: of the row, in order of their names
    label: Sharing = Sharing.COMMISSION  #: who may know of it at all
    seq: int | None = None  #: place in what its sender sent, from 1
    epoch: int = 0  #: raised whenever the sender began to count anew
    sent_at: datetime | None = None  #: by the sender's clock [UTC]


def read_message(text: bytes, said: dict[str, Any] | None = None) -> Message:
    """Return the message that a text holds.

    Args:
        text: UTF-8 JSON, as it was sent and perhaps signed.
        said: What `read_object` made of it, where that was asked already.

    Returns:
        The message.

    Raises:
        MalformedSourceError: Another form, an unknown field or word, a time without
            an offset, a place off the earth.
    """
    said = read_object(text) if said is None else said
    unknown = sorted(said.keys() - set(FIELDS))
    if unknown:
        raise _refused(unknown[0][:40], f"one of {', '.join(FIELDS)}", "another field")
    source, key = _name(said, "source"), _name(said, "id")
    kind = said.get("kind", "observation")
    if kind not in RECORDED and kind != HEARTBEAT:
        raise _refused(
            "kind", f"one of {', '.join((*RECORDED, HEARTBEAT))}", repr(kind)
        )
    line, parts = b"", _NO_PARTS
    if kind != HEARTBEAT:
        line, parts = _line(kind, source, key, said.get("row"))
    if kind == HEARTBEAT and said.get("row") is not None:
        raise _refused("row", "none in a heartbeat", "one")
    return Message(
        source=source,
        id=key,
        kind=kind,
        line=line,
        parts=parts,
        known=known_as(kind, source, key),
        says=hashlib.sha256(line).digest()[:DIGEST_BYTES],
        label=_label(said),
        seq=_count(said, "seq"),
        epoch=_count(said, "epoch") or 0,
        sent_at=_instant(said["sent_at"], "sent_at") if said.get("sent_at") else None,
    )


def known_as(kind: str, source: str, key: str) -> bytes:
    """Return the digest by which a row of no release is known, as batches have it."""
    named = f"{kind}\x1f{source}\x1f{key}\x1f"
    return hashlib.sha256(named.encode()).digest()[:DIGEST_BYTES]


def _name(said: Mapping[str, Any], field: str) -> str:
    value = said.get(field)
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        expected = "1 to 128 letters, figures or . : / @ + - _"
        raise _refused(field, expected, "none" if value is None else "another text")
    return value


def _label(said: Mapping[str, Any]) -> Sharing:
    label = said.get("label")
    if label is None:
        return Sharing.PUBLIC
    try:
        return sharing_named(str(label))
    except PamiersError as error:
        raise _refused("label", error.expected, "another word") from error


def _count(said: Mapping[str, Any], field: str) -> int | None:
    value = said.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise _refused(field, "a whole number, 0 or more", "another value")
    return value


def _line(kind: str, source: str, key: str, row: object) -> Split:
    """Return a row's canonical JSON and its parts, each field checked."""
    if not isinstance(row, dict):
        raise _refused("row", "an object with the fields of a row", "none")
    types = _TYPES[kind]
    values: dict[str, Any] = {"source": source, "key": key}
    for name, value in row.items():
        plain = types.get(name)
        if plain is None:
            raise _refused(f"row.{name[:40]}", f"a field of a {kind}", "another")
        if value is not None:
            values[name] = _value(name, value, plain)
    _check_where(values)
    _check_when(values)
    try:
        return canonical_split(ROW_TYPES[kind](**values))
    except TypeError as error:
        missing = str(error).partition(":")[2].strip() or "some are missing"
        raise _refused("row", f"every field that a {kind} needs", missing) from error


def canonical_split(row: Row) -> Split:
    """Return the canonical bytes of a row, and those of its parts.

    A row is flat and its columns are known: nothing has to be looked at twice.

    Returns:
        What `canonical_row` returns, and what `STANDARD.split` makes of that in the
        order of the parts' names; None for a part that the row does not state.
    """
    pieces: list[str] = []
    parts: list[list[str]] = [[] for _ in STANDARD.names]
    for name, start, at in _STARTS[type(row)]:
        value = getattr(row, name)
        if value is not None:
            piece = start + _piece(value)
            pieces.append(piece)
            parts[at].append(piece)
    line = f"{{{','.join(pieces)}}}".encode()
    split = tuple(f"{{{','.join(p)}}}".encode() if p else None for p in parts)
    return line, split


def _piece(value: object) -> str:
    if isinstance(value, str):
        plain = value if value.isascii() else unicodedata.normalize("NFC", value)
        return encode_basestring(plain)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, datetime):
        return f'"{format_instant(value)}"'
    return _TRUTH.get(value, str(value)) if isinstance(value, bool) else str(value)


def _value(name: str, value: object, plain: type) -> object:
    if plain is datetime:
        return _instant(value, f"row.{name}")
    if plain is float and type(value) is int and abs(value) <= _MOST:
        return float(value)
    if type(value) is not plain:
        raise _refused(f"row.{name}", _WORDS[plain], type(value).__name__)
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        raise _refused(f"row.{name}", f"at most {_LONGEST_TEXT} letters", "more")
    if isinstance(value, int) and abs(value) > _MOST:
        raise _refused(f"row.{name}", "a number up to 2**53", "a larger one")
    return value


def _instant(value: object, field: str) -> datetime:
    if not isinstance(value, str):
        raise _refused(field, "a time as text", type(value).__name__)
    try:
        if _UTC.fullmatch(value):
            return datetime.fromisoformat(value)
        return parse_instant(value, field)
    except (MalformedSourceError, ValueError) as error:
        expected = "a time such as 2026-03-04T19:30:00Z"
        raise _refused(field, expected, "another") from error


def _check_where(values: Mapping[str, Any]) -> None:
    lon, lat, radius = (values.get(name) for name in ("lon", "lat", "radius_m"))
    if (lon is None) != (lat is None):
        raise _refused("row.lon, row.lat", "both or neither", "one")
    if lon is None or lat is None:
        return
    if not (abs(lon) <= _LON and abs(lat) <= _LAT):
        raise _refused("row.lon, row.lat", "degrees on the earth", "others")
    if radius is None or not (math.isfinite(radius) and radius >= 0):
        raise _refused("row.radius_m", "metres that hold the place with 95 %", "none")


def _check_when(values: Mapping[str, Any]) -> None:
    start, end = values.get("start"), values.get("end")
    if start is None or end is None:
        return
    if not start < end:
        raise _refused("row.end", "a time after start", "one that is not")
    if end - start > _MAX_SPAN:
        raise _refused("row.end", "at most a year after start", "a later one")


def _refused(field: str, expected: str, got: str) -> MalformedSourceError:
    return MalformedSourceError(
        Where("message", field=field),
        expected=expected,
        got=got,
        remedy="Correct the message and send it again.",
    )
