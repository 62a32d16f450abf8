"""What an entry says, field by field, and the leaf that pins it.

Of format 2 the leaf is that of an *envelope*, which names the kind, the instant of
recording and a commitment to each field of the body. An entry is held whole, with the
secret that every salt is made from, or in part: some fields closed, of which only the
commitment is left. Both have the same leaf. Of format 1, which old records have, the
leaf is that of the whole content, which can only be opened whole.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from json.encoder import encode_basestring
from typing import Final

from pamiers.core.errors import MalformedSourceError
from pamiers.ledger.commitment import commitment, envelope_salt, field_salt
from pamiers.ledger.leaf import leaf_hash

OLDEST: Final = 1
FORMAT: Final = 2
#: what stands in the body for a field that is closed
WITHHELD: Final = "[withheld]"
_DECODER: Final = json.JSONDecoder()
_BODY: Final = b'{"body":'
_TAIL: Final = re.compile(
    rb',"format":(?P<format>\d+),"kind":(?P<kind>"[^"\\]*"),'
    rb'"recorded_at":(?P<recorded_at>"[^"\\]*")}\Z'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an entry says, as it is held.

    Invariant: `salts` and `closed` are empty where the entry is held whole.
    """

    format: int
    kind: str
    recorded_at: str  #: UTC text
    fields: Mapping[str, bytes]  #: canonical bytes of each open field of the body
    salts: Mapping[str, bytes] = field(default_factory=dict)
    closed: Mapping[str, bytes] = field(default_factory=dict)  #: commitments
    partial: bool = False

    def __bytes__(self) -> bytes:
        """Return the canonical JSON under which it is kept."""
        closed = b',"closed":' + _hexes(self.closed) if self.partial else b""
        opened = b',"opened":' + _hexes(self.salts) if self.partial else b""
        return b'{"body":%b%b,"format":%d,"kind":%b%b,"recorded_at":%b}' % (
            _object(self.fields),
            closed,
            self.format,
            encode_basestring(self.kind).encode(),
            opened,
            encode_basestring(self.recorded_at).encode(),
        )

    @property
    def body(self) -> dict[str, object]:
        """Return the fields as values; `WITHHELD` where one is closed."""
        told: dict[str, object] = dict.fromkeys(self.closed, WITHHELD)
        return {**told, **{name: json.loads(raw) for name, raw in self.fields.items()}}

    def leaf(self, salt: bytes) -> bytes:
        """Return the leaf hash.

        Args:
            salt: The entry's secret where it is held whole, else its envelope's salt.

        Returns:
            32 bytes.
        """
        if self.format == OLDEST:
            return leaf_hash(salt, bytes(self))
        if self.partial:
            return leaf_hash(salt, self._envelope(self._commitments(None)))
        pins = self._commitments(salt)
        return leaf_hash(envelope_salt(salt), self._envelope(pins))

    def _commitments(self, secret: bytes | None) -> dict[str, bytes]:
        pins = dict(self.closed)
        for name, raw in self.fields.items():
            salt = self.salts[name] if secret is None else field_salt(secret, name)
            pins[name] = commitment(salt, raw)
        return pins

    def _envelope(self, pins: Mapping[str, bytes]) -> bytes:
        return b'{"body":%b,"format":%d,"kind":%b,"recorded_at":%b}' % (
            _hexes(pins),
            self.format,
            encode_basestring(self.kind).encode(),
            encode_basestring(self.recorded_at).encode(),
        )

    def closing(self, salt: bytes, names: frozenset[str]) -> tuple["Content", bytes]:
        """Return the same entry with some fields closed, and its salt.

        Args:
            salt: As for `leaf`.
            names: Fields to close; those it does not have are passed over.

        Returns:
            An entry in part, which has the same leaf, and its envelope's salt.

        Raises:
            MalformedSourceError: It is of format 1, which cannot be opened in part.
        """
        if self.format == OLDEST:
            raise _misread("an entry of format 2", "one of format 1")
        pins = self._commitments(None if self.partial else salt)
        salts = {
            name: self.salts[name] if self.partial else field_salt(salt, name)
            for name in self.fields
        }
        kept = {name: raw for name, raw in self.fields.items() if name not in names}
        held = Content(
            format=self.format,
            kind=self.kind,
            recorded_at=self.recorded_at,
            fields=kept,
            salts={name: salts[name] for name in kept},
            closed={name: pin for name, pin in pins.items() if name not in kept},
            partial=True,
        )
        return held, salt if self.partial else envelope_salt(salt)


