"""The log of the hotline: who called whom, what was said, and what came of it.

A call that announces an activity, such as a repair in a strip where movement would be
taken for an attack, is a line of the deconfliction log as well: what, where and when,
and who said that it was understood. An answer is an entry of its own; nothing of a call
is ever changed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pamiers.core.errors import OutOfOrderError, UsageError
from pamiers.core.instant import format_instant, parse_instant
from pamiers.mission.mission import Mission, new_draft

CALL: Final = "call"
_TRIES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What is announced so that nobody takes it for something else."""

    what: str
    place: str
    start: datetime  #: [UTC]
    end: datetime  #: [UTC]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call."""

    by: str
    to: tuple[str, ...]
    said: str
    outcome: str = ""
    at: datetime | None = None  #: when it was made; None: when it was recorded
    case: str = ""  #: that it is about
    activity: Activity | None = None
    person: str = ""  #: who put it on record


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody who was called answered, or what came of a call."""

    call: int  #: entry of the call
    by: str
    said: str = ""
    outcome: str = ""
    at: datetime | None = None
    person: str = ""


def log_call(mission: Mission, call: Call, now: datetime) -> int:
    """Put a call on record.

    Args:
        mission: The mission.
        call: Who called whom, and what was said.
        now: Instant of recording, aware.

    Returns:
        The index of its entry.

    Raises:
        UsageError: It says nothing, nobody was called, it is still to come, or an
            activity ends before it begins.
        OutOfOrderError: Others were faster five times.
    """
    if not call.said or not call.to:
        raise UsageError(
            "hotline",
            expected="what was said, and to whom",
            got="nothing said" if call.to else "nobody called",
            remedy="Give --to and --text.",
        )
    body: dict[str, Any] = {
        "by": call.by,
        "to": list(call.to),
        "said": call.said,
        "outcome": call.outcome,
        **_given(at=_past(call.at, now), case=call.case, person=call.person),
    }
    if call.activity is not None:
        body["activity"] = _announced(call.activity)
    return _append(mission, body, now)


def _announced(activity: Activity) -> dict[str, str]:
    if activity.end <= activity.start:
        raise UsageError(
            "hotline",
            expected="an activity that ends after it begins",
            got=f"{format_instant(activity.start)} to {format_instant(activity.end)}",
            remedy="Correct --start or --end.",
        )
    return {
        "what": activity.what,
        "place": activity.place,
        "start": format_instant(activity.start),
        "end": format_instant(activity.end),
    }


def log_answer(mission: Mission, answer: Answer, now: datetime) -> int:
    """Put on record what was answered to a call, or what came of it.

    Args:
        mission: The mission.
        answer: By whom, to which call.
        now: Instant of recording, aware.

    Returns:
        The index of its entry.

    Raises:
        UsageError: There is no such call, he had no part in it, or it says nothing.
        OutOfOrderError: Others were faster five times.
    """
    call = next((e for e in calls(mission) if e["entry"] == answer.call), None)
    if call is None:
        raise UsageError(
            "hotline",
            expected="the entry of a call on record",
            got=str(answer.call),
            remedy="`pamiers hotline DIR` lists them.",
        )
    took_part = (call["by"], *call["to"])
    if answer.by not in took_part or not (answer.said or answer.outcome):
        raise UsageError(
            "hotline",
            expected=f"an answer of {' or '.join(took_part)}",
            got=f"one of {answer.by}" if answer.by not in took_part else "nothing said",
            remedy="Give --by one of these, and --text or --outcome.",
        )
    body = {
        "answers": answer.call,
        "by": answer.by,
        "said": answer.said,
        "outcome": answer.outcome,
        **_given(at=_past(answer.at, now), person=answer.person),
    }
    return _append(mission, body, now)


def calls(mission: Mission) -> list[dict[str, Any]]:
    """Return every call on record in order, each with its answers, as plain values.

    `at` is when it was made, `recorded_at` when it was put on record, `outcome` the
    last that was told, `answered_after_s` how long the first answer of somebody who
    was called took, None where nobody answered.
    """
    found: dict[int, dict[str, Any]] = {}
    for entry in mission.record.entries((CALL,)):
        told: dict[str, Any] = dict(entry.body)
        recorded = format_instant(entry.recorded_at)
        line = {"at": recorded, "recorded_at": recorded, **told}
        if "answers" in told:
            found[told["answers"]]["answers"].append(line)
        else:
            found[entry.index] = {"entry": entry.index, **line, "answers": []}
    for call in found.values():
        answers = call["answers"]
        call["outcome"] = next(
            (each["outcome"] for each in reversed(answers) if each["outcome"]),
            call["outcome"],
        )
        call["answered_after_s"] = _waited(call)
    return list(found.values())


def _waited(call: dict[str, Any]) -> float | None:
    first = min((a["at"] for a in call["answers"] if a["by"] in call["to"]), default="")
    if not first:
        return None
    return (parse_instant(first) - parse_instant(call["at"])).total_seconds()


def _past(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    if at > now:
        raise UsageError(
            "hotline",
            expected="a call that has taken place",
            got=f"at {format_instant(at)}, which is still to come",
            remedy="Correct `at`, or log it then.",
        )
    return format_instant(at)


def _given(**facts: str) -> dict[str, str]:
    return {name: each for name, each in facts.items() if each}


def _append(mission: Mission, body: dict[str, Any], now: datetime) -> int:
    tries = 0
    while True:
        size = mission.record.head().size
        try:
            mission.record.append([new_draft(mission, CALL, body, now)], after=size)
        except OutOfOrderError:
            tries += 1
            if tries == _TRIES:
                raise
        else:
            return size
