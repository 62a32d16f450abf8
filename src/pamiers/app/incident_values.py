"""Incidents and decisions of a mission as plain values, for JSON and for tables."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import orjson

from pamiers.app.wiring import opened
from pamiers.core.canonical_rows import canonical_lines
from pamiers.core.instant import format_instant
from pamiers.mission.decided import Decision, decisions, in_force
from pamiers.mission.happened import incidents_of
from pamiers.mission.mission import Mission
from pamiers.mission.register import STANDING, Held, Saying, register

#: what is not on record yet: `pamiers fuse` gives it its id
NEW: Final = "not yet on record"


def incidents(folder: Path) -> list[dict[str, Any]]:
    """Return every incident of a mission, those that no longer stand too.

    Args:
        folder: Mission folder.

    Returns:
        Id, status, the id it is another name of, how often it was re-opened, its
        reports and its columns; ordered by start, then id.
    """
    with opened(folder) as mission:
        held = register(mission)
        now = _rows(mission)
    found = [_value(held.get(key), row, key) for key, row in now.items()]
    found += [
        _value(each, each.whole.row or {}, key)
        for key, each in held.items()
        if key not in now
    ]
    return sorted(found, key=lambda each: (str(each.get("start")), each["key"]))


def _rows(mission: Mission) -> dict[str, dict[str, Any]]:
    lines = canonical_lines(incidents_of(mission))
    rows: list[dict[str, Any]] = [orjson.loads(line) for line in lines]
    return {row["key"]: row for row in rows}


def _value(held: Held | None, row: dict[str, Any], key: str) -> dict[str, Any]:
    said = held.said if held else ()
    times = sum(each.status == STANDING for each in said)
    return {
        **{name: value for name, value in row.items() if name not in {"key", "source"}},
        "key": key,
        "status": held.last.status if held else NEW,
        "alias_of": held.last.alias_of if held else None,
        "reopened": max(0, times - 1),
        "reports": row["members"].split("; ") if row.get("members") else [],
    }


def history(held: Held | None) -> list[dict[str, Any]]:
    """Return what was said of an incident, oldest first; empty for nothing yet."""
    return [_said(each) for each in held.said] if held else []


def _said(saying: Saying) -> dict[str, Any]:
    row = saying.row or {}
    told = ("start", "end", "lon", "lat", "radius_m", "kind", "count", "probability")
    return {
        "entry": saying.entry,
        "recorded_at": format_instant(saying.recorded_at)
        if saying.recorded_at
        else None,
        "status": saying.status,
        "alias_of": saying.alias_of,
        "reports": list(saying.members),
        **{name: row.get(name) for name in told},
    }


def decided(folder: Path) -> list[dict[str, Any]]:
    """Return every decision on record, in order, with whether it is in force."""
    with opened(folder) as mission:
        made = decisions(mission)
    force = {each.entry for each in in_force(made)}
    return [{**plain_decision(each), "in_force": each.entry in force} for each in made]


def plain_decision(each: Decision) -> dict[str, Any]:
    """Return a decision as plain values, without what it does not say."""
    told = asdict(each)
    told["recorded_at"] = format_instant(each.recorded_at)
    return {name: value for name, value in told.items() if value not in (None, (), {})}
