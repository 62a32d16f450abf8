"""A service under a steady rate for as long as wanted, killed again and again.

Usage: `python -m tests.integration.service.steady [--minutes 60] [--rate 200]
[--kill-every-s 600] [--folder FOLDER]`. Messages are due at a steady rate whether or
not anybody answers; what got no answer is sent again. Each receipt is checked as it
comes and held to the record at the end. Memory is that of the service's own process;
the process beside it that makes views is told apart: its work grows with the record.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pamiers.app.log_key import log_key
from pamiers.app.wiring import opened
from pamiers.ledger.keys import VerifierKey
from pamiers.mission.messages.filing import KIND, TEXTS, listed
from pamiers.mission.messages.receipt import verify_receipt
from pamiers.mission.replay import verify_entries
from tests.integration.service.inside import token_of
from tests.integration.service.notes import message
from tests.integration.service.serving import free_port, prepared
from tests.shared import ROOT

LINES: Final = 8  #: connections
_BEGIN: Final = datetime(2020, 8, 1, tzinfo=UTC)
_LOOK_S: Final = 5.0
#: how long what waits is sent still when the time is over [s]
_DRAIN_S: Final = 600.0
#: from this age on a service is warm, and its memory is watched [s]
WARM_S: Final = 60.0
_RECEIPTED: Final = b"201"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of the service."""

    minutes: float = 60.0
    rate: float = 200.0  #: messages due in a second
    kill_every_s: float = 600.0


