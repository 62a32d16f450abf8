"""Keep the sums of a record's pages while nobody writes; drop them before a write."""

import os
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from pamiers.store.disk import DISK, write_durably
from pamiers.store.pages import page_sums, sums_path


def drop_sums(record: Path) -> None:
    """Remove the sums of a record; to be called with its write lock held.

    Args:
        record: The file.
    """
    path = sums_path(record)
    if os.path.lexists(path):  # asked with every append: no more than that
        path.unlink()
        DISK.sync_folder(path.parent)


def keep_sums(engine: sa.Engine, record: Path) -> None:
    """Fold the log into a record and keep its sums, unless somebody else writes.

    Args:
        engine: Connected to it.
        record: The file.
    """
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()
        if busy is None or busy[0]:
            return  # somebody reads or writes: they will be kept later
        cursor.execute("BEGIN IMMEDIATE")
        try:
            log = record.with_name(f"{record.name}-wal")
            if not log.exists() or not log.stat().st_size:
                write_durably(sums_path(record), bytes(page_sums(record)))
        finally:
            cursor.execute("ROLLBACK")
