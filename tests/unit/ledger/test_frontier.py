"""A frontier gives the roots and paths of the whole tree, without the tree."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from pamiers.ledger.frontier import Frontier, prove_new
from pamiers.ledger.tree import Head, prove, root_of, verify_inclusion


def leaves_of(n: int) -> list[bytes]:
    return [hashlib.sha256(bytes([0, i % 256, i // 256])).digest() for i in range(n)]


def test_an_empty_tree_has_the_root_of_nothing() -> None:
    assert Frontier().head == Head(0, root_of([]))
    assert prove_new(Frontier(), []) == []


@given(st.lists(st.integers(0, 40), max_size=8))
def test_growing_in_steps_gives_the_root_of_the_whole(steps: list[int]) -> None:
    leaves = leaves_of(sum(steps))
    found, at = Frontier(), 0
    for step in steps:
        found = found.grown(leaves[at : at + step])
        at += step
        assert found.head == Head(at, root_of(leaves[:at]))
        assert len(found.peaks) == at.bit_count()


@given(st.integers(0, 130), st.integers(1, 70))
def test_paths_of_new_leaves_are_those_of_the_whole_tree(old: int, new: int) -> None:
    leaves = leaves_of(old + new)
    before = Frontier().grown(leaves[:old])
    paths = prove_new(before, leaves[old:])
    assert paths == [prove(leaves, old + i) for i in range(new)]
    head = before.grown(leaves[old:]).head
    for i, path in enumerate(paths):
        verify_inclusion(leaves[old + i], old + i, head, path)
