"""Lots by counter: figure and number of the draw give the lot, whatever the order.

The lot of a draw is 32 bits, mixed from its number and two words that belong to the
figure. Its halves are two uniform numbers; the lesser and the greater of them, weighed
by where the mode lies, have a triangle as their distribution. No square root is taken,
and any draw can be made again by itself.

Source: Stein and Keblis (2009), A new method to simulate the triangular distribution,
for the two uniforms; Steele, Lea and Flood (2014) for lots from a counter, with the
multipliers that C. Wellons found for 32 bits.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pamiers.deterrence.game import Game
from pamiers.deterrence.margins import Figures

Words = NDArray[np.uint32]

STRIDE: Final = 0x9E3779B9  #: between the lots of two draws: 2^32 by the golden ratio
FIRST: Final = 0x21F0AAAD
SECOND: Final = 0x735A2D97
HALF: Final = 65_536  #: how many values a half of a lot can have


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """Where the lots of every figure come from, and the triangles they fall into.

    Shapes in n figures. A figure is `base + lesser * least + greater * most`, lesser
    and greater being the sorted halves of its lot.
    """

    words: Words  #: (n, 2)
    triangles: Figures  #: (n, 3) base, lesser, greater

    @classmethod
    def of(cls, game: Game, seed: int) -> "Lots":
        """Return the lots of a game's figures; another seed gives other lots."""
        count = len(game.names)
        words = np.random.SeedSequence(seed).generate_state(2 * count, np.uint32)
        width = game.high - game.low
        rise = np.where(width > 0, game.mode - game.low, 0.0)
        base = game.low + width / (2 * HALF)
        sides = (width - rise) / HALF, rise / HALF
        return cls(
            words=words.reshape(count, 2).astype(np.uint32, copy=False),
            triangles=np.stack([base, *sides], axis=1),
        )

    def figures(self, rows: NDArray[np.intp], numbers: NDArray[np.integer]) -> Figures:
        """Return some figures of some draws.

        Args:
            rows: Which figures, shape (m,).
            numbers: Numbers of the draws, shape (k,).

        Returns:
            Figures, shape (m, k), each within its range.
        """
        lots = mixed(numbers.astype(np.uint32), self.words[rows])
        one, other = lots >> np.uint32(16), lots & np.uint32(HALF - 1)
        base, least, most = (self.triangles[rows, i, np.newaxis] for i in range(3))
        return np.asarray(
            base + (least * np.minimum(one, other) + most * np.maximum(one, other))
        )


def mixed(numbers: Words, words: Words) -> Words:
    """Return the lots of some draws, shape (m, k).

    Args:
        numbers: Numbers of the draws, shape (k,).
        words: Two words of each figure, shape (m, 2).

    Returns:
        Lots of 32 bits.
    """
    lots = numbers * np.uint32(STRIDE) + words[:, :1]
    lots ^= lots >> np.uint32(16)
    lots *= np.uint32(FIRST)
    lots ^= words[:, 1:]
    lots ^= lots >> np.uint32(15)
    lots *= np.uint32(SECOND)
    lots ^= lots >> np.uint32(15)
    return lots