def read_content(raw: bytes) -> Content:
    """Return what bytes say.

    Args:
        raw: Canonical JSON of an entry.

    Returns:
        The content, of which `bytes` gives the same bytes again.

    Raises:
        MalformedSourceError: They are not of this form, or not canonical.
    """
    try:
        rows = _whole(raw) or fields_of(raw)
        partial = "closed" in rows
        found = Content(
            format=int(rows["format"]),
            kind=json.loads(rows["kind"]),
            recorded_at=json.loads(rows["recorded_at"]),
            fields=fields_of(rows["body"]),
            salts=_unhexed(rows["opened"]) if partial else {},
            closed=_unhexed(rows["closed"]) if partial else {},
            partial=partial,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _misread("an entry", type(error).__name__) from error
    _check(found, raw)
    return found


def _whole(raw: bytes) -> dict[str, bytes] | None:
    """Return the rows of an entry that is held whole, found from its end; else None."""
    tail = _TAIL.search(raw)
    if tail is None or not raw.startswith(_BODY):
        return None
    return {**tail.groupdict(), "body": raw[len(_BODY) : tail.start()]}


def _check(found: Content, raw: bytes) -> None:
    if bytes(found) != raw:
        raise _misread("an entry in canonical form", "other bytes")
    if found.format not in {OLDEST, FORMAT}:
        raise _misread(f"format {OLDEST} or {FORMAT}", str(found.format))
    if found.format == OLDEST and found.partial:
        raise _misread("an entry of format 2", "one of format 1 in part")
    if found.partial and found.salts.keys() != found.fields.keys():
        raise _misread("a salt for each open field", "others")


def fields_of(raw: bytes) -> dict[str, bytes]:
    """Return the values of a JSON object as the bytes they are written in, by name.

    Args:
        raw: An object without white space, in UTF-8.

    Returns:
        In order; putting them together again gives `raw`.

    Raises:
        ValueError: Not such an object, or a name comes twice.
    """
    text, found, at = raw.decode(), {}, 1
    scan = _DECODER.raw_decode
    while at < len(text) - 1:
        name, colon = scan(text, at)
        _, end = scan(text, colon + 1)
        found[name] = text[colon + 1 : end].encode()
        at = end + 1
    if _object(found) != raw:
        raise ValueError(text[:20])
    return found


def _object(fields: Mapping[str, bytes]) -> bytes:
    """Return a JSON object of values that are canonical already."""
    order = sorted(fields) if "".join(fields).isascii() else sorted(fields, key=_utf16)
    return b"{" + b",".join([_named(name) + fields[name] for name in order]) + b"}"


@cache
def _named(name: str) -> bytes:
    return encode_basestring(name).encode() + b":"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be")  # the order of RFC 8785, 3.2.3


def _hexes(held: Mapping[str, bytes]) -> bytes:
    return _object({name: b'"%b"' % each.hex().encode() for name, each in held.items()})


def _unhexed(raw: bytes) -> dict[str, bytes]:
    return {name: bytes.fromhex(json.loads(v)) for name, v in fields_of(raw).items()}


def _misread(expected: str, got: str) -> MalformedSourceError:
    remedy = "Restore the record from a copy that verifies."
    return MalformedSourceError("entry", expected=expected, got=got, remedy=remedy)
