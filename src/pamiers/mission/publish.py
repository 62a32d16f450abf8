"""The daily reports of a mission, as values ready to be rendered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Finding
from pamiers.core.instant import reporting_date, zone
from pamiers.core.sharing import Sharing
from pamiers.ledger.checkpoint import checkpoint_text
from pamiers.mission.happened import incidents_of, sources_of
from pamiers.mission.issued import corrected, issues
from pamiers.mission.judged import agreement_of, findings_on, standing_findings
from pamiers.mission.mission import Mission
from pamiers.mission.open_part import as_told, open_to, readers_of
from pamiers.mission.places import read_places
from pamiers.mission.state import state
from pamiers.mission.versions import agreement_files
from pamiers.mission.witnessed import origin_of
from pamiers.report.daily import DailyInputs, DailyReport, compose
from pamiers.report.product import product_named

_DAY = timedelta(days=1)


def daily_reports(
    mission: Mission,
    days: Sequence[date],
    *,
    edition: str,
    now: datetime,
    kind: str = "daily",
) -> Iterator[DailyReport]:
    """Yield the reports of some reporting days, in the order given.

    Args:
        mission: The mission.
        days: Days whose cut-off ends a reporting period.
        edition: public, parties or commission.
        now: When the reports are made, aware.
        kind: Kind of report, such as `weekly`.

    Yields:
        One report each; a day of which nothing is on record says so.

    Raises:
        UnknownTermError: No such edition or kind.
    """
    product, readers = product_named(kind), readers_of(mission, edition)
    mission = open_to(mission, Sharing(readers.id))
    agreement, found = agreement_of(mission), state(mission)
    head, sources = mission.record.head(), sources_of(mission)
    places = read_places(agreement_files(mission).get("places.csv", ""))
    spans = {day: _span(day, product.days) for day in days}
    every = {each for now_, before in spans.values() for each in (*now_, *before)}
    findings = _by_day(mission, agreement, sorted(every))
    issued = list(issues(mission))
    whole = DailyInputs(
        agreement=agreement,
        day=date.min,
        edition=edition,
        product=product,
        number=0,
        now=now,
        head=head.hex,
        entries=head.size,
        checkpoint=checkpoint_text(origin_of(mission), head),
        observations=found.tables["observation"],
        totals=found.tables["total"],
        coverage=as_told(found.tables["coverage"], readers),
        statements=found.tables["statement"],
        incidents=incidents_of(mission),
        places=places,
        authors=readers.authors,
        source_names={each.id: {"en": each.name} for each in sources.values()},
    )
    for day, (covered, before) in spans.items():
        report = compose(
            replace(
                whole,
                day=day,
                number=day.timetuple().tm_yday,
                findings=tuple(f for each in covered for f in findings[each]),
                previous_findings=tuple(f for each in before for f in findings[each]),
            )
        )
        yield corrected(report, issued)


def _span(day: date, days: int) -> tuple[list[date], list[date]]:
    """Return the reporting days that a report covers, and as many before them."""
    back = [day - n * _DAY for n in reversed(range(2 * days))]
    return back[days:], back[:days]


def _by_day(
    mission: Mission, agreement: Agreement, wanted: Sequence[date]
) -> dict[date, tuple[Finding, ...]]:
    """Return the findings of some days."""
    standing = _sorted(agreement, standing_findings(mission))
    missing = [day for day in wanted if day not in standing]
    found = findings_on(mission, agreement, state(mission), missing)
    none: dict[date, tuple[Finding, ...]] = dict.fromkeys(wanted, ())
    return none | standing | _sorted(agreement, found)


def _sorted(
    agreement: Agreement, findings: Sequence[Finding]
) -> dict[date, tuple[Finding, ...]]:
    tz = zone(agreement.time_zone)
    by_day: dict[date, list[Finding]] = {}
    for finding in findings:
        day = reporting_date(finding.start, agreement.cut_off, tz)
        by_day.setdefault(day, []).append(finding)
    return {day: tuple(found) for day, found in by_day.items()}
