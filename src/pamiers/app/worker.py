"""The worker of a mission: lets times run out, and delivers what is on record.

It may be stopped at any point and begun again: times are derived from the record, what
was told is on record, and what was told and not delivered is delivered then. Of several
workers of one mission one works at a time, so that nothing is delivered twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pamiers.app.case_values import cases_of
from pamiers.app.letters import Told
from pamiers.app.notices import Means, means_of
from pamiers.app.wiring import working
from pamiers.mission.case_index import Plain
from pamiers.mission.cases import Cases, work
from pamiers.mission.receipts import record_delivery

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did."""

    told: tuple[Told, ...]
    delivered: int
    undelivered: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values; `late_s` of each is how late it was noticed."""
        return {
            "told": [dict(each) for each in self.told],
            "delivered": self.delivered,
            "undelivered": self.undelivered,
        }


def one_round(folder: Path, now: datetime) -> Round:
    """Let every time run out that has, and deliver what waits.

    Args:
        folder: Mission.
        now: By the one clock.

    Returns:
        What was told in this round, in deadline order, and what was delivered.

    Raises:
        UsageError: No mission, or its `notices.json` cannot be read.
    """
    with working(folder), cases_of(folder) as held:
        means = means_of(folder, held.agreement)
        done = work(held.cases, now)
        delivered, left = deliver(held.cases, means, now)
    return Round(told=done.told, delivered=delivered, undelivered=left)


def deliver(cases: Cases, means: tuple[Means, ...], now: datetime) -> tuple[int, int]:
    """Deliver every notice that waits, and put on record that it was.

    Args:
        cases: Of the mission.
        means: Each takes every notice; drafts are written as letters alone.
        now: Instant of recording.

    Returns:
        How many were delivered, and how many were not: they wait for the next round.
    """
    delivered = left = 0
    while waiting := cases.index.outbox(_AT_ONCE):
        reached = [each for each in waiting if _reached(each, means)]
        keys = [each["key"] for each in reached]
        if keys:
            names = "+".join(each.name for each in means)
            record_delivery(cases, keys, names, "delivered to all", now)
        delivered += len(keys)
        if len(reached) < len(waiting):
            left = len(waiting) - len(reached)
            break
    return delivered, left


def _reached(told: Plain, means: tuple[Means, ...]) -> bool:
    """Tell whether every means took a notice."""
    for each in means:
        if told["kind"] != "notice" and each.name != "letter":
            continue
        try:
            each.deliver(told)
        except OSError:
            return False
    return True


def keep_working(
    folder: Path, clock: Callable[[], datetime], wait: Callable[[], bool]
) -> None:
    """Work round after round until told to stop.

    Args:
        folder: Mission.
        clock: The one clock.
        wait: Waits for the next round; False to stop.
    """
    going = True
    while going:
        one_round(folder, clock())
        going = wait()
