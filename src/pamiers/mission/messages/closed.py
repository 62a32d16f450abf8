"""Rows that are not for everybody.

A message may bear a class of sharing; its row is then for nobody who is not cleared for
that. What the others are told is computed without it (`open_part`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import orjson

from pamiers.core.sharing import Sharing
from pamiers.mission.batch import unpack_lines
from pamiers.mission.mission import Mission

LABEL: Final = "label"
#: (kind, source, key) of a row
Name = tuple[str, str, str]
#: name of a row -> for whom it is, where that is not everybody
Closed = Mapping[Name, Sharing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closings:
    """What is not for everybody, and for whom it is."""

    rows: dict[Name, Sharing] = field(default_factory=dict)
    entries: dict[int, Sharing] = field(default_factory=dict)  #: by index

    @property
    def labels(self) -> frozenset[Sharing]:
        """Return the classes that anything bears."""
        return frozenset(self.rows.values()) | frozenset(self.entries.values())


def closings(mission: Mission) -> Closings:
    """Return the rows that are not for everybody, and the entries that file them."""
    found = Closings()
    for entry in mission.record.entries(("rows",)):
        body = entry.body
        if LABEL not in body:
            continue
        label = Sharing(body[LABEL])
        found.entries[entry.index] = label
        for line in unpack_lines(mission.record.payload(entry.index, "rows")):
            row = orjson.loads(line)
            name = (str(body["of"]), row["source"], row["key"])
            found.rows[name] = label | found.rows.get(name, Sharing.PUBLIC)
    return found


def all_open(closed: Closed, reports: Iterable[str], reader: Sharing) -> bool:
    """Tell whether a class of readers may see each of some reports, as `source:key`."""
    named = (row for each in reports for row in members_of(each))
    return all(closed.get(each, Sharing.PUBLIC).seen_with(reader) for each in named)


def members_of(text: str | None) -> Iterator[Name]:
    """Yield (kind, source, key) of the reports that an incident names."""
    for each in (text or "").split("; "):
        source, _, key = each.partition(":")
        if key:
            yield "observation", source, key
