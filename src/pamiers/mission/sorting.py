"""Sort the rows of a file into new, known, revised and contradictory.

A row of the record is known when its canonical bytes are on record already. It
revises another when only its identifier is. Two rows of one file under one
identifier that say different things contradict each other: the second is refused.
"""

from dataclasses import dataclass, field

from pamiers.mission.batch import Prepared, split_digests
from pamiers.mission.mission import Mission
from pamiers.mission.reading import Quarantined


@dataclass(frozen=True, slots=True)
class Known:
    """Digests of the rows already on record."""

    keys: set[bytes]
    contents: set[bytes]


@dataclass(slots=True)
class Sorting:
    """Which rows of a file are new, and which contradict one another."""

    fresh: dict[str, list[int]] = field(default_factory=dict)  #: positions by kind
    fresh_rows: set[int] = field(default_factory=set)  #: logical rows with news
    revised: set[int] = field(default_factory=set)  #: logical rows
    conflicts: dict[int, int] = field(default_factory=dict)  #: logical row -> line


def known_rows(mission: Mission) -> Known:
    """Return the digests of every row on record."""
    keys: set[bytes] = set()
    contents: set[bytes] = set()
    for _, data in mission.record.payloads("digests"):
        for key, content in split_digests(data):
            keys.add(key)
            contents.add(content)
    return Known(keys, contents)


def sort_rows(prepared: dict[str, Prepared], known: Known) -> Sorting:
    """Return which rows are new; `known` takes them up as it goes."""
    out = Sorting()
    for kind, rows in prepared.items():
        if len(set(rows.keys)) == len(rows.keys):
            fresh = _fresh_where_keys_differ(rows, known)
        else:
            fresh = _fresh_where_keys_recur(rows, known, out.conflicts)
        for i in fresh:
            if rows.keys[i] in known.keys:
                out.revised.add(int(rows.origins[i, 0]))
        out.fresh[kind] = fresh
    _drop_conflicts(out, prepared)
    return out


def _fresh_where_keys_differ(rows: Prepared, known: Known) -> list[int]:
    fresh = [i for i, c in enumerate(rows.contents) if c not in known.contents]
    known.contents.update(rows.contents)
    return fresh


def _fresh_where_keys_recur(
    rows: Prepared, known: Known, conflicts: dict[int, int]
) -> list[int]:
    first: dict[bytes, bytes] = {}
    fresh = []
    for i, (key, content) in enumerate(zip(rows.keys, rows.contents, strict=True)):
        if first.setdefault(key, content) != content:
            row, line = rows.origins[i].tolist()
            conflicts[row] = line
        elif content not in known.contents:
            fresh.append(i)
            known.contents.add(content)
    return fresh


def _drop_conflicts(out: Sorting, prepared: dict[str, Prepared]) -> None:
    for kind in out.fresh:
        logical = prepared[kind].origins[:, 0]
        if out.conflicts:
            out.fresh[kind] = [
                i for i in out.fresh[kind] if int(logical[i]) not in out.conflicts
            ]
        out.fresh_rows.update(logical[out.fresh[kind]].tolist())
    out.revised.difference_update(out.conflicts)


def refuse_conflicts(sorting: Sorting) -> tuple[Quarantined, ...]:
    """Return a refusal for every row that contradicts an earlier one."""
    return tuple(
        Quarantined(
            row=row,
            line=line,
            column="key",
            code="Q-ID-CONFLICT",
            message=(
                "expected one row for each identifier, got a second that says "
                "something else"
            ),
            remedy="Give the row its own identifier, or send it as a correction.",
            raw="",
        )
        for row, line in sorted(sorting.conflicts.items())
    )
