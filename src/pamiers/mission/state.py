"""What the record says of the world, now or as it was known on a day.

Every row ever filed stays on record; the state holds, for each source and key,
the row that stands: the last correction, or what the latest release known by
then says. A row absent from a release that covers its date is withdrawn: it
leaves the state, never the record.

What was known at an instant: rows without a release from the instant they were
recorded; rows of a release from the day it was published, whenever it arrived.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.errors import MalformedSourceError, UnknownTermError
from pamiers.core.instant import Interval, parse_instant
from pamiers.core.table import INSTANT, RECORDED, Table, concatenate, empty
from pamiers.mission.batch import Filed, unpack
from pamiers.mission.mission import Mission, basis
from pamiers.mission.reading import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The rows that stand, by kind, in an order that no arrival changes."""

    tables: dict[str, Table]
    withdrawn: int  #: rows that a later release no longer has
    superseded: int  #: rows that a later row of the same key replaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A release on record, and whose it is."""

    release: Release
    sources: tuple[str, ...]
    file: str  #: SHA-256 of the original


def releases(mission: Mission) -> list[Published]:
    """Return every release on record, by day of publication, then by name."""
    found = []
    for entry in mission.record.entries(("release",)):
        body = entry.body
        covers = body["covers"]
        release = Release(
            name=str(body["name"]),
            released_on=date.fromisoformat(str(body["released_on"])),
            covers=_interval(covers) if isinstance(covers, list) else None,
        )
        sources = body["sources"]
        whose = tuple(sources) if isinstance(sources, list) else ()
        identity = body["of_file"]
        file = identity["sha256"] if isinstance(identity, dict) else ""
        found.append(Published(release=release, sources=whose, file=str(file)))
    return sorted(found, key=lambda p: (p.release.released_on, p.release.name))


def _interval(ends: list[str]) -> Interval:
    return Interval(parse_instant(ends[0]), parse_instant(ends[1]))


def as_of_instant(mission: Mission, text: str) -> datetime:
    """Return the instant that `--as-of` names.

    Args:
        mission: The mission.
        text: Name of a release on record (the end of the day it was published),
            or an instant with its offset.

    Returns:
        Aware UTC instant.

    Raises:
        UnknownTermError: No such release, and not an instant either.
    """
    published = releases(mission)
    for each in published:
        if each.release.name == text:
            return datetime.combine(each.release.released_on, time.max, tzinfo=UTC)
    try:
        return parse_instant(text, "as-of")
    except MalformedSourceError as error:
        names = ", ".join(each.release.name for each in published) or "none on record"
        raise UnknownTermError(
            "as-of",
            expected=f"an instant with its offset, or a release ({names})",
            got=repr(text),
            remedy="Write a release's name or a time such as 2020-12-01T00:00Z.",
        ) from error


def state(mission: Mission, *, as_of: datetime | None = None) -> State:
    """Return the rows that stand.

    Args:
        mission: The mission.
        as_of: Leave out what was not yet known then; None for everything.

    Returns:
        One table for each kind that is recorded; empty tables where nothing is.
    """
    kept = _kept(mission, as_of)
    if kept is not None:
        return kept
    found = _fold(mission, as_of)
    _keep(mission, as_of, found)
    return found


def filed(mission: Mission, *, until: datetime | None = None) -> Iterator[Filed]:
    """Yield the batches on record, in order, recorded no later than `until`."""
    for entry in mission.record.entries(("rows",)):
        rows = mission.record.payload(entry.index, "rows")
        origins = mission.record.payload(entry.index, "origins")
        batch = unpack(entry, rows, origins)
        late = until is not None and entry.recorded_at > until
        if not late or _of_release(batch.table):
            yield batch


def _of_release(table: Table) -> bool:
    return bool(table.columns.column("release").null_count < len(table))


def _fold(mission: Mission, as_of: datetime | None) -> State:
    known = [
        p.release
        for p in releases(mission)
        if as_of is None or p.release.released_on <= as_of.date()
    ]
    batches: dict[str, list[Table]] = {kind: [] for kind in RECORDED}
    for batch in filed(mission, until=as_of):
        batches[batch.kind].append(batch.table)
    tables, withdrawn, superseded = {}, 0, 0
    for kind, parts in batches.items():
        whole = concatenate(kind, parts)
        released = pc.is_valid(whole.columns.column("release"))
        loose = _last_of_each(whole.where(pc.invert(released)))
        folded, gone = fold_releases(whole.where(released), known)
        tables[kind] = concatenate(kind, [loose, folded]).ordered()
        withdrawn += gone
        superseded += len(whole) - len(tables[kind]) - gone
    return State(tables=tables, withdrawn=withdrawn, superseded=superseded)


def identifiers(table: Table) -> pa.Array:
    """Return `source` and `key` of every row as one text each."""
    source, key = (table.columns.column(name) for name in ("source", "key"))
    return pc.binary_join_element_wise(source, key, "\x1f").combine_chunks()


def _last_of_each(table: Table) -> Table:
    keys = identifiers(table)
    if pc.count_distinct(keys).as_py() == len(table):
        return table
    last = {key: i for i, key in enumerate(keys.to_pylist())}
    return table.take(pa.array(sorted(last.values()), pa.int64()))


def fold_releases(table: Table, known: Iterable[Release]) -> tuple[Table, int]:
    """Return what stands after some releases, oldest first, and what they dropped.

    Args:
        table: Rows of releases, each naming its own.
        known: Releases in order of publication; rows of others are left out.

    Returns:
        The rows that stand, and the number withdrawn.
    """
    standing, gone = empty(table.kind), 0
    for release in known:
        named = pc.equal(table.columns.column("release"), release.name)
        incoming = _last_of_each(table.where(named))
        keys = identifiers(incoming)
        absent = pc.invert(pc.is_in(identifiers(standing), value_set=keys))
        outside = pc.invert(_within(standing, release.covers))
        older = standing.where(absent)
        kept = standing.where(pc.and_(absent, outside))
        gone += len(older) - len(kept)
        standing = concatenate(table.kind, [kept, incoming])
    return standing, gone


def _within(table: Table, covers: Interval | None) -> pa.Array | pa.ChunkedArray:
    if covers is None:
        return pa.repeat(pa.scalar(value=False), len(table))
    start = table.columns.column("start")
    return pc.and_(
        pc.greater_equal(start, pa.scalar(covers.start, INSTANT)),
        pc.less(start, pa.scalar(covers.end, INSTANT)),
    )


def _cut(as_of: datetime | None) -> str:
    return "" if as_of is None else as_of.isoformat()


def _kept(mission: Mission, as_of: datetime | None) -> State | None:
    pinned = basis(mission, as_of=_cut(as_of))
    counts = mission.projections.get("state", pinned)
    if as_of is not None or counts is None:
        return None
    tables = {}
    for kind in RECORDED:
        data = mission.projections.get(f"state-{kind}", pinned)
        if data is None:
            return None
        with pa.ipc.open_stream(data) as stream:
            tables[kind] = Table(kind, stream.read_all())
    withdrawn, superseded = (int(n) for n in counts.split())
    return State(tables=tables, withdrawn=withdrawn, superseded=superseded)


def _keep(mission: Mission, as_of: datetime | None, found: State) -> None:
    if as_of is not None:
        return
    pinned = basis(mission)
    for kind, table in found.tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.columns.schema) as stream:
            stream.write_table(table.columns)
        data = sink.getvalue().to_pybytes()
        mission.projections.put(f"state-{kind}", pinned, data)
    counts = f"{found.withdrawn} {found.superseded}".encode()
    mission.projections.put("state", pinned, counts)
