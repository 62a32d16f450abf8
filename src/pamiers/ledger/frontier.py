"""The right edge of a growing tree: enough to append, and to prove what was appended.

A tree of any size is as many complete subtrees as its size has binary ones. Their
roots, the peaks, are all that a root and the proofs of new leaves are made of, so that
neither costs more as the record grows.

Source: RFC 9162, section 2.1.1; Crosby and Wallach (2009), Efficient Data Structures
for Tamper-Evident Logging.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pamiers.ledger.tree import EMPTY_ROOT, Head, node_hash


@dataclass(frozen=True, slots=True)
class Frontier:
    """The peaks of a tree, the largest subtree first.

    Invariant: one peak for each binary one of `size`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def head(self) -> Head:
        """Return the size and root of the tree."""
        if not self.peaks:
            return Head(0, EMPTY_ROOT)
        *others, root = self.peaks
        for peak in reversed(others):
            root = node_hash(peak, root)
        return Head(self.size, root)

    def grown(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the frontier of the tree with some leaves more."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            peaks.append(leaf)
            rest = size
            while rest & 1:
                right = peaks.pop()
                peaks.append(node_hash(peaks.pop(), right))
                rest >>= 1
            size += 1
        return Frontier(size, tuple(peaks))


def prove_new(before: Frontier, leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the audit path of each new leaf, in the tree that ends with the last.

    Args:
        before: The tree without them.
        leaves: New leaf hashes, in order.

    Returns:
        One path a leaf, as `tree.prove` gives it for the whole tree; empty for no
        leaves.
    """
    levels = _levels(before, leaves)
    return [_path(levels, before.size + i) for i in range(len(leaves))]


def _levels(before: Frontier, leaves: Sequence[bytes]) -> list[tuple[int, list[bytes]]]:
    """Return (first index, nodes) of each level, as far left as new leaves look."""
    rest, peaks = before.size, list(before.peaks)
    start, nodes = before.size, list(leaves)
    levels = []
    while nodes:
        if rest & 1:
            start, nodes = start - 1, [peaks.pop(), *nodes]
        levels.append((start, nodes))
        if start == 0 and len(nodes) == 1:
            break
        pairs = len(nodes) // 2 * 2
        above = [node_hash(nodes[i], nodes[i + 1]) for i in range(0, pairs, 2)]
        start, nodes, rest = start // 2, above + nodes[pairs:], rest >> 1
    return levels


def _path(levels: Sequence[tuple[int, list[bytes]]], index: int) -> list[bytes]:
    path = []
    for start, nodes in levels:
        beside = (index ^ 1) - start
        if beside < len(nodes):
            path.append(nodes[beside])
        index //= 2
    return path
