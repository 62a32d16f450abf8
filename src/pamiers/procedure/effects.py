"""What a change of a case asks somebody outside to do: values, not deeds.

A notice goes to every party in the same words at the same time. A draft is written
for the role that has to decide, and is sent by nobody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pamiers.procedure.moves import available
from pamiers.procedure.rules import Rules
from pamiers.procedure.standing import Standing, Transition

#: transitions that the parties are told of, all at once
TOLD: Final = frozenset(
    {
        *("opened", "ground-added", "retracted", "step-done", "step-deemed"),
        *(
            "step-retimed",
            "step-lapsed",
            "lapsed",
            "passed",
            "extended",
            "extension-refused",
        ),
        *("suspended", "resumed", "closed", "reopened", "merged", "joined", "split"),
        *("appeal", "appeal-decided", "appeal-lapsed", "remedy", "remedy-done"),
        *("remedy-verified", "remedy-not-verified", "attributed", "minutes"),
        *("dispute", "account", "reply", "evidence", "quorum-absent", "tied"),
        *("blocked", "published", "reserved", "signature-refused"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing to be done outside. Invariant: `key` is unique in all of time."""

    key: str
    kind: str  #: notice, draft, refusal
    case: str
    at: datetime  #: when it became so [UTC]; late notices keep this date
    to: tuple[str, ...]
    what: str
    about: str = ""  #: step, remedy, finding
    by: tuple[str, ...] = ()  #: who acted, or has to
    due_at: datetime | None = None
    late_s: float = 0.0  #: by how much a time had run out when it was acted on [s]
    outcome: str = ""
    reason: str = ""


def effects_of(
    case: str, rules: Rules, standing: Standing, new: list[Transition]
) -> Iterator[Effect]:
    """Yield what new transitions of a case ask for, in their order.

    Args:
        case: Its id.
        rules: Of the case.
        standing: As it is after them.
        new: The transitions.

    Returns:
        Drafts for whoever has to act, notices for all parties at once.
    """
    for each in new:
        if each.what in {"step-opened", "step-retimed", "passed"}:
            by = tuple(each.by.split()) or available(rules, standing, each.key)
            yield _effect(case, each, "draft", by)
        if each.what in TOLD:
            yield _effect(case, each, "notice", rules.parties)


def _effect(case: str, each: Transition, kind: str, to: tuple[str, ...]) -> Effect:
    late = each.due_at and (each.at - each.due_at).total_seconds()
    return Effect(
        key=f"{case}/{each.identity}/{kind}",
        kind=kind,
        case=case,
        at=each.at,
        to=to,
        what=each.what,
        about=each.key,
        by=tuple(each.by.split()),
        due_at=each.due_at,
        late_s=max(late or 0.0, 0.0) if each.what == "step-done" else 0.0,
        outcome=each.outcome,
        reason=each.reason,
    )
