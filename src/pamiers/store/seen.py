"""The index of what is on record, in a SQLite file of its own.

It is synced by the system when it pleases: what a power cut takes from it is read from
the record again. It can lag behind the record, never run ahead of it. What it was told
last lies in memory until there is enough of it to be worth a transaction.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Final

from pamiers.core.errors import StoreError
from pamiers.core.instant import format_instant
from pamiers.ledger.frontier import Frontier
from pamiers.mission.messages.filing import Found, Place
from pamiers.mission.messages.receipt import RECORDED
from pamiers.mission.messages.seen import News, Receipts

_HASH: Final = 32
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS about (
    record BLOB NOT NULL, size INTEGER NOT NULL, peaks BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS known (
    name BLOB PRIMARY KEY, says BLOB NOT NULL, entry INTEGER, position INTEGER,
    digest BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (
    name BLOB NOT NULL, says BLOB NOT NULL, entry INTEGER NOT NULL,
    position INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (name, says)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS receipt (
    entry INTEGER PRIMARY KEY, note TEXT NOT NULL, leaves BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sequence (
    source TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
    sent_at TEXT NOT NULL, PRIMARY KEY (source, epoch, seq)
) WITHOUT ROWID;
"""
_MOST_NAMES: Final = 900  # SQLite takes 999 parameters at least
#: how much lies in memory before it is written: messages and rows, or times told
_MOST_HELD: Final = 1_000
_MOST_TIMES: Final = 250


def _refused(error: sqlite3.Error) -> StoreError:
    return StoreError(
        "index",
        expected="an index that can be written",
        got=str(error),
        remedy="Check the space and the permissions; the record is as it was.",
    )


@dataclass(slots=True)
class _Told:
    """What an index was told of messages and has not written yet."""

    news: list[News] = field(default_factory=list)
    count: int = 0  #: messages
    known: dict[bytes, Found] = field(default_factory=dict)
    held: dict[tuple[bytes, bytes], Place] = field(default_factory=dict)
    receipts: dict[int, Receipts] = field(default_factory=dict)

    def add(self, news: News) -> None:
        """Take in more of it."""
        self.news.append(news)
        self.count += len(news.messages)
        self.receipts.update(news.receipts)
        for message, status, place in news.messages:
            if status == RECORDED:
                found = Found(says=message.says, place=place)
                self.known.setdefault(message.known, found)
            else:
                self.held.setdefault((message.known, message.says), place)

    def whole(self) -> News:
        """Return all of it as if it had been told at once."""
        return News(
            frontier=self.news[-1].frontier,
            rows=[each for news in self.news for each in news.rows],
            messages=[each for news in self.news for each in news.messages],
            receipts=[each for news in self.news for each in news.receipts],
        )


