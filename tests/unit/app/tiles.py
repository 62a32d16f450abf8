"""A small reader of vector tiles, for tests: of points, and of texts and numbers."""

from collections.abc import Iterator
from typing import Any

Field = tuple[int, Any]


def decoded(tile: bytes) -> list[dict[str, Any]]:
    """Return what the points of a tile's one layer state; empty for an empty tile."""
    if not tile:
        return []
    ((_, layer),) = fields(tile)
    parts = list(fields(layer))
    keys = [value.decode() for number, value in parts if number == 3]
    values = [value_of(value) for number, value in parts if number == 4]
    return [stated(value, keys, values) for number, value in parts if number == 2]


def stated(feature: bytes, keys: list[str], values: list[Any]) -> dict[str, Any]:
    tags = next((value for number, value in fields(feature) if number == 2), b"")
    found = list(numbers(tags))
    pairs = zip(found[::2], found[1::2], strict=True)
    return {keys[name]: values[value] for name, value in pairs}


def value_of(message: bytes) -> Any:  # noqa: ANN401 - a text or a number
    ((number, value),) = fields(message)
    return value.decode() if number == 1 else value


def fields(message: bytes) -> Iterator[Field]:
    """Yield each field's number with its number or bytes."""
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        size, at = varint(message, at)
        if tag & 7 == 0:
            yield tag >> 3, size
        else:
            yield tag >> 3, message[at : at + size]
            at += size


def numbers(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed):
        found, at = varint(packed, at)
        yield found


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number and where the next field begins."""
    value = shift = 0
    while data[at] & 0x80:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
    return value | data[at] << shift, at + 1
