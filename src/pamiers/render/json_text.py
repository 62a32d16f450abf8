"""The report as one canonical JSON document (RFC 8785)."""

from typing import TYPE_CHECKING

from pamiers.core.canonical import canonical_bytes
from pamiers.core.instant import zone
from pamiers.render.language import Language
from pamiers.report.document import document

if TYPE_CHECKING:
    from pamiers.report.daily import DailyReport


def render_json(report: "DailyReport", language: str) -> bytes:
    """Return the report as canonical JSON and one line end.

    Codes are the same in every language; `language` names the one that its
    sentences and names are in.
    """
    speaker = Language(language, zone(report.header.time_zone))
    body = {**document(report, speaker.say), "language": language}
    return canonical_bytes(body) + b"\n"
