"""The reporting day or days: their window, and which rows are shown under it.

A row that carries only a date straddles the evening cut-off. It is shown under
the reporting day that holds the middle of its interval, and says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pamiers.agreement.model import Agreement
from pamiers.core.instant import Interval, reporting_date, reporting_day, zone
from pamiers.core.table import Table

Instants = NDArray[np.int64]  #: microseconds since 1970, UTC
Mask = NDArray[np.bool_]

#: share of an interval that may lie outside and still count as inside: one minute
#: of a calendar day, so that "from 00:01" does not tear up the day's own rows
SLACK: Final = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One reporting day of a mission, or several in a row."""

    day: date  #: the last of them
    window: Interval
    cut_off: time
    tz: tzinfo
    days: int = 1

    @property
    def first(self) -> date:
        """Return the first of its reporting days."""
        return self.day - timedelta(days=self.days - 1)

    @property
    def before(self) -> "Period":
        """Return as many reporting days before."""
        return _period(self.first - timedelta(days=1), self.cut_off, self.tz, self.days)

    def holds(self, day: date) -> bool:
        """Tell whether a reporting day is one of its days."""
        return self.first <= day <= self.day

    def day_of(self, instant: datetime) -> date:
        """Return the reporting day that an instant falls in."""
        return reporting_date(instant, self.cut_off, self.tz)

    def straddled_by(self, interval: Interval) -> bool:
        """Tell whether an interval reaches over an edge of the window."""
        window = self.window
        inside = interval.start >= window.start and interval.end <= window.end
        return not inside


def period_of(agreement: Agreement, day: date, days: int = 1) -> Period:
    """Return the period that a day ends, under an agreement's cut-off and zone."""
    return _period(day, agreement.cut_off, zone(agreement.time_zone), days)


def _period(day: date, cut_off: time, tz: tzinfo, days: int) -> Period:
    start = reporting_day(day - timedelta(days=days - 1), cut_off, tz).start
    window = Interval(start, reporting_day(day, cut_off, tz).end)
    return Period(day=day, window=window, cut_off=cut_off, tz=tz, days=days)


def micros(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970."""
    return int(pa.scalar(instant, pa.timestamp("us", tz="UTC")).value)


def starts(table: Table) -> Instants:
    """Return the first instants of rows, shape (n,)."""
    return _instants(table, "start")


def ends(table: Table) -> Instants:
    """Return the instants after which rows can no longer be, shape (n,)."""
    return _instants(table, "end")


def middles(table: Table) -> Instants:
    """Return the instants halfway through rows, shape (n,)."""
    start = starts(table)
    return start + (ends(table) - start) // 2


def within(instants: Instants, interval: Interval) -> Mask:
    """Tell which instants lie in `[start, end)`, shape (n,)."""
    low, high = micros(interval.start), micros(interval.end)
    return (instants >= low) & (instants < high)


def shown_under(table: Table, interval: Interval) -> Table:
    """Return the rows whose middle lies in an interval, in their order."""
    return table.where(pa.array(within(middles(table), interval)))


def share_inside(table: Table, interval: Interval) -> NDArray[np.float64]:
    """Return the share of each row's time that lies in an interval, shape (n,)."""
    start, end = starts(table), ends(table)
    low, high = micros(interval.start), micros(interval.end)
    shared = np.minimum(end, high) - np.maximum(start, low)
    share: NDArray[np.float64] = np.clip(shared / (end - start), 0.0, 1.0)
    return share


def _instants(table: Table, name: str) -> Instants:
    column = table.columns[name].cast(pa.int64())
    return np.asarray(column.to_numpy(), dtype=np.int64)
