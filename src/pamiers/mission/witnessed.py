"""Show what the record is now, signed, and check it against what it was once."""

from dataclasses import dataclass

from pamiers.core.errors import LedgerMismatchError, OutOfOrderError
from pamiers.ledger.checkpoint import (
    Checkpoint,
    Cosigned,
    Log,
    cosignatures,
    sign_checkpoint,
    verify_checkpoint,
)
from pamiers.ledger.keys import SignerKey, VerifierKey
from pamiers.ledger.tree import Head, root_of
from pamiers.mission.mission import Mission

#: leading bytes of the first leaf that name a record
_NAME_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A record that grew out of an older checkpoint."""

    since: Head
    now: Head
    witnesses: tuple[Cosigned, ...]  #: known witnesses who saw the older one


def origin_of(mission: Mission) -> str:
    """Return the name of a mission's record in checkpoints, the same for ever.

    Args:
        mission: The mission; it has at least its first entry.

    Returns:
        A name made of the first leaf, which no other record has.

    Raises:
        OutOfOrderError: The record is empty.
    """
    for entry in mission.record.entries():
        return f"pamiers.mission/{entry.leaf[:_NAME_BYTES].hex()}"
    raise OutOfOrderError(
        "record", expected="a first entry", got="none", remedy="Run `pamiers init`."
    )


def checkpoint(mission: Mission, key: SignerKey) -> Checkpoint:
    """Return a signed checkpoint of the record as it is.

    Args:
        mission: The mission.
        key: Key of the record, named after `origin_of`.

    Returns:
        The checkpoint. Its root is computed from the entries, not taken from a cache.
    """
    leaves = _leaves(mission)
    return sign_checkpoint(Head(len(leaves), root_of(leaves)), key)


def grown(
    mission: Mission,
    since: Checkpoint,
    log: Log,
    witnesses: tuple[VerifierKey, ...] = (),
) -> Grown:
    """Check that the record begins with what an older checkpoint saw.

    Args:
        mission: The mission.
        since: A checkpoint that somebody kept.
        log: Key of the record, or its keys after one another, as he knows them.
        witnesses: Keys of witnesses known to that somebody.

    Returns:
        Both heads, and which witnesses saw the older one.

    Raises:
        LedgerMismatchError: The checkpoint is of another record or wrongly signed, or
            an entry that it saw was edited, removed, added or moved.
    """
    verify_checkpoint(since, log)
    leaves = _leaves(mission)
    size = since.head.size
    if size > len(leaves):
        raise _rewritten(since, f"{len(leaves)} entries")
    if (root := root_of(leaves[:size])) != since.head.root:
        raise _rewritten(since, f"the root {root.hex()}")
    return Grown(
        since=since.head,
        now=Head(len(leaves), root_of(leaves)),
        witnesses=cosignatures(since, witnesses),
    )


def _leaves(mission: Mission) -> list[bytes]:
    return [entry.leaf for entry in mission.record.entries()]


def _rewritten(since: Checkpoint, got: str) -> LedgerMismatchError:
    size = since.head.size
    return LedgerMismatchError(
        f"record, entries 0 to {size - 1}",
        expected=f"{size} entries under the root {since.head.hex}",
        got=got,
        remedy="History before this checkpoint was rewritten. Keep it and a "
        "copy of the record as evidence, and tell the other parties.",
    )
