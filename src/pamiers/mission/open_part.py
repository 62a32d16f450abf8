"""A mission as it would be on record, had nothing that is closed to a reader been sent.

Whoever is not cleared for all rows is told what the open ones alone say: what stands,
which incidents they make, under which ids, how probable, and what is found of them. All
of it is computed by the same code from the same record without the closed rows, so that
no two editions, whatever is subtracted from what, tell of a closed report.

A row that is closed under one label is closed in every version of it: who closes a
report that was open takes it back. What people decided binds here too, as far as it is
of open reports; so does what was learned of sources, which is of all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pamiers.core.sharing import Sharing
from pamiers.core.table import Table
from pamiers.ledger.entry import Draft, Entry
from pamiers.ledger.tree import Head
from pamiers.mission.happened import sources_of
from pamiers.mission.messages.closed import Closings, closings
from pamiers.mission.mission import Mission
from pamiers.mission.ports import Projections, Record
from pamiers.report.redaction import Edition, edition_named
from pamiers.report.steadied import steadied

_CLASSES: Final = tuple(Sharing)


@dataclass(frozen=True, slots=True)
class _OpenRecord:
    """A record without the entries whose rows are closed to a reader."""

    below: Record
    closed: frozenset[int]  #: indexes of entries

    def head(self) -> Head:
        """Return the head of the whole: how much is on record is told to everybody."""
        return self.below.head()

    def append(self, drafts: Sequence[Draft], *, after: int) -> Head:
        """Record drafts; what is on record does not depend on who reads it."""
        return self.below.append(drafts, after=after)

    def forget(self, index: int, content: bytes, salt: bytes) -> bool:
        """Put what is left of an entry in its place."""
        return self.below.forget(index, content, salt)

    def entries(
        self, kinds: Sequence[str] | None = None, *, start: int = 0
    ) -> Iterator[Entry]:
        """Yield the open entries in order, of some kinds or all, from an index on."""
        for entry in self.below.entries(kinds, start=start):
            if entry.index not in self.closed:
                yield entry

    def payload(self, index: int, name: str) -> bytes:
        """Return the named bytes beside an entry."""
        return self.below.payload(index, name)

    def payloads(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield (index, bytes) of every open entry that has a payload of that name."""
        for index, data in self.below.payloads(name):
            if index not in self.closed:
                yield index, data


@dataclass(frozen=True, slots=True)
class _Apart:
    """Projections of a class of readers, beside those of others."""

    below: Projections
    gate: str

    def get(self, name: str, basis: str) -> bytes | None:
        """Return a projection made from exactly this basis, or None."""
        return self.below.get(f"{self.gate}-{name}", basis)

    def put(self, name: str, basis: str, data: bytes) -> None:
        """Keep a projection, in place of any older one of that name."""
        self.below.put(f"{self.gate}-{name}", basis, data)

    def clear(self) -> None:
        """Forget every projection, of others too."""
        self.below.clear()


def gate_of(found: Closings, reader: Sharing) -> Sharing | None:
    """Return the widest class that sees exactly what a reader sees.

    Args:
        found: What is closed.
        reader: The most closed class that the reader may see.

    Returns:
        None where nothing is closed to the reader.
    """
    beyond = [each for each in found.labels if not each.seen_with(reader)]
    if not beyond:
        return None
    return _CLASSES[_CLASSES.index(min(beyond)) - 1]


def open_to(
    mission: Mission, reader: Sharing, found: Closings | None = None
) -> Mission:
    """Return a mission as a class of readers may know it.

    Args:
        mission: The mission; what is hidden in it already stays so.
        reader: The most closed class that they may see.
        found: What is closed; None: it is looked up.

    Returns:
        The mission itself where nothing is closed to them.
    """
    found = closings(mission) if found is None else found
    gate = gate_of(found, reader)
    if gate is None:
        return mission
    entries = (n for n, label in found.entries.items() if not label.seen_with(gate))
    rows = (name for name, label in found.rows.items() if not label.seen_with(gate))
    return replace(
        mission,
        record=_OpenRecord(mission.record, frozenset(entries)),
        projections=_Apart(mission.projections, gate.value),
        hidden=mission.hidden | frozenset(rows),
    )


def gates(found: Closings) -> tuple[Sharing, ...]:
    """Return the classes of readers to whom different parts are open, but not all."""
    told = (gate_of(found, each) for each in _CLASSES)
    return tuple(dict.fromkeys(each for each in told if each is not None))


def readers_of(mission: Mission, edition: str) -> Edition:
    """Return an edition of a mission: who of its sources publishes what he says.

    That is whoever the agreement says where to read, and whoever speaks for a party:
    naming him names nobody who hides.

    Raises:
        UnknownTermError: No such edition.
    """
    found = edition_named(edition)
    if found.least_sources == 1:
        return found
    known = sources_of(mission).values()
    authors = frozenset(each.id for each in known if each.citation or each.interested)
    return replace(found, authors=authors)


def as_told(table: Table, edition: Edition) -> Table:
    """Return what stands as it may be told, before it is put on the grid.

    Where a post says it stands is steadied over all that stands, so this is for whole
    tables: a part of one would be steadied by other rows.
    """
    if edition.grid_deg is None or table.kind != "coverage":
        return table
    return steadied(table, edition.grid_deg)
