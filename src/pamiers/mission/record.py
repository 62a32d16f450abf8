"""File a reading: keep the bytes, sort known rows from new, account for all.

`rows_read = accepted + duplicate + quarantined`, whatever the file. Filing the
same file again changes nothing, and the receipt says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from pamiers.core.canonical import digest
from pamiers.core.instant import format_instant
from pamiers.core.table import RECORDED
from pamiers.ledger.entry import Draft, Entry, draft
from pamiers.ledger.leaf import SALT_BYTES
from pamiers.ledger.tree import Head
from pamiers.mission.batch import MAX_ROWS, Prepared, pack, prepare
from pamiers.mission.mission import Mission, new_draft
from pamiers.mission.ports import Progress
from pamiers.mission.published import check_one_day, published_in
from pamiers.mission.reading import Note, Quarantined, Reading, ReadOptions, Release
from pamiers.mission.sorting import Sorting, known_rows, refuse_conflicts, sort_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a file; true only once the record is durable.

    Invariant: `rows_read == accepted + duplicate + quarantined`.
    """

    file: str  #: SHA-256 of the original
    rows_read: int
    accepted: int
    duplicate: int
    quarantined: int
    revised: int  #: accepted rows that replace one of the same source and key
    header: int
    filed: dict[str, int]  #: new rows of the record by kind
    counts: dict[str, int]  #: rows by the format's own categories
    notes: tuple[Note, ...]
    refusals: tuple[Quarantined, ...]
    head: Head
    new_entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Some bytes, how they were read, and what came of it."""

    data: bytes
    format: str  #: name of the format
    options: ReadOptions
    reading: Reading

    def identity(self, file: str) -> dict[str, object]:
        """Return what tells two submissions of the same bytes apart."""
        options = self.options
        told: dict[str, object] = {
            "format": self.format,
            "mapping": None if options.mapping is None else digest(options.mapping),
            "release": None if options.release is None else options.release.name,
            "sha256": file,
        }
        return told if options.source is None else {**told, "source": options.source}


def record(
    mission: Mission,
    submission: Submission,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> Receipt:
    """File what was read from some bytes.

    Args:
        mission: The mission.
        submission: The bytes and what the format made of them.
        now: Instant of recording, aware.
        progress: Told of each batch.

    Returns:
        The account of every row, and the head that holds the new entries.

    Raises:
        OutOfOrderError: Somebody else recorded meanwhile; file again.
        StoreError: The disk refused; nothing was recorded.
    """
    after = mission.record.head()
    file = mission.originals.put(submission.data)
    reading = submission.reading
    prepared = {
        kind: prepare(reading.tables[kind], reading.origins[kind])
        for kind in RECORDED
        if kind in reading.tables and len(reading.tables[kind])
    }
    again = any(_of_bytes(entry, file) for entry in mission.record.entries(("file",)))
    sorting = sort_rows(prepared, known_rows(mission, again=again))
    receipt = _account(reading, sorting, file, after)
    drafts = [
        *_about_file(mission, receipt, submission, now),
        *_row_entries(mission, _batches(prepared, sorting), file, now),
    ]
    if not drafts:
        return receipt
    if progress is not None:
        progress(receipt.accepted, receipt.accepted, "rows to file")
    head = mission.record.append(drafts, after=after.size)
    return replace(receipt, head=head, new_entries=len(drafts))


def _about_file(
    mission: Mission, receipt: Receipt, submission: Submission, now: datetime
) -> Iterator[Draft]:
    identity = submission.identity(receipt.file)
    if not _seen(mission, "file", identity):
        body = _file_body(receipt, submission, identity)
        yield new_draft(mission, "file", body, now)
    if receipt.refusals and not _seen(mission, "quarantine", identity):
        items = [_plain(item) for item in receipt.refusals]
        about = {"digest": digest(items), "items": len(items), "of_file": identity}
        payload = {"items": orjson.dumps(items)}
        yield new_draft(mission, "quarantine", about, now, payload)
    yield from _about_release(mission, submission, identity, now)


def _about_release(
    mission: Mission,
    submission: Submission,
    identity: dict[str, object],
    now: datetime,
) -> Iterator[Draft]:
    """Yield what is said of a release, where it was not said already.

    Raises:
        UsageError: Its name is on record with another day of publication.
    """
    release = submission.options.release
    if release is None:
        return
    body = release_body(release, submission, identity)
    check_one_day(mission, published_in(body))
    said = [entry.body for entry in mission.record.entries(("release",))]
    same = [each for each in said if each["of_file"] == identity]
    if not same or same[-1] != body:
        yield new_draft(mission, "release", body, now)


def _of_bytes(entry: Entry, file: str) -> bool:
    identity = entry.body["of_file"]
    return isinstance(identity, dict) and identity["sha256"] == file


def _plain(item: Quarantined) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def _account(reading: Reading, sorting: Sorting, file: str, head: Head) -> Receipt:
    refusals = reading.quarantined + refuse_conflicts(sorting)
    accepted = len(sorting.fresh_rows)
    return Receipt(
        file=file,
        rows_read=reading.rows_read,
        accepted=accepted,
        duplicate=reading.rows_read - accepted - len(refusals),
        quarantined=len(refusals),
        revised=len(sorting.revised),
        header=reading.header,
        filed={kind: len(fresh) for kind, fresh in sorting.fresh.items() if fresh},
        counts=dict(reading.counts),
        notes=reading.notes,
        refusals=refusals,
        head=head,
        new_entries=0,
    )


def _seen(mission: Mission, kind: str, identity: dict[str, object]) -> bool:
    return any(
        entry.body.get("of_file") == identity
        for entry in mission.record.entries((kind,))
    )


def _file_body(
    receipt: Receipt, submission: Submission, identity: dict[str, object]
) -> dict[str, object]:
    return {
        "accepted": receipt.accepted,
        "bytes": len(submission.data),
        "duplicate": receipt.duplicate,
        "header": receipt.header,
        "mapping": submission.options.mapping,
        "name": submission.options.file_name,
        "of_file": identity,
        "quarantined": receipt.quarantined,
        "rows_read": receipt.rows_read,
    }


def release_body(
    release: Release, submission: Submission, identity: dict[str, object]
) -> dict[str, object]:
    """Return what the record says of a release, as JSON values."""
    covers, options = release.covers, submission.options
    sources = {options.source} if options.source else set()
    for table in submission.reading.tables.values():
        sources.update(table.columns.column("source").unique().to_pylist())
    return {
        "covers": None
        if covers is None
        else [format_instant(covers.start), format_instant(covers.end)],
        "name": release.name,
        "of_file": identity,
        "released_on": release.released_on.isoformat(),
        "sources": sorted(sources),
    }


def _batches(
    prepared: dict[str, Prepared], sorting: Sorting
) -> Iterator[tuple[Prepared, list[int]]]:
    for kind, fresh in sorting.fresh.items():
        for at in range(0, len(fresh), MAX_ROWS):
            yield prepared[kind], fresh[at : at + MAX_ROWS]


def _row_entries(
    mission: Mission,
    batches: Iterator[tuple[Prepared, list[int]]],
    file: str,
    now: datetime,
) -> Iterator[Draft]:
    for rows, chosen in batches:
        salt = mission.entropy(SALT_BYTES)
        body, payload = pack(rows, chosen, salt)
        body["file"] = file
        yield draft("rows", body, now=now, salt=salt, payload=payload)
