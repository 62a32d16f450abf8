"""The log of the hotline: who called whom, what was said, what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pamiers.core.errors import UsageError
from pamiers.core.instant import format_instant
from pamiers.mission.mission import Mission, new_draft

CALL: Final = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call."""

    by: str
    to: tuple[str, ...]
    said: str
    outcome: str = ""


def log_call(mission: Mission, call: Call, now: datetime) -> int:
    """Put a call on record.

    Args:
        mission: The mission.
        call: Who called whom, and what was said.
        now: Instant of recording, aware.

    Returns:
        The index of its entry.

    Raises:
        UsageError: It says nothing, or nobody was called.
    """
    if not call.said or not call.to:
        raise UsageError(
            "hotline",
            expected="what was said, and to whom",
            got="nothing said" if call.to else "nobody called",
            remedy="Give --to and --text.",
        )
    body = {
        "by": call.by,
        "to": list(call.to),
        "said": call.said,
        "outcome": call.outcome,
    }
    size = mission.record.head().size
    mission.record.append([new_draft(mission, CALL, body, now)], after=size)
    return size


def calls(mission: Mission) -> list[dict[str, Any]]:
    """Return every call on record, in order, as plain values."""
    return [
        {"entry": each.index, "at": format_instant(each.recorded_at), **each.body}
        for each in mission.record.entries((CALL,))
    ]
