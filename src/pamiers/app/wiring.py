"""Join the rooms: the one place that knows everything and reads the clock."""

import fcntl
import os
import secrets
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pamiers.core.errors import UsageError
from pamiers.mission.audit import Damage
from pamiers.mission.case_audit import Indexed
from pamiers.mission.mission import Mission
from pamiers.store.address import FILE as ADDRESS
from pamiers.store.address import address_of, read_given
from pamiers.store.case_rows import case_rows
from pamiers.store.cases import SqliteCases
from pamiers.store.disk import make_folder, write_durably, write_stream_durably
from pamiers.store.folder import FolderOriginals, FolderProjections, whole_projection
from pamiers.store.health import file_damage
from pamiers.store.memory import MemoryOriginals, MemoryProjections, MemoryRecord
from pamiers.store.migrate import copy_record
from pamiers.store.pages import page_sums, sums_path
from pamiers.store.postgres import PostgresRecord, open_empty, pour
from pamiers.store.seen import SqliteSeen
from pamiers.store.sqlite import SqliteRecord

CASES: Final = "cases.sqlite"
RECORD: Final = "record.sqlite"
PROJECTIONS: Final = "projections"
ORIGINALS: Final = "originals"
INDEX: Final = Path("index") / "seen.sqlite"
_TURN: Final = "turn.lock"
_WORKING: Final = "work.lock"


def now() -> datetime:
    """Return the present instant, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def seconds() -> float:
    """Return seconds of a clock that never goes back, to measure by."""
    return time.perf_counter()


def secret() -> str:
    """Return 32 random bytes as text."""
    return secrets.token_urlsafe(32)


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Wait until nobody else writes to a mission, and hold others off.

    The record refuses whoever comes too late, so this saves work and decides nothing.
    """
    handle = os.open(folder / _TURN, os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def working(folder: Path) -> Iterator[None]:
    """Wait until no other worker of a mission is in a round, and hold others off.

    Raises:
        UsageError: There is no mission in the folder.
    """
    _must_be_mission(folder)
    with (folder / _WORKING).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def seen_index(folder: Path, mission: Mission) -> SqliteSeen:
    """Open the index of what a mission has on record; it may be deleted when closed."""
    first = next(iter(mission.record.entries()))
    return SqliteSeen(folder / INDEX, first.leaf)


def name_as_text(path: Path) -> str:
    """Return a file's name as text; bytes that are none are spelt out."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def is_mission(folder: Path) -> bool:
    """Tell whether a folder holds a mission."""
    return (folder / RECORD).is_file() or (folder / ADDRESS).is_file()


@contextmanager
def opened(folder: Path) -> Iterator[Mission]:
    """Open the mission in a folder, and let go of it at the end.

    Args:
        folder: Folder made by `pamiers init`.

    Yields:
        The mission.

    Raises:
        UsageError: There is no mission in the folder.
        StoreError: Its record cannot be opened or is of a newer version.
    """
    _must_be_mission(folder)
    with _mission(folder) as mission:
        yield mission


def _must_be_mission(folder: Path) -> None:
    if not is_mission(folder):
        raise UsageError(
            str(folder),
            expected=f"a mission folder, which holds {RECORD}",
            got="none" if not folder.exists() else "a folder without one",
            remedy=f"Make one with `pamiers init {folder} --agreement ...`.",
        )


@contextmanager
def created(folder: Path, database: str | None = None) -> Iterator[Mission]:
    """Make the folder of a new mission, and open it with an empty record.

    Args:
        folder: Must be new, or empty.
        database: Address of an empty database of PostgreSQL for the record, without a
            password; None keeps the record in the folder.

    Yields:
        The mission, not yet begun.

    Raises:
        UsageError: The folder or the database holds something already.
        StoreError: The database cannot be reached or does not sync.
    """
    address = None if database is None else read_given(database)
    new_folder(folder)
    if address is not None:
        write_durably(folder / ADDRESS, f"{address}\n".encode())
        _empty_or_nothing(folder)
    with _mission(folder) as mission:
        yield mission


def _empty_or_nothing(folder: Path) -> None:
    """Pass where the database that a new folder names is empty; else leave nothing."""
    address = address_of(folder)
    try:
        if address is not None:
            open_empty(address).close()
    except BaseException:
        (folder / ADDRESS).unlink()
        raise


def new_folder(folder: Path) -> None:
    """Make a folder, or take one that is empty.

    Raises:
        UsageError: It holds something, or cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            str(folder),
            expected="a new or empty folder",
            got="one that holds something",
            remedy="Name another folder; a mission is never overwritten.",
        )
    try:
        make_folder(folder)
    except OSError as error:
        raise UsageError(
            str(folder),
            expected="a folder that can be made",
            got=error.strerror or str(error),
            remedy="Name a folder below one that exists and may be written.",
        ) from error


