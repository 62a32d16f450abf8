"""Make a report and put it where it was asked for."""

import sys
from dataclasses import dataclass
from pathlib import Path

from pamiers.app.dates import read_date
from pamiers.app.issued_copies import keep_issued
from pamiers.app.wiring import now, opened, write_file
from pamiers.mission.issued import issue
from pamiers.mission.publish import daily_reports
from pamiers.render import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which report, for whom, in what form."""

    day: str  #: ISO date
    kind: str = "daily"
    issue: bool = False  #: put on record that it was issued
    edition: str
    language: str
    format: str


def write_report(
    folder: Path, wanted: Wanted, output: Path | None
) -> dict[str, object]:
    """Write a report to a file, or to stdout where none is named.

    Args:
        folder: Mission folder.
        wanted: Which report.
        output: File to write; None for stdout.

    Returns:
        What was written, as plain values.

    Raises:
        UsageError: `wanted.day` is not a date.
    """
    day = read_date(wanted.day, "--day")
    with opened(folder) as mission:
        made = daily_reports(
            mission, [day], edition=wanted.edition, now=now(), kind=wanted.kind
        )
        report = next(made)
        issued = issue(mission, report, now()) if wanted.issue else 0
    if issued:
        keep_issued(folder, report)
    data = render(report, language=wanted.language, format=wanted.format)
    return {
        **put(data, output),
        "day": wanted.day,
        "kind": wanted.kind,
        "edition": wanted.edition,
        "language": wanted.language,
        "format": wanted.format,
        "entries": report.header.entries,
        "head": report.header.head,
        "corrected": report.correction is not None,
        "new_entries": issued,
    }


def put(data: bytes, output: Path | None) -> dict[str, object]:
    """Write bytes to a file, or to stdout where none is named; say what was written."""
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_file(output, data)
    return {"file": None if output is None else str(output), "bytes": len(data)}
