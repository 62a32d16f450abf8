"""A source's own published counts: one row a report, figures by region.

Columns: `report`, `issued`, then for each region `<region>_violations`,
`<region>_explosions` and `<region>_previous_period`, and a running total
`cumulative_since_<local time>`. A report covers the reporting day that ended at the
mission's cut-off on the day before it was issued, unless `period_start` and
`period_end` say otherwise.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np

from pamiers.core.instant import Interval, reporting_day, zone
from pamiers.core.rows import Total
from pamiers.core.table import table_of
from pamiers.ingest.mapping import read_mapping
from pamiers.ingest.refusal import RefusedError, shown
from pamiers.ingest.rows.account import Account, empty_file, refused_file
from pamiers.ingest.text_table.header import Header
from pamiers.ingest.text_table.reader import Expected, read_text_table
from pamiers.ingest.values.counts import Count, parse_count
from pamiers.ingest.values.dates import parse_days
from pamiers.ingest.values.times import TimeGrammar, parse_time
from pamiers.ingest.values.words import check_key
from pamiers.mission.reading import Reading, ReadOptions

SOURCE: Final = "osce-smm"
_REGIONAL: Final = re.compile(r"(.+)_(violations|explosions|previous_period)")
_RUNNING: Final = re.compile(r"cumulative_since_(.+)")
_KINDS: Final = {"violations": "ceasefire_violation", "explosions": "explosion"}
_KNOWN: Final = ("report", "issued", "period_start", "period_end")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table of counts, and what their names say."""

    regions: tuple[str, ...]  #: prefixes, in the order of the file
    running: str | None  #: header of the running total
    since: datetime | None  #: where it begins [UTC]


@dataclass(frozen=True, slots=True)
class _Reports:
    """Reads one report after another."""

    columns: _Columns
    options: ReadOptions
    grammar: TimeGrammar

    def totals(self, cells: Cells) -> list[Total]:
        """Return what one report counts; refuse one that counts nothing."""
        report = check_key(self._needed(cells, "report"))
        period = self._period(cells)
        found = [
            *self._regional(cells, report, period),
            *self._running(cells, report, period),
        ]
        if not found:
            raise _missing("a figure", None)
        return found

    def _needed(self, cells: Cells, name: str) -> str:
        text = cells.get(name, "").strip()
        if not text:
            raise _missing(f"a value in {name}", name)
        return text

    def _period(self, cells: Cells) -> Interval:
        ends = [cells.get(f"period_{each}", "").strip() for each in ("start", "end")]
        if all(ends):
            start, end = (parse_time(each, self.grammar).start for each in ends)
            if end <= start:
                raise RefusedError(
                    "Q-INTERVAL",
                    expected="an end after its start",
                    got=shown(" to ".join(ends)),
                    column="period_end",
                )
            return Interval(start, end)
        issued = self._needed(cells, "issued")
        try:
            day, _ = parse_days(issued, self.grammar.order)
            before = day - timedelta(days=1)
        except (RefusedError, OverflowError) as error:
            raise RefusedError(
                "Q-TIME-FORM",
                expected="a date such as 2020-07-28",
                got=shown(issued),
                column="issued",
            ) from error
        return reporting_day(before, self.options.cut_off, self.grammar.zone or UTC)

    def _regional(self, cells: Cells, report: str, period: Interval) -> Iterator[Total]:
        for region in self.columns.regions:
            previous = _count(cells, f"{region}_previous_period")
            for name, kind in _KINDS.items():
                count = _count(cells, f"{region}_{name}")
                before = previous if name == "violations" else Count()
                if count == Count() and before == Count():
                    continue
                yield self._total(
                    report, f"{region}/{name}", period, kind, (count, before)
                )

    def _total(
        self,
        report: str,
        part: str,
        period: Interval,
        kind: str,
        counts: tuple[Count, Count],
    ) -> Total:
        count, before = counts
        region = part.partition("/")[0]
        return Total(
            source=self.options.source or SOURCE,
            key=f"{report}/{part}",
            start=period.start,
            end=period.end,
            region=None if region == "total" else region.title(),
            kind=kind,
            count=count.best,
            count_low=count.low,
            count_high=count.high,
            previous=before.best,
            previous_text=None if before.low is None else _vague(before),
            cumulative=region == "total",
            cite=report,
        )

    def _running(self, cells: Cells, report: str, period: Interval) -> Iterator[Total]:
        name, since = self.columns.running, self.columns.since
        if name is None or since is None:
            return
        count = _count(cells, name)
        if count == Count():
            return
        if period.end <= since:
            raise RefusedError(
                "Q-INTERVAL",
                expected="a report later than its running total's beginning",
                got=report,
                column=name,
            )
        whole = Interval(since, period.end)
        kind = "ceasefire_violation"
        yield self._total(report, "total/running", whole, kind, (count, Count()))


