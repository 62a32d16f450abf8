"""What did not come: holes in a sender's numbering, and heartbeats that are missing.

Silence is not peace: a hole and a silence become coverage, `degraded`, of the sender's
source. What is filed depends on what came and on nothing else, so that filing it again
after a restart says the same.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from pamiers.core.instant import format_instant, parse_instant
from pamiers.mission.access.grants import Device

#: how long a number may be late where the sender has no heartbeat
GRACE: Final = timedelta(minutes=2)
_MOST_PIECES: Final = 40
#: of a piece: a row is at most a year long
_LONGEST: Final = timedelta(days=183)
Numbered = tuple[int, str]  #: seq, sent_at


def missing(device: Device, came: Sequence[Numbered], now: datetime) -> Iterator[bytes]:
    """Yield what did not come, each as the text of a message.

    Args:
        device: The sender.
        came: What came under its present epoch, by number.
        now: Instant, aware.

    Returns:
        Coverage rows: numbers that are late by more than two heartbeats, and times
        longer than two heartbeats in which nothing was sent.
    """
    beat = None if device.heartbeat_s is None else timedelta(seconds=device.heartbeat_s)
    late = GRACE if beat is None else 2 * beat
    for before, after in pairwise(came):
        if after[0] > before[0] + 1 and before[1] and after[1]:
            start, end = parse_instant(before[1]), parse_instant(after[1])
            if start < end and now - end > late:
                name = f"hole/{device.epoch}/{before[0] + 1}-{after[0] - 1}"
                yield _row(device, name, (start, end), "numbered and not received")
    if beat is not None:
        times = [parse_instant(sent) for _, sent in came if sent]
        yield from _silences(device, times, beat, now)


def _silences(
    device: Device, times: list[datetime], beat: timedelta, now: datetime
) -> Iterator[bytes]:
    for last, back in pairwise(sorted(times)):
        yield from _silence(device, last, back, beat)
    if times:
        for piece in _pieces(max(times), now, beat):
            yield _piece(device, max(times), piece)


def _silence(
    device: Device, last: datetime, back: datetime, beat: timedelta
) -> Iterator[bytes]:
    """Yield a silence that ended: its whole pieces, and what is left of it."""
    if back - last <= 2 * beat:
        return
    end = last
    for piece in _pieces(last, back, beat):
        end = piece[2]
        yield _piece(device, last, piece)
    if end < back:
        yield _piece(device, last, (-1, end, back))


def _pieces(
    last: datetime, until: datetime, beat: timedelta
) -> Iterator[tuple[int, datetime, datetime]]:
    """Yield (number, start, end) of the pieces of a silence that are over.

    Each is twice as long as the one before: a month of silence is a dozen rows.
    """
    start, length = last, 2 * beat
    for number in range(_MOST_PIECES):
        if start + length >= until:
            return
        yield number, start, start + length
        start, length = start + length, min(2 * length, _LONGEST)


def _piece(
    device: Device, last: datetime, piece: tuple[int, datetime, datetime]
) -> bytes:
    number, start, end = piece
    told = "rest" if number < 0 else str(number)
    name = f"silence/{device.epoch}/{format_instant(last)}/{told}"
    return _row(device, name, (start, end), "no heartbeat")


def _row(device: Device, name: str, when: tuple[datetime, datetime], why: str) -> bytes:
    start, end = map(format_instant, when)
    row = {"end": end, "start": start, "status": "degraded", "watched": "any"}
    said = {
        "id": f"{device.name}/{name}",
        "kind": "coverage",
        "row": {**row, "means": f"device {device.name}: {why}"},
        "source": device.source,
    }
    return json.dumps(said, sort_keys=True).encode()
