"""What the record says of the world, now or as it was known on a day.

Every row ever filed stays on record; the state holds, for each source and key,
the row that stands: the last correction, or what the latest release known by
then says. A row absent from a release that covers its date is withdrawn: it
leaves the state, never the record.

What was known at an instant: rows without a release from the instant they were
recorded; rows of a release from the day it was published, whenever it arrived;
decisions about an observation from the instant they were recorded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.table import RECORDED, Table, concatenate, upgraded
from pamiers.mission.amended import amended
from pamiers.mission.batch import Filed, unpack
from pamiers.mission.decided import decisions, in_force
from pamiers.mission.mission import Mission, basis
from pamiers.mission.published import (
    Published,
    fold_releases,
    identifiers,
    last_of_each,
    of_releases,
    releases,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The rows that stand, by kind, in an order that no arrival changes."""

    tables: dict[str, Table]
    withdrawn: int  #: rows that a later release no longer has
    superseded: int  #: rows that a later row of the same key replaces
    decided: int = 0  #: observations that a decision withdrew or corrected


def state(mission: Mission, *, as_of: datetime | None = None) -> State:
    """Return the rows that stand.

    Args:
        mission: The mission.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        One table for each kind that is recorded; empty tables where nothing is.
    """
    if as_of is not None:
        return _fold(mission, as_of)
    pinned = basis(mission)
    kept = _kept(mission, pinned)
    if kept is not None:
        return kept
    found = _fold(mission, None)
    _keep(mission, pinned, found)
    return found


def filed(mission: Mission) -> Iterator[Filed]:
    """Yield the batches on record, in order, less the rows that are hidden."""
    hidden: dict[str, set[tuple[str, str]]] = {}
    for kind, source, key in mission.hidden:
        hidden.setdefault(kind, set()).add((source, key))
    for entry in mission.record.entries(("rows",)):
        rows = mission.record.payload(entry.index, "rows")
        origins = mission.record.payload(entry.index, "origins")
        batch = unpack(entry, rows, origins)
        yield _seen(batch, hidden.get(batch.kind, set()))


def _seen(batch: Filed, hidden: set[tuple[str, str]]) -> Filed:
    """Return a batch without rows of some sources and keys."""
    if not hidden:
        return batch
    columns = (batch.table.columns.column(name) for name in ("source", "key"))
    pairs = zip(*(each.to_pylist() for each in columns), strict=True)
    kept = np.array([pair not in hidden for pair in pairs], dtype=bool)
    shown = batch.table.where(pa.array(kept))
    return replace(batch, table=shown, origins=batch.origins[kept])


def _fold(mission: Mission, as_of: datetime | None) -> State:
    published = releases(mission)
    known = [
        each
        for each in published
        if as_of is None or each.release.released_on <= as_of.date()
    ]
    loose: dict[str, list[Table]] = {kind: [] for kind in RECORDED}
    released: dict[str, list[Table]] = {kind: [] for kind in RECORDED}
    for batch in filed(mission):
        # A row may name a release that nobody filed: it stands like any other.
        of_release = of_releases(batch.table, published)
        released[batch.kind].append(batch.table.where(of_release))
        if as_of is None or batch.recorded_at <= as_of:
            loose[batch.kind].append(batch.table.where(pc.invert(of_release)))
    folded = []
    for kind in RECORDED:
        rows, named = (concatenate(kind, of[kind]) for of in (loose, released))
        folded.append(_standing(rows, named, known))
    tables = {each.kind: each for each, _, _ in folded}
    force = in_force(decisions(mission, as_of=as_of))
    tables["observation"], decided = amended(tables["observation"], force)
    return State(
        tables=tables,
        withdrawn=sum(withdrawn for _, withdrawn, _ in folded),
        superseded=sum(superseded for _, _, superseded in folded),
        decided=decided,
    )


def _standing(
    loose: Table, released: Table, known: Sequence[Published]
) -> tuple[Table, int, int]:
    """Return the rows of a kind that stand, and how many are withdrawn, superseded.

    A row that no release names gives way to one of the same source and key that a
    release does: they tell of the same thing, and the release says when it was said.
    """
    of_known = released.where(of_releases(released, known))
    folded, withdrawn = fold_releases(of_known, known)
    taken = identifiers(of_known.columns)
    own = pc.invert(pc.is_in(identifiers(loose.columns), value_set=taken))
    kept = last_of_each(loose.where(own))
    standing = concatenate(loose.kind, [kept, folded]).ordered()
    superseded = len(loose) + len(of_known) - len(standing) - withdrawn
    return standing, withdrawn, superseded


def _kept(mission: Mission, pinned: str) -> State | None:
    counts = mission.projections.get("state", pinned)
    if counts is None:
        return None
    tables = {}
    for kind in RECORDED:
        data = mission.projections.get(f"state-{kind}", pinned)
        if data is None:
            return None
        with pa.ipc.open_stream(data) as stream:
            tables[kind] = upgraded(kind, stream.read_all())
    withdrawn, superseded, decided = (int(n) for n in counts.split())
    return State(
        tables=tables, withdrawn=withdrawn, superseded=superseded, decided=decided
    )


def _keep(mission: Mission, pinned: str, found: State) -> None:
    for kind, table in found.tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.columns.schema) as stream:
            stream.write_table(table.columns)
        data = sink.getvalue().to_pybytes()
        mission.projections.put(f"state-{kind}", pinned, data)
    counts = f"{found.withdrawn} {found.superseded} {found.decided}".encode()
    mission.projections.put("state", pinned, counts)
