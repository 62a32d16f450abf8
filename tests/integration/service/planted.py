"""Words planted where they must not leave from, and every way to look for them."""

import base64
import gzip
import hashlib
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

_DEEPEST = 4
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def shapes(word: str) -> dict[str, bytes]:
    """Return a word as it might leak, by how."""
    raw = word.encode()
    found = {
        "plain": raw,
        "hexadecimal": raw.hex().encode(),
        "capital hexadecimal": raw.hex().upper().encode(),
        "UTF-16": word.encode("utf-16-le"),
        "percent": "".join(f"%{each:02X}" for each in raw).encode(),
        "quoted": urllib.parse.quote(word, safe="").encode(),
        "escaped": "".join(f"\\u{ord(each):04x}" for each in word).encode(),
        "entities": "".join(f"&#{ord(each)};" for each in word).encode(),
        "SHA-256": hashlib.sha256(raw).hexdigest().encode(),
        "SHA-256, raw": hashlib.sha256(raw).digest(),
    }
    for at in range(3):  # where it begins within three bytes
        coded = base64.b64encode(b"x" * at + raw)
        kept = coded[4 if at else 0 : len(coded) // 4 * 4 - 4]
        found[f"base64 from {at}"] = kept
        found[f"base64url from {at}"] = kept.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def layers(data: bytes, deep: int = 0) -> Iterator[bytes]:
    """Yield bytes, and what lies compressed in them, to any depth that is met."""
    yield data
    if deep >= _DEEPEST:
        return
    for inner in _inside(data):
        yield from layers(inner, deep + 1)


def _inside(data: bytes) -> Iterator[bytes]:
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            yield packed.comment
            for each in packed.infolist():
                yield each.filename.encode() + each.comment + each.extra
                yield packed.read(each)
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    for found in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(found[1])
        except zlib.error:
            continue


def met(data: bytes, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return which words are in some bytes, and in which shape."""
    needles = {
        (word, how): shape for word in words for how, shape in shapes(word).items()
    }
    return {
        name
        for layer in layers(data)
        for name, needle in needles.items()
        if needle in layer
    }
