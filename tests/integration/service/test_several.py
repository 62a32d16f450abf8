"""Several services before one record on a server: one chain, nothing receipted lost."""

import json
import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from pamiers.app.backup import backup, restore
from pamiers.app.fsck import fsck
from pamiers.app.wiring import opened
from pamiers.core.errors import UsageError
from pamiers.mission.replay import verify_record
from tests.cluster import Cluster
from tests.integration.service.inside import token_of
from tests.integration.service.serving import free_port, prepared, serving
from tests.integration.service.test_kills import (
    Senders,
    check,
    live,
    reached,
)

pytestmark = pytest.mark.integration
KILLS = int(os.environ.get("PAMIERS_KILLS", "200"))


@pytest.fixture
def folder(tmp_path: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a mission with two reports, its record on a server."""
    name = postgres.database()
    monkeypatch.setenv("PAMIERS_DATABASE_URL", postgres.url(name))
    backup(prepared(tmp_path / "first"), tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "mission", postgres.url(name, secret=False))
    return tmp_path / "mission"


def test_two_services_that_are_killed_make_one_chain(folder: Path) -> None:
    token = token_of(folder, "olha", "observer", sources=("*",))
    rng = random.Random(4)  # noqa: S311 - a seed
    fork = multiprocessing.get_context("fork")
    ports = [free_port(), free_port()]
    senders = [Senders(token, count=1_000_000 * at) for at in range(2)]

    def begun(port: int) -> multiprocessing.process.BaseProcess:
        life = fork.Process(target=live, args=(folder, port), daemon=True)
        life.start()
        while not reached(port):
            assert life.is_alive()
            time.sleep(0.01)
        return life

    lives = [begun(port) for port in ports]
    for _ in range(max(KILLS // 50, 1)):
        for sender, port in zip(senders, ports, strict=True):
            sender.run(port)
        time.sleep(rng.uniform(0.5, 1.5))
        victim = rng.randrange(2)
        pid = lives[victim].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        lives[victim].join()
        for sender in senders:
            sender.stop()
        lives[victim] = begun(ports[victim])
    for life in lives:
        life.kill()
        life.join()
    assert all(sender.receipts for sender in senders)
    check(folder, [each for sender in senders for each in sender.receipts])


def test_nothing_says_the_password(
    folder: Path, postgres: Cluster, tmp_path: Path
) -> None:
    token = token_of(folder, "olha", "observer", sources=("*",))
    bearer = {"Authorization": f"Bearer {token}"}
    with serving(folder) as service:
        told = service.ask("/api/messages", {"no": "message"}, **bearer)
        assert told.status == 400
        assert postgres.password.encode() not in told.body
        kept = service.ask("/api/record", **bearer)
        assert kept.status == 200
        assert postgres.password.encode() not in kept.body
        assert service.stop() == 0
        assert postgres.password not in service.errors.read_text()
    for path in folder.rglob("*"):
        if path.is_file():
            assert postgres.password.encode() not in path.read_bytes(), path
    secret = postgres.url("postgres")
    with pytest.raises(UsageError, match="without a password") as caught:
        restore(tmp_path / "copy", tmp_path / "second", secret)
    assert postgres.password not in str(caught.value)


def test_a_copy_from_a_server_is_a_folder_like_any(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = fsck(folder, repair=False)
    assert found.damage == ()
    assert found.pages_summed
    told = backup(folder, tmp_path / "again")
    monkeypatch.delenv("PAMIERS_DATABASE_URL")
    assert json.loads((tmp_path / "again" / "backup.json").read_text())
    with opened(tmp_path / "again") as mission:
        assert verify_record(mission).hex == told["head"]
    assert not (tmp_path / "again" / "record.url").exists()


def test_a_database_that_holds_a_record_takes_no_other(
    folder: Path, postgres: Cluster, tmp_path: Path
) -> None:
    plain = (folder / "record.url").read_text().strip()
    with pytest.raises(UsageError, match="without a record in it"):
        restore(tmp_path / "copy", tmp_path / "second", plain)
    assert not (tmp_path / "second" / "record.url").exists()
    assert postgres.password not in plain
