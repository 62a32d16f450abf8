"""Rows that are not for everybody, and what may be told of the rest.

A message may bear a class of sharing. Its row is then left out for whoever is not
cleared for it; an incident is as closed as all of its reports. One that rests on open
and closed reports is told as to the public, of its open reports alone: when it was, by
all of them; where, by the one that says it most finely; how many, by the one that says
most. Nothing of what was joined from closed ones is told, so that an incident does not
move when a closed report joins it, and whoever holds yesterday's edition and today's
cannot tell from both what neither says. Its probability alone is that of all reports.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import inf
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.core.sharing import Sharing
from pamiers.core.table import Table, concatenate, empty
from pamiers.mission.batch import unpack_lines
from pamiers.mission.mission import Mission
from pamiers.mission.published import identifiers
from pamiers.report.coarsen import coarsened
from pamiers.report.redaction import EDITIONS

LABEL: Final = "label"
#: of an incident that rests on open and closed reports: what one open report says
_OF_ONE: Final = ("kind", "lon", "lat", "radius_m", "place", "region")
#: and what nobody is told, since it was joined from all
_UNSAID: Final = (
    *("shape", "text", "cite", "kinds", "count_low", "count_high", "weapons"),
    *("calibre_mm", "control", "actor", "extra"),
)
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


def shared(
    table: Table, closed: Closed, reader: Sharing, reports: Table | None = None
) -> Table:
    """Return what may be told of a table to a class of readers.

    Args:
        table: Rows of any kind.
        closed: Which rows are not for everybody.
        reader: The most closed class that they may see.
        reports: Observations that incidents rest on, for those that rest on open and
            closed ones: without, such an incident is left out.

    Returns:
        The same table where nothing of it is closed to them.
    """
    if not closed or all(label.seen_with(reader) for label in closed.values()):
        return table
    if table.kind == "incident":
        return _incidents(table, closed, reader, reports or empty("observation"))
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


def _incidents(table: Table, closed: Closed, reader: Sharing, reports: Table) -> Table:
    whole, mixed, told = [], [], []
    for at, text in enumerate(_texts(table, "members")):
        members = list(members_of(text))
        seen = [name for name in members if _open(closed, name, reader)]
        if len(seen) == len(members):
            whole.append(at)
        elif seen:
            mixed.append(at)
            told.append(seen)
    known = _named(reports, {name for each in told for name in each})
    able = [n for n, each in enumerate(told) if all(name in known for name in each)]
    rest = table.take(pa.array([mixed[n] for n in able], pa.int64()))
    said = [_said([(*name[1:], known[name]) for name in told[n]]) for n in able]
    shown = coarsened(_of_open(rest, said), EDITIONS["public"])
    assert shown is not None  # noqa: S101 - an incident is more than words
    parts = [table.take(pa.array(whole, pa.int64())), shown]
    order = [("start", "ascending"), ("key", "ascending")]
    return Table("incident", concatenate("incident", parts).columns.sort_by(order))


def _named(
    reports: Table, wanted: set[tuple[str, str, str]]
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return rows by (kind, source, key), of those that are wanted."""
    if not wanted:
        return {}
    named = pa.array([f"{source}\x1f{key}" for _, source, key in wanted], pa.string())
    some = reports.where(pc.is_in(identifiers(reports.columns), value_set=named))
    rows = some.columns.to_pylist()
    return {("observation", row["source"], row["key"]): row for row in rows}


def _said(open_: list[tuple[str, str, dict[str, Any]]]) -> dict[str, Any]:
    """Return what the open reports of an incident say of it together."""
    rows = [row for *_, row in open_]
    finest = min(rows, key=_fineness)
    counts = [row["count"] for row in rows if row["count"] is not None]
    said = {name: finest[name] for name in _OF_ONE} | dict.fromkeys(_UNSAID)
    return said | {
        "start": min(row["start"] for row in rows),
        "end": max(row["end"] for row in rows),
        "count": max(counts, default=None),
        "observed": sum(row["standing"] == "observed" for row in rows),
        "claimed": sum(row["standing"] != "observed" for row in rows),
        "sources": "; ".join(sorted({source for source, *_ in open_})),
        "members": "; ".join(f"{source}:{key}" for source, key, _ in open_),
    }


def _fineness(row: dict[str, Any]) -> tuple[float, str, str]:
    unknown = row["lon"] is None or row["radius_m"] is None
    return (inf if unknown else row["radius_m"], row["source"], row["key"])


def _of_open(table: Table, said: list[dict[str, Any]]) -> Table:
    """Return incidents as their open reports alone tell them."""
    columns = table.columns
    for name in said[0] if said else ():
        at = columns.schema.get_field_index(name)
        kind = columns.schema.field(at)
        array = pa.array([each[name] for each in said], kind.type)
        columns = columns.set_column(at, kind, array)
    return Table("incident", columns)
