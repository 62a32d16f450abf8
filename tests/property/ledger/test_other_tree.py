"""Roots and proofs are those of an implementation that shares no code with ours."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from pymerkle import verify_consistency as verify_theirs

from pamiers.ledger.frontier import Frontier, prove_new
from pamiers.ledger.tree import (
    Head,
    prove,
    prove_consistency,
    root_of,
    verify_consistency,
)

DATA = st.lists(st.binary(max_size=40), min_size=1, max_size=40)


def both(data: list[bytes]) -> tuple[InmemoryTree, list[bytes]]:
    """Return their tree and our leaves over the same bytes."""
    tree = InmemoryTree(algorithm="sha256")
    for each in data:
        tree.append_entry(each)
    return tree, [hashlib.sha256(b"\x00" + each).digest() for each in data]


@given(DATA)
def test_every_root_is_theirs(data: list[bytes]) -> None:
    tree, leaves = both(data)
    for size in range(1, len(data) + 1):
        assert tree.get_root(size) == root_of(leaves[:size])
        assert Frontier().grown(leaves[:size]).head.root == tree.get_root(size)


@given(DATA, st.data())
def test_every_audit_path_is_theirs(data: list[bytes], draw: st.DataObject) -> None:
    tree, leaves = both(data)
    index = draw.draw(st.integers(0, len(data) - 1))
    ours = prove(leaves, index)
    # They put the leaf itself into the path, and order it from left to right.
    told = tree.prove_inclusion(index + 1, len(data)).serialize()["path"]
    assert sorted(told) == sorted(each.hex() for each in [leaves[index], *ours])
    assert prove_new(Frontier(), leaves)[index] == ours


@given(DATA, st.data())
def test_every_proof_of_growth_is_theirs(
    data: list[bytes], draw: st.DataObject
) -> None:
    tree, leaves = both(data)
    size = draw.draw(st.integers(1, len(data)))
    steps = prove_consistency(leaves, size)
    assert steps == subproof(data, size, whole=True)
    # Their own proof takes the old tree apart further; it leads to the same two roots.
    theirs = tree.prove_consistency(size, len(data))
    old, new = tree.get_root(size), tree.get_root(len(data))
    verify_theirs(old, new, theirs)
    verify_consistency(Head(size, old), Head(len(data), new), steps)


def subproof(data: list[bytes], size: int, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF of RFC 9162, 2.1.4.1, every hash in it made by the others."""
    if size == len(data):
        return [] if whole else [both(data)[0].get_root()]
    split = 1 << (len(data) - 1).bit_length() - 1
    left, right = data[:split], data[split:]
    if size <= split:
        return [*subproof(left, size, whole=whole), both(right)[0].get_root()]
    return [*subproof(right, size - split, whole=False), both(left)[0].get_root()]
