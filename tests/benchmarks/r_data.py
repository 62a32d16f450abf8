"""Read what R saved with `save()`: vectors, lists and data frames, nothing more.

Source: R Core Team, R Internals, section 1.8, serialization formats (version 2, XDR).
"""

import gzip
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD: Final = b"RDX2\nX\n"
_NOTHING: Final = 254  #: NILVALUE_SXP
_REFERENCE: Final = 255
_MISSING: Final = -(2**31)


def read_r(path: Path) -> dict[str, Any]:
    """Return the objects in a file by name; a data frame as column -> values.

    Raises:
        ValueError: It is no such file, or holds what is not read here.
    """
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_HEAD):
        raise ValueError(path)
    reader = _Reader(data, len(_HEAD) + 12)
    found: dict[str, Any] = reader.item()
    return found


class _Reader:
    """A place in the bytes, and the symbols that were met so far."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at
        self.symbols: list[str] = []
        self.readers: dict[int, Callable[[int], Any]] = {
            1: self._symbol,
            2: self._pairs,
            9: self._text,
            10: self._integers,
            13: self._integers,
            14: self._reals,
            16: self._vector,
            19: self._vector,
            _NOTHING: lambda _: None,
            _REFERENCE: lambda flags: self.symbols[(flags >> 8) - 1],
        }

    def item(self) -> Any:  # noqa: ANN401 - whatever R saved
        """Return the next item."""
        flags = self._number()
        if flags & 255 not in self.readers:
            message = f"type {flags & 255} is not read here"
            raise ValueError(message)
        return self.readers[flags & 255](flags)

    def _number(self) -> int:
        self.at += 4
        found: int = struct.unpack_from(">i", self.data, self.at - 4)[0]
        return found

    def _symbol(self, _: int) -> str:
        self.symbols.append(self.item())
        return self.symbols[-1]

    def _pairs(self, flags: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while flags & 255 != _NOTHING:
            name = self.item()
            found[name] = self.item()
            flags = self._number()
        return found

    def _text(self, _: int) -> str | None:
        size = self._number()
        self.at += max(size, 0)
        return None if size < 0 else self.data[self.at - size : self.at].decode()

    def _integers(self, flags: int) -> list[Any]:
        values = [self._number() for _ in range(self._number())]
        known: dict[str, Any] = self.item() if flags & 512 else {}
        if "levels" in known:
            return [None if v == _MISSING else known["levels"][v - 1] for v in values]
        return values

    def _reals(self, flags: int) -> list[float]:
        size = self._number()
        values = struct.unpack_from(f">{size}d", self.data, self.at)
        self.at += 8 * size
        if flags & 512:
            self.item()
        return list(values)

    def _vector(self, flags: int) -> Any:  # noqa: ANN401 - a list, or columns by name
        values = [self.item() for _ in range(self._number())]
        known = self.item() if flags & 512 else {}
        return dict(zip(known["names"], values, strict=True)) if known else values
