"""The tree cut into tiles of 256 hashes, each of which never changes once it is full.

Whoever has the tiles can make any proof himself, and a copy of them serves as well as
the record does. Entries are not among them: what entries say is told by edition.

Source: C2SP, tlog-tiles (Merkle Tree, Partial Tiles).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pamiers.core.errors import UsageError
from pamiers.ledger.tree import root_of

WIDTH: Final = 256
_HASH: Final = 32
_HIGHEST: Final = 63
_LEVEL: Final = re.compile(r"0|[1-9][0-9]?", re.ASCII)
_INDEX: Final = re.compile(
    r"((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Tile:
    """Hashes that stand side by side at one height of the tree."""

    level: int  #: 0 for leaves; each level spans 256 times as many entries
    index: int  #: of the tile in its level
    width: int = WIDTH  #: how many hashes; fewer than 256 at the right edge alone

    def __str__(self) -> str:
        """Return its path, such as `tile/0/x001/x234/067.p/89`."""
        last, rest = self.index % 1000, self.index // 1000
        path = f"{last:03d}"
        while rest:
            path = f"x{rest % 1000:03d}/{path}"
            rest //= 1000
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{path}{part}"


def read_tile(level: str, index: str) -> Tile:
    """Return the tile that a path names.

    Args:
        level: What stands after `tile/`.
        index: What stands after that, slashes among it.

    Returns:
        The tile, whether or not there is one of that name.

    Raises:
        UsageError: It is no path of a tile, or not in its one spelling.
    """
    found = _INDEX.fullmatch(index)
    if _LEVEL.fullmatch(level) and int(level) <= _HIGHEST and found is not None:
        number = int(found[1].replace("x", "").replace("/", ""))
        tile = Tile(int(level), number, int(found[2] or WIDTH))
        if tile.width <= WIDTH and str(tile) == f"tile/{level}/{index}":
            return tile
    raise UsageError(
        "tile",
        expected="a path such as 0/x001/x234/067 or 0/000.p/5",
        got=repr(f"{level}/{index}"[:80]),
        remedy="See C2SP, tlog-tiles.",
    )


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of a tree of some size, from the leaves up; none of an empty."""
    level, hashes = 0, size
    while hashes:
        for index in range(hashes // WIDTH):
            yield Tile(level, index)
        if hashes % WIDTH:
            yield Tile(level, hashes // WIDTH, hashes % WIDTH)
        level, hashes = level + 1, hashes // WIDTH


@dataclass(slots=True)
class Tiles:
    """The hashes of a tree that grows, 32 bytes each; those of upper levels too."""

    _levels: list[bytearray] = field(default_factory=lambda: [bytearray()])

    @property
    def size(self) -> int:
        """Return how many leaves there are."""
        return len(self._levels[0]) // _HASH

    def add(self, leaves: Iterable[bytes]) -> None:
        """Take in the hashes of further leaves, in order."""
        for leaf in leaves:
            self._put(0, leaf)

    def _put(self, level: int, added: bytes) -> None:
        if level == len(self._levels):
            self._levels.append(bytearray())
        held = self._levels[level]
        held += added
        if len(held) % (WIDTH * _HASH) == 0:
            whole = bytes(held[-WIDTH * _HASH :])
            hashes = [whole[at : at + _HASH] for at in range(0, len(whole), _HASH)]
            self._put(level + 1, root_of(hashes))

    def read(self, tile: Tile) -> bytes | None:
        """Return the hashes of a tile, one after the other; None where it is not there.

        A part of a tile that has grown since is still given: it begins the same.
        """
        if tile.level >= len(self._levels):
            return None
        start = tile.index * WIDTH * _HASH
        end = start + tile.width * _HASH
        held = self._levels[tile.level]
        return bytes(held[start:end]) if end <= len(held) else None