@dataclass(frozen=True, slots=True)
class CountsCsv:
    """Table of published counts, with the columns of `docs/reference/formats.md`."""

    name: str = "counts-csv"

    def detect(self, head: bytes) -> bool:
        """Tell whether the first line names reports and counts of violations."""
        line = head.splitlines()[0].lower() if head else b""
        return line.startswith(b"report,") and b"_violations" in line

    def read(self, data: bytes, options: ReadOptions) -> Reading:
        """Return the totals of a table, rows not understood quarantined."""
        try:
            return _read(data, options)
        except RefusedError as error:
            return refused_file(error)


def _read(data: bytes, options: ReadOptions) -> Reading:
    mapping = read_mapping(options.mapping)
    table = read_text_table(data, Expected(known=_KNOWN, mapping=mapping))
    if table is None:
        return empty_file()
    tz = mapping.zone(options.time_zone) or (
        None if options.time_zone is None else zone(options.time_zone)
    )
    grammar = TimeGrammar(zone=tz, clock_zone=tz, order=mapping.date_order)
    reports = _Reports(_columns(table.header, grammar), options, grammar)
    account = Account(table)
    totals, origin = [], []
    cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
    names = [name.casefold() for name in table.header.names]
    for position, row in enumerate(cells):
        try:
            found = reports.totals(dict(zip(names, row, strict=True)))
        except RefusedError as error:
            account.refuse(position, error, error.column)
            continue
        totals += found
        origin += [(table.rows[position], table.lines[position])] * len(found)
        account.flag("W-PERIOD-ASSUMED", position, "issued")
    origins = np.array(origin, np.int64).reshape(-1, 2)
    return account.filed({"total": table_of("total", totals)}, {"total": origins})


def _columns(header: Header, grammar: TimeGrammar) -> _Columns:
    names = [name.casefold() for name in header.names]
    regional = [found for found in map(_REGIONAL.fullmatch, names) if found]
    running = next((name for name in names if _RUNNING.fullmatch(name)), None)
    if "report" not in names or "issued" not in names or not regional:
        raise RefusedError(
            "F-HEADER",
            expected="columns report, issued and <region>_violations",
            got=", ".join(header.names),
        )
    if grammar.zone is None:
        raise RefusedError("F-ZONE", expected="the zone of the mission", got="none")
    since = None
    if running is not None:
        since = parse_time(running.removeprefix("cumulative_since_").upper(), grammar)
    return _Columns(
        regions=tuple(dict.fromkeys(found[1] for found in regional)),
        running=running,
        since=None if since is None else since.start,
    )


def _count(cells: Cells, name: str) -> Count:
    text = cells.get(name, "").strip()
    try:
        return parse_count(text) if text else Count()
    except RefusedError as error:
        error.column = name
        raise


def _vague(count: Count) -> str:
    high = "or more" if count.high is None else f"to {count.high}"
    return f"{count.low} {high}"


def _missing(expected: str, column: str | None) -> RefusedError:
    return RefusedError(
        "Q-MISSING", expected=expected, got="an empty cell", column=column
    )


FORMAT = CountsCsv()
