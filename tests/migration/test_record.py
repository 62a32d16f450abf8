"""Every older version of the record opens, with a copy; a newer one is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from pamiers.core.errors import StoreError
from pamiers.ledger.entry import draft
from pamiers.store.address import read_address
from pamiers.store.migrate import migrate_to, revision_of
from pamiers.store.postgres import PostgresRecord
from pamiers.store.schema import METADATA, REVISION
from pamiers.store.sqlite import SqliteRecord, connect
from tests.cluster import Cluster

NOW = datetime(2020, 7, 27, 16, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "record.sqlite"
    record = SqliteRecord(path, NOW)
    record.append([draft("file", {"a": 1}, now=NOW, salt=bytes(32))], after=0)
    record.close()
    return path


def at(path: Path, revision: str) -> None:
    engine = connect(path)
    migrate_to(engine, revision)
    assert revision_of(engine) == revision
    engine.dispose()


def test_a_new_record_needs_no_copy(path: Path) -> None:
    assert not (path.parent / "backups").exists()


def test_an_older_record_is_copied_and_then_migrated(path: Path) -> None:
    at(path, "0001")
    record = SqliteRecord(path, NOW)
    assert [entry.body for entry in record.entries()] == [{"a": 1}]
    record.close()
    copies = list((path.parent / "backups").iterdir())
    assert [copy.name for copy in copies] == [
        "record-v0001-20200727T163000Z.sqlite",
    ]
    engine = connect(copies[0])
    assert revision_of(engine) == "0001"
    engine.dispose()


def test_a_newer_record_is_refused_with_the_reason(path: Path) -> None:
    engine = connect(path)
    with engine.execution_options(write=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num='9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"version 9999.*newer pamiers"):
        SqliteRecord(path, NOW)


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    path.write_bytes(b"not a database at all, but long enough to look at" * 40)
    with pytest.raises(StoreError, match="file is not a database"):
        SqliteRecord(path, NOW)


def test_the_migrations_lead_to_the_declared_tables(path: Path) -> None:
    engine = connect(path)
    found = sa.inspect(engine)
    for table in METADATA.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}
    assert revision_of(engine) == REVISION
    engine.dispose()


def test_on_a_server_the_steps_lead_up_and_down(postgres: Cluster) -> None:
    name = postgres.database()
    address = read_address(postgres.url(name), "test")
    record = PostgresRecord(address)
    record.append([draft("file", {"a": 1}, now=NOW, salt=bytes(32))], after=0)
    record.close()
    engine = sa.create_engine(address.url)
    found = sa.inspect(engine)
    for table in METADATA.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}
    migrate_to(engine, "0001")
    assert revision_of(engine) == "0001"
    guards = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    assert postgres.run(guards, name) == []
    again = PostgresRecord(address)
    assert [entry.body for entry in again.entries()] == [{"a": 1}]
    again.close()
    assert revision_of(engine) == REVISION
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num='9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"version 9999.*newer pamiers"):
        PostgresRecord(address)