@dataclass(slots=True)
class Life:
    """One life of the service, from its begin to its kill."""

    ready_s: float  #: from begin to the first answer
    own_mb: list[float] = field(default_factory=list)  #: once warm
    beside_mb: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """What came of it all."""

    lives: list[Life] = field(default_factory=list)
    waits_ms: "array[float]" = field(default_factory=lambda: array("d"))
    repeated: int = 0  #: sent again, since no answer came
    receipted: int = 0
    #: by number of the message: entry, position; -1 before its receipt
    places: "array[int]" = field(default_factory=lambda: array("q"))
    seconds: float = 0.0

    @property
    def p99_ms(self) -> float:
        """Return how long 99 of 100 waited at most, from being sent."""
        return statistics.quantiles(self.waits_ms, n=100)[98]

    @property
    def growth(self) -> float:
        """Return by what share the service's memory grew in the worst life."""
        shares = [
            statistics.median(tail) / statistics.median(head) - 1
            for each in self.lives
            if (head := each.own_mb[: max(1, len(each.own_mb) // 4)])
            and (tail := each.own_mb[-max(1, len(each.own_mb) // 4) :])
        ]
        return max(shares, default=0.0)


def memory_mb(pid: int) -> tuple[float, float]:
    """Return the memory of a process, and that of the largest it began [MB]."""
    own, beside = 0.0, 0.0
    for path in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError, KeyError):
            pairs = (line.partition(":")[::2] for line in path.read_text().splitlines())
            said = {name: value.strip() for name, value in pairs}
            held = int(said["VmRSS"].split()[0]) / 1024
            if said["Pid"] == str(pid):
                own = held
            elif said["PPid"] == str(pid):
                beside = max(beside, held)
    return own, beside


@dataclass(slots=True)
class Steady:
    """Keeps the rate, and the service alive between its kills."""

    folder: Path
    plan: Plan
    token: str
    key: VerifierKey
    port: int = field(default_factory=free_port)
    seen: Seen = field(default_factory=Seen)
    _due: "deque[int]" = field(default_factory=deque)
    _ended: bool = False
    _process: "subprocess.Popen[bytes] | None" = None

    async def run(self) -> Seen:
        """Do all of it; the service is dead afterwards."""
        await self._begin()
        began = time.monotonic()
        lines = [asyncio.create_task(self._line()) for _ in range(LINES)]
        tasks = [self._clock(began), self._kills(began), self._looks(began)]
        try:
            await asyncio.gather(*tasks)
            self._ended = True
            await asyncio.wait(lines, timeout=_DRAIN_S)  # what is due still
            self.seen.seconds = time.monotonic() - began
        finally:
            for each in lines:
                each.cancel()
            await asyncio.gather(*lines, return_exceptions=True)
            self._kill()
        return self.seen

    def _left(self, began: float) -> float:
        return began + self.plan.minutes * 60 - time.monotonic()

    async def _clock(self, began: float) -> None:
        """Have messages due at the rate, however slowly they are answered."""
        while self._left(began) > 0:
            due = int((time.monotonic() - began) * self.plan.rate)
            for number in range(len(self.seen.places), due):
                self.seen.places.extend((-1,))
                self._due.append(number)
            await asyncio.sleep(1 / self.plan.rate)

    async def _kills(self, began: float) -> None:
        every = self.plan.kill_every_s
        while self._left(began) > every:
            await asyncio.sleep(every)
            self._kill()
            await self._begin()
            print(  # noqa: T201 - an hour is long
                f"kill {len(self.seen.lives) - 1}: {self.seen.receipted:,} receipted,"
                f" {len(self._due):,} wait",
                file=sys.stderr,
            )

    async def _looks(self, began: float) -> None:
        warm = min(WARM_S, self.plan.kill_every_s / 4)
        while self._left(began) > 0:
            await asyncio.sleep(min(_LOOK_S, warm / 2))
            life, process = self.seen.lives[-1], self._process
            if process is not None and time.monotonic() - self._alive_since > warm:
                own, beside = await asyncio.to_thread(memory_mb, process.pid)
                if own:
                    life.own_mb.append(own)
                    life.beside_mb.append(beside)

    _alive_since: float = 0.0

    async def _begin(self) -> None:
        began = time.monotonic()
        command = [sys.executable, "-m", "pamiers", "serve", str(self.folder)]
        self._process = subprocess.Popen(  # noqa: ASYNC220 - begun once in minutes
            [*command, "--port", str(self.port), "--beat", "30"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not await self._answers():
            assert self._process.poll() is None, "the service ended by itself"
            await asyncio.sleep(0.02)
        self._alive_since = time.monotonic()
        self.seen.lives.append(Life(self._alive_since - began))

    async def _answers(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            line = await asyncio.wait_for(reader.readline(), 10)
            writer.close()
        except (OSError, TimeoutError):
            return False
        return line.startswith(b"HTTP/1.1 200")

    def _kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    async def _line(self) -> None:
        """Be one connection, opened again whenever it breaks."""
        while not self._ended or self._due:
            with suppress(OSError, EOFError, TimeoutError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                try:
                    await self._sent(reader, writer)
                finally:
                    writer.close()
            await asyncio.sleep(0.05)

    async def _sent(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while not self._ended or self._due:
            if not self._due:
                await asyncio.sleep(0.001)
                continue
            number = self._due.popleft()
            began = time.monotonic()
            try:
                told = await self._asked(number, reader, writer)
            except (OSError, EOFError, TimeoutError):
                self._due.appendleft(number)
                self.seen.repeated += 1
                raise
            self.seen.waits_ms.append((time.monotonic() - began) * 1000)
            self._receipt(number, told)

    async def _asked(
        self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> dict[str, Any]:
        body = json.dumps(said(number)).encode()
        head = (
            f"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        async with asyncio.timeout(60):
            lines = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
            size = next(x for x in lines if x.startswith(b"content-length:"))
            data = await reader.readexactly(int(size.partition(b":")[2]))
        assert lines[0].split()[1] == _RECEIPTED, data
        told: dict[str, Any] = json.loads(data)
        return told

    def _receipt(self, number: int, told: dict[str, Any]) -> None:
        assert told["id"] == f"s{number}"
        verify_receipt(told, self.key)
        self.seen.places[number] = _place(told["entry"], told["position"])
        self.seen.receipted += 1


def said(number: int) -> dict[str, Any]:
    """Return a message: a second after the last, somewhere in a half-degree square."""
    start = _BEGIN + timedelta(seconds=number)
    row = {
        "start": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "end": f"{start + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
        "lon": 37.7 + number * 7_919 % 5_003 / 10_000,
        "lat": 47.9 + number * 6_271 % 4_999 / 10_000,
    }
    return message(f"s{number}", seq=number + 1, row=row)


def _place(entry: int, position: int) -> int:
    return entry * 100_000 + position


def held(folder: Path, seen: Seen) -> int:
    """Return how many messages are on record, each once, every receipt held to it.

    Raises:
        AssertionError: One that was receipted is not where its receipt says.
    """
    found = array("q", [-1]) * len(seen.places)
    with opened(folder) as mission:
        verify_entries(mission)
        for number, place in _on_record(mission):
            assert found[number] < 0, f"message {number} is there twice"
            found[number] = place
    for number, place in enumerate(seen.places):
        assert place in {-1, found[number]}, f"message {number} is lost"
    return sum(place >= 0 for place in found)


def _on_record(mission: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - a mission
    for expected, entry in enumerate(mission.record.entries()):
        assert entry.index == expected, "a gap"
        if entry.kind == KIND:
            texts = mission.record.payload(entry.index, TEXTS)
            for at, one in enumerate(listed(entry, texts)):
                if one.message.id.startswith("s"):
                    yield int(one.message.id[1:]), _place(entry.index, at)


def steady(folder: Path, plan: Plan) -> Seen:
    """Run a service on a new mission in a folder as planned.

    Args:
        folder: Where the mission is made.
        plan: What is asked of it.

    Returns:
        What was seen.
    """
    prepared(folder)
    token = token_of(folder, "olha", "observer", sources=("*",))
    with opened(folder) as mission:
        key = log_key(folder, mission).verifier
    return asyncio.run(Steady(folder, plan, token, key).run())


def report(seen: Seen, there: int) -> Iterator[str]:
    """Yield what was seen, a line each."""
    due, lives = len(seen.places), seen.lives
    yield (
        f"{due:,} due in {seen.seconds:,.0f} s, {seen.receipted:,} receipted, "
        f"{there:,} on record, {seen.repeated} sent again; lost: 0"
    )
    yield (
        f"kills: {len(lives)} (the last at the end); ready again after at most "
        f"{max(each.ready_s for each in lives):.1f} s"
    )
    yield (
        f"answered: p50 {statistics.median(seen.waits_ms):.1f} ms, p99 "
        f"{seen.p99_ms:.0f} ms, longest {max(seen.waits_ms):,.0f} ms"
    )
    for at, each in enumerate(lives):
        if each.own_mb:
            yield (
                f"life {at}: service {each.own_mb[0]:.0f} MB warm, "
                f"{each.own_mb[-1]:.0f} at its end, {max(each.own_mb):.0f} at most; "
                f"largest process beside it {max(each.beside_mb):.0f} MB"
            )
    yield f"memory of the service grew by at most {seen.growth:.1%} within a life"


def main() -> None:
    """Run it, hold the record to the receipts, and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=Plan().minutes)
    parser.add_argument("--rate", type=float, default=Plan().rate)
    parser.add_argument("--kill-every-s", type=float, default=Plan().kill_every_s)
    parser.add_argument("--folder", type=Path)
    asks = parser.parse_args()
    plan = Plan(minutes=asks.minutes, rate=asks.rate, kill_every_s=asks.kill_every_s)
    home = Path(tempfile.mkdtemp(prefix="pamiers-steady-", dir=asks.folder))
    try:
        before = os.getloadavg()[0]
        seen = steady(home / "mission", plan)
        there = held(home / "mission", seen)
        lines = [*report(seen, there), f"load {before:.1f} to {os.getloadavg()[0]:.1f}"]
        print("\n".join(lines))  # noqa: T201 - what is asked for
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
