"""A witness: it cosigns a checkpoint only if it grows out of the last it cosigned.

The rules alone: what to answer, and what to remember before answering. Whoever runs a
witness has to keep what is to be remembered, on disk, before the answer leaves, and
in one step with having looked at what was remembered.

Source: C2SP tlog-witness, add-checkpoint, unchanged.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.core.errors import LedgerMismatchError
from pamiers.ledger.checkpoint import (
    Checkpoint,
    cosign,
    read_checkpoint,
    verify_checkpoint,
)
from pamiers.ledger.keys import SignerKey, VerifierKey
from pamiers.ledger.tree import EMPTY_ROOT, Head, verify_consistency

SIZE_TYPE: Final = "text/x.tlog.size"
MOST_HASHES: Final = 63
_OLD: Final = re.compile(r"old (0|[1-9][0-9]{0,18})")
_HASH_BYTES: Final = 32
NOTHING: Final = Head(0, EMPTY_ROOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a witness replies, and the head it has to keep first.

    Invariant: `keep` is given only with status 200.
    """

    status: int
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
    keep: Head | None = None
    evidence: bool = False  #: signed by the log and inconsistent: keep the request


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request to cosign: the old size, the proof and the checkpoint."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint


def request_text(old: Head, path: list[bytes], checkpoint: Checkpoint) -> str:
    """Return the request by which a log asks a witness to cosign.

    Args:
        old: The head that the witness cosigned last.
        path: Consistency proof from it.
        checkpoint: The checkpoint, signed by the log.

    Returns:
        The body of an `add-checkpoint` request.
    """
    hashes = "".join(f"{base64.b64encode(each).decode()}\n" for each in path)
    return f"old {old.size}\n{hashes}\n{checkpoint}"


def answer(
    raw: bytes,
    *,
    logs: Mapping[str, VerifierKey],
    last: Mapping[str, Head],
    key: SignerKey,
    now: datetime,
) -> Answer:
    """Return what a witness replies to a request.

    Args:
        raw: Body of an `add-checkpoint` request.
        logs: Origin -> key of every log that it witnesses.
        last: Origin -> head that it cosigned last; none for a log not yet seen.
        key: The witness's own key, which cosigns.
        now: Instant, aware.

    Returns:
        Status 200 with a cosignature, or 400, 403, 404, 409 or 422.
    """
    try:
        asked = _asked(raw)
    except LedgerMismatchError as error:
        return Answer(status=400, body=f"{error}\n")
    log = logs.get(asked.checkpoint.origin)
    if log is None:
        return Answer(status=404, body="unknown log\n")
    try:
        verify_checkpoint(asked.checkpoint, log)
    except LedgerMismatchError:
        return Answer(status=403, body="no signature of the log\n")
    return _consistent(asked, last.get(log.name, NOTHING), key, now)


def _consistent(asked: _Asked, before: Head, key: SignerKey, now: datetime) -> Answer:
    head = asked.checkpoint.head
    if asked.old > head.size:
        return Answer(status=400, body="the old size is above the new\n")
    if asked.old != before.size:
        return Answer(status=409, body=f"{before.size}\n", content_type=SIZE_TYPE)
    if asked.old == head.size and before.root != head.root:
        return Answer(
            status=409,
            body=f"{before.size}\n",
            content_type=SIZE_TYPE,
            evidence=True,
        )
    try:
        verify_consistency(before, head, asked.path)
    except LedgerMismatchError as error:
        return Answer(status=422, body=f"{error}\n", evidence=True)
    line = cosign(asked.checkpoint, key, now)
    return Answer(status=200, body=str(line), keep=head)


def _asked(raw: bytes) -> _Asked:
    """Return what a request says.

    Raises:
        LedgerMismatchError: It is not a request of this form.
    """
    top, break_, note = raw.partition(b"\n\n")
    rows = top.decode("utf-8", errors="replace").split("\n")
    old = _OLD.fullmatch(rows[0])
    if not break_ or old is None:
        raise _misread("an old size, a proof, an empty line and a checkpoint")
    if len(rows) - 1 > MOST_HASHES:
        raise _misread(f"at most {MOST_HASHES} hashes")
    path = tuple(_hash(row) for row in rows[1:])
    return _Asked(int(old[1]), path, read_checkpoint(note))


def _hash(row: str) -> bytes:
    try:
        raw = base64.b64decode(row, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _misread("hashes in base64") from error
    if len(raw) != _HASH_BYTES:
        raise _misread("hashes of 32 bytes")
    return raw


def _misread(expected: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        "add-checkpoint",
        expected=expected,
        got="something else",
        remedy="Send the request as C2SP tlog-witness has it.",
    )
