"""Trees that grow, trees that were rewritten, and a witness between the two."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.checkpoint import cosignatures, read_checkpoint, sign_checkpoint
from pamiers.ledger.keys import COSIGNATURE, NOTE, signer
from pamiers.ledger.tree import (
    Head,
    prove_consistency,
    root_of,
    verify_consistency,
)
from pamiers.ledger.witness import NOTHING, answer, request_text

LOG = signer("example.org/mission", NOTE, bytes(range(32)))
WITNESS = signer("example.org/party-a", COSIGNATURE, bytes(range(32, 64)))
NOW = datetime(2020, 7, 28, 16, 30, tzinfo=UTC)
sizes = st.integers(0, 40)


def leaf(value: object) -> bytes:
    return hashlib.sha256(repr(value).encode()).digest()


def head(leaves: list[bytes]) -> Head:
    return Head(len(leaves), root_of(leaves))


def audited(m: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    """Return PROOF(m, D[n]) as RFC 6962 defines it, with the split found by search."""
    if m == len(leaves):
        return [] if whole else [root_of(leaves)]
    split = max(2**i for i in range(10) if 2**i < len(leaves))
    if m <= split:
        return [*audited(m, leaves[:split], whole=whole), root_of(leaves[split:])]
    return [*audited(m - split, leaves[split:], whole=False), root_of(leaves[:split])]


@given(sizes, sizes)
def test_a_tree_that_grew_is_consistent(one: int, other: int) -> None:
    small, large = sorted((one, other))
    leaves = [leaf(i) for i in range(large)]
    path = prove_consistency(leaves, small)
    assert path == (audited(small, leaves) if 0 < small < large else [])
    verify_consistency(head(leaves[:small]), head(leaves), path)


@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_a_rewritten_tree_is_not(small: int, more: int, data: st.DataObject) -> None:
    old = [leaf(i) for i in range(small)]
    at = data.draw(st.integers(0, small - 1))
    kind = data.draw(st.sampled_from(["edit", "delete", "insert", "swap"]))
    new = list(old)
    if kind == "edit":
        new[at] = leaf("other")
    elif kind == "delete":
        del new[at]
    elif kind == "insert":
        new.insert(at, leaf("other"))
    else:
        other = (at + 1) % small
        new[at], new[other] = new[other], new[at]
    new += [leaf(("new", i)) for i in range(more + 1)]
    if new[:small] == old:
        return
    path = prove_consistency(new, small)
    with pytest.raises(LedgerMismatchError):
        verify_consistency(head(old), head(new), path)


@given(st.integers(1, 20), st.integers(1, 20), st.data())
def test_a_proof_with_anything_turned_is_refused(
    small: int, more: int, data: st.DataObject
) -> None:
    leaves = [leaf(i) for i in range(small + more)]
    path = prove_consistency(leaves, small)
    spoilt = list(path)
    change = data.draw(st.sampled_from(["turn", "drop", "add"]))
    if change == "add" or not spoilt:
        spoilt.append(leaf("needless"))
    elif change == "drop":
        del spoilt[data.draw(st.integers(0, len(spoilt) - 1))]
    else:
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at] = leaf(("turned", spoilt[at]))
    with pytest.raises(LedgerMismatchError):
        verify_consistency(head(leaves[:small]), head(leaves), spoilt)


def asked(leaves: list[bytes], last: Head) -> bytes:
    """Return the request of a log for its tree, from what the witness saw last."""
    path = prove_consistency(leaves, last.size) if last.size <= len(leaves) else []
    return request_text(last, path, sign_checkpoint(head(leaves), LOG)).encode()


@given(st.lists(st.integers(0, 6), min_size=1, max_size=8))
def test_an_honest_log_is_cosigned_at_every_step(steps: list[int]) -> None:
    leaves: list[bytes] = []
    last: dict[str, Head] = {}
    logs = {LOG.name: LOG.verifier}
    for step in steps:
        leaves += [leaf(len(leaves) + i) for i in range(step)]
        raw = asked(leaves, last.get(LOG.name, NOTHING))
        found = answer(raw, logs=logs, last=last, key=WITNESS, now=NOW)
        assert found.status == 200, found.body
        assert found.keep == head(leaves)
        last[LOG.name] = found.keep
        note = str(sign_checkpoint(head(leaves), LOG)) + found.body
        seen = cosignatures(read_checkpoint(note.encode()), [WITNESS.verifier])
        assert [each.name for each in seen] == [WITNESS.name]


@given(st.integers(1, 20), st.integers(0, 19), st.integers(0, 10))
def test_a_log_that_forks_is_not_cosigned_and_leaves_evidence(
    size: int, at: int, more: int
) -> None:
    shown = [leaf(i) for i in range(size)]
    other = [*shown[: at % size], leaf("forged"), *shown[at % size + 1 :]]
    other += [leaf(("more", i)) for i in range(more)]
    last = {LOG.name: head(shown)}
    found = answer(
        asked(other, last[LOG.name]),
        logs={LOG.name: LOG.verifier},
        last=last,
        key=WITNESS,
        now=NOW,
    )
    assert found.status in {409, 422}
    assert found.evidence
    assert found.keep is None


def reply(raw: bytes, last: dict[str, Head] | None = None) -> int:
    logs = {LOG.name: LOG.verifier}
    return answer(raw, logs=logs, last=last or {}, key=WITNESS, now=NOW).status


def test_other_requests_are_refused_each_in_its_way() -> None:
    leaves = [leaf(i) for i in range(5)]
    raw = asked(leaves, NOTHING)
    assert reply(raw) == 200
    assert reply(raw, {LOG.name: head(leaves[:3])}) == 409
    assert reply(raw.replace(b"old 0", b"old 9")) == 400
    assert reply(raw.replace(b"old 0", b"old 00")) == 400
    assert reply(b"") == 400
    stranger = sign_checkpoint(head(leaves), signer("example.org/x", NOTE, bytes(32)))
    assert reply(request_text(NOTHING, [], stranger).encode()) == 404
    forged = sign_checkpoint(head(leaves), signer(LOG.name, NOTE, bytes(32)))
    assert reply(request_text(NOTHING, [], forged).encode()) == 403
    long = request_text(NOTHING, [leaf(i) for i in range(64)], stranger)
    assert reply(long.encode()) == 400
