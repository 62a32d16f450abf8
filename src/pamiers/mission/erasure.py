"""Forget what an entry says, and keep that it said something.

A field that has to be forgotten is closed for good: its bytes, its salt and the secret
of its entry are overwritten; its commitment stays, and with it the leaf, the tree and
every checkpoint. One person proposes it and says why, another approves; both are on
record.
What findings or procedures are computed from cannot be forgotten here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pamiers.core.errors import UsageError
from pamiers.ledger.content import OLDEST, Content
from pamiers.ledger.entry import Entry
from pamiers.mission.access.grants import access
from pamiers.mission.access.permissions import COMMISSION, PROTECTOR
from pamiers.mission.mission import Mission

KIND: Final = "erasure"
#: kind -> fields that nothing is computed from
ERASABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "access": ("decisions",),
    "call": ("by", "outcome", "said", "to"),
    "decision": ("by", "reason"),
    "waiver": ("by", "reason"),
}
#: who may propose, and who may approve
ERASERS: Final = (COMMISSION, PROTECTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What somebody proposed to forget, and whether another approved."""

    proposal: int  #: entry that proposes
    entry: int  #: entry that is to forget
    fields: tuple[str, ...]
    by: str
    why: str
    second: str | None = None  #: who approved; None while nobody has
    done: bool = False  #: whether every field is closed


def erasures(mission: Mission) -> list[Erasure]:
    """Return all that was proposed, in order; one hand's own approval is none."""
    found: dict[int, Erasure] = {}
    held = access(mission)
    for entry in mission.record.entries((KIND,)):
        body: Mapping[str, Any] = entry.body
        if body["do"] == "propose":
            found[entry.index] = Erasure(
                proposal=entry.index,
                entry=int(body["entry"]),
                fields=tuple(body["fields"]),
                by=str(body["by"]),
                why=str(body["why"]),
            )
        proposed = found.get(int(body.get("proposal", -1)))
        if proposed is not None and held.are_two(proposed.by, str(body["by"])):
            found[proposed.proposal] = replace(proposed, second=str(body["by"]))
    return [replace(e, done=_is_done(mission, e)) for e in found.values()]


def _is_done(mission: Mission, erasure: Erasure) -> bool:
    content = _entry(mission, erasure.entry).said()
    return all(name in content.closed for name in erasure.fields)


def check_proposal(mission: Mission, index: int, fields: tuple[str, ...]) -> None:
    """Pass where fields of an entry may be forgotten.

    Raises:
        UsageError: No such entry, or fields that it does not have, or that something is
            computed from, or that are closed already.
    """
    content = _entry(mission, index).said()
    able = [name for name in ERASABLE.get(content.kind, ()) if name in content.fields]
    odd = [name for name in fields if name not in able]
    if odd or not fields or content.format == OLDEST:
        raise UsageError(
            f"entry {index}, of kind {content.kind}",
            expected=f"some of {', '.join(able)}" if able else "another kind of entry",
            got=", ".join(odd) or "none",
            remedy="Name fields that nothing is computed from.",
        )


def check_approval(mission: Mission, proposal: int, by: str) -> Erasure:
    """Return what is proposed, where somebody may approve it.

    Raises:
        UsageError: Nothing waits under that number, or it is his own, or that of one
            whom he enrolled or was enrolled by.
    """
    waiting = {e.proposal: e for e in erasures(mission) if e.second is None}
    found = waiting.get(proposal)
    if found is None or found.by == by:
        raise UsageError(
            f"proposal {proposal}",
            expected="a proposal of somebody else that waits",
            got="your own" if found else "none of that number",
            remedy="`pamiers erasure list` shows what waits.",
        )
    if not access(mission).are_two(found.by, by):
        raise UsageError(
            f"proposal {proposal}",
            expected="somebody in whose name who proposed it cannot act",
            got=f"{by}: one of you enrolled the other, or a third enrolled both",
            remedy="Ask one whom the keeper or somebody else enrolled.",
        )
    return found


def unfinished(mission: Mission) -> Iterator[Erasure]:
    """Yield what was approved and is not done yet, such as after a power cut."""
    for each in erasures(mission):
        if each.second is not None and not each.done:
            yield each


def finish(mission: Mission) -> list[tuple[int, bool]]:
    """Forget all that was approved.

    Returns:
        Each entry that was overwritten, and whether nothing of it is left in the log.
    """
    done = []
    for each in list(unfinished(mission)):
        entry = _entry(mission, each.entry)
        held, salt = _closed(entry, frozenset(each.fields))
        clean = mission.record.forget(entry.index, bytes(held), salt)
        done.append((entry.index, clean))
    return done


def _closed(entry: Entry, names: frozenset[str]) -> tuple[Content, bytes]:
    return entry.said().closing(entry.salt, names)


def _entry(mission: Mission, index: int) -> Entry:
    entry = next(mission.record.entries(start=index), None) if index >= 0 else None
    if entry is None or entry.index != index:
        raise UsageError(
            f"entry {index}", expected="an entry", got="none", remedy="Name another."
        )
    return entry
