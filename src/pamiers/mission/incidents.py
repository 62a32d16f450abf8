"""Deciding about incidents: merge, split, mark a repetition, withdraw, correct, undo.

What is decided is checked against what stands, recorded with who and why, and binds
every later fusion. Nothing is rewritten.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pamiers.core.errors import UsageError
from pamiers.core.rows import Observation
from pamiers.core.table import Table
from pamiers.ledger.tree import Head
from pamiers.mission.amended import corrected, report_ids
from pamiers.mission.decided import record_decision
from pamiers.mission.mission import Mission
from pamiers.mission.register import STANDING, Held, register, resolve
from pamiers.mission.state import state

Who = tuple[str, str]  #: who decides, and why
Recorded = tuple[int, Head]  #: index of the decision's entry, and the head with it


def merge(mission: Mission, keys: Sequence[str], who: Who, now: datetime) -> Recorded:
    """Decide that incidents are one; the oldest id is kept.

    Args:
        mission: The mission.
        keys: Ids on record, at least two different ones.
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of the decision's entry, and the head that holds it.

    Raises:
        UsageError: An id is not on record, does not stand, or they are one already.
    """
    held = register(mission)
    found = {each.key: each for each in (_standing(held, key) for key in keys)}
    if len(found) < 2:  # noqa: PLR2004 - two make one
        raise UsageError(
            ", ".join(keys),
            expected="two incidents or more",
            got="one",
            remedy="Name ids that `pamiers incident list` gives apart.",
        )
    reports = sorted(report for each in found.values() for report in each.last.members)
    said: dict[str, object] = {"incidents": list(found), "reports": reports}
    return record_decision(mission, "merge", said, who, now)


def split(
    mission: Mission, key: str, reports: Sequence[str], who: Who, now: datetime
) -> Recorded:
    """Decide that some reports of an incident tell of something else.

    Args:
        mission: The mission.
        key: Id on record.
        reports: `source:key` of those that leave; some must stay.
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of the decision's entry, and the head that holds it.

    Raises:
        UsageError: No such incident, or not some of its reports and not all.
    """
    one = _standing(register(mission), key)
    leave, members = sorted(set(reports)), one.last.members
    stay = [each for each in members if each not in leave]
    if not leave or not stay or not set(leave) <= set(members):
        raise UsageError(
            key,
            expected=f"some of its reports and not all ({', '.join(members)})",
            got=", ".join(leave) or "none",
            remedy=f"`pamiers incident show` names the reports of {one.key}.",
        )
    said: dict[str, object] = {
        "incidents": [one.key],
        "reports": leave,
        "others": stay,
    }
    return record_decision(mission, "split", said, who, now)


def duplicate(
    mission: Mission, copy: str, original: str, who: Who, now: datetime
) -> Recorded:
    """Decide that a report repeats another, and so adds nothing to it.

    Args:
        mission: The mission.
        copy: `source:key` of the report that repeats.
        original: `source:key` of the one that was first.
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of the decision's entry, and the head that holds it.

    Raises:
        UsageError: One of them does not stand, or they are one report.
    """
    for each in (copy, original):
        _report(mission, each)
    if copy == original:
        raise UsageError(
            copy,
            expected="another report that it repeats",
            got="itself",
            remedy="Name the report that was first.",
        )
    said: dict[str, object] = {"reports": [copy], "others": [original]}
    return record_decision(mission, "duplicate", said, who, now)


def withdraw(mission: Mission, report: str, who: Who, now: datetime) -> Recorded:
    """Decide that a report no longer stands; it stays on record.

    Args:
        mission: The mission.
        report: `source:key`.
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of the decision's entry, and the head that holds it.

    Raises:
        UsageError: No such report stands.
    """
    _report(mission, report)
    return record_decision(mission, "withdraw", {"reports": [report]}, who, now)


def correct(
    mission: Mission,
    report: str,
    changed: Mapping[str, Any],
    who: Who,
    now: datetime,
) -> Recorded:
    """Decide what a report ought to say; what it said stays on record.

    Args:
        mission: The mission.
        report: `source:key`.
        changed: Column -> value as text; None for "not stated".
        who: Who decides, and why.
        now: Instant of recording, aware.

    Returns:
        The index of the decision's entry, and the head that holds it.

    Raises:
        UsageError: No such report stands, or a value does not go with its column.
    """
    if not changed:
        raise UsageError(
            report,
            expected="a column and its value",
            got="none",
            remedy="Give one or more with --set column=value.",
        )
    corrected(_report(mission, report), changed)
    said: dict[str, object] = {"reports": [report], "fields": dict(changed)}
    return record_decision(mission, "correct", said, who, now)


def _standing(held: Mapping[str, Held], key: str) -> Held:
    found = resolve(dict(held), key)
    if found.last.status != STANDING:
        raise UsageError(
            key,
            expected="an incident that stands",
            got=f"one {found.last.status}",
            remedy="Only what stands can be merged or split.",
        )
    return found


def _report(mission: Mission, name: str) -> Observation:
    table: Table = state(mission).tables["observation"]
    names = report_ids(table)
    if name not in names:
        raise UsageError(
            name,
            expected="a report that stands, as source:key",
            got="none of that name",
            remedy="`pamiers incident show` names the reports of an incident.",
        )
    at = names.index(name)
    row = next(Table(table.kind, table.columns.slice(at, 1)).views())
    if not isinstance(row, Observation):
        raise TypeError(name)
    return row
