"""Killed processes and full disks: what was acknowledged is there, whole."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pamiers.ledger.tree import Head, root_of
from pamiers.store.sqlite import SqliteRecord
from tests.integration.recorder import NOW
from tests.shared import ROOT

pytestmark = pytest.mark.integration


def started(path: Path, *limit: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.recorder", str(path), *limit],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def verified(path: Path) -> Head:
    """Return the head of a record, every entry of which was checked."""
    record = SqliteRecord(path, NOW)
    entries = list(record.entries())
    head = record.head()
    assert [entry.body["n"] for entry in entries] == list(range(len(entries)))
    for entry in entries:
        entry.verify()
    assert head == Head(len(entries), root_of([e.leaf for e in entries]))
    assert len(list(record.payloads("rows"))) == len(entries)
    record.close()
    return head


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    tmp_path: Path,
) -> None:
    path, seed = tmp_path / "record.sqlite", random.Random(7)  # noqa: S311 - no secret
    acknowledged = 0
    for _ in range(8):
        process = started(path)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seed.uniform(0.0, 0.15))
        process.send_signal(signal.SIGKILL)
        printed = [first, *process.stdout.read().splitlines()]
        process.wait()
        process.stdout.close()
        acknowledged = max(acknowledged, *(int(line) for line in printed if line))
        head = verified(path)
        assert head.size >= acknowledged
        assert head.size % 3 == 0  # an append is recorded whole or not at all
    assert acknowledged > 0


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    process = started(path, "400000")
    printed, _ = process.communicate(timeout=60)
    *sizes, last = printed.splitlines()
    assert last.startswith("refused")
    assert "nothing was recorded" in last
    head = verified(path)
    assert head.size == int(sizes[-1])
    again = started(path)  # once there is room, the same record goes on
    assert again.stdout is not None
    assert int(again.stdout.readline()) == head.size + 3
    again.kill()
    again.wait()
    again.stdout.close()
