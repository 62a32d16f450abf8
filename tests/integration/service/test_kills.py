"""The service is killed at any moment: whatever was receipted is found, for ever.

Each life of the service is a process of its own, forked from this one with everything
imported, so that hundreds of lives fit into minutes. It is killed with SIGKILL while
several senders send; then the record is opened and held to every receipt given.
"""

import http.client
import json
import multiprocessing
import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pamiers.app.api.running import Settings, serve
from pamiers.app.log_key import log_key
from pamiers.app.wiring import opened
from pamiers.mission.messages.filing import KIND, TEXTS, listed
from pamiers.mission.messages.receipt import verify_receipt
from pamiers.mission.replay import verify_entries
from tests.integration.service.inside import token_of
from tests.integration.service.notes import message
from tests.integration.service.serving import free_port, prepared

pytestmark = pytest.mark.integration
KILLS = int(os.environ.get("PAMIERS_KILLS", "200"))
BUDGET_S = float(os.environ.get("PAMIERS_KILLS_S", "40"))
SENDERS = 4


@dataclass(slots=True)
class Senders:
    """Threads that send until told to stop; each repeats what got no answer."""

    token: str
    receipts: list[dict[str, Any]] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    count: int = 0

    def run(self, port: int) -> None:
        self.stopped.clear()
        threads = [
            threading.Thread(target=self._send, args=(port,)) for _ in range(SENDERS)
        ]
        for each in threads:
            each.start()
        self._threads = threads

    def stop(self) -> None:
        self.stopped.set()
        for each in self._threads:
            each.join()

    _threads: list[threading.Thread] = field(default_factory=list)

    def _send(self, port: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        headers = {"Authorization": f"Bearer {self.token}"}
        key = ""
        try:
            while not self.stopped.is_set():
                key = self._next()
                body = json.dumps(message(key)).encode()
                line.request("POST", "/api/messages", body, headers)
                reply = line.getresponse()
                told = json.loads(reply.read())
                assert reply.status == 201, told
                self.receipts.append(told)
        except (OSError, http.client.HTTPException):
            self.unanswered.append(key)
        finally:
            line.close()

    def _next(self) -> str:
        try:
            return self.unanswered.pop()
        except IndexError:
            self.count += 1
            return f"k{self.count}-{threading.get_ident() % 997}"


def live(folder: Path, port: int) -> None:
    """Be the service until killed."""
    serve(folder, Settings(port=port, beat_s=0.2))


def reached(port: int) -> bool:
    """Tell whether the service answers; its port is open before that."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def check(folder: Path, receipts: list[dict[str, Any]]) -> None:
    """Hold the record to the receipts: every one of them, and every entry."""
    with opened(folder) as mission:
        key = log_key(folder, mission).verifier
        entries = list(mission.record.entries())
        assert [each.index for each in entries] == list(range(len(entries)))
        verify_entries(mission)
        on_record: dict[tuple[int, int], tuple[str, str]] = {}
        for each in entries:
            if each.kind == KIND:
                held = listed(each, mission.record.payload(each.index, TEXTS))
                for at, one in enumerate(held):
                    on_record[each.index, at] = (one.message.id, one.digest)
        for receipt in receipts:
            promised = verify_receipt(receipt, key)
            assert entries[promised.entry].leaf == promised.leaf
            place = (receipt["entry"], receipt["position"])
            assert on_record[place] == (receipt["id"], receipt["sha256"])
        names = [name for name, _ in on_record.values()]
        assert len(names) == len(set(names))  # each once


def test_nothing_receipted_is_lost_however_often_it_is_killed(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "mission")
    token = token_of(folder, "olha", "observer", sources=("*",))
    senders, rng = Senders(token), random.Random(2026)  # noqa: S311 - a seed
    fork = multiprocessing.get_context("fork")
    began, kills, port = time.monotonic(), 0, free_port()
    while kills < KILLS and time.monotonic() - began < BUDGET_S:
        life = fork.Process(target=live, args=(folder, port), daemon=True)
        life.start()
        while not reached(port):
            assert life.is_alive()
            time.sleep(0.005)
        senders.run(port)
        time.sleep(rng.uniform(0.02, 0.25))
        assert life.pid is not None
        os.kill(life.pid, signal.SIGKILL)
        life.join()
        senders.stop()
        kills += 1
    print(f"{kills} kills, {len(senders.receipts)} receipts")  # noqa: T201 - told with -s
    assert kills >= min(KILLS, 8)
    assert len(senders.receipts) > kills
    check(folder, senders.receipts)


def test_an_answer_before_the_commit_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same test with durability spoilt: it has to fail, or it shows nothing."""
    from pamiers.store.sqlite import SqliteRecord  # noqa: PLC0415

    folder = prepared(tmp_path / "mission")
    token = token_of(folder, "olha", "observer", sources=("*",))
    senders = Senders(token)
    fork = multiprocessing.get_context("fork")
    whole = SqliteRecord.append

    def forgetful(self: Any, drafts: Any, *, after: int) -> Any:  # noqa: ANN401
        if any(each.kind == KIND for each in drafts) and after > 20:
            self._frontier = self._frontier.grown(each.leaf for each in drafts)
            return self._frontier.head
        return whole(self, drafts, after=after)

    monkeypatch.setattr(SqliteRecord, "append", forgetful)
    port = free_port()
    life = fork.Process(target=live, args=(folder, port), daemon=True)
    life.start()
    while not reached(port):
        time.sleep(0.005)
    senders.run(port)
    time.sleep(2.0)
    assert life.pid is not None
    os.kill(life.pid, signal.SIGKILL)
    life.join()
    senders.stop()
    monkeypatch.undo()
    with pytest.raises((AssertionError, IndexError, KeyError)):
        check(folder, senders.receipts)
