"""Receipts: what the keeper signs for having put a message on record.

All messages of one commit are leaves of one small tree; its root, the entry that holds
them and the head of the record then are signed once. A receipt is the message's path in
that tree and the signed note. Whoever holds one, and later a checkpoint whose tree does
not have that entry there, holds proof that the record was changed.

Source: C2SP signed-note; RFC 6962, section 2.1, for the tree.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.checkpoint import Log
from pamiers.ledger.frontier import Frontier, prove_new
from pamiers.ledger.keys import SignerKey
from pamiers.ledger.note import read_note, sign_note, verify_note
from pamiers.ledger.tree import Head, root_of, verify_inclusion

TITLE: Final = "pamiers receipt v1"
RECORDED: Final = "recorded"
_LEAF: Final = b"\x00"
_LINES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What a receipt says, checked. `head` is that of the record when it was given."""

    origin: str
    entry: int
    leaf: bytes  #: of the entry that holds the message
    head: Head


def receipt_leaf(source: str, key: str, digest: str, status: str) -> bytes:
    """Return the leaf of one message in the tree of its commit.

    Args:
        source: Source of the message.
        key: Its id.
        digest: SHA-256 of its text, in hexadecimal.
        status: `recorded`, or why it is held.

    Returns:
        32 bytes, `SHA-256(0x00 || source, id, digest and status, a line each)`.
    """
    said = f"{source}\n{key}\n{digest}\n{status}\n".encode()
    return hashlib.sha256(_LEAF + said).digest()


def sign_receipts(
    leaves: Sequence[bytes], entry: tuple[int, bytes], head: Head, key: SignerKey
) -> str:
    """Return the note that is signed once for all messages of a commit.

    Args:
        leaves: Leaf of each message, in order.
        entry: Index and leaf of the entry that holds them.
        head: Of the record with the whole commit.
        key: Key of the record.

    Returns:
        A signed note.
    """
    index, leaf = entry
    root = base64.b64encode(head.root).decode()
    among = base64.b64encode(root_of(leaves)).decode()
    text = f"{key.name}\n{TITLE}\n{index} {leaf.hex()}\n{head.size} {root}\n{among}\n"
    return str(sign_note(text, key))


def paths(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the path of each message in the tree of its commit, in order."""
    return prove_new(Frontier(), leaves)


def verify_receipt(receipt: dict[str, Any], key: Log) -> Promised:
    """Return what a receipt promises, after checking that the keeper signed it.

    Args:
        receipt: As it was answered.
        key: Key of the record, or its keys after one another, as the sender knows.

    Returns:
        Which entry, and under which head.

    Raises:
        LedgerMismatchError: It is no receipt of this key over this message.
    """
    note = read_note(str(receipt["note"]).encode())
    lines = note.text.removesuffix("\n").split("\n")
    if len(lines) != _LINES or lines[0] != key.name or lines[1] != TITLE:
        raise LedgerMismatchError(
            "receipt",
            expected=f"a receipt of {key.name}",
            got=f"a note of {lines[0][:80]}",
            remedy="Ask for the receipt again: send the message again.",
        )
    size, _, root = lines[3].partition(" ")
    verify_note(note, key.able(int(size)) if size.isdecimal() else ())
    leaf = receipt_leaf(
        receipt["source"], receipt["id"], receipt["sha256"], receipt["status"]
    )
    among = Head(int(receipt["of"]), base64.b64decode(lines[4]))
    steps = [bytes.fromhex(each) for each in receipt["path"]]
    verify_inclusion(leaf, int(receipt["position"]), among, steps)
    index, _, named = lines[2].partition(" ")
    head = Head(int(size), base64.b64decode(root))
    return Promised(
        origin=lines[0], entry=int(index), leaf=bytes.fromhex(named), head=head
    )
