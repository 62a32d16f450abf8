"""The Merkle tree against its recursive definition, and proofs that must fail."""

import hashlib

import hypothesis.strategies as st
import pytest
from hypothesis import given

from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.ledger.leaf import leaf_hash, row_leaves, row_salt
from pamiers.ledger.tree import Head, node_hash, prove, root_of, verify_inclusion

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


def test_known_roots() -> None:
    # From: certificate-transparency test vectors (leaves 00 hashed inputs).
    assert root_of([]) == hashlib.sha256(b"").digest()
    leaves = [hashlib.sha256(b"\x00" + x).digest() for x in (b"", b"\x00", b"\x10")]
    assert root_of(leaves).hex() == (
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    )


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
