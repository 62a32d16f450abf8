"""Reports that were issued: put on record, and compared with what would be said now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from pamiers.mission.mission import Mission, new_draft
from pamiers.report.correction import Correction, Outline, difference
from pamiers.report.daily import DailyReport
from pamiers.report.outline import outline

ISSUE: Final = "issue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One issue of a report on record."""

    kind: str
    day: date
    edition: str
    issued_at: datetime
    entries: int  #: of the record that it was made from
    head: str
    outline: Outline


def issue(mission: Mission, report: DailyReport, now: datetime) -> int:
    """Put on record that a report was issued, unless it says what was issued last.

    Args:
        mission: The mission that the report was made from.
        report: The report.
        now: When it is issued, aware.

    Returns:
        The number of entries added, 0 or 1.
    """
    head, told = report.header, outline(report)
    before = [each for each in issues(mission) if _same(each, report)]
    if before and before[-1].outline == told:
        return 0
    body: dict[str, object] = {
        "day": head.day.isoformat(),
        "edition": head.edition.id,
        "entries": head.entries,
        "head": head.head,
        "of": head.kind,
        "outline": told,
    }
    after = mission.record.head().size
    mission.record.append([new_draft(mission, ISSUE, body, now)], after=after)
    return 1


def issues(mission: Mission) -> Iterator[Issued]:
    """Yield the issues on record, in order."""
    for entry in mission.record.entries((ISSUE,)):
        body: Any = entry.body
        yield Issued(
            kind=body["of"],
            day=date.fromisoformat(body["day"]),
            edition=body["edition"],
            issued_at=entry.recorded_at,
            entries=body["entries"],
            head=body["head"],
            outline=body["outline"],
        )


def corrected(report: DailyReport, issued: list[Issued]) -> DailyReport:
    """Return a report that says how it differs from its first issue, if it does.

    Args:
        report: The report as it would be issued now.
        issued: Issues on record, in order.

    Returns:
        The same report where it was never issued, or still says the same.
    """
    first = next((each for each in issued if _same(each, report)), None)
    if first is None:
        return report
    changes = difference(first.outline, outline(report))
    if not changes:
        return report
    told = Correction(entries=first.entries, head=first.head, changes=changes)
    return replace(report, correction=told)


def _same(each: Issued, report: DailyReport) -> bool:
    head = report.header
    return (each.kind, each.day, each.edition) == (head.kind, head.day, head.edition.id)
