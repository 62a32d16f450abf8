"""What every record promises, asked of memory, SQLite and PostgreSQL alike."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pamiers.core.errors import LedgerMismatchError, OutOfOrderError, StoreError
from pamiers.ledger.entry import Draft, draft
from pamiers.ledger.tree import EMPTY_ROOT, Head, root_of
from pamiers.mission.ports import Originals, Projections, Record
from pamiers.store.address import read_address
from pamiers.store.folder import FolderOriginals, FolderProjections
from pamiers.store.memory import MemoryOriginals, MemoryProjections, MemoryRecord
from pamiers.store.postgres import PostgresRecord
from pamiers.store.sqlite import SqliteRecord
from tests.cluster import Cluster

NOW = datetime(2020, 7, 27, 16, 30, tzinfo=UTC)


#: opens the same record again, as another process would
Opening = Callable[[], SqliteRecord | PostgresRecord]


@pytest.fixture(params=["sqlite", "postgres"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    if request.param == "sqlite":
        return lambda: SqliteRecord(tmp_path / "record.sqlite", NOW)
    held: Cluster = request.getfixturevalue("postgres")
    address = read_address(held.url(held.database()), "test")
    return lambda: PostgresRecord(address)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    if request.param == "memory":
        yield MemoryRecord()
        return
    opened: SqliteRecord | PostgresRecord
    if request.param == "sqlite":
        opened = SqliteRecord(tmp_path / "record.sqlite", NOW)
    else:
        held: Cluster = request.getfixturevalue("postgres")
        opened = PostgresRecord(read_address(held.url(held.database()), "test"))
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "folder"])
def originals(request: pytest.FixtureRequest, tmp_path: Path) -> Originals:
    if request.param == "memory":
        return MemoryOriginals()
    return FolderOriginals(tmp_path / "originals")


@pytest.fixture(params=["memory", "folder"])
def projections(request: pytest.FixtureRequest, tmp_path: Path) -> Projections:
    if request.param == "memory":
        return MemoryProjections()
    return FolderProjections(tmp_path / "projections")


def drafts(*bodies: str, kind: str = "rows") -> list[Draft]:
    return [
        draft(
            kind,
            {"says": body},
            now=NOW,
            salt=body.encode().ljust(32, b"."),
            payload={"rows": body.encode()},
        )
        for body in bodies
    ]


def test_an_empty_record_has_the_empty_root(record: Record) -> None:
    assert record.head() == Head(0, EMPTY_ROOT)
    assert list(record.entries()) == []


def test_entries_come_back_in_order_and_whole(record: Record) -> None:
    given = drafts("a", "b", "c")
    head = record.append(given, after=0)
    found = list(record.entries())
    assert [e.content for e in found] == [d.content for d in given]
    assert [e.index for e in found] == [0, 1, 2]
    assert [e.body["says"] for e in found] == ["a", "b", "c"]
    assert {e.recorded_at for e in found} == {NOW}
    assert head == record.head() == Head(3, root_of([d.leaf for d in given]))


def test_appending_twice_grows_the_same_tree(record: Record) -> None:
    given = drafts("a", "b", "c", "d", "e")
    record.append(given[:2], after=0)
    record.append(given[2:], after=2)
    assert record.head() == Head(5, root_of([d.leaf for d in given]))


def test_an_append_on_another_size_is_refused_whole(record: Record) -> None:
    record.append(drafts("a"), after=0)
    with pytest.raises(OutOfOrderError, match="run the command again"):
        record.append(drafts("b", "c"), after=0)
    assert record.head().size == 1


def test_entries_of_one_kind_from_an_index_on(record: Record) -> None:
    record.append(drafts("a") + drafts("b", kind="file") + drafts("c"), after=0)
    assert [e.index for e in record.entries(("rows",))] == [0, 2]
    assert [e.index for e in record.entries(("rows",), start=1)] == [2]
    assert [e.index for e in record.entries(start=1)] == [1, 2]
    assert list(record.entries(())) == []


def test_payloads_lie_beside_their_entries(record: Record) -> None:
    record.append(drafts("a", "b"), after=0)
    assert record.payload(1, "rows") == b"b"
    assert list(record.payloads("rows")) == [(0, b"a"), (1, b"b")]
    assert list(record.payloads("other")) == []
    with pytest.raises(StoreError, match="entry 0"):
        record.payload(0, "other")
    with pytest.raises(StoreError, match="entry 7"):
        record.payload(7, "rows")


def test_appending_nothing_changes_nothing(record: Record) -> None:
    record.append(drafts("a"), after=0)
    assert record.append([], after=1) == record.head()


def test_originals_are_kept_by_digest(originals: Originals) -> None:
    digest = originals.put(b"as received")
    assert originals.put(b"as received") == digest
    assert originals.get(digest) == b"as received"
    with pytest.raises(StoreError, match="original"):
        originals.get("0" * 64)


def test_an_original_altered_on_disk_is_noticed(tmp_path: Path) -> None:
    originals = FolderOriginals(tmp_path)
    digest = originals.put(b"as received")
    next(tmp_path.glob("??/*")).write_bytes(b"as altered.")
    with pytest.raises(LedgerMismatchError, match="altered"):
        originals.get(digest)


def test_a_projection_is_read_only_on_its_own_basis(projections: Projections) -> None:
    assert projections.get("state", "one") is None
    projections.put("state", "one", b"old")
    projections.put("state", "two", b"new\nline")
    assert projections.get("state", "two") == b"new\nline"
    assert projections.get("state", "one") is None
    projections.clear()
    assert projections.get("state", "two") is None


def test_a_projection_altered_on_disk_is_computed_again(tmp_path: Path) -> None:
    projections = FolderProjections(tmp_path)
    projections.put("state", "one", b"right")
    path = tmp_path / "state"
    path.write_bytes(path.read_bytes().replace(b"right", b"wrong"))
    assert projections.get("state", "one") is None


def test_two_who_append_at_once_do_not_overwrite(opening: Opening) -> None:
    one, two = opening(), opening()
    one.append(drafts("a"), after=0)
    with pytest.raises(OutOfOrderError):
        two.append(drafts("b"), after=0)
    two.append(drafts("b"), after=1)
    assert one.head() == two.head()
    assert one.head().size == 2
    one.close()
    two.close()


def test_many_who_append_at_once_make_one_chain_without_gaps(opening: Opening) -> None:
    opening().close()
    seen: list[int] = []

    def work(name: str) -> None:
        record, done = opening(), 0
        while done < 20:
            after = record.head().size
            with suppress(OutOfOrderError):
                record.append(drafts(f"{name}{done}", f"{name}{done}b"), after=after)
                seen.append(after)
                done += 1
        record.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    record = opening()
    entries = list(record.entries())
    assert [e.index for e in entries] == list(range(120))
    assert sorted(seen) == list(range(0, 120, 2))
    assert record.head() == Head(120, root_of([e.leaf for e in entries]))
    record.close()


def test_what_is_left_of_an_entry_stands_in_its_place(record: Record) -> None:
    record.append(drafts("a", "b"), after=0)
    head, entry = record.head(), next(record.entries(start=1))
    closed, salt = entry.said().closing(entry.salt, frozenset({"says"}))
    left = bytes(closed)
    record.forget(1, left, salt)
    again = list(record.entries())
    assert b'"b"' not in again[1].content
    assert again[0].body == {"says": "a"}
    assert record.head() == head
    again[1].verify()
    with pytest.raises(StoreError, match="entry 7"):
        record.forget(7, left, salt)


def test_a_record_is_closed_and_opened_again(opening: Opening) -> None:
    record = opening()
    head = record.append(drafts("a", "b"), after=0)
    record.close()
    again = opening()
    assert again.head() == head
    assert [d.payload for d in again.drafts()] == [{"rows": b"a"}, {"rows": b"b"}]
    again.close()


ACTS = ("UPDATE entry SET kind='x'", "DELETE FROM payload")


@pytest.mark.parametrize("act", ACTS)
def test_the_file_itself_refuses_to_change_what_was_recorded(
    tmp_path: Path, act: str
) -> None:
    record = SqliteRecord(tmp_path / "record.sqlite", NOW)
    record.append(drafts("a"), after=0)
    record.close()
    with (
        closing(sqlite3.connect(tmp_path / "record.sqlite")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(act)


@pytest.mark.parametrize("act", [*ACTS, "TRUNCATE entry, payload"])
def test_the_server_itself_refuses_to_change_what_was_recorded(
    postgres: Cluster, act: str
) -> None:
    name = postgres.database()
    record = PostgresRecord(read_address(postgres.url(name), "test"))
    record.append(drafts("a"), after=0)
    record.close()
    with pytest.raises(Exception, match="append-only"):
        postgres.run(act, name)