@contextmanager
def _mission(folder: Path) -> Iterator[Mission]:
    record = _record(folder)
    try:
        yield Mission(
            name=name_as_text(folder.resolve()),
            record=record,
            originals=FolderOriginals(folder / ORIGINALS),
            projections=FolderProjections(folder / PROJECTIONS),
            entropy=secrets.token_bytes,
        )
    finally:
        record.close()


def _record(folder: Path) -> SqliteRecord | PostgresRecord:
    address = address_of(folder)
    if address is not None:
        return PostgresRecord(address)
    record = SqliteRecord(folder / RECORD, now())
    if record.copied is not None:
        print(  # noqa: T201 - said once, whatever surface opened the mission
            f"The record was migrated; the one before is {record.copied}.",
            file=sys.stderr,
        )
    return record


@contextmanager
def case_index(folder: Path) -> Iterator[SqliteCases]:
    """Open the index of a mission's cases, and let go of it at the end."""
    index = SqliteCases(folder / CASES)
    try:
        yield index
    finally:
        index.close()


def indexed_cases(folder: Path) -> Indexed:
    """Return everything that the index of a mission's cases holds.

    Raises:
        StoreError: It cannot be read.
    """
    return case_rows(folder / CASES)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, making its folder.

    Raises:
        StoreError: The disk refused.
    """
    write_durably(path, data)


def write_stream(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of many pieces whole or not at all, making its folder.

    Raises:
        StoreError: The disk refused.
    """
    write_stream_durably(path, pieces)


def mission_in_memory(name: str) -> Mission:
    """Return an empty mission that lasts as long as the program."""
    return Mission(
        name=name,
        record=MemoryRecord(),
        originals=MemoryOriginals(),
        projections=MemoryProjections(),
        entropy=secrets.token_bytes,
    )


def projections_in_memory(
    kept: Mapping[str, tuple[str, bytes]],
) -> MemoryProjections:
    """Return projections that last as long as the object, some kept in them.

    Args:
        kept: What each was made from, and its bytes, by name.

    Returns:
        The projections.
    """
    found = MemoryProjections()
    for name, (basis, data) in kept.items():
        found.put(name, basis, data)
    return found


def record_damage(folder: Path) -> Iterator[Damage]:
    """Yield what is damaged in a record's file, before anything reads entries.

    Of a record in PostgreSQL nothing is told here: its pages are the server's.
    """
    return iter(()) if address_of(folder) else file_damage(folder / RECORD)


def pages_summed(folder: Path) -> bool:
    """Tell whether every page of a record has a sum that speaks of it as it is."""
    address = address_of(folder)
    if address is None:
        return sums_path(folder / RECORD).exists()
    record = PostgresRecord(address)
    try:
        return record.summed()
    finally:
        record.close()


def projection_whole(data: bytes) -> bool:
    """Tell whether the bytes of a projection are those that were computed."""
    return whole_projection(data)


def copy_online(folder: Path, target: Path) -> None:
    """Copy the record of a mission that may be in use into the file of another folder.

    What lies in PostgreSQL is read entry by entry; the copy is a file all the same.
    """
    address = address_of(folder)
    if address is None:
        copy_record(folder / RECORD, target / RECORD)
        sums = bytes(page_sums(target / RECORD))
        write_durably(sums_path(target / RECORD), sums)
        return
    pour(PostgresRecord(address), SqliteRecord(target / RECORD, now()))


def move_to_server(folder: Path, database: str) -> None:
    """Put the record of a mission that nobody uses into an empty database instead.

    Args:
        folder: The mission folder; its file of the record is removed at the end.
        database: Address of the database, without a password.

    Raises:
        UsageError: The database holds a record already.
        StoreError: It cannot be reached or does not sync.
    """
    write_durably(folder / ADDRESS, f"{read_given(database)}\n".encode())
    address = address_of(folder)
    try:
        assert address is not None  # noqa: S101 - it was written above
        pour(SqliteRecord(folder / RECORD, now()), open_empty(address))
    except BaseException:
        (folder / ADDRESS).unlink()
        raise
    for name in (RECORD, f"{RECORD}-wal", f"{RECORD}-shm", sums_path(Path(RECORD))):
        (folder / name).unlink(missing_ok=True)
