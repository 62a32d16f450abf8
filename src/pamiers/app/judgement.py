"""Judge a mission's days and count the verdicts, clause by clause."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from pamiers.app.dates import read_date
from pamiers.app.wiring import now, opened
from pamiers.compliance.finding import Finding
from pamiers.core.errors import UsageError
from pamiers.mission.judged import assess

#: how many days are judged at once: ten years
MOST_DAYS: Final = 3_653


def judge(folder: Path, first: str | None, last: str | None) -> dict[str, object]:
    """Judge the days on record, or some days that are named.

    Args:
        folder: Mission folder.
        first: First day, ISO; None for the days on record.
        last: Last day; None for `first` alone.

    Returns:
        Findings by verdict, and by clause; plain values.

    Raises:
        UsageError: The days are not dates, or end before they begin.
    """
    with opened(folder) as mission:
        judged = assess(mission, now(), days=_days(first, last))
        head = mission.record.head()
    return {
        "findings": judged.by_verdict,
        "clauses": by_clause(judged.findings),
        "days": len(judged.days),
        "digest": judged.digest,
        "new_entries": judged.new_entries,
        "entries": head.size,
        "head": head.hex,
    }


def by_clause(findings: tuple[Finding, ...]) -> dict[str, dict[str, int]]:
    """Return counts of verdicts by clause and reading, in the order first met."""
    counted: dict[str, Counter[str]] = {}
    for finding in findings:
        name = finding.clause if finding.reading is None else _named(finding)
        counted.setdefault(name, Counter())[finding.verdict.value] += 1
    return {name: dict(counts) for name, counts in counted.items()}


def _named(finding: Finding) -> str:
    return f"{finding.clause} ({finding.reading})"


def _days(first: str | None, last: str | None) -> list[date] | None:
    given = [
        read_date(text, option)
        for text, option in ((first, "--from"), (last, "--to"))
        if text is not None
    ]
    if not given:
        return None
    days = (given[-1] - given[0]).days + 1
    if not 0 < days <= MOST_DAYS:
        raise UsageError(
            "--from, --to",
            expected=f"1 to {MOST_DAYS} days, the last not before the first",
            got=f"{first} to {last}",
            remedy="Swap the two, or judge fewer days at once.",
        )
    return [given[0] + timedelta(days=n) for n in range(days)]
