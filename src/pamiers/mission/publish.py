"""The daily reports of a mission, as values ready to be rendered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from pamiers.agreement.model import Agreement
from pamiers.compliance.finding import Finding
from pamiers.core.instant import reporting_date, zone
from pamiers.core.sharing import Sharing
from pamiers.core.table import Table
from pamiers.mission.happened import incidents_of, sources_of
from pamiers.mission.judged import agreement_of, findings_on, standing_findings
from pamiers.mission.messages.closed import closed_rows, shared
from pamiers.mission.mission import Mission, agreement_files
from pamiers.mission.places import read_places
from pamiers.mission.state import state
from pamiers.report.daily import DailyInputs, DailyReport, compose
from pamiers.report.redaction import edition_named

_DAY = timedelta(days=1)


def daily_reports(
    mission: Mission, days: Sequence[date], *, edition: str, now: datetime
) -> Iterator[DailyReport]:
    """Yield the reports of some reporting days, in the order given.

    Args:
        mission: The mission.
        days: Days whose cut-off ends a reporting period.
        edition: public, parties or commission.
        now: When the reports are made, aware.

    Yields:
        One report each; a day of which nothing is on record says so.

    Raises:
        UnknownTermError: No such edition.
    """
    agreement, found = agreement_of(mission), state(mission)
    head, sources = mission.record.head(), sources_of(mission)
    places = read_places(agreement_files(mission).get("places.csv", ""))
    findings = _by_day(mission, agreement, days)
    closed = closed_rows(mission)

    def told(table: Table) -> Table:
        return shared(table, closed, Sharing(edition_named(edition).id))

    whole = DailyInputs(
        agreement=agreement,
        day=date.min,
        edition=edition,
        number=0,
        now=now,
        head=head.hex,
        entries=head.size,
        observations=told(found.tables["observation"]),
        totals=told(found.tables["total"]),
        coverage=told(found.tables["coverage"]),
        statements=told(found.tables["statement"]),
        incidents=told(incidents_of(mission)),
        places=places,
        source_names={each.id: {"en": each.name} for each in sources.values()},
    )
    for day in days:
        yield compose(
            replace(
                whole,
                day=day,
                number=day.timetuple().tm_yday,
                findings=findings[day],
                previous_findings=findings[day - _DAY],
            )
        )


def _by_day(
    mission: Mission, agreement: Agreement, days: Sequence[date]
) -> dict[date, tuple[Finding, ...]]:
    """Return the findings of the days and of the days before them."""
    wanted = sorted({*days, *(day - _DAY for day in days)})
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
