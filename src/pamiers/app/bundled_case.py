"""The bundled case: Donbas 2014-2022, typed from what the monitors published.

From the agreement's folder to daily reports in two languages, through every room,
on a mission that is kept: a second run finds everything on record already.
"""

from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from pamiers.app.begin import begin_mission
from pamiers.app.judgement import by_clause
from pamiers.app.receive import Request, receive
from pamiers.app.report_folder import Shelf, write_reports
from pamiers.app.wiring import is_mission, now, opened
from pamiers.compliance.finding import Verdict
from pamiers.core.errors import UsageError
from pamiers.mission.happened import fuse
from pamiers.mission.judged import Judged, agreement_of, assess
from pamiers.mission.ports import Progress
from pamiers.mission.status import status_of
from pamiers.report.daily import DailyReport

CASE: Final = "donbas-2020"
EDITION: Final = "public"
#: file of the record -> its format, and its mapping
RECORD: Final = (
    ("totals.csv", "counts-csv", None),
    ("published.csv", "pamiers-csv", "published.yaml"),
    ("observations.csv", "pamiers-csv", None),
    ("coverage.csv", "pamiers-csv", "coverage.yaml"),
)
#: days set as PDF too: the last before the measures of 2020, their first two, and
#: the days round the gap in what is at hand
SHOWN: Final = (date(2020, 7, 27), date(2020, 7, 28), date(2020, 8, 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What the run gave."""

    values: dict[str, object]  #: for `--json`
    verdicts: list[str]  #: column titles
    days: list[list[str]]  #: a line of the table for each day shown
    words: str  #: what a person reads below the table


def run_case(folder: Path, progress: Progress) -> Done:
    """Run the bundled case in a folder.

    Args:
        folder: Mission folder, new or of an earlier run.
        progress: Told how far it is.

    Returns:
        Counts, a table of days, and where the reports lie.

    Raises:
        UsageError: The folder holds something else, or a mission on another
            agreement.
    """
    if is_mission(folder):
        _refuse_another(folder)
    else:
        begin_mission(folder, CASE)
    receive_case(folder, progress)
    with opened(folder) as mission:
        incidents = len(fuse(mission, now()).incidents)
        judged = assess(mission, now())
        shelf = Shelf(folder=folder / "reports", edition=EDITION, printed=SHOWN)
        reports = write_reports(mission, judged.days, shelf, progress)
        status = status_of(mission)
    paths = [str(path) for path in reports.paths]
    return Done(
        values={
            "entries": status["entries"],
            "observations": status["observations"],
            "incidents": incidents,
            "findings": judged.by_verdict,
            "reports": paths,
            "totals": status["totals"],
            "coverage": status["coverage"],
            "clauses": by_clause(judged.findings),
            "days": len(judged.days),
            "head": status["head"],
        },
        verdicts=list(judged.by_verdict),
        days=[_line(report) for report in reports.shown],
        words=_words(status, judged, incidents, folder / "reports"),
    )


def _refuse_another(folder: Path) -> None:
    """Refuse a mission that is about something else: its record is for ever."""
    with opened(folder) as mission:
        agreement = agreement_of(mission).id
    if agreement != CASE:
        raise UsageError(
            str(folder),
            expected=f"a new folder, or a mission on {CASE}",
            got=f"a mission on {agreement}",
            remedy="Name another folder with --dir.",
        )


def receive_case(folder: Path, progress: Progress) -> None:
    """Take in every file of the bundled case, into a mission on it."""
    with as_file(files("pamiers") / "agreements" / CASE) as case:
        for name, format_name, mapping in RECORD:
            path = None if mapping is None else case / "mappings" / mapping
            request = Request(format=format_name, mapping=path)
            receive(folder, case / "record" / name, request, progress)


def _line(report: DailyReport) -> list[str]:
    published = [
        f"{each.published} / {each.on_record}"
        for each in report.reconciliation
        if each.published is not None
        and each.cumulative
        and each.period_end == report.header.end
    ]
    counts = dict(report.verdicts)
    found = [str(counts[verdict]) for verdict in Verdict]
    return [str(report.header.day), *found, ", ".join(published) or "none"]


def _words(
    status: dict[str, object], judged: Judged, incidents: int, folder: Path
) -> str:
    verdicts = ", ".join(f"{n} {name}" for name, n in judged.by_verdict.items())
    return "\n".join(
        (
            "",
            f"{status['observations']} observations",
            f"{status['totals']} published totals",
            f"{status['coverage']} statements of coverage",
            f"{incidents} incidents; {len(judged.days)} reporting days",
            f"Findings: {verdicts}",
            "Attribution: not mandated. The monitors' mandate did not extend to it.",
            f"Record: {status['entries']} entries, head {status['head']}",
            f"Reports: {folder / 'index.html'}",
        )
    )
