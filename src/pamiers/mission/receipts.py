"""Receipts of notices: that they were delivered, and who acknowledged them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pamiers.core.errors import OutOfOrderError, UsageError
from pamiers.mission.cases import DELIVERED, Cases, caught_up, load
from pamiers.mission.mission import new_draft

_TRIES: Final = 5


def record_delivery(
    cases: Cases, keys: Sequence[str], means: str, came: str, now: datetime
) -> None:
    """Put on record that notices were delivered, by what means and how it went.

    Args:
        cases: Of the mission.
        keys: Of the effects.
        means: Adapter, such as `letter`.
        came: What came of it.
        now: Instant of recording, aware.

    Raises:
        OutOfOrderError: Others were faster five times.
    """
    _append(cases, {"keys": list(keys), "means": means, "came": came}, now)


def acknowledge(cases: Cases, name: str, by: str, now: datetime) -> list[str]:
    """Put on record that somebody acknowledges the notices of a case he was given.

    Args:
        cases: Of the mission.
        name: Id of the case.
        by: A party that the notices went to.
        now: Instant of recording, aware.

    Returns:
        Keys of the notices that he had not acknowledged before, the earliest first;
        empty where there was none, and then nothing is recorded. What was not
        delivered yet cannot be acknowledged.

    Raises:
        UsageError: There is no such case, or it has no notices for him.
        OutOfOrderError: Others were faster five times.
    """
    parties = load(cases, name, now).rules.parties
    if by not in parties:
        raise UsageError(
            "by",
            expected=f"a party that notices go to ({', '.join(parties)})",
            got=repr(by),
            remedy="Name one of these.",
        )
    waiting = [
        str(told["key"])
        for told, receipts in cases.index.notices(name)
        if told["kind"] == "notice" and by in told["to"]
        if any(not each.by for each in receipts)
        if all(each.by != by for each in receipts)
    ]
    if waiting:
        _append(cases, {"keys": waiting, "by": by, "came": "acknowledged"}, now)
    return waiting


def _append(cases: Cases, body: Mapping[str, Any], now: datetime) -> None:
    for left in reversed(range(_TRIES)):
        draft = new_draft(cases.mission, DELIVERED, body, now)
        after = cases.mission.record.head().size
        try:
            cases.mission.record.append([draft], after=after)
        except OutOfOrderError:
            if not left:
                raise
        else:
            break
    caught_up(cases, now)
