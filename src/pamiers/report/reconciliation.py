"""Published totals beside what is on record: matches, edges of the day, gaps.

A source's total and its own rows rarely cover the same minutes: the rows carry
dates, the reporting day ends in the evening. So three figures stand beside the
published one: rows surely inside the period, rows that the period shows (the
middle of their interval lies in it), and rows that touch it at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np
import pyarrow as pa

from pamiers.core.rows import Total
from pamiers.core.table import Table
from pamiers.report.message import Message, Named, message
from pamiers.report.period import (
    SLACK,
    Instants,
    Mask,
    Period,
    ends,
    micros,
    middles,
    share_inside,
    starts,
    within,
)
from pamiers.report.sectors import Names, Sectors
from pamiers.report.tally import (
    Counts,
    Tally,
    counted,
    counted_kinds,
    perhaps_kinds,
    tally,
)

_MOMENT = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_REPORT = re.compile(r"\b\d{1,4}/\d{4}\b")


class Outcome(StrEnum):
    """What a comparison of a published figure with the record came to."""

    MATCHES = "matches"  #: the same figure
    REACHED_EARLY = "reached_early"  #: a running total stood on record days before
    WITHIN_RANGE = "within_range"  #: rows at the edge of the period leave it open
    GAP = "gap"  #: published, and not on record
    EXCESS = "excess"  #: on record, and not published
    NO_FIGURE = "no_figure"  #: the source gave words, not a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """One published total beside the record; counts are of events."""

    report: str  #: number of the source's report, such as `178/2020`
    source: str
    own_rows: bool  #: compared with rows of the same source, not with all sources
    period_start: datetime  #: [UTC]
    period_end: datetime  #: [UTC]
    region: str | None  #: sector id or the source's region; None is everywhere
    sector: Named | None  #: what to call it
    kind: str
    cumulative: bool
    published: int | None
    published_low: int | None  #: where the source says "over" or "between"
    published_high: int | None
    on_record: int  #: rows shown under the period
    on_record_low: int  #: rows surely inside it
    on_record_high: int  #: rows that touch it
    rows: int  #: how many rows were counted
    without_figure: int  #: shown rows that state no count, and add nothing
    difference: int | None  #: published less on record; positive is missing here
    outcome: Outcome
    reached_on: date | None  #: reporting day by which the figure stood on record
    note: Message


@dataclass(frozen=True, slots=True)
class _Ledger:
    """The countable observations of the record, as columns."""

    table: Table
    start: Instants
    end: Instants
    middle: Instants
    tally: Tally
    region: Names
    kind: Names
    source: Names


def reconcile(
    totals: Table, observations: Table, period: Period, sectors: Sectors
) -> tuple[Reconciled, ...]:
    """Return each total of a reporting day, and each running total up to it.

    Args:
        totals: Published totals on record.
        observations: Observations on record; claims and rows marked as an
            illustration are left out. Only rows of the total's own source are
            compared, where the record holds any.
        period: The reporting day.
        sectors: The sectors of the agreement.

    Returns:
        One comparison each, running totals last, by end and region; empty where
        nothing was published.
    """
    ledger = _ledger(observations, sectors)
    due = sorted(set(_due(totals, period)), key=_order)
    seen: dict[tuple[object, ...], Reconciled] = {}
    for total in due:
        region = sectors.named_by(total.region) or None
        title = sectors.title(region)
        seen.setdefault(
            _identity(total, region), _compare(total, (region, title), ledger, period)
        )
    return tuple(seen.values())


def _ledger(observations: Table, sectors: Sectors) -> _Ledger:
    standing = pa.compute.equal(observations.columns["standing"], "observed")
    table = counted(observations.where(standing))
    return _Ledger(
        table=table,
        start=starts(table),
        end=ends(table),
        middle=middles(table),
        tally=tally(table),
        region=sectors.of(table),
        kind=_names(table, "kind"),
        source=_names(table, "source"),
    )


def _due(totals: Table, period: Period) -> Iterator[Total]:
    """Yield totals whose period ends in the day, and earlier running totals."""
    end = ends(totals)
    window = period.window
    # A period ends with the cut-off itself, which is the next day's first instant.
    upto = end <= micros(window.end)
    running = np.asarray(totals.columns["cumulative"].to_numpy(zero_copy_only=False))
    chosen = upto & ((end > micros(window.start)) | running.astype(bool))
    for row in totals.where(pa.array(chosen)).views():
        if isinstance(row, Total):
            yield row


def _order(total: Total) -> tuple[object, ...]:
    return (
        *(total.cumulative, total.end, total.region or "", total.kind),
        *(total.start, total.source, total.key),
    )


def report_number(total: Total) -> str:
    """Return the number of the report a total stands in, or how it is cited."""
    for text in (total.cite, total.key):
        found = _REPORT.search(text or "")
        if found:
            return found[0]
    return total.cite or total.key


def _identity(total: Total, region: str | None) -> tuple[object, ...]:
    """Return what makes two rows one published figure, typed twice."""
    return (
        *(total.source, report_number(total), total.start, total.end, region),
        *(total.kind, total.cumulative),
        *(total.count, total.count_low, total.count_high),
    )


def _compare(
    total: Total,
    place: tuple[str | None, Named | None],
    ledger: _Ledger,
    period: Period,
) -> Reconciled:
    region, sector = place
    own = _mask(ledger.source == total.source)
    whose = own if own.any() else np.ones(len(own), dtype=bool)
    chosen = whose & _of_region(ledger, region)
    certain, shown, touching = _figures(total, ledger, chosen)
    reached = _reached_on(total, ledger, chosen, period)
    outcome = _outcome(total, (certain, shown, touching), reached)
    published, low, high = _published(total)
    difference = None if published is None else published - shown
    inside = _inside(total, ledger, chosen)
    return Reconciled(
        report=report_number(total),
        source=total.source,
        own_rows=bool(own.any()),
        period_start=total.start,
        period_end=total.end,
        region=region,
        sector=sector,
        kind=total.kind,
        cumulative=total.cumulative,
        published=published,
        published_low=low,
        published_high=high,
        on_record=shown,
        on_record_low=certain,
        on_record_high=touching,
        rows=int(inside.sum()),
        without_figure=int((inside & ledger.tally.without).sum()),
        difference=difference,
        outcome=outcome,
        reached_on=reached if outcome is Outcome.REACHED_EARLY else None,
        note=_note(total, outcome, (certain, shown, touching), reached, period),
    )


def _of_region(ledger: _Ledger, region: str | None) -> Mask:
    if region is None:
        return np.ones(len(ledger.region), dtype=bool)
    return _mask(ledger.region == region)


def _of_kind(ledger: _Ledger, kinds: Iterable[str]) -> Mask:
    return np.isin(ledger.kind.astype(str), sorted(kinds))


def _inside(total: Total, ledger: _Ledger, chosen: Mask) -> Mask:
    shown = within(ledger.middle, total.interval)
    return chosen & shown & _of_kind(ledger, counted_kinds(total.kind))


def _figures(total: Total, ledger: _Ledger, chosen: Mask) -> tuple[int, int, int]:
    """Return events surely inside the period, shown under it, touching it."""
    share = share_inside(ledger.table, total.interval)
    sure = chosen & _of_kind(ledger, counted_kinds(total.kind))
    perhaps = chosen & _of_kind(ledger, perhaps_kinds(total.kind))
    shown = _sum(ledger.tally.best, _inside(total, ledger, chosen))
    low = _sum(ledger.tally.low, sure & (share >= 1.0 - SLACK))
    high = _sum(ledger.tally.high, (sure | perhaps) & (share > SLACK))
    return min(low, shown), shown, max(high, shown)


def _reached_on(
    total: Total, ledger: _Ledger, chosen: Mask, period: Period
) -> date | None:
    """Return the earlier day whose rows already sum to a running total."""
    if not total.cumulative or total.count is None:
        return None
    inside = np.flatnonzero(_inside(total, ledger, chosen))
    order = inside[np.argsort(ledger.middle[inside], kind="stable")]
    summed = np.cumsum(ledger.tally.best[order])
    last = period.day_of(total.end - _MOMENT)
    by_day: dict[date, int] = {}
    for at, so_far in zip(order, summed, strict=True):
        middle = ledger.table.columns["start"][int(at)].as_py()
        half = timedelta(microseconds=int(ledger.middle[at] - ledger.start[at]))
        by_day[period.day_of(middle + half)] = int(so_far)
    days = [day for day, so_far in by_day.items() if so_far == total.count]
    return days[0] if days and days[0] < last else None


def _outcome(
    total: Total, figures: tuple[int, int, int], reached: date | None
) -> Outcome:
    certain, shown, touching = figures
    published, low, high = _published(total)
    if low is None:
        return Outcome.NO_FIGURE
    most = touching if high is None else high
    if published == shown or (published is None and low <= shown <= most):
        return Outcome.MATCHES
    if reached is not None and shown > low:
        return Outcome.REACHED_EARLY
    if low > touching:
        return Outcome.GAP
    return Outcome.EXCESS if most < certain else Outcome.WITHIN_RANGE


def _published(total: Total) -> tuple[int | None, int | None, int | None]:
    """Return the best, least and most that a source published."""
    low = total.count if total.count_low is None else total.count_low
    high = total.count if total.count_high is None else total.count_high
    return total.count, low, high


def _note(
    total: Total,
    outcome: Outcome,
    figures: tuple[int, int, int],
    reached: date | None,
    period: Period,
) -> Message:
    certain, shown, touching = figures
    key = str(outcome)
    if outcome is Outcome.MATCHES and certain < touching:
        key = "matches_by_date"
    if outcome is Outcome.REACHED_EARLY and reached:
        last = period.day_of(total.end - _MOMENT)
        key = "reached_early" if last - reached == _DAY else "reached_days_early"
    published, least, _ = _published(total)
    return message(
        f"reconciliation.note.{key}",
        n=abs((published if published is not None else least or 0) - shown),
        cut_off=f"{period.cut_off:%H:%M}",
        day=reached,
    )


def _names(table: Table, column: str) -> Names:
    return np.array(table.columns[column].to_pylist(), dtype=object)


def _mask(values: object) -> Mask:
    return np.asarray(values, dtype=bool)


def _sum(counts: Counts, mask: Mask) -> int:
    return int(counts[mask].sum())
