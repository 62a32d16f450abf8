"""The report as one plain document: mappings, sequences, text and numbers.

Codes stay codes (`outcome`, `verdict`, `kind`), so that a machine can read any
language's document alike; sentences and names are put into words by the caller.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from pamiers.core.instant import format_instant
from pamiers.report.claims import NEAR_M, ClaimCount, ClaimTally
from pamiers.report.daily import DailyReport
from pamiers.report.message import Message, Named, Term

Say = Callable[[Message | Named | Term], str]

SCHEMA: Final = "pamiers/daily-report/1"
_NEAR_KEY: Final = f"with_observation_within_{NEAR_M / 1000:g}_km"


def document(report: DailyReport, say: Say) -> dict[str, object]:
    """Return a report as plain values that canonical JSON can hold.

    Args:
        report: The report.
        say: Puts a sentence or a name into words, in the reader's language.

    Returns:
        One mapping. Instants are UTC text, days `YYYY-MM-DD`; nothing else is
        text that was not on record or in the catalogue.
    """
    parts = {
        field.name: plain(getattr(report, field.name), say)
        for field in fields(report)
        if field.name not in {"claims", "verdicts", "previous_verdicts", "activities"}
    }
    return {
        "schema": SCHEMA,
        **parts,
        "verdicts": {str(verdict): n for verdict, n in report.verdicts},
        "previous_verdicts": {str(v): n for v, n in report.previous_verdicts},
        "activities": dict(report.activities),
        "claims": _claims(report, say),
    }


def plain(value: object, say: Say) -> object:
    """Return a value of a report as plain values, to any depth.

    Fields that are not part of how a value is shown (`repr`) are left out.

    Raises:
        TypeError: A value of a type that no report holds.
    """
    match value:
        case Message() | Named() | Term():
            return say(value)
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case _:
            return _deeper(value, say)


def _deeper(value: object, say: Say) -> object:
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each, say) for each in value]
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.repr]
        return {name: plain(getattr(value, name), say) for name in names}
    raise TypeError(f"document: expected a value of a report, got {type(value)}.")


def _claims(report: DailyReport, say: Say) -> Mapping[str, object]:
    said = report.claims
    return {
        "day": _tally(said.day),
        "previous_day": _tally(said.before),
        "since_start": _tally(said.since),
        "names": {name: say(words) for name, words in said.names},
        "lines": plain(said.lines, say),
    }


def _tally(tally: ClaimTally) -> dict[str, object]:
    return {
        "from": tally.first.isoformat(),
        "to": tally.last.isoformat(),
        **_count(tally.total),
        "by_claimant": {name: _count(count) for name, count in tally.by_claimant},
        "by_accused": {name: _count(count) for name, count in tally.by_accused},
    }


def _count(count: ClaimCount) -> dict[str, int]:
    return {"claims": count.claims, _NEAR_KEY: count.near}
