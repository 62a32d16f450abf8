"""Bytes of a report file to parsed sentences: the whole way, without a record."""

from dataclasses import dataclass

from pamiers.ingest.smm.parser import parse_report
from pamiers.ingest.smm.sentence import ParsedSentence, ReportHeader
from pamiers.ingest.smm.text.characters import decode
from pamiers.ingest.smm.text.splitting import split_reports


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedReport:
    """One report of a file with its sentences as read."""

    header: ReportHeader
    sentences: tuple[ParsedSentence, ...]
    headers: tuple[tuple[int, str], ...]  #: header and furniture lines, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFile:
    """All reports of a file and how its bytes were read."""

    reports: tuple[ParsedReport, ...]
    encoding: str
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[ParsedSentence, ...]:
        """Return every sentence of the file in order."""
        return tuple(s for report in self.reports for s in report.sentences)


def parse_file(data: bytes, source: str = "report") -> ParsedFile:
    """Return what a report file says.

    Args:
        data: Bytes of one or many reports.
        source: Name of the file, for errors.

    Returns:
        Reports in order, every sentence read or with a fault.

    Raises:
        MalformedSourceError: The bytes are empty or no text.
    """
    decoded = decode(data, source)
    reports = tuple(
        ParsedReport(
            header=report.header,
            sentences=tuple(
                parse_report(report.header, report.sentences, report.glosses)
            ),
            headers=report.headers,
        )
        for report in split_reports(decoded.text)
    )
    notes = (decoded.note,) if decoded.note is not None else ()
    return ParsedFile(reports=reports, encoding=decoded.encoding, notes=notes)
