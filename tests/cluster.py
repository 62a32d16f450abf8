"""A cluster of PostgreSQL of the tests' own: begun, killed and begun again.

It lies in a folder of its own and listens on this machine alone. PostgreSQL refuses to
run as root, so that where the tests do, it runs as the user `postgres`.
"""

import getpass
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

_USER = "pamiers"
_OTHER = "postgres"


def _binary(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        there = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        if not there:
            pytest.skip(f"no {name}: PostgreSQL is not installed")
        found = str(there[-1])
    return found


def _as_whom() -> dict[str, Any]:
    return {"user": _OTHER, "group": _OTHER} if getpass.getuser() == "root" else {}


@dataclass(slots=True)
class Cluster:
    """A server, where it lies, and how it is reached."""

    home: Path
    port: int
    password: str
    options: tuple[str, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    _count: int = field(default=0)

    def url(self, database: str = "postgres", *, secret: bool = True) -> str:
        """Return the address of a database."""
        shown = f":{self.password}" if secret else ""
        return f"postgresql://{_USER}{shown}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Begin, and wait until it answers."""
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(_binary("postgres"), "-D", str(self.home / "data")),
                    *("-p", str(self.port), "-k", str(self.home), "-h", "127.0.0.1"),
                    *self.options,
                ],
                stdout=log,
                stderr=log,
                cwd=self.home,
                **_as_whom(),
            )
        for _ in range(600):
            with suppress(Exception):
                self.run("SELECT 1")
                return
            assert self.process.poll() is None, (self.home / "log").read_text()
            time.sleep(0.1)
        raise AssertionError((self.home / "log").read_text())

    def kill(self) -> None:
        """Kill the server and every process of it, at once."""
        assert self.process is not None
        children = _children(self.process.pid)
        for each in (self.process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self.process.wait(30)
        while any(Path(f"/proc/{each}").exists() for each in children):
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop at once, and leave nothing."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(60)
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, text: str, database: str = "postgres") -> list[Any]:
        """Run a statement as the owner, and return its rows."""
        import psycopg  # noqa: PLC0415 - only where a cluster is there

        with psycopg.connect(self.url(database), autocommit=True) as line:
            found = line.execute(text.encode())
            return found.fetchall() if found.description else []

    def database(self) -> str:
        """Make a new database, and return its name."""
        self._count += 1
        name = f"mission_{self._count}"
        self.run(f"CREATE DATABASE {name}")
        return name


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(each) for each in found]


@contextmanager
def cluster(*options: str) -> Iterator[Cluster]:
    """Make a cluster and run it until the block ends.

    Args:
        options: Further ones of the server, such as `-c fsync=off`.

    Yields:
        The cluster; the test is skipped where PostgreSQL is not installed.
    """
    initdb = _binary("initdb")
    pytest.importorskip("psycopg")
    home = Path(tempfile.mkdtemp(prefix="pamiers-pg-"))
    secret = home / "secret"
    password = secrets.token_urlsafe(18)
    secret.write_text(password)
    if _as_whom():
        shutil.chown(home, _OTHER, _OTHER)
        shutil.chown(secret, _OTHER, _OTHER)
    made = subprocess.run(
        [
            *(initdb, "-D", str(home / "data"), "-U", _USER, "-A", "scram-sha-256"),
            *("--pwfile", str(secret), "-E", "UTF8", "--locale=C", "--no-sync", "-k"),
        ],
        capture_output=True,
        check=False,
        cwd=home,
        **_as_whom(),
    )
    assert made.returncode == 0, made.stderr
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = int(line.getsockname()[1])
    found = Cluster(home, port, password, options)
    try:
        found.start()
        yield found
    finally:
        found.stop()
