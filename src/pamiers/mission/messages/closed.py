"""Rows that are not for everybody, and what may be told of the rest.

A message may bear a class of sharing. Its row is then left out for whoever is not
cleared for it; an incident is as closed as all of its reports. One that rests on open
and closed reports is told as to the public, of its open reports alone: where and when
it was may come of a closed one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson
import pyarrow as pa

from pamiers.core.sharing import Sharing
from pamiers.core.table import Table, concatenate
from pamiers.mission.batch import unpack_lines
from pamiers.mission.mission import Mission
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import EDITIONS

LABEL: Final = "label"
#: (kind, source, key) of a row -> for whom it is, where that is not everybody
Closed = Mapping[tuple[str, str, str], Sharing]


def closed_rows(mission: Mission) -> dict[tuple[str, str, str], Sharing]:
    """Return the rows that are not for everybody, and for whom they are."""
    found: dict[tuple[str, str, str], Sharing] = {}
    for entry in mission.record.entries(("rows",)):
        body = entry.body
        if LABEL not in body:
            continue
        label = Sharing(body[LABEL])
        for line in unpack_lines(mission.record.payload(entry.index, "rows")):
            row = orjson.loads(line)
            name = (str(body["of"]), row["source"], row["key"])
            found[name] = label | found.get(name, Sharing.PUBLIC)
    return found


def shared(table: Table, closed: Closed, reader: Sharing) -> Table:
    """Return what may be told of a table to a class of readers.

    Args:
        table: Rows of any kind.
        closed: Which rows are not for everybody.
        reader: The most closed class that they may see.

    Returns:
        The same table where nothing of it is closed to them.
    """
    if not closed or all(label.seen_with(reader) for label in closed.values()):
        return table
    if table.kind == "incident":
        return _incidents(table, closed, reader)
    pairs = zip(*(_texts(table, name) for name in ("source", "key")), strict=True)
    kept = [_open(closed, (table.kind, *pair), reader) for pair in pairs]
    return table.where(pa.array(kept, pa.bool_()))


def _open(closed: Closed, name: tuple[str, str, str], reader: Sharing) -> bool:
    return closed.get(name, Sharing.PUBLIC).seen_with(reader)


def all_open(closed: Closed, reports: Iterable[str], reader: Sharing) -> bool:
    """Tell whether a class of readers may see each of some reports, as `source:key`."""
    named = (row for each in reports for row in members_of(each))
    return all(_open(closed, each, reader) for each in named)


def _texts(table: Table, name: str) -> list[Any]:
    return list(table.columns.column(name).to_pylist())


def members_of(text: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, source, key) of the reports that an incident names."""
    for each in (text or "").split("; "):
        source, _, key = each.partition(":")
        if key:
            yield "observation", source, key


def _incidents(table: Table, closed: Closed, reader: Sharing) -> Table:
    whole, mixed, told = [], [], []
    for at, text in enumerate(_texts(table, "members")):
        members = list(members_of(text))
        seen = [name for name in members if _open(closed, name, reader)]
        if len(seen) == len(members):
            whole.append(at)
        elif seen:
            mixed.append(at)
            told.append(seen)
    rest = coarsened(table.take(pa.array(mixed, pa.int64())), EDITIONS["public"])
    assert rest is not None  # noqa: S101 - an incident is more than words
    parts = [table.take(pa.array(whole, pa.int64())), _of_open(rest, told)]
    order = [("start", "ascending"), ("key", "ascending")]
    return Table("incident", concatenate("incident", parts).columns.sort_by(order))


def _of_open(table: Table, told: list[list[tuple[str, str, str]]]) -> Table:
    """Return incidents with the reports and sources that may be named."""
    columns = table.columns
    named = {
        "members": ["; ".join(f"{s}:{k}" for _, s, k in each) for each in told],
        "sources": ["; ".join(sorted({s for _, s, _ in each})) for each in told],
    }
    for name, values in named.items():
        at = columns.schema.get_field_index(name)
        array = pa.array(values, pa.string())
        columns = columns.set_column(at, columns.schema.field(at), array)
    return Table("incident", columns)
