"""Messages by HTTP, on the disk before they are answered: ours beside a bare server.

Both run in the same minutes on the same machine, take turns, and are asked by `wrk`
with 1, 16 and 128 connections. The bare server is `service_task/bare.py`: FastAPI, one
table, group commit, synchronous FULL. Ours does all of it: strict reading, access
check, salted and committed rows, Merkle roots, inclusion path, signed receipt.

The rate is in messages a second of the clock; beside it stands the processor time that
the server and the processes beside it spent on a message, which a busy machine moves
less. No view is made meanwhile: nobody reads, and the beat is an hour.

Signatures are held to what two processors could check in the same time if they did
nothing else: measured by the clock, right after each run, on as busy a machine.
"""

import argparse
import base64
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pamiers.app.begin import begin_mission
from pamiers.app.enrolled import enrol
from pamiers.app.recorded import append
from pamiers.app.wiring import opened
from pamiers.mission.access.devices import enrolment_bytes
from pamiers.mission.messages.sealed import ONE, TOGETHER

HERE = Path(__file__).parent / "service_task"
SEED = b"c" * 32
TOGETHER_N = 100
SHARE = 0.8
P99_MS = 250.0
FASTER = 5.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of `wrk` gave."""

    rate: float  #: messages a second
    p99_ms: float
    errors: int
    cpu_ms: float  #: of the server, for a message


def row(key: str) -> dict[str, object]:
    """Return a message of about 400 bytes."""
    place = {"lon": 37.8, "lat": 48.01, "radius_m": 500.0}
    when = {"start": "2020-08-02T09:00:00Z", "end": "2020-08-02T09:05:00Z"}
    words = {"means": "heard", "text": "x" * 180}
    held = {**place, **when, **words, "kind": "explosion", "count": 3}
    return {"source": "camera-1", "id": key, "kind": "observation", "row": held}


def sign(data: bytes) -> str:
    """Return the device's signature over some bytes."""
    made = Ed25519PrivateKey.from_private_bytes(SEED).sign(data)
    return base64.b64encode(made).decode()


def plain(n: int, mark: str) -> Iterator[str]:
    """Yield plain messages."""
    for i in range(n):
        yield json.dumps(row(f"{mark}-{i}"))


def signed(n: int, mark: str) -> Iterator[str]:
    """Yield messages, each with its own signature."""
    for text in plain(n, mark):
        body = {
            "message": text,
            "key": "camera",
            "signature": sign(ONE + text.encode()),
        }
        yield json.dumps(body)


def together(n: int, mark: str) -> Iterator[str]:
    """Yield pieces of a hundred messages under one signature."""
    import hashlib

    for at in range(n):
        texts = list(plain(TOGETHER_N, f"{mark}-{at}"))
        digests = [hashlib.sha256(each.encode()).hexdigest() for each in texts]
        manifest = json.dumps({"digests": digests})
        seal = {"key": "camera", "signature": sign(TOGETHER + manifest.encode())}
        yield json.dumps({"manifest": manifest, "messages": texts, **seal})


def mission(folder: Path) -> str:
    """Make a mission with somebody and a device that may send; return a token."""
    begin_mission(folder, "donbas-2020")
    token = str(enrol(folder, "bench", ["observer"], None, ["*"])["token"])
    key = Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw()
    body = {"name": "camera", "key": key.hex(), "source": "camera-1", "epoch": 0}
    assert enrolment_bytes(body)
    with opened(folder) as at:
        append(at, folder, "grant", {"do": "device", "by": "keeper", **body})
    return token


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """Run a server until the block ends; give its process id."""
    process = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(2_000):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield process.pid
    finally:
        process.kill()
        process.wait()


def cpu_s(pid: int) -> float:
    """Return the processor seconds of a process and its children so far."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if str(pid) in {path.parent.name, fields[1]}:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def asked(
    place: tuple[int, int], bodies: Path, how: tuple[str, str], load: tuple[int, float]
) -> Run:
    """Have `wrk` post a file of bodies, each once, for some seconds.

    Args:
        place: Port and process of the server.
        bodies: The file.
        how: Token, or `-`; and path.
        load: Connections and seconds.

    Returns:
        What came of it.
    """
    port, pid = place
    connections, seconds = load
    threads = min(connections, 1)
    before = cpu_s(pid)
    done = subprocess.run(
        [
            "wrk",
            f"-t{threads}",
            f"-c{connections}",
            f"-d{round(seconds)}s",
            "--latency",
            "-s",
            str(HERE / "post.lua"),
            f"http://127.0.0.1:{port}",
            "--",
            str(bodies),
            how[0],
            str(threads),
            how[1],
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(x for x in done.stdout.splitlines() if x.startswith("RESULT"))
    _, n, micros, _, p99, errors = line.split()
    spent = (cpu_s(pid) - before) * 1000
    return Run(
        int(n) / (int(micros) / 1e6), float(p99), int(errors), spent / max(1, int(n))
    )


def free_port() -> int:
    """Return a port that is free."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def verify_rate(seconds: float) -> float:
    """Return how many signatures one process checks in a second of the clock."""
    private = Ed25519PrivateKey.from_private_bytes(SEED)
    data, key = b"x" * 420, private.public_key()
    seal, n, began = private.sign(data), 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        key.verify(seal, data)
        n += 1
    return n / (time.perf_counter() - began)


