"""What stood of a key that turns out to be compromised: it is withdrawn, by decisions.

A decision is on record, says who and why, and can be undone: so what a thief may have
sent leaves the picture, and nothing leaves the record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import orjson

from pamiers.core.instant import parse_instant
from pamiers.ledger.entry import Draft, Entry
from pamiers.mission.access.keys import COMPROMISED
from pamiers.mission.messages.filing import KIND, TEXTS, kept_lines, texts_of
from pamiers.mission.messages.message import HEARTBEAT, Message, read_message
from pamiers.mission.messages.receipt import RECORDED
from pamiers.mission.mission import Mission, new_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """Rows that stood and are doubted now."""

    observations: tuple[str, ...]  #: `source:key`, sorted
    others: int  #: rows of other kinds, which decisions cannot withdraw


def doubted(mission: Mission, device: str, since: str) -> Doubted:
    """Return what a device sent since an instant, by its own clock or by the record's.

    Args:
        mission: The mission.
        device: Its name.
        since: Instant, as text.

    Returns:
        The rows that were taken.
    """
    at, found, others = parse_instant(since, "since"), set(), 0
    for entry in mission.record.entries((KIND,)):
        for message in _sent(mission, entry, device):
            sent = message.sent_at
            if entry.recorded_at < at and (sent is None or sent < at):
                continue
            if message.kind == "observation":
                found.add(f"{message.source}:{message.id}")
            elif message.kind != HEARTBEAT:
                others += 1
    return Doubted(observations=tuple(sorted(found)), others=others)


def _sent(mission: Mission, entry: Entry, device: str) -> Iterator[Message]:
    """Yield the messages of an entry that a device sent and that were taken."""
    held, position = entry.body["held"], 0
    assert isinstance(held, dict)  # noqa: S101 - as it was written
    for line in kept_lines(entry, mission.record.payload(entry.index, TEXTS)):
        own = orjson.loads(line).get("key") == device
        for text in texts_of(line):
            if own and held.get(str(position), RECORDED) == RECORDED:
                yield read_message(text)
            position += 1


def withdrawals(
    mission: Mission, found: Doubted, said: tuple[str, str, str], now: datetime
) -> list[Draft]:
    """Return the decisions that withdraw observations.

    Args:
        mission: The mission.
        found: What is doubted.
        said: Who withdraws, the device, and since when it is not believed.
        now: Instant of recording, aware.

    Returns:
        One entry for each observation, ready to be recorded.
    """
    by, device, since = said
    reason = f"{COMPROMISED}: the key of {device} is not believed since {since}"
    return [
        new_draft(
            mission,
            "decision",
            {"act": "withdraw", "by": by, "reason": reason, "reports": [each]},
            now,
        )
        for each in found.observations
    ]
