"""What people decided of incidents and reports: on record, with who and why.

A decision names the reports that it is about, as they stood then, so that it binds
whatever they are fused with later. It is undone by a further decision, never removed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pamiers.core.errors import UsageError
from pamiers.fusion.binding import Bindings
from pamiers.ledger.tree import Head
from pamiers.mission.mission import Mission, new_draft

ACTS: Final = ("merge", "split", "duplicate", "withdraw", "correct", "undo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision on record.

    Invariant: `act` is one of `ACTS`. Reports are named by `source:key`.
    """

    entry: int  #: index of its entry, by which it is undone
    recorded_at: datetime
    act: str
    by: str
    reason: str
    incidents: tuple[str, ...]  #: ids it was said of; empty for a single report
    reports: tuple[str, ...]  #: all joined, those that leave, or the one it is about
    others: tuple[str, ...]  #: those that stay, or the report that is repeated
    fields: dict[str, Any]  #: column -> value, of a correction
    of: int | None  #: entry that it undoes


def decisions(mission: Mission, *, as_of: datetime | None = None) -> list[Decision]:
    """Return every decision on record, in order, undone ones too.

    Args:
        mission: The mission.
        as_of: Leave out what was decided later; None for all.

    Returns:
        Decisions; empty for none.
    """
    entries = mission.record.entries(("decision",))
    return [
        read_decision(entry.index, entry.recorded_at, entry.body)
        for entry in entries
        if as_of is None or entry.recorded_at <= as_of
    ]


def read_decision(index: int, at: datetime, body: dict[str, Any]) -> Decision:
    """Return the decision that an entry's body tells of."""
    return Decision(
        entry=index,
        recorded_at=at,
        act=body["act"],
        by=body["by"],
        reason=body["reason"],
        incidents=tuple(body.get("incidents", ())),
        reports=tuple(body.get("reports", ())),
        others=tuple(body.get("others", ())),
        fields=dict(body.get("fields", {})),
        of=body.get("of"),
    )


def in_force(made: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that no decision in force undoes, in order.

    Args:
        made: Decisions in order of recording.

    Returns:
        Those in force; an undoing that was itself undone undoes nothing.
    """
    undone: set[int | None] = set()
    kept = []
    for each in reversed(made):
        if each.entry in undone:
            continue
        kept.append(each)
        if each.act == "undo":
            undone.add(each.of)
    return kept[::-1]


def bindings_of(made: Sequence[Decision]) -> Bindings:
    """Return what decisions in force say of which reports belong together."""
    held = Bindings()
    for each in made:
        if each.act == "merge":
            held = held.joined(each.reports)
        elif each.act == "split":
            held = held.parted(each.others, each.reports)
        elif each.act == "duplicate":
            held = held.repeated(each.reports[0], each.others[0])
    return held


def record_decision(
    mission: Mission,
    act: str,
    said: dict[str, object],
    who: tuple[str, str],
    now: datetime,
) -> tuple[int, Head]:
    """Put a decision on record.

    Args:
        mission: The mission.
        act: One of `ACTS`.
        said: What it is about: `incidents`, `reports`, `others`, `fields`, `of`.
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of its entry, and the head that holds it.

    Raises:
        UsageError: Nobody or no reason is named.
    """
    by, reason = (text.strip() for text in who)
    if not by or not reason:
        raise UsageError(
            act,
            expected="who decides, and a reason",
            got="none",
            remedy="Give both with --by and --reason, the reason in a sentence.",
        )
    after = mission.record.head().size
    body = {**said, "act": act, "by": by, "reason": reason}
    head = mission.record.append(
        [new_draft(mission, "decision", body, now)], after=after
    )
    return after, head


def undo(
    mission: Mission, entry: int, who: tuple[str, str], now: datetime
) -> tuple[int, Head]:
    """Undo a decision that is in force, by a further one.

    Args:
        mission: The mission.
        entry: Index of the decision's entry.
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of the new entry, and the head that holds it.

    Raises:
        UsageError: There is no such decision, or it is not in force.
    """
    force = [each.entry for each in in_force(decisions(mission))]
    if entry not in force:
        named = ", ".join(str(each) for each in force) or "none"
        raise UsageError(
            f"entry {entry}",
            expected=f"a decision in force ({named})",
            got="none of that number",
            remedy="List them with `pamiers incident list --decisions`.",
        )
    return record_decision(mission, "undo", {"of": entry}, who, now)
