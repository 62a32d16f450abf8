"""Releases on record, in order of publication, and what stands after them.

Several files may make one release; what is absent is judged against all of them.
A release speaks for its own sources only, and withdraws nothing of another's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.errors import MalformedSourceError, UnknownTermError, UsageError
from pamiers.core.instant import Interval, parse_instant
from pamiers.core.table import INSTANT, Table, concatenate, empty
from pamiers.mission.mission import Mission
from pamiers.mission.reading import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A file of a release on record, and whose it is."""

    release: Release
    sources: tuple[str, ...]
    file: str  #: SHA-256 of the original


def releases(mission: Mission) -> list[Published]:
    """Return every release on record, by day of publication, then by name.

    Of the same bytes under the same name, what was said of them last holds.
    """
    found: dict[tuple[str, str], Published] = {}
    for entry in mission.record.entries(("release",)):
        each = published_in(entry.body)
        found[each.release.name, each.file] = each
    return sorted(found.values(), key=lambda p: (p.release.released_on, p.release.name))


def published_in(body: dict[str, object]) -> Published:
    """Return the file of a release that an entry's body tells of."""
    covers, sources, identity = body["covers"], body["sources"], body["of_file"]
    release = Release(
        name=str(body["name"]),
        released_on=date.fromisoformat(str(body["released_on"])),
        covers=_interval(covers) if isinstance(covers, list) else None,
    )
    whose = tuple(sources) if isinstance(sources, list) else ()
    file = identity["sha256"] if isinstance(identity, dict) else ""
    return Published(release=release, sources=whose, file=str(file))


def _interval(ends: list[str]) -> Interval:
    return Interval(parse_instant(ends[0]), parse_instant(ends[1]))


def check_one_day(mission: Mission, this: Published) -> None:
    """Refuse a file of a release that is on record as published on another day.

    Raises:
        UsageError: Another file of that name and source names another day.
    """
    for each in releases(mission):
        shared = set(each.sources) & set(this.sources)
        same = each.release.name == this.release.name and each.file != this.file
        if same and shared and each.release.released_on != this.release.released_on:
            raise UsageError(
                f"release {this.release.name}",
                expected=f"{each.release.released_on}, as on record",
                got=str(this.release.released_on),
                remedy="Give that day, or give a corrected release its own name.",
            )


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


def identifiers(columns: pa.Table, between: str = "\x1f") -> pa.Array:
    """Return `source` and `key` of every row as one text each."""
    source, key = (columns.column(name) for name in ("source", "key"))
    return pc.binary_join_element_wise(source, key, between).combine_chunks()


def last_of_each(table: Table) -> Table:
    """Return the last row of each source and key, in the order of the table."""
    keys = identifiers(table.columns)
    if pc.count_distinct(keys).as_py() == len(table):
        return table
    last = {key: i for i, key in enumerate(keys.to_pylist())}
    return table.take(pa.array(sorted(last.values()), pa.int64()))


def of_releases(table: Table, published: Iterable[Published]) -> pa.ChunkedArray:
    """Tell which rows are of one of some releases, of its own sources."""
    wanted = {f"{s}\x1f{each.release.name}" for each in published for s in each.sources}
    source, release = (table.columns.column(name) for name in ("source", "release"))
    named = pc.binary_join_element_wise(source, release, "\x1f")
    return pc.is_in(named, value_set=pa.array(wanted, pa.string()))


def rows_of(table: Table, published: Published) -> Table:
    """Return the rows of a release, of its own sources."""
    return table.where(of_releases(table, [published]))


def of_sources(table: Table, sources: Iterable[str]) -> pa.ChunkedArray:
    """Tell which rows are of one of some sources."""
    named = pa.array(sources, pa.string())
    return pc.is_in(table.columns.column("source"), value_set=named)


def fold_releases(table: Table, known: Iterable[Published]) -> tuple[Table, int]:
    """Return what stands after some releases, oldest first, and what they dropped.

    Args:
        table: Rows of releases, each naming its own.
        known: Releases in order of publication; rows of others are left out.

    Returns:
        The rows that stand, and the number withdrawn.
    """
    standing, gone = empty(table.kind), 0
    for each in known:
        incoming = last_of_each(rows_of(table, each))
        keys = identifiers(incoming.columns)
        absent = pc.invert(pc.is_in(identifiers(standing.columns), value_set=keys))
        withdrawn = pc.and_(absent, of_sources(standing, each.sources))
        withdrawn = pc.and_(withdrawn, within(standing.columns, each.release.covers))
        kept = standing.where(pc.and_(absent, pc.invert(withdrawn)))
        gone += int(pc.sum(withdrawn).as_py() or 0)
        standing = concatenate(table.kind, [kept, incoming])
    return standing, gone


def within(columns: pa.Table, covers: Interval | None) -> pa.Array | pa.ChunkedArray:
    """Tell which rows begin inside an interval; none of them for None."""
    if covers is None:
        return pa.repeat(pa.scalar(value=False), columns.num_rows)
    start = columns.column("start")
    inside = pc.and_(
        pc.greater_equal(start, pa.scalar(covers.start, INSTANT)),
        pc.less(start, pa.scalar(covers.end, INSTANT)),
    )
    return pc.fill_null(inside, fill_value=False)