def limit(seconds: float) -> float:
    """Return how many signatures two processes check in a second of the clock."""
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(verify_rate, [seconds] * 2))


def main() -> int:
    """Print the figures; return 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, default=60_000)
    parser.add_argument("--connections", type=int, nargs="*", default=[1, 16, 128])
    asks = parser.parse_args()
    if shutil.which("wrk") is None:
        print("skipped: no wrk here")
        return 0
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as home:
        return measure(Path(home), asks)


def measure(home: Path, asks: argparse.Namespace) -> int:
    """Run every load and print what came of it."""
    print(f"load average before: {os.getloadavg()[0]:.1f}")
    token = mission(home / "mission")
    ours, bare = free_port(), free_port()
    serve = [sys.executable, "-m", "pamiers", "serve", str(home / "mission")]
    serve += ["--beat", "3600"]
    with (
        running([*serve, "--port", str(ours)], ours) as our_pid,
        running(
            [
                sys.executable,
                str(HERE / "bare.py"),
                str(home / "bare.sqlite"),
                str(bare),
            ],
            bare,
        ) as bare_pid,
    ):
        fresh = f"http://127.0.0.1:{ours}/api/freshness?wait=120"
        with urllib.request.urlopen(fresh, timeout=200) as told:
            assert json.load(told)["newer"] == 0
        missed = []
        path = "/api/messages"
        rates: dict[str, float] = {}
        for connections in asks.connections:
            pairs = []
            for turn in range(asks.rounds):
                load = (connections, asks.seconds)
                file = home / "bodies"
                n = min(asks.messages, int(asks.seconds * 9_000))
                write(file, plain(n, f"p{connections}-{turn}"))
                pairs.append(
                    (
                        asked((ours, our_pid), file, (token, path), load),
                        asked((bare, bare_pid), file, ("-", path), load),
                    )
                )
            missed += compared(f"plain, {connections} connections", pairs)
            rates[str(connections)] = statistics.median(a.rate for a, _ in pairs)
        missed += of_signatures(home, (ours, our_pid), asks)
    print(f"load average after: {os.getloadavg()[0]:.1f}")
    print("missed: " + ", ".join(missed) if missed else "every goal is met")
    return bool(missed)


def write(file: Path, bodies: Iterator[str]) -> None:
    """Write bodies, one a line."""
    with file.open("w") as out:
        for each in bodies:
            out.write(each + "\n")


def compared(name: str, pairs: list[tuple[Run, Run]]) -> list[str]:
    """Print ours beside the bare server, and return the goals that are missed."""
    ours = statistics.median(a.rate for a, _ in pairs)
    bare = statistics.median(b.rate for _, b in pairs)
    share = statistics.median(a.rate / b.rate for a, b in pairs)
    cpu = [
        statistics.median(x.cpu_ms for x in side) for side in zip(*pairs, strict=True)
    ]
    p99, theirs = (
        statistics.median(x.p99_ms for x in side) for side in zip(*pairs, strict=True)
    )
    errors = sum(a.errors for a, _ in pairs)
    print(
        f"{name}: {ours:,.0f}/s, bare {bare:,.0f}/s: {share:.2f}; p99 {p99:.0f} ms,"
        f" bare {theirs:.0f}; processor {cpu[0]:.3f} ms a message, bare {cpu[1]:.3f};"
        f" errors {errors}"
    )
    found = [] if share >= SHARE else [f"{name}: share {share:.2f} < {SHARE}"]
    found += [] if p99 < P99_MS else [f"{name}: p99 {p99:.0f} ms"]
    return found + ([f"{name}: {errors} errors"] if errors else [])


def of_signatures(
    home: Path, place: tuple[int, int], asks: argparse.Namespace
) -> list[str]:
    """Measure signed messages, one by one and together."""
    file, runs, pieces, limits = home / "bodies", [], [], []
    for turn in range(asks.rounds):
        write(file, signed(int(asks.seconds * 4_000), f"s{turn}"))
        load = (16, asks.seconds)
        runs.append(asked(place, file, ("-", "/api/messages"), load))
        limits.append(limit(1.0))
        write(file, together(int(asks.seconds * 300), f"t{turn}"))
        pieces.append(asked(place, file, ("-", "/api/messages/batch"), load))
    most = statistics.median(limits)
    single = statistics.median(each.rate for each in runs)
    many = statistics.median(each.rate for each in pieces) * TOGETHER_N
    errors = sum(each.errors for each in (*runs, *pieces))
    p99 = statistics.median(each.p99_ms for each in runs)
    cpu = statistics.median(each.cpu_ms for each in runs)
    each = statistics.median(each.cpu_ms for each in pieces) / TOGETHER_N
    print(
        f"signed one by one: {single:,.0f}/s, {single / most:.2f} of the {most:,.0f}"
        f" checks that two processors allow; p99 {p99:.0f} ms;"
        f" processor {cpu:.3f} ms a message; errors {errors}"
    )
    print(
        f"signed together: {many:,.0f}/s, {many / single:.1f} times as many;"
        f" processor {each:.3f} ms a message, {cpu / each:.1f} times as little"
    )
    found = [] if single >= SHARE * most else ["signed one by one: below the limit"]
    return found + ([] if many >= FASTER * single else ["signed together"])


if __name__ == "__main__":
    raise SystemExit(main())
