"""Daily reports as they were issued: copies that a corrected report points back to.

What was issued stays readable, byte for byte, whatever the record says later.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pamiers.app.wiring import write_file
from pamiers.render import LANGUAGES, render
from pamiers.report.daily import DailyReport

FOLDER: Final = "issued"
_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}-\d{1,12}-[a-z]+-[a-z]{2}\.html")


def keep_issued(folder: Path, report: DailyReport) -> None:
    """Keep a daily report as it is issued, in every language.

    Args:
        folder: Mission folder.
        report: The report, of one edition.

    Raises:
        StoreError: The disk refused.
    """
    if report.header.kind != "daily":
        return
    for language in LANGUAGES:
        links = {code: _name(report, report.header.entries, code) for code in LANGUAGES}
        data = render(report, language=language, format="html", alternates=links)
        write_file(folder / FOLDER / links[language], data)


def issued_link(folder: Path | None, report: DailyReport, language: str) -> str | None:
    """Return the address of the first issue of a corrected report, beside `files/`.

    Returns:
        None where it is as it was issued, or no copy was kept.
    """
    if folder is None or report.correction is None:
        return None
    name = _name(report, report.correction.entries, language)
    return f"../{FOLDER}/{name}" if (folder / FOLDER / name).is_file() else None


def issued_copy(folder: Path, name: str, edition: str) -> bytes | None:
    """Return a copy by its name, for those who read just that edition; else None."""
    path = folder / FOLDER / name
    if _NAME.fullmatch(name) is None or f"-{edition}-" not in name:
        return None
    return path.read_bytes() if path.is_file() else None


def issued_copies(folder: Path, edition: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of every copy of an edition, in order."""
    for path in sorted((folder / FOLDER).glob(f"*-{edition}-*.html")):
        yield path.name, path.read_bytes()


def _name(report: DailyReport, entries: int, language: str) -> str:
    head = report.header
    return f"{head.day}-{entries}-{head.edition.id}-{language}.html"
