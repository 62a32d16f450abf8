"""A mission as it stood at a head, whatever is recorded since.

What takes long to compute reads the record many times; where others write meanwhile,
every reading would be of another record. Read through this, all are of the same one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pamiers.core.errors import OutOfOrderError, StoreError
from pamiers.ledger.entry import Draft, Entry
from pamiers.ledger.frontier import Frontier
from pamiers.ledger.tree import Head
from pamiers.mission.mission import Mission
from pamiers.mission.ports import Projections, Record


class RecordAsItStood:
    """A record up to a head. Invariant: nothing is appended by way of it."""

    def __init__(self, record: Record, head: Head) -> None:
        """Take a record, and a head that it had."""
        self._record, self._head = record, head

    def head(self) -> Head:
        """Return the head up to which it is read."""
        return self._head

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        """Refuse: what stood does not grow."""
        del drafts
        raise OutOfOrderError(
            "record",
            expected="the record as it is, to append to it",
            got=f"the record as it stood at {after} entries",
            remedy="Open the mission itself.",
        )

    def forget(self, index: int, content: bytes, salt: bytes) -> bool:
        """Refuse: what stood is read only."""
        del content, salt
        raise StoreError(
            f"entry {index}",
            expected="the record as it is, to forget something in it",
            got="the record as it stood",
            remedy="Open the mission itself.",
        )

    def entries(
        self, kinds: Sequence[str] | None = None, *, start: int = 0
    ) -> Iterator[Entry]:
        """Yield entries in order, of some kinds or all, from an index on."""
        for entry in self._record.entries(kinds, start=start):
            if entry.index >= self._head.size:
                return
            yield entry

    def payload(self, index: int, name: str) -> bytes:
        """Return the named bytes beside an entry."""
        if index >= self._head.size:
            raise StoreError(
                f"entry {index}",
                expected=f"an entry below {self._head.size}",
                got="a later one",
                remedy="Ask for what stood then.",
            )
        return self._record.payload(index, name)

    def payloads(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield (index, bytes) of every entry that has a payload of that name."""
        for index, data in self._record.payloads(name):
            if index >= self._head.size:
                return
            yield index, data


def as_it_stood(mission: Mission, head: Head, projections: Projections) -> Mission:
    """Return a mission at a head that its record had.

    Args:
        mission: The mission.
        head: Size and root of its record then.
        projections: Where what is computed of it is kept.

    Returns:
        A mission to read from; nothing can be recorded by way of it.
    """
    record = RecordAsItStood(mission.record, head)
    return replace(mission, record=record, projections=projections)


def head_at(mission: Mission, size: int) -> Head:
    """Return the head that a record had; that of all of it where it is shorter.

    Args:
        mission: Its record is read from the beginning.
        size: How many entries it had.

    Returns:
        The head over the first entries.
    """

    def leaves() -> Iterator[bytes]:
        for entry in mission.record.entries():
            if entry.index >= size:
                return
            yield entry.leaf

    return Frontier().grown(leaves()).head
