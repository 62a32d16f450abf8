"""Stores in memory: the same ports, judged by the same contract suite."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pamiers.core.errors import OutOfOrderError, StoreError
from pamiers.ledger.entry import Draft, Entry
from pamiers.ledger.tree import Head, root_of


class MemoryRecord:
    """A record that lasts as long as the object."""

    def __init__(self) -> None:
        """Begin empty."""
        self._entries: list[Entry] = []
        self._payloads: list[dict[str, bytes]] = []

    def head(self) -> Head:
        """Return the size and root of the tree over all entries."""
        leaves = [entry.leaf for entry in self._entries]
        return Head(len(leaves), root_of(leaves))

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        """Record drafts in order, all or none."""
        size = len(self._entries)
        if after != size:
            raise out_of_order(after, size)
        for index, draft in enumerate(drafts, start=size):
            self._entries.append(
                Entry(
                    index=index,
                    kind=draft.kind,
                    recorded_at=draft.recorded_at,
                    content=draft.content,
                    salt=draft.salt,
                    leaf=draft.leaf,
                )
            )
            self._payloads.append(dict(draft.payload))
        return self.head()

    def forget(self, index: int, content: bytes, salt: bytes) -> bool:
        """Put what is left of an entry in its place."""
        if not 0 <= index < len(self._entries):
            raise no_entry(index)
        left = replace(self._entries[index], content=content, salt=salt)
        left.verify()
        self._entries[index] = left
        return True

    def entries(
        self, kinds: Sequence[str] | None = None, *, start: int = 0
    ) -> Iterator[Entry]:
        """Yield entries in order, of some kinds or all, from an index on."""
        for entry in self._entries[start:]:
            if kinds is None or entry.kind in kinds:
                yield entry

    def payload(self, index: int, name: str) -> bytes:
        """Return the named bytes beside an entry."""
        if 0 <= index < len(self._payloads) and name in self._payloads[index]:
            return self._payloads[index][name]
        raise no_payload(index, name)

    def payloads(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield (index, bytes) of every entry that has a payload of that name."""
        for index, payload in enumerate(self._payloads):
            if name in payload:
                yield index, payload[name]


class MemoryOriginals:
    """Files as received, for as long as the object lasts."""

    def __init__(self) -> None:
        """Begin empty."""
        self._files: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        """Keep bytes; return their SHA-256 in hexadecimal."""
        digest = hashlib.sha256(data).hexdigest()
        self._files[digest] = data
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes with a digest."""
        if digest not in self._files:
            raise no_original(digest)
        return self._files[digest]


class MemoryProjections:
    """Projections for as long as the object lasts."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[str, tuple[str, bytes]] = {}

    def get(self, name: str, basis: str) -> bytes | None:
        """Return a projection made from exactly this basis, or None."""
        found = self._kept.get(name)
        return found[1] if found is not None and found[0] == basis else None

    def put(self, name: str, basis: str, data: bytes) -> None:
        """Keep a projection, in place of any older one of that name."""
        self._kept[name] = (basis, data)

    def clear(self) -> None:
        """Forget every projection."""
        self._kept.clear()


def out_of_order(expected: int, size: int) -> OutOfOrderError:
    """Return the error of an append that rests on another size."""
    return OutOfOrderError(
        "record",
        expected=f"{expected} entries before the new ones",
        got=str(size),
        remedy="Somebody else recorded meanwhile: run the command again.",
    )


def no_entry(index: int) -> StoreError:
    """Return the error of an entry that is not there."""
    return StoreError(
        f"entry {index}", expected="an entry", got="none", remedy="Name another."
    )


def no_payload(index: int, name: str) -> StoreError:
    """Return the error of a payload that is not there."""
    return StoreError(
        f"entry {index}",
        expected=f"bytes named {name}",
        got="none",
        remedy="Name an entry that files rows.",
    )


def no_original(digest: str) -> StoreError:
    """Return the error of an original that is not there."""
    return StoreError(
        f"original {digest[:16]}",
        expected="the file as received",
        got="none",
        remedy="Restore the originals folder from a copy.",
    )
