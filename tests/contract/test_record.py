"""What every record promises, asked of memory and of SQLite alike."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pamiers.core.errors import LedgerMismatchError, OutOfOrderError, StoreError
from pamiers.ledger.entry import Draft, draft
from pamiers.ledger.tree import EMPTY_ROOT, Head, root_of
from pamiers.mission.ports import Originals, Projections, Record
from pamiers.store.folder import FolderOriginals, FolderProjections
from pamiers.store.memory import MemoryOriginals, MemoryProjections, MemoryRecord
from pamiers.store.sqlite import SqliteRecord

NOW = datetime(2020, 7, 27, 16, 30, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    if request.param == "memory":
        yield MemoryRecord()
        return
    opened = SqliteRecord(tmp_path / "record.sqlite", NOW)
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


def test_two_who_append_at_once_do_not_overwrite(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    one, two = SqliteRecord(path, NOW), SqliteRecord(path, NOW)
    one.append(drafts("a"), after=0)
    with pytest.raises(OutOfOrderError):
        two.append(drafts("b"), after=0)
    two.append(drafts("b"), after=1)
    assert one.head() == two.head()
    assert one.head().size == 2
    one.close()
    two.close()


@pytest.mark.parametrize("act", ["UPDATE entry SET kind='x'", "DELETE FROM payload"])
def test_the_file_itself_refuses_to_change_what_was_recorded(
    tmp_path: Path, act: str, refuse: Callable[[Path, str], str]
) -> None:
    record = SqliteRecord(tmp_path / "record.sqlite", NOW)
    record.append(drafts("a"), after=0)
    record.close()
    assert "append-only" in refuse(tmp_path / "record.sqlite", act)


@pytest.fixture
def refuse() -> Callable[[Path, str], str]:
    def attempt(path: Path, act: str) -> str:
        connection = sqlite3.connect(path)
        try:
            with pytest.raises(sqlite3.IntegrityError) as caught:
                connection.execute(act)
        finally:
            connection.close()
        return str(caught.value)

    return attempt
