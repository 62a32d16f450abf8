"""What came to be known, and what is known no longer: rows, each +1 or -1."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pamiers.compliance.world import World
from pamiers.core.errors import OutOfOrderError, UnknownTermError
from pamiers.core.rows import Row
from pamiers.core.table import ROW_TYPES, Table, table_of

#: table of a world -> kind of its rows; observations bear on no verdict
TABLES: Final = {
    "incidents": "incident",
    "coverage": "coverage",
    "totals": "total",
    "statements": "statement",
    "tallies": "tally",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Rows that are known now and were not, and rows that are known no longer.

    A correction is one of each; a row that came and went leaves nothing.
    """

    added: tuple[Row, ...] = ()
    withdrawn: tuple[Row, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.added or self.withdrawn)


def difference(before: World, after: World) -> Change:
    """Return what changed from one world to another, whatever the order of rows."""
    added: list[Row] = []
    withdrawn: list[Row] = []
    for name in TABLES:
        old: Table = getattr(before, name)
        new: Table = getattr(after, name)
        if old.columns.equals(new.columns):
            continue
        was, now = Counter(old.views()), Counter(new.views())
        added += (now - was).elements()
        withdrawn += (was - now).elements()
    return Change(added=tuple(added), withdrawn=tuple(withdrawn))


def changed(world: World, change: Change) -> World:
    """Return a world with a change made to it.

    Args:
        world: What was known.
        change: What came and what went.

    Returns:
        What is known; its observations and sources are the same.

    Raises:
        OutOfOrderError: A row is withdrawn that was not known.
        UnknownTermError: A row bears on no verdict.
    """
    _refuse_others(change)
    tables = {
        name: _changed(getattr(world, name), change, kind)
        for name, kind in TABLES.items()
    }
    return World(observations=world.observations, sources=world.sources, **tables)


def _changed(table: Table, change: Change, kind: str) -> Table:
    shape = ROW_TYPES[kind]
    added = [row for row in change.added if isinstance(row, shape)]
    gone = Counter(row for row in change.withdrawn if isinstance(row, shape))
    if not added and not gone:
        return table
    named = {(row.source, row.key) for row in gone}
    kept = []
    for row in (*table.views(), *added):
        if (row.source, row.key) in named and gone[row] > 0:
            gone[row] -= 1
        else:
            kept.append(row)
    missing = next(gone.elements(), None)
    if missing is not None:
        raise OutOfOrderError(
            f"{missing.source}:{missing.key}",
            expected=f"a {kind} that is known",
            got="one that is not",
            remedy="Withdraw a row just as it was added.",
        )
    return table_of(kind, kept)


def _refuse_others(change: Change) -> None:
    judged = tuple(ROW_TYPES[kind] for kind in TABLES.values())
    for row in (*change.added, *change.withdrawn):
        if not isinstance(row, judged):
            raise UnknownTermError(
                f"{row.source}:{row.key}",
                expected=f"a row of {', '.join(TABLES)}",
                got=f"one of kind {type(row).__name__.lower()}",
                remedy="Fuse observations into incidents; no verdict reads them.",
            )


def world_of(rows: Iterable[Row], like: World) -> World:
    """Return a world of some rows, with the sources of another."""
    return changed(World(sources=like.sources), Change(added=tuple(rows)))
