"""The Merkle tree of RFC 6962: roots, and proofs that a leaf is under one.

Source: RFC 6962, section 2.1; RFC 9162, sections 2.1.3.1 and 2.1.3.2.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pamiers.core.errors import LedgerMismatchError, UsageError

_NODE: Final = b"\x01"
EMPTY_ROOT: Final = hashlib.sha256().digest()


@dataclass(frozen=True, slots=True)
class Head:
    """The size of a tree and its root: what a party keeps to notice rewriting."""

    size: int
    root: bytes

    @property
    def hex(self) -> str:
        """Return the root in hexadecimal."""
        return self.root.hex()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node, `SHA-256(0x01 || left || right)`."""
    return hashlib.sha256(_NODE + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, in order.

    Args:
        leaves: Leaf hashes; with none, the hash of the empty string.

    Returns:
        32 bytes.
    """
    if not leaves:
        return EMPTY_ROOT
    sha256 = hashlib.sha256
    level = list(leaves)
    while len(level) > 1:
        pairs = len(level) // 2 * 2
        above = [
            sha256(_NODE + level[i] + level[i + 1]).digest() for i in range(0, pairs, 2)
        ]
        # A last node without a neighbour rises unchanged: this gives the same
        # left-full tree as the recursive definition of RFC 6962.
        level = above + level[pairs:]
    return level[0]


def prove(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the audit path of one leaf, from its sibling up to the root.

    Args:
        leaves: All leaf hashes of the tree.
        index: Position of the leaf, from 0.

    Returns:
        Hashes; empty for a tree of one leaf.

    Raises:
        UsageError: No leaf at `index`.
    """
    if not 0 <= index < len(leaves):
        raise UsageError(
            "inclusion proof",
            expected=f"an index from 0 to {len(leaves) - 1}",
            got=str(index),
            remedy="Name a leaf that is in the tree.",
        )
    path: list[bytes] = []
    level, at = list(leaves), index
    while len(level) > 1:
        sibling = at ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        pairs = len(level) // 2 * 2
        above = [node_hash(level[i], level[i + 1]) for i in range(0, pairs, 2)]
        level, at = above + level[pairs:], at // 2
    return path


def verify_inclusion(
    leaf: bytes, index: int, head: Head, path: Sequence[bytes]
) -> None:
    """Check that a leaf is in a tree; say nothing if so.

    Args:
        leaf: Leaf hash.
        index: Position it is said to have, from 0.
        head: Size and root of the tree.
        path: Audit path, as `prove` gives it.

    Raises:
        LedgerMismatchError: The path does not lead from the leaf to the root.

    Source:
        RFC 9162, section 2.1.3.2.
    """
    at, last, reached = index, head.size - 1, leaf
    steps = list(path)
    if not 0 <= at <= last:
        raise _mismatch(head, f"index {index} of a tree of {head.size}")
    while last > 0:
        if at % 2 or at < last:
            if not steps:
                raise _mismatch(head, "a path that is too short")
            beside = steps.pop(0)
            pair = (beside, reached) if at % 2 else (reached, beside)
            reached = node_hash(*pair)
        at, last = at // 2, last // 2
    if steps or reached != head.root:
        raise _mismatch(head, f"a path to {reached.hex()}")


def prove_consistency(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """Return the proof that a tree of the first `size` leaves grew into this one.

    Args:
        leaves: All leaf hashes of the larger tree.
        size: Size of the smaller tree, 0..len(leaves).

    Returns:
        Hashes; empty if the smaller tree is empty or as large.

    Raises:
        UsageError: No such smaller tree.

    Source:
        RFC 6962, section 2.1.2.
    """
    if not 0 <= size <= len(leaves):
        raise UsageError(
            "consistency proof",
            expected=f"a size from 0 to {len(leaves)}",
            got=str(size),
            remedy="Name a size that the tree has had.",
        )
    if size in {0, len(leaves)}:
        return []
    return _grown(leaves, size, whole=True)


def _grown(leaves: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF(m, D[n], b) of RFC 6962."""
    if size == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:split], leaves[split:]
    if size <= split:
        return [*_grown(left, size, whole=whole), root_of(right)]
    return [*_grown(right, size - split, whole=False), root_of(left)]


def verify_consistency(old: Head, new: Head, path: Sequence[bytes]) -> None:
    """Check that one tree grew out of another; say nothing if so.

    Args:
        old: Size and root of the smaller tree.
        new: Size and root of the larger tree.
        path: Proof, as `prove_consistency` gives it.

    Raises:
        LedgerMismatchError: The larger tree does not begin with the smaller one.

    Source:
        RFC 9162, section 2.1.4.2.
    """
    if old.size > new.size:
        raise _shrunk(old, new, f"a tree of {new.size}")
    if old.size in {0, new.size}:
        first = old.root == (EMPTY_ROOT if old.size == 0 else new.root)
        if path or not first:
            raise _shrunk(old, new, "another root" if not path else "a needless path")
        return
    steps = list(path)
    if old.size & (old.size - 1) == 0:
        steps.insert(0, old.root)
    _climb(old, new, steps)


def _climb(old: Head, new: Head, steps: list[bytes]) -> None:
    """Walk both roots up a consistency proof."""
    at, last = old.size - 1, new.size - 1
    while at % 2:
        at, last = at // 2, last // 2
    if not steps:
        raise _shrunk(old, new, "no path")
    before = after = steps[0]
    for beside in steps[1:]:
        if last == 0:
            raise _shrunk(old, new, "a path that is too long")
        if at % 2 or at == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            after = node_hash(after, beside)
        at, last = at // 2, last // 2
    if last or before != old.root or after != new.root:
        raise _shrunk(old, new, f"a path to {before.hex()} and {after.hex()}")


def _shrunk(old: Head, new: Head, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        "consistency proof",
        expected=f"a tree of {new.size} that begins with the {old.size} entries of "
        f"{old.hex}",
        got=got,
        remedy="History was rewritten, or the proof is of another log. Keep both "
        "checkpoints and the proof as evidence.",
    )


def _mismatch(head: Head, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        "inclusion proof",
        expected=f"a path to the root {head.hex}",
        got=got,
        remedy="Fetch the proof again; if it fails again, keep both as evidence.",
    )
