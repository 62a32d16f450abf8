"""Points as a vector tile: Mapbox Vector Tile 2.1, written column by column.

A tile holds some ten thousand points, so nothing is done point by point: points that
state the same attributes have messages of one length, and are rows of one matrix of
bytes. Numbers take a fixed count of bytes for that (a varint may be longer than it need
be: Protocol Buffers, "Encoding"; every reader takes it).

Source: https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MEDIA_TYPE: Final = "application/vnd.mapbox-vector-tile"
EXTENT: Final = 4096  #: units along a side of a tile

_VERSION: Final = 2
_POINT: Final = 1
_MOVE_ONCE: Final = 9  #: command "move to", once
_SEVEN: Final = 7
_PLACE_BYTES: Final = 2  #: of a coordinate: up to 2^14 after its zigzag
_INDEX_BYTES: Final = 3  #: of an index of a value: up to 2^21
Integers = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """What points state under one name."""

    values: Sequence[str | int]  #: texts, or numbers of at least 0
    index: Integers  #: of each point's value; -1 where it states none


def point_tile(
    name: str, x: Integers, y: Integers, attributes: Mapping[str, Attribute]
) -> bytes:
    """Return a tile of one layer of points.

    Args:
        name: Name of the layer.
        x: Units from the west edge, 0 to `EXTENT`; one a point.
        y: Units from the north edge, the same.
        attributes: What is stated of the points, by name.

    Returns:
        The tile; no bytes at all where there are no points, which is an empty tile.
    """
    if not len(x):
        return b""
    parts = [_number(15, _VERSION), _text(1, name), *_features(x, y, attributes)]
    parts += [_text(3, each) for each in attributes]
    parts += [
        _message(4, _number(5, value) if isinstance(value, int) else _text(1, value))
        for each in attributes.values()
        for value in each.values
    ]
    parts.append(_number(5, EXTENT))
    return _message(3, b"".join(parts))


def _features(
    x: Integers, y: Integers, attributes: Mapping[str, Attribute]
) -> list[bytes]:
    """Return the features, those that state the same names together."""
    stated = np.zeros(len(x), dtype=np.int64)
    for bit, each in enumerate(attributes.values()):
        stated |= (each.index >= 0).astype(np.int64) << bit
    return [
        _alike(np.flatnonzero(stated == pattern), x, y, attributes, int(pattern))
        for pattern in np.unique(stated)
    ]


def _alike(
    rows: Integers,
    x: Integers,
    y: Integers,
    attributes: Mapping[str, Attribute],
    pattern: int,
) -> bytes:
    """Return features whose messages differ in numbers alone, one row each."""
    tags: list[Bytes] = []
    before = 0
    for at, each in enumerate(attributes.values()):
        if pattern >> at & 1:
            tags += [
                _same(len(rows), [at]),
                _wide(before + each.index[rows], _INDEX_BYTES),
            ]
        before += len(each.values)
    size = sum(each.shape[1] for each in tags)
    stated = [_same(len(rows), [0x12, size]), *tags] if tags else []
    place = [_wide(_zigzag(each[rows]), _PLACE_BYTES) for each in (x, y)]
    head = [0x18, _POINT, 0x22, 1 + 2 * _PLACE_BYTES, _MOVE_ONCE]
    body = np.hstack([*stated, _same(len(rows), head), *place])
    whole = np.hstack([_same(len(rows), [0x12, body.shape[1]]), body])
    return whole.tobytes()


def _same(count: int, given: list[int]) -> Bytes:
    return np.tile(np.array(given, dtype=np.uint8), (count, 1))


def _zigzag(values: Integers) -> Integers:
    return (values << 1) ^ (values >> 63)


def _wide(values: Integers, size: int) -> Bytes:
    """Return numbers as varints of a fixed size, one a row."""
    shifts = np.arange(size) * _SEVEN
    parts = (values[:, None] >> shifts) & 0x7F
    parts[:, :-1] |= 0x80
    return parts.astype(np.uint8)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits a byte
        out.append(value & 0x7F | 0x80)
        value >>= _SEVEN
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, text: str) -> bytes:
    return _message(field, text.encode())


def _message(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(body)) + body
