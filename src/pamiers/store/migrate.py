"""Bring a record's tables to the version this program speaks, or say why not."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from pamiers.core.errors import StoreError
from pamiers.store.keep import drop_sums
from pamiers.store.schema import REVISION

#: number of the lock that whoever migrates on a server holds
_MIGRATING: Final = 0x70616D69


def ensure_current(engine: sa.Engine, path: Path, now: datetime) -> Path | None:
    """Create or migrate the tables of a record.

    Args:
        engine: Connected to the file at `path`.
        path: The record.
        now: Instant of opening, which names the copy that is made first.

    Returns:
        The copy made before a migration; None where none was needed.

    Raises:
        StoreError: The record is of a newer version than this program, or the
            copy could not be made.
    """
    found = revision_of(engine)
    if found == REVISION:
        return None
    copied = None if found is None else _copy(path, found, now)
    drop_sums(path)
    _upgrade(engine, found, copied)
    return copied


def ensure_tables(engine: sa.Engine) -> None:
    """Create or migrate the tables on a server, where several may try at once.

    Nothing is copied first: there a migration is one transaction, all or none.

    Args:
        engine: Connected to the server.

    Raises:
        StoreError: The tables are of a newer version than this program.
    """
    if revision_of(engine) == REVISION:
        return
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
        found = revision_of(engine)  # another may have been faster
        if found != REVISION:
            _upgrade(engine, found, None)


def revision_of(engine: sa.Engine) -> str | None:
    """Return the revision a record is at; None for a new, empty file."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
        return str(found.scalar_one())


def migrate_to(engine: sa.Engine, revision: str) -> None:
    """Run the migrations that lead to a revision, up or down.

    Args:
        engine: Connected to a record.
        revision: Where to stop.
    """
    from alembic import command  # noqa: PLC0415 - slow, and seldom needed
    from alembic.config import Config  # noqa: PLC0415 - loaded when it is used
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - loaded when it is used

    config = Config()
    config.set_main_option("script_location", "pamiers.store:migrations")
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    order = [step.revision for step in script.walk_revisions()]
    found = revision_of(engine)
    with engine.execution_options(write=True).begin() as connection:
        config.attributes["connection"] = connection
        down = found in order and order.index(found) < order.index(revision)
        (command.downgrade if down else command.upgrade)(config, revision)


def _upgrade(engine: sa.Engine, found: str | None, copied: Path | None) -> None:
    if found is not None and found > REVISION:
        raise StoreError(
            "record",
            expected=f"tables of version {REVISION} or older",
            got=f"version {found}",
            remedy="Open it with the newer pamiers that wrote it.",
        )
    from alembic.util import CommandError  # noqa: PLC0415 - loaded when it is used

    try:
        migrate_to(engine, REVISION)
    except (sa.exc.SQLAlchemyError, CommandError) as error:
        kept = f" The copy {copied.name} is untouched." if copied else ""
        raise StoreError(
            "record",
            expected=f"a migration from version {found} to {REVISION}",
            got=type(error).__name__,
            remedy=f"Keep the file as it is and report this.{kept}",
        ) from error


def _copy(path: Path, found: str, now: datetime) -> Path | None:
    if found > REVISION:
        return None
    folder = path.parent / "backups"
    target = folder / f"{path.stem}-v{found}-{now:%Y%m%dT%H%M%SZ}.sqlite"
    try:
        folder.mkdir(exist_ok=True)
        copy_record(path, target)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            str(target),
            expected="a copy of the record before its migration",
            got=str(error),
            remedy="Free space or mend the permissions; nothing was migrated.",
        ) from error
    return target


def copy_record(path: Path, target: Path) -> None:
    """Copy a record that may be in use, page by page, into a new file."""
    # The backup API has no SQLAlchemy form.
    with (
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
