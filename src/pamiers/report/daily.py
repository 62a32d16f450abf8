"""The report of a day or of days: one frozen value, from the record to all it says."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa

from pamiers.compliance.finding import Verdict
from pamiers.report.annex import AnnexRow, annex
from pamiers.report.chart import Chart, chart
from pamiers.report.context import Context, DailyInputs, context_of
from pamiers.report.correction import Correction
from pamiers.report.happened import (
    IncidentLine,
    SectorDay,
    incident_lines,
    sector_days,
)
from pamiers.report.judged import FindingLine, finding_lines, verdict_counts
from pamiers.report.message import Message, Named, named
from pamiers.report.period import shown_under
from pamiers.report.reconciliation import Reconciled, reconcile
from pamiers.report.redaction import Edition
from pamiers.report.said import Claims, claims
from pamiers.report.summary import summary
from pamiers.report.watch import (
    CoverageLine,
    SectorWatch,
    coverage_lines,
    sector_watch,
)

__all__ = ["DailyInputs", "DailyReport", "Header", "compose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the report is of, as of when, and how to check it."""

    agreement: str
    agreement_title: Named
    agreement_digest: str
    kind: str  #: id of a `Product`, such as `daily`
    stage: str  #: flash, preliminary or reviewed
    days: int  #: reporting days, `day` the last
    number: str  #: such as `209/2020`; that of the week where it covers one
    first_day: date
    day: date
    previous_day: date
    next_day: date
    start: datetime  #: of the reporting period [UTC]
    end: datetime  #: its cut-off [UTC]
    cut_off: str  #: wall clock, such as `19:30`
    time_zone: str  #: IANA name
    zone_name: str  #: what its clocks showed at the cut-off, such as `EEST`
    utc_offset: str  #: such as `UTC+3`
    edition: Edition
    generated_at: datetime  #: [UTC]
    head: str  #: root of the ledger
    entries: int
    checkpoint: str  #: text of the record's checkpoint, unsigned; empty: not stated
    attribution: str  #: what the mandate says of naming who did it


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyReport:
    """A daily report, complete in itself: a surface needs nothing else to render it.

    Invariant: it holds nothing that its edition may not say.
    """

    header: Header
    summary: tuple[Message, ...]
    sectors: tuple[SectorDay, ...]
    verdicts: tuple[tuple[Verdict, int], ...]
    previous_verdicts: tuple[tuple[Verdict, int], ...]
    findings: tuple[FindingLine, ...]
    watch: tuple[SectorWatch, ...]
    coverage: tuple[CoverageLine, ...]
    incidents: tuple[IncidentLine, ...]
    annex: tuple[AnnexRow, ...]
    claims: Claims
    reconciliation: tuple[Reconciled, ...]
    activities: tuple[
        tuple[str, int], ...
    ]  #: sentences without a quantity, by category
    sources: tuple[Named, ...]  #: whose rows the day rests on
    chart: Chart
    correction: Correction | None = None  #: what changed since it was first issued


def compose(inputs: DailyInputs) -> DailyReport:
    """Return the report of a day, as one edition may have it.

    Args:
        inputs: State of the record, agreement, findings, and the ledger's head.

    Returns:
        The report; equal inputs give equal reports, whatever their rows' order.

    Raises:
        UnknownTermError: No such edition, or the agreement's time zone is unknown.
    """
    context = context_of(inputs)
    inputs = context.inputs  # those of its theme
    days, watch, claimed = sector_days(context), sector_watch(context), claims(context)
    reconciled = reconcile(
        inputs.totals, context.observations, context.period, context.sectors
    )
    rows, coverage = annex(context), coverage_lines(context)
    return DailyReport(
        header=_header(context),
        summary=summary(
            context, days, watch, (claimed.day, claimed.before), reconciled
        ),
        sectors=days,
        verdicts=verdict_counts(inputs.findings),
        previous_verdicts=verdict_counts(inputs.previous_findings),
        findings=finding_lines(context),
        watch=watch,
        coverage=coverage,
        incidents=incident_lines(context),
        annex=rows,
        claims=claimed,
        reconciliation=reconciled,
        activities=_activities(context),
        sources=_sources(context, rows, coverage, claimed),
        chart=chart(context),
    )


def _header(context: Context) -> Header:
    inputs, period = context.inputs, context.period
    agreement = inputs.agreement
    local = period.window.end.astimezone(period.tz)
    return Header(
        agreement=agreement.id,
        agreement_title=named(agreement.title, agreement.id),
        agreement_digest=agreement.digest,
        kind=inputs.product.id,
        stage=inputs.product.stage,
        days=period.days,
        number=_number(context),
        first_day=period.first,
        day=period.day,
        previous_day=period.before.day,
        next_day=period.day + timedelta(days=period.days),
        start=period.window.start,
        end=period.window.end,
        cut_off=f"{period.cut_off:%H:%M}",
        time_zone=agreement.time_zone,
        zone_name=local.tzname() or "UTC",
        utc_offset=_offset(local),
        edition=context.edition,
        generated_at=inputs.now.replace(microsecond=0),
        head=inputs.head,
        entries=inputs.entries,
        checkpoint=inputs.checkpoint,
        attribution=str(agreement.mandate),
    )


def _number(context: Context) -> str:
    day = context.period.day
    if context.period.days == 1:
        return f"{context.inputs.number}/{day.year}"
    year, week, _ = day.isocalendar()
    return f"{week}/{year}"


def _offset(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def _activities(context: Context) -> tuple[tuple[str, int], ...]:
    """Return how many sentences of the day stated no quantity, by category."""
    columns = context.inputs.statements.columns
    dated = pa.compute.is_valid(columns["start"])
    dated = pa.compute.and_(dated, pa.compute.is_valid(columns["end"]))
    timed = context.inputs.statements.where(dated)
    shown = shown_under(timed, context.period.window)
    return tuple(sorted(Counter(shown.columns["category"].to_pylist()).items()))


def _sources(
    context: Context,
    rows: tuple[AnnexRow, ...],
    coverage: tuple[CoverageLine, ...],
    claimed: Claims,
) -> tuple[Named, ...]:
    named_by = [row.source for row in rows] + [line.source for line in coverage]
    named_by += [line.claimant for line in claimed.lines]
    published = set(context.inputs.totals.columns["source"].to_pylist())
    named_by += [context.who(source) for source in published]
    names = {name.words: name for name in named_by if name is not None}
    return tuple(names[words] for words in sorted(names))
