"""What is on record already: an index over messages and rows, made of the record alone.

It may be deleted at any time: it is built again from the entries. It is never ahead of
the record, since it is told of entries only once they are recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pamiers.ledger.entry import Entry
from pamiers.ledger.frontier import Frontier
from pamiers.ledger.keys import SignerKey
from pamiers.mission.batch import split_digests
from pamiers.mission.messages.filing import KIND, TEXTS, Found, Listed, Place, listed
from pamiers.mission.messages.message import Message
from pamiers.mission.messages.receipt import RECORDED, sign_receipts
from pamiers.mission.mission import Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """The receipts of an entry: the signed note, and the leaf of each message."""

    note: str
    leaves: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What the index is told of some entries, all of them recorded."""

    frontier: Frontier  #: of the record with them
    rows: Sequence[tuple[bytes, bytes]]  #: (known, says) of rows of files
    messages: Sequence[tuple[Message, str, Place]]  #: with status
    receipts: Sequence[tuple[int, Receipts]]  #: by entry


class Seen(Protocol):
    """The index. Whatever it says is on record."""

    def frontier(self) -> Frontier:
        """Return the frontier of the entries it knows."""

    def find(self, names: Sequence[bytes]) -> dict[bytes, Found]:
        """Return what is on record under some identifiers; others are left out."""

    def held(
        self, names: Sequence[tuple[bytes, bytes]]
    ) -> dict[tuple[bytes, bytes], Place]:
        """Return where messages lie that are held, by identifier and what they say."""

    def receipts(self, entry: int) -> Receipts:
        """Return the receipts of an entry.

        Raises:
            StoreError: It has none.
        """

    def add(self, news: News) -> None:
        """Take in what is on record now."""

    def sequences(self, source: str, epoch: int) -> list[tuple[int, str]]:
        """Return (seq, sent_at) of all that a sender numbered, in order."""

    def senders(self) -> list[tuple[str, int]]:
        """Return (source, epoch) of all that numbered their messages."""

    def close(self) -> None:
        """Let go of it."""


def catch_up(mission: Mission, seen: Seen, key: SignerKey) -> Frontier:
    """Tell the index of all entries that it does not know.

    Args:
        mission: The mission.
        seen: Its index.
        key: Key of the record: receipts are signed again, to the same bytes.

    Returns:
        The frontier of the record.
    """
    frontier = seen.frontier()
    entries = list(mission.record.entries(start=frontier.size))
    if not entries:
        return frontier
    rows: list[tuple[bytes, bytes]] = []
    messages: list[tuple[Message, str, Place]] = []
    receipts: list[tuple[int, Receipts]] = []
    ends: dict[int, tuple[Entry, list[Listed]]] = {}
    for entry in entries:
        frontier = frontier.grown([entry.leaf])
        if entry.kind == "rows":
            data = mission.record.payload(entry.index, "digests")
            rows.extend(split_digests(data))
        elif entry.kind == KIND:
            held = listed(entry, mission.record.payload(entry.index, TEXTS))
            ends[entry.index + int(str(entry.body["entries"])) - 1] = (entry, held)
            messages.extend(
                (each.message, each.status, Place(entry.index, at, each.digest))
                for at, each in enumerate(held)
            )
        if entry.index in ends:
            receipts.append(_signed(*ends.pop(entry.index), frontier, key))
    seen.add(News(frontier=frontier, rows=rows, messages=messages, receipts=receipts))
    return frontier


def _signed(
    entry: Entry, held: Sequence[Listed], frontier: Frontier, key: SignerKey
) -> tuple[int, Receipts]:
    leaves = tuple(each.leaf for each in held)
    note = sign_receipts(leaves, (entry.index, entry.leaf), frontier.head, key)
    return entry.index, Receipts(note=note, leaves=leaves)


def is_held(status: str) -> bool:
    """Tell whether a status says that a message does not stand."""
    return status != RECORDED
