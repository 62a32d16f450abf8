"""Keys of the record itself: which followed which, and who vouches for the next.

Entries of kind `succession` say it, to everybody. Their order, the heads they name and
the keys of parties on record by then are checked again by whoever holds the record.
"""

from pamiers.core.errors import LedgerMismatchError, UsageError
from pamiers.ledger.entry import Entry
from pamiers.ledger.keys import VerifierKey
from pamiers.ledger.succession import (
    Lineage,
    Succession,
    lineage,
    read_succession,
    succession_text,
)
from pamiers.ledger.tree import Head, root_of
from pamiers.mission.access.grants import KIND as GRANT
from pamiers.mission.access.grants import Access
from pamiers.mission.mission import Mission

KIND = "succession"


def steps_of(mission: Mission) -> tuple[Succession, ...]:
    """Return every succession on record, in order; no signature is looked at."""
    return tuple(_step(entry) for entry in mission.record.entries((KIND,)))


def _step(entry: Entry) -> Succession:
    return read_succession(str(entry.body.get("note", "")).encode())


def lineage_of(mission: Mission, last: VerifierKey) -> Lineage:
    """Return the keys of a record, up to the one in force.

    Args:
        mission: The record.
        last: The key in force, as whoever asks knows it.

    Returns:
        The lineage, each step signed by all who have to.

    Raises:
        LedgerMismatchError: A step is not, or they lead to another key.
    """
    return lineage(steps_of(mission), last)


def known_lineage(mission: Mission, known: VerifierKey) -> Lineage:
    """Return the keys of a record for somebody who knows one of them.

    Args:
        mission: The record.
        known: The key that he knows: the one in force, or an older.

    Returns:
        The lineage.

    Raises:
        LedgerMismatchError: The record is not of that key.
    """
    verify_steps(mission)
    steps = steps_of(mission)
    found = lineage(steps, steps[-1].new if steps else known)
    if known not in found.keys:
        raise LedgerMismatchError(
            "key of the record",
            expected=str(known),
            got=str(found.last),
            remedy="Nothing leads from the key that you know to this one: ask the "
            "keeper and the parties.",
        )
    return found


def verify_steps(mission: Mission) -> int:
    """Check every succession on record: its head, its signatures, and who vouches.

    Returns:
        How many there are.

    Raises:
        LedgerMismatchError: One does not hold; the message names its entry.
    """
    found = [(entry, _step(entry)) for entry in mission.record.entries((KIND,))]
    if not found:
        return 0
    leaves = [entry.leaf for entry in mission.record.entries()]
    for entry, step in found:
        size = step.head.size
        if size > entry.index or root_of(leaves[:size]) != step.head.root:
            raise _refused(entry, "a head that the record grew out of", step.head.hex)
        if step.since is not None:
            held = parties_at(mission, entry.index)
            if dict(step.parties) != held:
                raise _refused(entry, "every party with a key on record", "others")
    lineage((step for _, step in found), found[-1][1].new)
    return len(found)


def parties_at(mission: Mission, size: int | None = None) -> dict[str, str]:
    """Return the keys of all parties that ever had one, where each has one in force.

    Args:
        mission: The record.
        size: Entries before this one alone; None for all.

    Returns:
        Party -> key; empty where none ever had one, or one has none in force: then
        nobody can vouch.
    """
    held, ever = Access(), set[str]()
    for entry in mission.record.entries((GRANT,)):
        if size is not None and entry.index >= size:
            break
        held.take(entry.index, entry.body, entry.recorded_at)
        ever |= held.party_keys.keys()
    return dict(held.party_keys) if ever == held.party_keys.keys() else {}


def compromised_text(
    mission: Mission, old: VerifierKey, new: VerifierKey, since: str
) -> str:
    """Return what parties sign for a key to take the place of a compromised one.

    Args:
        mission: The record; the old key is believed up to the head that it has now.
        old: The key that ends.
        new: The one that begins.
        since: Instant since when the old one is not believed.

    Returns:
        The text of the note.

    Raises:
        UsageError: No party has a key on record, or one has none in force.
    """
    parties = parties_at(mission)
    if not parties:
        raise UsageError(
            "record key",
            expected="a key in force of every party that ever had one",
            got="none who could vouch",
            remedy="Begin a new record, and publish the last checkpoint that witnesses "
            "cosigned beside its key.",
        )
    return succession_text(old, new, head_of(mission), since, parties)


def head_of(mission: Mission) -> Head:
    """Return size and root of the record, computed from its entries."""
    leaves = [entry.leaf for entry in mission.record.entries()]
    return Head(len(leaves), root_of(leaves))


def _refused(entry: Entry, expected: str, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        f"entry {entry.index}",
        expected=expected,
        got=got,
        remedy="Keep the record as evidence, and ask the parties which key they know.",
    )
