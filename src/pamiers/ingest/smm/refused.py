"""Files of reports that are refused whole: too large, empty, or no text."""

from pamiers.core.errors import MalformedSourceError
from pamiers.ingest.limits import LIMITS
from pamiers.mission.reading import Note, Quarantined, Reading


def too_large(size: int) -> Reading:
    """Return the reading of a file that is past the limit: refused whole."""
    message = f"expected at most {LIMITS.file_bytes} bytes, got {size}"
    whole = Quarantined(
        row=0,
        line=1,
        column=None,
        code="F-SIZE",
        message=message,
        remedy="Split the file.",
        raw="",
    )
    return Reading(tables={}, origins={}, rows_read=1, quarantined=(whole,))


def unreadable(error: MalformedSourceError) -> Reading:
    """Return the reading of a file that is no text, or empty."""
    if error.got == "an empty file":
        note = Note(code="F-EMPTY", message=str(error))
        return Reading(tables={}, origins={}, rows_read=0, notes=(note,))
    whole = Quarantined(
        row=0,
        line=1,
        column=None,
        code="F-ENC",
        message=str(error),
        remedy=error.remedy,
        raw="",
    )
    return Reading(tables={}, origins={}, rows_read=1, quarantined=(whole,))
