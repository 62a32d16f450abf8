"""What a mission needs of the world below it; stores implement these.

One contract suite judges every implementation, in memory and on disk.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from pamiers.deployment.placing.program import Answer, Program
from pamiers.ledger.entry import Draft, Entry
from pamiers.ledger.tree import Head

#: `entropy(n)` gives n bytes that nobody can guess
Entropy = Callable[[int], bytes]
#: called with (done, total, what) while something long runs
Progress = Callable[[int, int, str], None]


class Record(Protocol):
    """The append-only entries. What `append` returned for is never lost."""

    def head(self) -> Head:
        """Return the size and root of the tree over all entries."""

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        """Record drafts in order, all or none, durably.

        Args:
            drafts: New entries.
            after: The size the caller believes the record has.

        Returns:
            The head with them in it.

        Raises:
            OutOfOrderError: The record has another size: somebody was faster.
            StoreError: The disk refused; nothing was recorded.
        """

    def forget(self, index: int, content: bytes, salt: bytes) -> bool:
        """Put what is left of an entry in its place: fields closed, secret gone.

        Args:
            index: Which entry.
            content: What is left of it.
            salt: Salt of its envelope.

        Returns:
            Whether the log below holds nothing of it either; it may while others read.

        Raises:
            LedgerMismatchError: What is left is not of the same leaf.
            StoreError: There is no such entry, or the disk refused.
        """

    def entries(
        self, kinds: Sequence[str] | None = None, *, start: int = 0
    ) -> Iterator[Entry]:
        """Yield entries in order, of some kinds or all, from an index on."""

    def payload(self, index: int, name: str) -> bytes:
        """Return the named bytes beside an entry.

        Raises:
            StoreError: There are none.
        """

    def payloads(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield (index, bytes) of every entry that has a payload of that name."""


class Originals(Protocol):
    """Files as received, by their SHA-256; never altered, never removed."""

    def put(self, data: bytes) -> str:
        """Keep bytes durably; return their SHA-256 in hexadecimal."""

    def get(self, digest: str) -> bytes:
        """Return the bytes with a digest.

        Raises:
            StoreError: They are not here.
            LedgerMismatchError: They no longer have that digest.
        """


class Projections(Protocol):
    """What can be computed again from the entries; may be deleted at any time.

    A projection is kept under the `basis` it was made from (a digest of the
    entries and the code version), so a stale one is never read.
    """

    def get(self, name: str, basis: str) -> bytes | None:
        """Return a projection made from exactly this basis, or None."""

    def put(self, name: str, basis: str, data: bytes) -> None:
        """Keep a projection, in place of any older one of that name."""

    def clear(self) -> None:
        """Forget every projection."""


class Solver(Protocol):
    """Solves mixed-integer programs; what it proves holds, or it proves nothing."""

    def solve(self, program: Program, *, seconds: float) -> Answer:
        """Return the best point found in the time, and what none exceeds.

        Args:
            program: What to maximise, and within which rows.
            seconds: After which the solver is stopped, even against its will.

        Returns:
            The answer; no point and an infinite bound where it came to nothing.
        """
