"""Sort the rows of a file into new, known, revised and contradictory.

A row of the record is known when its identifier says the same on record already. It
revises another when only its identifier is there. Two rows of one file under one
identifier that say different things contradict each other: the second is refused.
"""

from dataclasses import dataclass, field

from pamiers.mission.batch import Prepared, split_digests
from pamiers.mission.mission import Mission
from pamiers.mission.reading import Quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Digests of the rows already on record."""

    standing: dict[bytes, bytes]  #: identifier -> what was said under it last
    said: set[bytes]  #: all that was ever said; empty for bytes not seen before


@dataclass(slots=True)
class Sorting:
    """Which rows of a file are new, and which contradict one another."""

    fresh: dict[str, list[int]] = field(default_factory=dict)  #: positions by kind
    fresh_rows: set[int] = field(default_factory=set)  #: logical rows with news
    revised: set[int] = field(default_factory=set)  #: logical rows
    conflicts: dict[int, int] = field(default_factory=dict)  #: logical row -> line


def known_rows(mission: Mission, *, again: bool) -> Known:
    """Return the digests of every row on record.

    Args:
        mission: The mission.
        again: The bytes are on record: nothing in them that was ever said is news.
            In other bytes, a row that says again what was corrected since is a
            correction back.

    Returns:
        What a row is compared with.
    """
    standing: dict[bytes, bytes] = {}
    said: set[bytes] = set()
    for _, data in mission.record.payloads("digests"):
        pairs = list(split_digests(data))
        standing.update(pairs)
        if again:
            said.update(content for _, content in pairs)
    return Known(standing=standing, said=said)


def sort_rows(prepared: dict[str, Prepared], known: Known) -> Sorting:
    """Return which rows of a file are new, and which contradict one another.

    A row of the file that contradicts another is refused whole, before anything
    that it gives is taken for known.
    """
    out = Sorting()
    for rows in prepared.values():
        out.conflicts.update(_conflicts(rows))
    for kind, rows in prepared.items():
        fresh = _fresh(rows, known, out.conflicts)
        logical = rows.origins[fresh, 0].tolist()
        out.fresh[kind] = fresh
        out.fresh_rows.update(logical)
        out.revised.update(
            row
            for i, row in zip(fresh, logical, strict=True)
            if rows.keys[i] in known.standing
        )
    return out


def _conflicts(rows: Prepared) -> dict[int, int]:
    """Return (logical row, line) of what differs from the first of its identifier."""
    if len(set(rows.keys)) == len(rows.keys):
        return {}
    first: dict[bytes, bytes] = {}
    return {
        int(rows.origins[i, 0]): int(rows.origins[i, 1])
        for i, (key, content) in enumerate(zip(rows.keys, rows.contents, strict=True))
        if first.setdefault(key, content) != content
    }


def _fresh(rows: Prepared, known: Known, conflicts: dict[int, int]) -> list[int]:
    """Return the positions of new rows, in order, each identifier once."""
    standing, said = known.standing, known.said
    new: dict[bytes, int] = {}
    for i, (key, content) in enumerate(zip(rows.keys, rows.contents, strict=True)):
        if standing.get(key) != content and content not in said:
            refused = conflicts and int(rows.origins[i, 0]) in conflicts
            if not refused:
                new.setdefault(key, i)
    return list(new.values())


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
