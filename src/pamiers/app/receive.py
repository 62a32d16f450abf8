"""Receive a file: read it in its format, file it, and account for its rows."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pamiers.agreement import load_agreement
from pamiers.agreement.model import Agreement
from pamiers.app.dates import read_date
from pamiers.app.wiring import name_as_text, now, opened, turn
from pamiers.core.errors import MalformedSourceError, UsageError, Where
from pamiers.core.instant import Interval, calendar_day, zone
from pamiers.ingest import registry
from pamiers.mission.mission import Mission
from pamiers.mission.ports import Progress
from pamiers.mission.reading import Note, ReadOptions, Release
from pamiers.mission.record import Receipt, Submission, record
from pamiers.mission.release import changes
from pamiers.mission.versions import agreement_files

MAX_BYTES: Final = 1_000_000_000
#: how many refusals a receipt spells out; all of them are in `pamiers quarantine`
SPELLED_OUT: Final = 100
_MARGIN_DEG: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the caller says of a file."""

    format: str | None = None
    mapping: Path | None = None
    source: str | None = None
    release: str | None = None
    released_on: str | None = None
    covers: str | None = None


def receive(
    folder: Path, file: Path, request: Request, progress: Progress
) -> dict[str, object]:
    """Read a file into a mission's record.

    Args:
        folder: Mission folder.
        file: File to read.
        request: What is known of it.
        progress: Told how far it is.

    Returns:
        The account of every row, as plain values.

    Raises:
        UsageError: The file is missing or too large, or the options contradict.
    """
    data = read_bytes(file)
    with opened(folder) as mission:
        agreement = load_agreement(agreement_files(mission))
        options = _options(mission, agreement, file, request)
        name = request.format or _detected(file, data)
        reading = registry.get(name).read(data, options)
        progress(0, reading.rows_read, "rows read")
        submission = Submission(
            data=data, format=name, options=options, reading=reading
        )
        with turn(folder):  # what is known is looked up and added to in one step
            receipt = record(mission, submission, now=now(), progress=progress)
        return _account(mission, receipt, submission)


def _mapping_text(file: Path) -> str:
    data = read_bytes(file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MalformedSourceError(
            Where(str(file), line=line),
            expected="a mapping in UTF-8",
            got=f"byte 0x{data[error.start]:02x}",
            remedy="Save the file as UTF-8.",
        ) from error


def read_bytes(file: Path) -> bytes:
    """Return a file's bytes, refusing what is not a file or is past the limit.

    Raises:
        UsageError: Missing, unreadable, or larger than 1 GB.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(
            str(file),
            expected="a file that can be read",
            got=error.strerror or str(error),
            remedy="Check the name and the permissions.",
        ) from error
    if len(data) > MAX_BYTES:
        raise UsageError(
            str(file),
            expected=f"at most {MAX_BYTES:,} bytes",
            got="more",
            remedy="Split the file.",
        )
    return data


def _options(
    mission: Mission, agreement: Agreement, file: Path, request: Request
) -> ReadOptions:
    mapping = request.mapping
    return ReadOptions(
        file_name=name_as_text(file),
        time_zone=agreement.time_zone,
        cut_off=agreement.cut_off,
        mapping=None if mapping is None else _mapping_text(mapping),
        places=agreement_files(mission).get("places.csv"),
        source=request.source,
        bounds=_bounds(agreement),
        parties=agreement.party_ids,
        release=_release(request, agreement.time_zone),
    )


def _bounds(agreement: Agreement) -> tuple[float, float, float, float] | None:
    boxes = [sector.zone.shape.bounds for sector in agreement.sectors]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return (
        min(west) - _MARGIN_DEG,
        min(south) - _MARGIN_DEG,
        max(east) + _MARGIN_DEG,
        max(north) + _MARGIN_DEG,
    )


def _detected(file: Path, data: bytes) -> str:
    found = registry.detect(data[:65_536])
    if len(found) != 1:
        raise UsageError(
            str(file),
            expected=f"a format ({', '.join(registry.names())})",
            got=f"a file that may be {' or '.join(found) or 'none of them'}",
            remedy="Name it with --format.",
        )
    return found[0]


def _release(request: Request, time_zone: str) -> Release | None:
    if not request.release:
        if request.released_on or request.covers:
            raise UsageError(
                "--released-on, --covers",
                expected="--release NAME beside them",
                got="none",
                remedy="Name the release.",
            )
        return None
    if request.released_on is None:
        raise UsageError(
            "--release",
            expected="--released-on DATE beside it",
            got="none",
            remedy="Say when it was published: releases order by that day.",
        )
    covers = None if request.covers is None else _days(request.covers, time_zone)
    published = read_date(request.released_on, "--released-on")
    return Release(name=request.release, released_on=published, covers=covers)


def _days(text: str, time_zone: str) -> Interval:
    ends = text.partition("/")[::2]
    first, last = (read_date(day, "--covers") for day in ends)
    if last < first:
        raise UsageError(
            "--covers",
            expected="a last day that is not before the first",
            got=repr(text),
            remedy="Swap the two.",
        )
    tz = zone(time_zone)
    return Interval(calendar_day(first, tz).start, calendar_day(last, tz).end)


def _account(
    mission: Mission, receipt: Receipt, submission: Submission
) -> dict[str, object]:
    name = submission.options.file_name
    account: dict[str, object] = {
        "rows_read": receipt.rows_read,
        "accepted": receipt.accepted,
        "duplicate": receipt.duplicate,
        "quarantined": receipt.quarantined,
        "revised": receipt.revised,
        "header": receipt.header,
        "file": receipt.file,
        "format": submission.format,
        "filed": receipt.filed,
        "counts": receipt.counts,
        "notes": _notes(receipt.notes),
        "refusals": [
            {
                "file": name,
                **{key: getattr(each, key) for key in each.__dataclass_fields__},
            }
            for each in receipt.refusals[:SPELLED_OUT]
        ],
        "new_entries": receipt.new_entries,
        "entries": receipt.head.size,
        "head": receipt.head.hex,
    }
    release = submission.options.release
    found = None if release is None else changes(mission, release.name)
    if found is not None:
        account["changes"] = found.to_dict()
    return account


def _notes(notes: tuple[Note, ...]) -> list[dict[str, object]]:
    """Return one line for each kind of note: its first message, and how often."""
    counted = Counter(note.code for note in notes)
    first: dict[str, str] = {}
    for note in notes:
        first.setdefault(note.code, note.message)
    return [
        {"code": code, "rows": counted[code], "message": message}
        for code, message in first.items()
    ]