class SqliteSeen:
    """An index on disk; one process writes it, any thread of it may ask."""

    def __init__(self, path: Path, record: bytes) -> None:
        """Open the index of a record, anew where it is of another.

        Args:
            path: The file; its folder is made.
            record: First leaf of the record.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        self._told = _Told()
        try:
            self._open(path, record)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)  # spoilt: the record has all that it had
            self._open(path, record)

    def _open(self, path: Path, record: bytes) -> None:
        self._line = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None
        )
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
            self._line.execute(f"PRAGMA {pragma}")
        self._line.executescript(_TABLES)
        known = self._line.execute("SELECT record FROM about").fetchone()
        if known is None or known[0] != record:
            with self._transaction():
                for table in ("about", "known", "held", "receipt", "sequence"):
                    self._line.execute(f"DELETE FROM {table}")  # noqa: S608 - our names
                self._line.execute("INSERT INTO about VALUES (?, 0, x'')", (record,))
        some = self._line.execute("SELECT 1 FROM held LIMIT 1").fetchone()
        self._holds = some is not None  #: and what others hold comes by `add`

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            try:
                self._line.execute("BEGIN IMMEDIATE")
                yield
                self._line.execute("COMMIT")
            except BaseException as error:
                with suppress(sqlite3.Error):
                    self._line.execute("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError):
                    raise _refused(error) from error
                raise

    def frontier(self) -> Frontier:
        """Return the frontier of the entries it knows."""
        with self._lock:
            if self._told.news:
                return self._told.news[-1].frontier
            size, held = self._line.execute("SELECT size, peaks FROM about").fetchone()
        peaks = [held[at : at + _HASH] for at in range(0, len(held), _HASH)]
        return Frontier(size, tuple(peaks))

    def find(self, names: Sequence[bytes]) -> dict[bytes, Found]:
        """Return what is on record under some identifiers; others are left out."""
        found: dict[bytes, Found] = {}
        with self._lock:
            for at in range(0, len(names), _MOST_NAMES):
                found.update(self._kept(names[at : at + _MOST_NAMES]))
            newer = self._told.known
            found.update({name: newer[name] for name in names if name in newer})
        return found

    def _kept(self, names: Sequence[bytes]) -> Iterator[tuple[bytes, Found]]:
        """Yield what the file has under some identifiers."""
        marks = ",".join("?" * len(names))
        query = f"SELECT * FROM known WHERE name IN ({marks})"  # noqa: S608 - marks
        for name, says, entry, position, digest in self._line.execute(query, names):
            place = None if entry is None else Place(entry, position, digest.hex())
            yield name, Found(says=says, place=place)

    def held(
        self, names: Sequence[tuple[bytes, bytes]]
    ) -> dict[tuple[bytes, bytes], Place]:
        """Return where messages lie that are held, by identifier and what they say."""
        query = "SELECT entry, position, digest FROM held WHERE name = ? AND says = ?"
        with self._lock:
            newer = self._told.held
            found = {name: newer[name] for name in names if name in newer}
            if not self._holds:
                return found
            for name in names:
                row = self._line.execute(query, name).fetchone()
                if row is not None:
                    found[name] = Place(row[0], row[1], row[2].hex())
        return found

    def receipts(self, entry: int) -> Receipts:
        """Return the receipts of an entry."""
        query = "SELECT note, leaves FROM receipt WHERE entry = ?"
        with self._lock:
            if entry in self._told.receipts:
                return self._told.receipts[entry]
            row = self._line.execute(query, (entry,)).fetchone()
        if row is None:
            raise StoreError(
                f"entry {entry}",
                expected="receipts",
                got="none",
                remedy="Name an entry that holds messages.",
            )
        leaves = [row[1][at : at + _HASH] for at in range(0, len(row[1]), _HASH)]
        return Receipts(note=row[0], leaves=tuple(leaves))

    def add(self, news: News) -> None:
        """Take in what is on record now."""
        with self._lock:
            told = self._told
            told.add(news)
            much = told.count >= _MOST_HELD or len(told.news) >= _MOST_TIMES
            if much or news.rows:  # of rows the file tells best what it had before
                self._write()

    def _write(self) -> None:
        """Write what lies in memory; where that fails it goes on lying there."""
        if self._told.news:
            self._put(self._told.whole())
            self._told = _Told()

    def _put(self, news: News) -> None:
        told = [
            (m.known, m.says, p.entry, p.position, bytes.fromhex(p.digest), status, m)
            for m, status, p in news.messages
        ]
        stand = [each[:5] for each in told if each[5] == RECORDED]
        held = [each[:5] for each in told if each[5] != RECORDED]
        numbered = [
            (m.source, m.epoch, m.seq, format_instant(m.sent_at) if m.sent_at else "")
            for *_, status, m in told
            if m.seq is not None and status == RECORDED
        ]
        rows = [(name, says, None, None, None) for name, says in news.rows]
        notes = [
            (entry, each.note, b"".join(each.leaves)) for entry, each in news.receipts
        ]
        size, peaks = news.frontier.size, b"".join(news.frontier.peaks)
        with self._transaction():
            many = self._line.executemany
            many(
                "INSERT INTO known VALUES (?,?,?,?,?) ON CONFLICT (name) DO UPDATE SET"
                " entry = excluded.entry, position = excluded.position,"
                " digest = excluded.digest"
                " WHERE known.entry IS NULL",
                stand,
            )
            # A file may correct what it said before: what it said last stands.
            many(
                "INSERT INTO known VALUES (?,?,?,?,?) ON CONFLICT (name) DO UPDATE SET"
                " says = excluded.says WHERE known.entry IS NULL",
                rows,
            )
            many("INSERT OR IGNORE INTO held VALUES (?,?,?,?,?)", held)
            self._holds = self._holds or bool(held)
            many("INSERT OR IGNORE INTO sequence VALUES (?,?,?,?)", numbered)
            many("INSERT OR REPLACE INTO receipt VALUES (?,?,?)", notes)
            self._line.execute("UPDATE about SET size = ?, peaks = ?", (size, peaks))

    def sequences(self, source: str, epoch: int) -> list[tuple[int, str]]:
        """Return (seq, sent_at) of all that a sender numbered, in order."""
        query = (
            "SELECT seq, sent_at FROM sequence WHERE source = ? AND epoch = ?"
            " ORDER BY seq"
        )
        with self._lock:
            self._write()
            return self._line.execute(query, (source, epoch)).fetchall()

    def senders(self) -> list[tuple[str, int]]:
        """Return (source, epoch) of all that numbered their messages."""
        query = "SELECT DISTINCT source, epoch FROM sequence"
        with self._lock:
            self._write()
            return self._line.execute(query).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, suppress(StoreError):  # what it was not told it reads later
            self._write()
        self._line.close()
