"""The daily report of a mission, as a value ready to be rendered."""

from datetime import date, datetime, timedelta

from pamiers.compliance.finding import Finding
from pamiers.core.instant import reporting_date, zone
from pamiers.mission.happened import incidents_of, sources_of
from pamiers.mission.judged import agreement_of, findings_on, standing_findings
from pamiers.mission.mission import Mission, agreement_files
from pamiers.mission.places import read_places
from pamiers.mission.state import state
from pamiers.report.daily import DailyInputs, DailyReport, compose


def daily_report(
    mission: Mission, day: date, *, edition: str, now: datetime
) -> DailyReport:
    """Return the report of a reporting day.

    Args:
        mission: The mission.
        day: The day whose cut-off ends the reporting period.
        edition: public, parties or commission.
        now: When the report is made, aware.

    Returns:
        The report; a day of which nothing is on record says so.

    Raises:
        UnknownTermError: No such edition.
    """
    agreement, found, head = (
        agreement_of(mission),
        state(mission),
        mission.record.head(),
    )
    places = agreement_files(mission).get("places.csv")
    names = {each.id: {"en": each.name} for each in sources_of(mission).values()}
    inputs = DailyInputs(
        agreement=agreement,
        day=day,
        edition=edition,
        number=day.timetuple().tm_yday,
        now=now,
        head=head.hex,
        entries=head.size,
        observations=found.tables["observation"],
        totals=found.tables["total"],
        coverage=found.tables["coverage"],
        statements=found.tables["statement"],
        incidents=incidents_of(mission),
        findings=_of_day(mission, day),
        previous_findings=_of_day(mission, day - timedelta(days=1)),
        places=() if places is None else read_places(places),
        source_names=names,
    )
    return compose(inputs)


def _of_day(mission: Mission, day: date) -> tuple[Finding, ...]:
    agreement = agreement_of(mission)
    tz = zone(agreement.time_zone)
    standing = tuple(
        finding
        for finding in standing_findings(mission)
        if reporting_date(finding.start, agreement.cut_off, tz) == day
    )
    return standing or findings_on(mission, agreement, state(mission), [day])
