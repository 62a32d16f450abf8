"""Run the service in a process of its own, and ask it as any client would."""

import atexit
import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pamiers.app.begin import begin_mission
from pamiers.app.receive import Request, receive
from tests.integration.program import DONBAS
from tests.shared import ROOT

CSV = """source,key,start,end,lon,lat,radius_m,kind,standing,text,observer
post-1,a1,2020-08-01T09:00:00Z,2020-08-01T09:05:00Z,38.01,48.11,300,explosion,observed,\
canary-words,"{""lon"":38.123456,""lat"":48.654321}"
post-2,b1,2020-08-01T09:01:00Z,2020-08-01T09:06:00Z,38.011,48.111,300,explosion,observed,,
"""


_THERE, _NOT_YET = 200, 503


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.body)


@dataclass(slots=True)
class Serving:
    """A service that runs, and where."""

    address: str
    process: "subprocess.Popen[str]"
    errors: Path

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        method: str | None = None,
        **headers: str,
    ) -> Answer:
        """Ask for a path; a body that is no bytes goes as JSON."""
        place = urlsplit(self.address)
        line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=150)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = None if body is None else data
        verb = method or ("GET" if body is None else "POST")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(verb, path, sent, named)
        reply = line.getresponse()
        found = Answer(
            reply.status,
            {name.lower(): value for name, value in reply.getheaders()},
            reply.read(),
        )
        line.close()
        return found

    def wait_for_pages(self) -> None:
        """Wait until everything was judged once: before that, pages are not there."""
        while (found := self.ask("/data/about.json")).status == _NOT_YET:
            continue  # each answer comes after ten seconds
        assert found.status == _THERE, found.body

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@cache
def _template() -> Path:
    """Make a mission once; those that tests use are copies of it."""
    home = Path(tempfile.mkdtemp(prefix="pamiers-service-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folder, rows = home / "mission", home / "rows.csv"
    begin_mission(folder, DONBAS)
    rows.write_text(CSV)
    done = receive(folder, rows, Request(), lambda _done, _total, _what: None)
    assert done["accepted"] == 2
    return folder


def free_port() -> int:
    """Return a port that is free."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def prepared(folder: Path) -> Path:
    """Make a mission on the bundled case with two reports of one explosion."""
    shutil.copytree(_template(), folder)
    return folder


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Serving]:
    """Run the service on a mission, on any free port, until the block ends."""
    errors = folder.parent / f"{folder.name}.stderr"
    with errors.open("a") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "pamiers", "serve", folder, "--json", *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, errors.read_text()
            yield Serving(json.loads(line)["address"], process, errors)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(10)
            if process.stdout is not None:
                process.stdout.close()
