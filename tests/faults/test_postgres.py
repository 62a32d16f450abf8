"""Services and the server itself are killed: nothing acknowledged goes.

Every test of a promise has a twin in which the promise is broken on purpose, and which
has to be caught.
"""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest

from pamiers.core.errors import StoreError
from pamiers.ledger.entry import Draft, draft
from pamiers.ledger.tree import Head, root_of
from pamiers.store import postgres as store
from pamiers.store.address import Address, read_address
from pamiers.store.postgres import PostgresRecord
from tests.cluster import Cluster, cluster
from tests.integration.recorder import NOW

pytestmark = pytest.mark.integration
KILLS = int(os.environ.get("PAMIERS_KILLS", "200"))
_TOGETHER = 3


@pytest.fixture
def own() -> Iterator[Cluster]:
    """Return a server that a test may kill."""
    with cluster() as found:
        yield found


def entries(size: int) -> list[Draft]:
    return [
        draft(
            "rows",
            {"n": n},
            now=NOW,
            salt=n.to_bytes(32, "big"),
            payload={"rows": bytes([n % 256]) * 300},
        )
        for n in range(size, size + _TOGETHER)
    ]


def record_for_ever(address: Address, pipe: int) -> None:
    """Append three entries at a time; say the size after each acknowledgement."""
    record = PostgresRecord(address)
    size = record.head().size
    while True:
        size = record.append(entries(size), after=size).size
        os.write(pipe, b"%d\n" % size)


@dataclass(slots=True)
class Child:
    """A process that records, and what it says was acknowledged."""

    pid: int
    pipe: int

    def acknowledged(self) -> int:
        """Wait until it is no more, and return the last size that it was told."""
        os.waitpid(self.pid, 0)
        with os.fdopen(self.pipe, "rb") as said:
            return max((int(line) for line in said.read().split()), default=0)


def recording(address: Address) -> Child:
    """Fork a process that records until it is killed, or its server is."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with suppress(BaseException):
            record_for_ever(address, writing)
        os._exit(1)
    os.close(writing)
    return Child(child, reading)


def checked(address: Address) -> int:
    """Return the size of a record, every entry of which was checked."""
    record = PostgresRecord(address)
    found = list(record.drafts())
    assert [e.body["n"] for e in record.entries()] == list(range(len(found)))
    assert record.head() == Head(len(found), root_of([e.leaf for e in found]))
    assert len(found) % _TOGETHER == 0  # an append is there whole or not at all
    assert all(len(e.payload) == 1 for e in found)
    record.close()
    return len(found)


def test_a_killed_service_loses_nothing_acknowledged(postgres: Cluster) -> None:
    address = read_address(postgres.url(postgres.database()), "test")
    PostgresRecord(address).close()
    rng, acked = random.Random(11), 0  # noqa: S311 - no secret
    for _ in range(max(KILLS // 5, 1)):
        child = recording(address)
        time.sleep(rng.uniform(0.05, 0.2))
        os.kill(child.pid, signal.SIGKILL)
        acked = max(acked, child.acknowledged())
    assert checked(address) >= acked > 0


def lost(own: Cluster, address: Address, kills: int) -> tuple[int, int]:
    """Kill a server while somebody records; return acknowledged and there, at most."""
    rng, acked, there = random.Random(5), 0, 0  # noqa: S311 - no secret
    for _ in range(kills):
        child = recording(address)
        time.sleep(rng.uniform(0.3, 0.8))
        own.kill()
        acked = max(acked, child.acknowledged())
        own.start()
        there = checked(address)
        if there < acked:
            break
    return acked, there


def test_a_killed_server_loses_nothing_acknowledged(own: Cluster) -> None:
    address = read_address(own.url(own.database()), "test")
    PostgresRecord(address).close()
    acked, there = lost(own, address, max(KILLS // 50, 1))
    assert there >= acked > 0


def test_a_server_that_does_not_sync_is_found_out(
    own: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = own.database()
    own.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
    own.run("ALTER SYSTEM SET wal_writer_delay = '10s'")
    own.run("SELECT pg_reload_conf()")
    address = read_address(own.url(name), "test")
    monkeypatch.setattr(store, "_check_durable", lambda _: None)
    PostgresRecord(address).close()
    acked, there = lost(own, address, 5)
    assert there < acked


@pytest.mark.parametrize("setting", ["synchronous_commit = off", "fsync = off"])
def test_a_server_that_does_not_sync_is_refused(own: Cluster, setting: str) -> None:
    address = read_address(own.url(own.database()), "test")
    record = PostgresRecord(address)
    record.append(entries(0), after=0)
    own.run(f"ALTER SYSTEM SET {setting}")
    own.run("SELECT pg_reload_conf()")
    name = setting.partition(" ")[0]
    for _ in range(100):
        if own.run(f"SHOW {name}") == [("off",)]:
            break
        time.sleep(0.05)
    with pytest.raises(StoreError, match=f"{name} = off"):
        record.append(entries(3), after=3)
    with pytest.raises(StoreError, match=f"{name} = off"):
        PostgresRecord(address)
    assert record.head().size == 3
    record.close()


@contextmanager
def refused(secret: str) -> Iterator[Callable[[], str]]:
    """Expect an error in which a secret is nowhere, and give what it says."""
    said: list[str] = []
    try:
        yield lambda: said[0]
    except StoreError as error:
        chain: BaseException | None = error
        while chain is not None:
            text = f"{chain} {chain!r}" if chain is error else str(error.to_dict())
            assert secret not in text
            chain = chain.__cause__
        said.append(str(error))
    assert said


def test_a_server_that_went_away_is_told_and_found_again(own: Cluster) -> None:
    address = read_address(own.url(own.database()), "test")
    record = PostgresRecord(address)
    record.append(entries(0), after=0)
    own.kill()
    with refused(own.password) as told:
        record.append(entries(3), after=3)
    assert "refused" in told() or "closed" in told()
    with refused(own.password):
        record.head()
    own.start()
    assert record.append(entries(3), after=3).size == 6
    assert record.head().size == 6
    record.close()


def test_a_wrong_password_is_told_without_it(postgres: Cluster) -> None:
    wrong = postgres.url().replace(postgres.password, "S3cret-and-wrong")
    address = read_address(wrong, "test")
    with refused("S3cret-and-wrong") as told:
        PostgresRecord(address)
    assert "authentication failed" in told()
    assert "S3cret" not in f"{address} {address!r}"


def test_a_transaction_that_hangs_holds_nobody_up_for_ever(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        store,
        "_SESSION",
        (
            "SET lock_timeout = '200ms'",
            "SET idle_in_transaction_session_timeout = '1s'",
        ),
    )
    address = read_address(postgres.url(postgres.database()), "test")
    one, two = PostgresRecord(address), PostgresRecord(address)
    held = one._engine.raw_connection()  # noqa: SLF001 - what a hung service holds
    held.cursor().execute("LOCK TABLE entry IN SHARE ROW EXCLUSIVE MODE")
    with pytest.raises(StoreError, match="lock timeout"):
        two.append(entries(0), after=0)
    assert two.head().size == 0  # reading goes on
    time.sleep(1.2)
    assert two.append(entries(0), after=0).size == 3
    held.invalidate()
    one.close()
    two.close()
