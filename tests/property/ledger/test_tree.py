"""The Merkle tree against its recursive definition, and proofs that must fail."""

import hashlib
from collections.abc import Callable

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.ledger.leaf import leaf_hash, row_leaves, row_salt
from pamiers.ledger.tree import (
    Head,
    node_hash,
    prove,
    prove_consistency,
    root_of,
    verify_inclusion,
)
from tools import verify_pamiers as alone

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def defined_root(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962, 2.1 defines it: split at a power of two."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


@given(LEAVES)
def test_the_root_is_the_one_that_the_rfc_defines(leaves: list[bytes]) -> None:
    assert root_of(leaves) == defined_root(leaves)


#: from transparency-dev/merkle, testonly: the inputs of Certificate Transparency's
#: reference, roots of their first one to eight, and paths as it prints them
INPUTS = (
    *(b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43"),
    *(bytes(range(0x50, 0x58)), bytes(range(0x60, 0x70))),
)
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
_FIVE = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_SEVENTH = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_THIRD = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
FIRST_OF_EIGHT = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    _THIRD,
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)
SIXTH_OF_EIGHT = (_FIVE, _SEVENTH, ROOTS[3])
SIX_TO_EIGHT = (
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    _SEVENTH,
    ROOTS[3],
)
TWO_TO_FIVE = (_THIRD, _FIVE)


def published_leaves() -> list[bytes]:
    return [hashlib.sha256(b"\x00" + each).digest() for each in INPUTS]


@pytest.mark.parametrize("root", [root_of, alone.root_of])
def test_published_roots(root: Callable[[list[bytes]], bytes]) -> None:
    assert root([]) == hashlib.sha256(b"").digest()
    leaves = published_leaves()
    for size, said in enumerate(ROOTS, 1):
        assert root(leaves[:size]).hex() == said


def test_published_paths() -> None:
    leaves = published_leaves()
    for index, path in ((0, FIRST_OF_EIGHT), (5, SIXTH_OF_EIGHT)):
        assert tuple(each.hex() for each in prove(leaves, index)) == path
    steps: list[tuple[int, int, tuple[str, ...]]]
    steps = [(6, 8, SIX_TO_EIGHT), (2, 5, TWO_TO_FIVE)]
    for old, new, said in steps:
        made = prove_consistency(leaves[:new], old)
        assert tuple(each.hex() for each in made) == said


@given(LEAVES, st.data())
def test_every_leaf_is_provable_and_only_where_it_is(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    head = Head(len(leaves), root_of(leaves))
    path = prove(leaves, index)
    verify_inclusion(leaves[index], index, head, path)
    other = bytes(32) if leaves[index] != bytes(32) else b"\x01" * 32
    with pytest.raises(LedgerMismatchError):
        verify_inclusion(other, index, head, path)
    with pytest.raises(LedgerMismatchError):
        verify_inclusion(leaves[index], index, head, [*path, bytes(32)])
    with pytest.raises(LedgerMismatchError):
        verify_inclusion(leaves[index], len(leaves), head, path)
    if path:
        with pytest.raises(LedgerMismatchError):
            verify_inclusion(leaves[index], index, head, path[:-1])


@given(LEAVES)
def test_a_changed_leaf_changes_the_root(leaves: list[bytes]) -> None:
    changed = [bytes(b ^ 1 for b in leaves[0]), *leaves[1:]]
    assert root_of(changed) != root_of(leaves)


def test_no_proof_of_a_leaf_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="index from 0 to 0"):
        prove([bytes(32)], 1)


@given(st.binary(min_size=32, max_size=32), st.lists(st.binary(), max_size=5))
def test_rows_hide_behind_salts_of_their_own(salt: bytes, rows: list[bytes]) -> None:
    expected = [leaf_hash(row_salt(salt, i), row) for i, row in enumerate(rows)]
    assert row_leaves(salt, rows) == expected
    assert len({row_salt(salt, i) for i in range(4)} | {salt}) == 5
