"""An operator with the disk and the key rewrites history; one old checkpoint tells."""

import os
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.checkpoint import Checkpoint, read_checkpoint, sign_checkpoint
from pamiers.ledger.entry import Draft, draft
from pamiers.ledger.evidence import (
    REWRITTEN,
    SPLIT,
    WITHHELD,
    evidence,
    evidence_of_receipt,
    read_evidence,
)
from pamiers.ledger.keys import NOTE, SignerKey, signer
from pamiers.ledger.proof import Proof
from pamiers.ledger.succession import Lineage
from pamiers.ledger.tree import prove
from pamiers.mission.mission import Mission
from pamiers.mission.witnessed import checkpoint, grown, origin_of
from pamiers.store.memory import MemoryOriginals, MemoryProjections, MemoryRecord

START = datetime(2020, 7, 27, 21, tzinfo=UTC)
#: CI tries a few hundred, `make soak` ten thousand
REWRITES = int(os.environ.get("PAMIERS_REWRITES", "200"))
KINDS = ("edit", "delete", "insert", "reorder", "back-date")
Rng = np.random.Generator


def entry(rng: Rng, at: int) -> Draft:
    return draft(
        "waiver",
        {"why": f"reason {int(rng.integers(1_000_000))}"},
        now=START + timedelta(minutes=at),
        salt=rng.bytes(32),
    )


def mission(drafts: list[Draft]) -> Mission:
    record = MemoryRecord()
    record.append(drafts, after=0)
    return Mission(
        name="drawn",
        record=record,
        originals=MemoryOriginals(),
        projections=MemoryProjections(),
        entropy=bytes,
    )


def rewritten(drafts: list[Draft], kind: str, seen: int, rng: Rng) -> list[Draft]:
    """Return the entries after one change to what a checkpoint saw, all rehashed."""
    at = int(rng.integers(seen))
    new = list(drafts)
    if kind == "edit":
        new[at] = entry(rng, at)
    elif kind == "delete":
        del new[at]
    elif kind == "insert":
        new.insert(at, entry(rng, at))
    elif kind == "reorder":
        other = (at + 1 + int(rng.integers(seen - 1))) % seen
        new[at], new[other] = new[other], new[at]
    else:
        old = drafts[at]
        new[at] = draft(
            old.kind, {"why": "same"}, now=START - timedelta(days=1), salt=old.salt
        )
    return new


@settings(max_examples=REWRITES)
@given(st.integers(0, 2**32 - 1), st.sampled_from(KINDS))
def test_every_rewriting_is_seen(seed: int, kind: str) -> None:
    rng = np.random.default_rng(seed)
    seen = int(rng.integers(2, 30))
    drafts = [entry(rng, i) for i in range(seen + int(rng.integers(0, 20)))]
    early = mission(drafts[:seen])
    key = signer(origin_of(early), NOTE, rng.bytes(32))
    kept = read_checkpoint(str(checkpoint(early, key)).encode())
    honest = grown(mission(drafts), kept, key.verifier)
    assert (honest.since.size, honest.now.size) == (seen, len(drafts))
    with pytest.raises(LedgerMismatchError):  # an honest record gives no evidence
        evidence(Lineage(key.verifier), kept, *shown(mission(drafts), key))
    forged = mission(rewritten(drafts, kind, seen, rng))
    with pytest.raises(LedgerMismatchError):
        grown(forged, kept, key.verifier)
    found = read_evidence(
        bytes(evidence(Lineage(key.verifier), kept, *shown(forged, key)))
    )
    found.verify()  # by whoever is shown it, with nothing else
    same = forged.record.head().size == seen
    assert found.kind == (SPLIT if same else REWRITTEN)


def shown(of: Mission, key: SignerKey) -> tuple[Checkpoint, list[bytes]]:
    """Return what an operator shows: a signed checkpoint, and leaves."""
    leaves = [entry.leaf for entry in of.record.entries()]
    return sign_checkpoint(of.record.head(), key), leaves


@settings(max_examples=REWRITES)
@given(st.integers(0, 2**32 - 1))
def test_a_withheld_receipt_is_shown(seed: int) -> None:
    rng = np.random.default_rng(seed)
    drafts = [entry(rng, i) for i in range(int(rng.integers(2, 30)))]
    honest = mission(drafts)
    key = signer(origin_of(honest), NOTE, rng.bytes(32))
    at = int(rng.integers(1, len(drafts)))
    head, leaves = shown(honest, key)
    receipt = (Proof(at, tuple(prove(leaves, at)), head), drafts[at].leaf)
    with pytest.raises(LedgerMismatchError):
        evidence_of_receipt(Lineage(key.verifier), receipt, *shown(honest, key))
    without = mission([*drafts[:at], *drafts[at + 1 :], entry(rng, 99)])
    found = evidence_of_receipt(Lineage(key.verifier), receipt, *shown(without, key))
    again = read_evidence(bytes(found))
    again.verify()
    assert again.kind == WITHHELD
    stranger = signer(key.name, NOTE, bytes(32))
    with pytest.raises(LedgerMismatchError):
        evidence_of_receipt(Lineage(stranger.verifier), receipt, *shown(without, key))


def test_a_shorter_record_is_seen() -> None:
    rng = np.random.default_rng(1)
    drafts = [entry(rng, i) for i in range(9)]
    whole = mission(drafts)
    key = signer(origin_of(whole), NOTE, bytes(32))
    with pytest.raises(LedgerMismatchError, match="9 entries"):
        grown(mission(drafts[:8]), checkpoint(whole, key), key.verifier)
