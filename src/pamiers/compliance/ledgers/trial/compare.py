"""What both trials share: the facts as ledgers need them, and comparing values."""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from pamiers.agreement.model import Agreement
from pamiers.compliance.assess import assess_days
from pamiers.compliance.ledgers.known import Known, known_of
from pamiers.compliance.world import World
from pamiers.core.instant import parse_instant, reporting_date, zone
from pamiers.core.table import Table

#: most reporting days that are judged for one expectation, the last ones
_MOST_DAYS: Final = 60
_SLACK: Final = 0.005
_TICK: Final = timedelta(microseconds=1)


def known_at(agreement: Agreement, world: World, at: datetime) -> Known:
    """Return what ledgers are drawn up from, with findings on the days on record."""
    days = sorted(_days(agreement, world, at))[-_MOST_DAYS:]
    findings = assess_days(agreement, world, days, at)
    return known_of(agreement, world, findings, at)


def _days(agreement: Agreement, world: World, at: datetime) -> set[date]:
    tz, cut_off = zone(agreement.time_zone), agreement.cut_off
    found = set()
    for table in (world.incidents, world.coverage, world.totals):
        for start, end in _times(table):
            instant = start
            while instant < min(end, at):
                found.add(reporting_date(instant, cut_off, tz))
                instant += timedelta(days=1)
            if end <= at:
                found.add(reporting_date(end - _TICK, cut_off, tz))
    return found


def _times(table: Table) -> set[tuple[datetime, datetime]]:
    start, end = (table.columns.column(name).to_pylist() for name in ("start", "end"))
    return set(zip(start, end, strict=True))


def differing(
    wanted: Mapping[str, object], got: Mapping[str, object], agreement: Agreement
) -> Iterator[str]:
    """Yield in what a row of a ledger is not as expected.

    Args:
        wanted: Key -> what is expected.
        got: Key -> what there is.
        agreement: Gives the zone of dates.

    Yields:
        One sentence a difference.
    """
    for name, value in wanted.items():
        if not same(value, got.get(name), agreement):
            yield f"{name}: expected {said(value)}, got {said(got.get(name))}"


def same(wanted: object, got: object, agreement: Agreement) -> bool:
    """Tell whether a value is as expected; shares to half a hundredth.

    Args:
        wanted: As a scenario writes it; a date stands for its day.
        got: Number, text, list, truth, instant or None.
        agreement: Gives the zone of dates.

    Returns:
        True where they agree.
    """
    if isinstance(got, datetime):
        return _same_instant(str(wanted), got, agreement)
    if isinstance(got, list | tuple):
        names = wanted if isinstance(wanted, list) else [wanted]
        return sorted(map(str, names)) == sorted(map(str, got))
    if isinstance(got, bool):
        return said(wanted) == said(got)
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return math.isclose(wanted, got, abs_tol=_SLACK)
    return said(wanted).casefold() == said(got).casefold()


def _same_instant(wanted: str, got: datetime, agreement: Agreement) -> bool:
    if "T" in wanted:
        return parse_instant(wanted) == got
    return got.astimezone(zone(agreement.time_zone)).date().isoformat() == wanted


def said(value: object) -> str:
    """Return a value in words, `none` for nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value).replace("_", " ")


def chosen(
    rows: Iterable[Mapping[str, object]],
    by: Mapping[str, object],
    agreement: Agreement,
) -> list[Mapping[str, object]]:
    """Return the rows that have every value of some keys."""
    return [
        row
        for row in rows
        if all(
            name in row and same(value, row[name], agreement)
            for name, value in by.items()
        )
    ]
