"""A folder of daily reports that a browser reads without a server or a script."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pamiers.app.issued_copies import issued_link
from pamiers.app.wiring import now, write_file
from pamiers.core.instant import zone
from pamiers.mission.judged import agreement_of
from pamiers.mission.mission import Mission
from pamiers.mission.ports import Progress
from pamiers.mission.publish import daily_reports
from pamiers.render import LANGUAGES, render
from pamiers.render.atom import render_feed
from pamiers.render.contents import Listed, render_contents
from pamiers.report.daily import DailyReport

_PER_LANGUAGE: Final = ("html", "pdf", "svg")
_FILES: Final = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where reports lie, for whom, and which days are set as PDF too."""

    folder: Path
    edition: str
    printed: Collection[date] = ()
    mission: Path | None = None  #: folder that may hold reports as they were issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """What lies in the folder."""

    paths: list[Path]
    shown: list[DailyReport]  #: those of the printed days


def write_reports(
    mission: Mission, days: Sequence[date], shelf: Shelf, progress: Progress
) -> Reports:
    """Write what is not yet written for this head; return what there is.

    Args:
        mission: The mission.
        days: Reporting days; none gives an empty folder without an index.
        shelf: Where to, and for whom.
        progress: Told of each report.

    Returns:
        Every path, and the reports of the printed days.
    """
    folder = shelf.folder
    paths = [path for day in days for path in _paths(day, shelf).values()]
    indices = [folder / _index(language) for language in LANGUAGES]
    indices += [folder / _feed(language) for language in LANGUAGES]
    stamp, made_of = folder / "made-of.txt", mission.record.head().hex
    fresh = stamp.is_file() and stamp.read_text() == made_of
    complete = fresh and all(path.is_file() for path in [*paths, *indices])
    wanted = [day for day in days if day in shelf.printed] if complete else days
    made: list[DailyReport] = []
    for report in daily_reports(mission, wanted, edition=shelf.edition, now=now()):
        progress(len(made), len(wanted), f"report of {report.header.day}")
        made.append(report)
        if not complete:
            _write_report(report, shelf)
    if made and not complete:
        _write_indices(mission, made, shelf)
        write_file(stamp, made_of.encode())
    shown = [report for report in made if report.header.day in shelf.printed]
    return Reports(paths=[*indices, *paths], shown=shown)


def _index(language: str) -> str:
    return "index.html" if language == "en" else f"{language}.html"


def _feed(language: str) -> str:
    return f"feed-{language}.xml"


def _write_indices(
    mission: Mission, reports: Sequence[DailyReport], shelf: Shelf
) -> None:
    tz = zone(agreement_of(mission).time_zone)
    others = {code: _index(code) for code in LANGUAGES}
    for language in LANGUAGES:
        listed = [
            Listed(report=each, addresses=_addresses(each.header.day, language, shelf))
            for each in reports
        ]
        feed = _feed(language)
        page = render_contents(
            listed, language=language, tz=tz, others=others, feed=feed
        )
        write_file(shelf.folder / _index(language), page)
        told = render_feed(listed, language=language, tz=tz, address=feed)
        write_file(shelf.folder / feed, told)


def _forms(day: date, shelf: Shelf) -> list[tuple[str, str]]:
    """Return the (form, language) pairs that a day is written in."""
    per_language = [
        (form, language)
        for form in _PER_LANGUAGE
        for language in LANGUAGES
        if form != "pdf" or day in shelf.printed
    ]
    return [*per_language, ("json", ""), ("geojson", "")]


def _name(day: date, form: str, language: str) -> str:
    return f"{day}-{language}.{form}" if language else f"{day}.{form}"


def _paths(day: date, shelf: Shelf) -> dict[tuple[str, str], Path]:
    return {
        (form, language): shelf.folder / _FILES / _name(day, form, language)
        for form, language in _forms(day, shelf)
    }


def _write_report(report: DailyReport, shelf: Shelf) -> None:
    day = report.header.day
    for (form, language), path in _paths(day, shelf).items():
        spoken = language or "en"
        links = {code: _name(day, "html", code) for code in LANGUAGES}
        links |= {
            other: _name(day, other, tongue)
            for other, tongue in _forms(day, shelf)
            if other != "html" and tongue in {"", spoken}
        }
        links["index"] = f"../{_index(spoken)}"
        before = issued_link(shelf.mission, report, spoken)
        links |= {"issued": before} if before else {}
        data = render(report, language=spoken, format=form, alternates=links)
        write_file(path, data)


def _addresses(day: date, language: str, shelf: Shelf) -> dict[str, str]:
    return {
        form: f"{_FILES}/{_name(day, form, tongue)}"
        for form, tongue in _forms(day, shelf)
        if tongue in {"", language}
    }
