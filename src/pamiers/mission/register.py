"""What was said of each incident, under which id, whenever incidents were fused.

An entry `fusion` holds what is new since the one before it: ids that were given, what
each stands for now, which became another name of an older one, whose reports are gone.
Older sayings stay as they are; read in order they are the history of an incident.
"""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from pamiers.core.canonical import canonical_bytes
from pamiers.core.errors import LedgerMismatchError, UsageError, Where
from pamiers.fusion.naming import Borne
from pamiers.ledger.entry import Entry
from pamiers.mission.mission import Mission
from pamiers.mission.open_lines import OpenLines

PAYLOAD: Final = "incidents"
STANDING: Final = "standing"
MERGED: Final = "merged"
BY_SOURCE: Final = "withdrawn by source"
BY_DECISION: Final = "withdrawn by decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What one entry says of one incident."""

    entry: int  #: index of the entry; -1 for what no entry says yet
    recorded_at: datetime | None
    status: str
    alias_of: str | None  #: the id it is another name of
    members: tuple[str, ...]  #: its reports; none where it is merged or withdrawn
    row: dict[str, Any] | None  #: the incident's columns; None where it has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An id on record, and all that was said under it.

    Invariant: `said` is not empty, oldest first; `own` is not empty.
    """

    key: str
    own: frozenset[str]
    said: tuple[Saying, ...]

    @property
    def last(self) -> Saying:
        """Return what was said last."""
        return self.said[-1]

    @property
    def whole(self) -> Saying:
        """Return the last saying that gives the incident's columns."""
        return next(each for each in reversed(self.said) if each.row is not None)


Register = dict[str, Held]


def register(mission: Mission, *, as_of: datetime | None = None) -> Register:
    """Return every id on record, oldest first, with what was said under it.

    Args:
        mission: The mission.
        as_of: Leave out what was fused later; None for all.

    Returns:
        Held ids by id; empty where nothing was ever fused on record. Of reports that
        are hidden from the mission's reader nothing is in it.

    Raises:
        LedgerMismatchError: What an entry said was altered.
    """
    found: Register = {}
    part = OpenLines(f"{s}:{k}" for of, s, k in mission.hidden if of == "observation")
    for entry in mission.record.entries(("fusion",)):
        if "said" in entry.body and (as_of is None or entry.recorded_at <= as_of):
            for text in said_in(mission, entry):
                line = orjson.loads(text)
                if part.hidden:
                    line = part.opened(line, found)
                if line is not None:
                    _add(found, entry, line)
    return found


def _add(found: Register, entry: Entry, line: dict[str, Any]) -> None:
    key = line["key"]
    saying = Saying(
        entry=entry.index,
        recorded_at=entry.recorded_at,
        status=line["status"],
        alias_of=line.get("alias_of"),
        members=tuple(line.get("members", ())),
        row=line.get("row"),
    )
    known = found.get(key)
    own = line.get("own") or line.get("members") or (known.own if known else ())
    found[key] = Held(
        key=key,
        own=frozenset(own),
        said=(*known.said, saying) if known else (saying,),
    )


def said_in(mission: Mission, entry: Entry) -> list[bytes]:
    """Return the canonical lines of an entry `fusion`, checked against its body.

    Raises:
        LedgerMismatchError: They were altered.
    """
    data = mission.record.payload(entry.index, PAYLOAD)
    try:
        lines = zlib.decompress(data)
    except zlib.error as error:
        raise _altered(entry, type(error).__name__) from error
    got = hashlib.sha256(lines).hexdigest()
    if got != entry.body["said"]:
        raise _altered(entry, got)
    return lines.splitlines()


def _altered(entry: Entry, got: str) -> LedgerMismatchError:
    return LedgerMismatchError(
        Where(f"entry {entry.index}", field=PAYLOAD),
        expected=str(entry.body["said"]),
        got=got,
        remedy="Restore the record from a copy that verifies.",
    )


def borne(held: Register) -> list[Borne]:
    """Return the ids on record and the reports that are each id's own, oldest first."""
    return [Borne(key=each.key, own=each.own) for each in held.values()]


def line_of(saying: Saying, key: str, own: Iterable[str] | None = None) -> bytes:
    """Return what an entry says of an incident, as canonical JSON.

    Args:
        saying: What is said.
        key: Under which id.
        own: The reports that are the id's own; None where they are its members, or
            are those it had.

    Returns:
        One line, without a line end.
    """
    fields: dict[str, object] = {"key": key, "status": saying.status}
    if saying.alias_of is not None:
        fields["alias_of"] = saying.alias_of
    if saying.members:
        fields["members"] = list(saying.members)
    if own is not None and sorted(own) != sorted(saying.members):
        fields["own"] = sorted(own)
    if saying.row is not None:
        fields["row"] = saying.row
    return canonical_bytes(fields)


def pack(lines: Sequence[bytes]) -> tuple[str, bytes]:
    """Return the digest of some lines, and the payload that holds them."""
    data = b"\n".join(lines)
    return hashlib.sha256(data).hexdigest(), zlib.compress(data, 1)


def resolve(held: Register, key: str) -> Held:
    """Return what an id stands for now, other names followed.

    Raises:
        UsageError: No incident on record has that id.
    """
    found = held.get(key)
    while found is not None and found.last.alias_of is not None:
        found = held.get(found.last.alias_of)
    if found is None:
        raise UsageError(
            key,
            expected="the id of an incident on record",
            got="none of that id",
            remedy="Run `pamiers fuse`, then `pamiers incident list` names them.",
        )
    return found
