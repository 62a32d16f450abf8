"""Observations as decisions in force leave them: some withdrawn, some corrected.

The row as its source gave it stays on record; only what stands of it changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from types import UnionType
from typing import Any, Final, get_args, get_type_hints

import pyarrow as pa

from pamiers.core.errors import PamiersError, UsageError
from pamiers.core.instant import parse_instant
from pamiers.core.rows import Observation
from pamiers.core.source import Credibility, Reliability
from pamiers.core.table import Table, concatenate, table_of
from pamiers.mission.decided import Decision
from pamiers.mission.published import identifiers

#: columns that a decision may correct: what happened, where and when, never who said so
CORRIGIBLE: Final = (
    *("start", "end", "lon", "lat", "radius_m", "kind", "count", "count_low"),
    *("count_high", "weapons", "calibre_mm", "control", "actor"),
    *("reliability", "credibility"),
)
#: the Admiralty code: people grade what a source said, each with a letter and a figure
_GRADES: Final = {
    "reliability": tuple(each.value for each in Reliability),
    "credibility": tuple(each.value for each in Credibility),
}
_NEEDED: Final = ("start", "end", "kind")


def amended(table: Table, force: Sequence[Decision]) -> tuple[Table, int]:
    """Return the observations that stand after decisions, in the same order.

    Args:
        table: Rows of kind `observation`, ordered.
        force: Decisions in force, in order.

    Returns:
        The table, and how many rows were withdrawn or corrected.
    """
    gone = {each.reports[0] for each in force if each.act == "withdraw"}
    changed: dict[str, dict[str, Any]] = {}
    for each in force:
        if each.act == "correct":
            changed.setdefault(each.reports[0], {}).update(each.fields)
    if not gone and not changed:
        return table, 0
    named = report_ids(table)
    left = [name not in gone and name not in changed for name in named]
    rows = [
        corrected(row, changed[name])
        for name, row in zip(named, table.views(), strict=True)
        if name in changed and name not in gone and isinstance(row, Observation)
    ]
    kept = table.where(pa.array(left, pa.bool_()))
    both = concatenate(table.kind, [kept, table_of("observation", rows)])
    return both.ordered(), left.count(False)


def report_ids(table: Table) -> list[str]:
    """Return `source:key` of every row, in order."""
    joined: list[str] = identifiers(table.columns, ":").to_pylist()
    return joined


def corrected(row: Observation, changed: Mapping[str, Any]) -> Observation:
    """Return an observation with some columns replaced.

    Args:
        row: The observation.
        changed: Column of `CORRIGIBLE` -> JSON value; instants are texts.

    Returns:
        The corrected observation; a corrected place has no finer shape.

    Raises:
        UsageError: A value does not go with its column, or with the others.
    """
    values = {name: _value(name, value) for name, value in changed.items()}
    if {"lon", "lat", "radius_m"} & set(values):
        values["shape"] = None
    told = {**asdict(row), **values}
    try:
        found = Observation(**told)
    except PamiersError as error:
        raise _misfit(str(error.expected), str(error.got)) from error
    if not found.start < found.end:
        raise _misfit("a start before its end", f"{found.start} to {found.end}")
    placed = [found.lon is None, found.lat is None, found.radius_m is None]
    if any(placed) and not all(placed):
        raise _misfit("lon, lat and radius_m, or none of them", "some of them")
    return found


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - a column's value
    kind = _kinds().get(name)
    if kind is None:
        raise _misfit(f"one of {', '.join(CORRIGIBLE)}", repr(name))
    if value is not None and value not in _GRADES.get(name, (value,)):
        raise _misfit(f"{name} as one of {', '.join(_GRADES[name])}", repr(value))
    if value is None and name in _NEEDED:
        raise _misfit(f"a value for {name}", "none")
    try:
        return _read(kind, str(value), name) if value is not None else None
    except (ValueError, PamiersError) as error:
        raise _misfit(f"{name} as {kind.__name__}", repr(value)) from error


def _read(kind: type, text: str, name: str) -> Any:  # noqa: ANN401 - any value
    return parse_instant(text, name) if kind is datetime else kind(text)


def _kinds() -> dict[str, type]:
    hints = get_type_hints(Observation)
    found = {}
    for each in fields(Observation):
        hint = hints[each.name]
        plain = get_args(hint) if isinstance(hint, UnionType) else (hint,)
        found[each.name] = next(t for t in plain if t is not type(None))
    return {name: found[name] for name in CORRIGIBLE}


def _misfit(expected: str, got: str) -> UsageError:
    return UsageError(
        "correction",
        expected=expected,
        got=got,
        remedy="Correct the value; --set column= leaves it unstated.",
    )
