"""Incidents against the hours in which somebody watched: the only fair denominator."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pamiers.agreement.model import Agreement
from pamiers.core.errors import UsageError
from pamiers.core.instant import Interval
from pamiers.core.table import Table
from pamiers.report.period import Instants, Mask, ends, middles, period_of, starts
from pamiers.report.sectors import Names, Sectors
from pamiers.report.watch import covered_share

Rows = list[dict[str, object]]
BY: Final = ("day", "sector")
_DAY: Final = timedelta(days=1)
_HOUR_S: Final = 3600.0


def rates(incidents: Table, coverage: Table, agreement: Agreement, *, by: str) -> Rows:
    """Return observed incidents, hours watched, and one over the other.

    Args:
        incidents: Incidents; those that only claims speak of are left out.
        coverage: Coverage; of a place alone it is not of its sector, and is left out.
        agreement: Its sectors, cut-off and zone.
        by: `day` or `sector`.

    Returns:
        One row each reporting day from the first incident to the last, or each sector
        over those days: `incidents`, those `while_watched` (the middle of their time
        lies in a time when their sector was watched), and `per_hour` of these, NaN
        without any hour watched. `watched_h` adds up the sectors.

    Raises:
        UsageError: `by` is neither.
    """
    if by not in BY:
        raise UsageError(
            "by", expected="day or sector", got=repr(by), remedy="Name one of them."
        )
    seen = incidents.where(pc.greater(incidents.columns["observed"], 0))
    middle, where = middles(seen), Sectors(agreement).of(seen)
    listed = [_day_of(agreement, each) for each in middle.tolist()]
    days = np.array(listed, dtype=object)
    whole = _whole(coverage)
    eyes = _Eyes(agreement=agreement, rows=whole, of=Sectors(agreement).of(whole))
    during = eyes.watching(middle, where)
    span, every = _span(listed), Sectors(agreement).ids or ("",)
    if by == "day":
        return [_row(by, d, (days == d, during), eyes.hours([d], every)) for d in span]
    return [_row(by, s, (where == s, during), eyes.hours(span, [s])) for s in every]


def _row(
    by: str, name: object, counted: tuple[Mask, Mask], watched: tuple[float, float]
) -> dict[str, object]:
    (mine, during), (hours, of) = counted, watched
    seen = int((mine & during).sum())
    return {
        by: name,
        "incidents": int(mine.sum()),
        "while_watched": seen,
        "watched_h": round(hours, 3),
        "share": round(hours / of, 4) if of else 0.0,
        "per_hour": seen / hours if hours else math.nan,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Eyes:
    """Who watched whole sectors, and when."""

    agreement: Agreement
    rows: Table
    of: Names  #: sector of each row; empty: of them all

    def watching(self, middle: Instants, where: Names) -> Mask:
        """Tell which instants lie in a time when their sector was watched."""
        found = np.zeros(len(middle), dtype=bool)
        begins, lasts = starts(self.rows), ends(self.rows)
        for sector, start, end in zip(self.of, begins, lasts, strict=True):
            here = (where == sector) | (sector == "")
            found |= here & (middle >= start) & (middle < end)
        return found

    def hours(
        self, days: Iterable[date], sectors: Iterable[str]
    ) -> tuple[float, float]:
        """Return hours of sectors watched on some days, and the hours there were."""
        hours = of = 0.0
        windows = [period_of(self.agreement, day).window for day in days]
        for sector in sectors:
            rows = self.rows.where(pa.array((self.of == sector) | (self.of == "")))
            for window in windows:
                length = (window.end - window.start).total_seconds() / _HOUR_S
                hours += covered_share(_touching(rows, window), window) * length
                of += length
        return hours, of


def _whole(coverage: Table) -> Table:
    columns = coverage.columns
    watched = pc.equal(columns["status"], "observed")
    return coverage.where(pc.and_(watched, pc.is_null(columns["lon"])))


def _touching(table: Table, window: Interval) -> Table:
    kind = table.columns["start"].type
    begins = pc.less(table.columns["start"], pa.scalar(window.end, kind))
    lasts = pc.greater(table.columns["end"], pa.scalar(window.start, kind))
    return table.where(pc.and_(begins, lasts))


def _day_of(agreement: Agreement, micros: int) -> date:
    instant = pa.scalar(micros, pa.timestamp("us", tz="UTC")).as_py()
    guess = instant.date()
    period = period_of(agreement, guess)
    return period.day_of(instant)


def _span(days: list[date]) -> list[date]:
    if not days:
        return []
    first, last = min(days), max(days)
    return [first + n * _DAY for n in range((last - first).days + 1)]
