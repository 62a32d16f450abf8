"""Evidence that a keeper showed two histories, which anybody can check alone.

Two checkpoints that the record's own key signed, and the leaf hashes of the later tree:
whoever has them sees that the later does not begin with the earlier. Nothing that an
entry says is in it, so it can be shown to everybody. A receipt that was given for an
entry holds a checkpoint too: where the entry is gone, that is such an earlier one.

Where the key of the record was followed by another, the notes of that are given too. A
checkpoint by a key that had ended shows that either history was rewritten before the
key was changed, or whoever has the old key signs still: it was signed, and should not
be. Across a key that was compromised nothing can be shown to strangers, since what
leads over it is not the keeper's own word.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import LedgerMismatchError, PamiersError
from pamiers.ledger.checkpoint import Checkpoint, read_checkpoint, verify_checkpoint
from pamiers.ledger.keys import VerifierKey, verifier
from pamiers.ledger.note import verify_note
from pamiers.ledger.proof import Proof, read_proof
from pamiers.ledger.succession import Lineage, Succession, lineage, read_succession
from pamiers.ledger.tree import root_of

FORMAT: Final = "pamiers.evidence/v1"
SPLIT: Final = "split view"
REWRITTEN: Final = "rewritten history"
WITHHELD: Final = "withheld receipt"
OVERRUN: Final = "key past its end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Two checkpoints that cannot both be of one growing record."""

    key: VerifierKey  #: of the record
    kept: Checkpoint  #: that somebody kept
    shown: Checkpoint  #: that was shown later, or to somebody else
    leaves: tuple[bytes, ...]  #: of the tree that was shown
    receipt: Proof | None = None  #: where the earlier checkpoint is that of a receipt
    leaf: bytes = b""  #: of the entry that the receipt was given for
    steps: tuple[Succession, ...] = ()  #: by which older keys led to `key`

    @property
    def kind(self) -> str:
        """Return what it shows, in a few words."""
        if self.receipt is not None:
            return WITHHELD
        if self._ended() is not None:
            return OVERRUN
        same = self.kept.head.size == self.shown.head.size
        return SPLIT if same else REWRITTEN

    def verify(self) -> None:
        """Check that it shows what it says; say nothing if so.

        Raises:
            LedgerMismatchError: A checkpoint is not signed by the key, the leaves are
                not those of the tree shown, or the tree does grow out of the kept one.
        """
        log = lineage(self.steps, self.key)
        if any(step.since is not None for step in log.steps):
            raise _refused("keys that the record's own keys led to", "others")
        verify_checkpoint(self.shown, log)
        ended = self._ended()
        if ended is not None:
            verify_note(self.kept.note, [ended.old])
        else:
            verify_checkpoint(self.kept, log)
        if self.receipt is not None:
            self.receipt.verify(self.leaf, log)
            if self.receipt.checkpoint.head != self.kept.head:
                raise _refused("the checkpoint of the receipt", "another")
        head, size = self.shown.head, self.kept.head.size
        if (len(self.leaves), root_of(self.leaves)) != (head.size, head.root):
            raise _refused("the leaves of the tree that was shown", "others")
        if ended is not None:
            return
        if size <= head.size and root_of(self.leaves[:size]) == self.kept.head.root:
            raise _refused("two trees that cannot both be", "one that grew")

    def _ended(self) -> Succession | None:
        """Return the step that ended the key of the kept checkpoint before its size."""
        if self.receipt is not None:
            return None
        log, size = Lineage(self.key, self.steps), self.kept.head.size
        signed = [
            key for key in log.keys if any(x.is_of(key) for x in self.kept.note.lines)
        ]
        return log.ended_before(signed[0], size) if len(signed) == 1 else None

    def __bytes__(self) -> bytes:
        """Return the file that holds it: canonical JSON with a line end."""
        told: dict[str, object] = {
            "format": FORMAT,
            "key": str(self.key),
            "kept": str(self.kept),
            "kind": self.kind,
            "leaves": [each.hex() for each in self.leaves],
            "shown": str(self.shown),
        }
        if self.receipt is not None:
            told |= {"leaf": self.leaf.hex(), "receipt": str(self.receipt)}
        if self.steps:
            told["successions"] = [str(each) for each in self.steps]
        return canonical_bytes(told) + b"\n"


def evidence(
    log: Lineage, kept: Checkpoint, shown: Checkpoint, leaves: list[bytes]
) -> Evidence:
    """Return the evidence that two checkpoints give.

    Args:
        log: Keys of the record, after one another.
        kept: The earlier one, or the one that another was shown.
        shown: The later one.
        leaves: Leaf hashes of the tree shown.

    Returns:
        Evidence that was verified.

    Raises:
        LedgerMismatchError: There is none: the record grew out of what was kept.
    """
    found = Evidence(
        key=log.last, kept=kept, shown=shown, leaves=tuple(leaves), steps=log.steps
    )
    found.verify()
    return found


def evidence_of_receipt(
    log: Lineage,
    receipt: tuple[Proof, bytes],
    shown: Checkpoint,
    leaves: list[bytes],
) -> Evidence:
    """Return the evidence that an entry with a receipt is not in the record.

    Args:
        log: Keys of the record, after one another.
        receipt: The proof that was given, and the leaf hash of the entry.
        shown: A checkpoint that was shown later.
        leaves: Leaf hashes of the tree shown.

    Returns:
        Evidence that was verified.

    Raises:
        LedgerMismatchError: There is none: the entry is where the receipt says.
    """
    proof, leaf = receipt
    found = Evidence(
        key=log.last,
        steps=log.steps,
        kept=proof.checkpoint,
        shown=shown,
        leaves=tuple(leaves),
        receipt=proof,
        leaf=leaf,
    )
    found.verify()
    return found


def read_evidence(raw: bytes) -> Evidence:
    """Return the evidence that a file holds; `verify` tells whether it shows anything.

    Raises:
        LedgerMismatchError: It is no such file.
    """
    try:
        told: dict[str, Any] = json.loads(raw)
        receipt = told.get("receipt")
        found = Evidence(
            key=verifier(told["key"]),
            kept=read_checkpoint(told["kept"].encode()),
            shown=read_checkpoint(told["shown"].encode()),
            leaves=tuple(bytes.fromhex(each) for each in told["leaves"]),
            receipt=None if receipt is None else read_proof(receipt.encode()),
            leaf=bytes.fromhex(told.get("leaf", "")),
            steps=tuple(
                read_succession(each.encode()) for each in told.get("successions", [])
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, PamiersError) as error:
        raise _refused("a file of evidence", type(error).__name__) from error
    if bytes(found) != raw:
        raise _refused("a file of evidence in its one form", "other bytes")
    return found


def _refused(expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        "evidence",
        expected=expected,
        got=got,
        remedy="Nothing is shown by it: ask for both checkpoints again.",
    )
