"""What was received, what of it was not understood, and what can be done about that."""

from typing import Any, Final

from pamiers.app.pages.cases import Values
from pamiers.app.pages.readers import Reader
from pamiers.core.instant import format_instant
from pamiers.core.sharing import Sharing
from pamiers.mission.quarantine import quarantined

#: files and rows listed, the newest first
MOST: Final = 500
_COUNTS: Final = ("rows_read", "accepted", "duplicate", "quarantined", "bytes")
_ROW: Final = (
    *("id", "file", "name", "line", "column", "code", "message", "remedy", "raw"),
    "waived",
)


def received(reader: Reader) -> Values:
    """Return files as they were read, and rows that were not understood.

    Args:
        reader: The mission as its reader sees it.

    Returns:
        `files` by entry, the newest first: name, digest of the bytes that are kept,
        format and counts; `items`: every row in quarantine whole, those set aside
        too. Nothing for who serves no commission.
    """
    if Sharing(reader.edition.id) < Sharing.COMMISSION:
        return {"withheld": True, "files": [], "items": []}
    entries = list(reader.live.record.entries(("file",)))
    rows = list(quarantined(reader.live))
    return {
        "withheld": False,
        "files": [_file(each) for each in reversed(entries[-MOST:])],
        "items": [
            {name: getattr(each, name) for name in _ROW} for each in rows[::-1][:MOST]
        ],
    }


def _file(entry: Any) -> Values:  # noqa: ANN401 - an entry, whose body is JSON
    body = entry.body
    identity = body["of_file"] if isinstance(body["of_file"], dict) else {}
    return {
        "entry": entry.index,
        "at": format_instant(entry.recorded_at),
        "name": body["name"],
        "sha256": identity.get("sha256", ""),
        "format": identity.get("format", ""),
        **{name: body.get(name, 0) for name in _COUNTS},
    }
