"""Ask the service without a socket: the application itself, in this process."""

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pamiers.app.api.application import application
from pamiers.app.api.desk import Desk
from pamiers.app.api.envelope import App
from pamiers.app.api.intake import Intake
from pamiers.app.api.running import desk, taking
from pamiers.app.enrolled import enrol
from tests.integration.service.serving import Answer


@dataclass(frozen=True, slots=True)
class Inside:
    """The application, what it answers from, and what takes messages in."""

    app: App
    desk: Desk
    intake: Intake

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        method: str | None = None,
        token: str = "",
        **headers: str,
    ) -> Answer:
        """Ask for a path; a body that is no bytes goes as JSON."""
        return asyncio.run(
            self.asked(path, body, method=method, token=token, **headers)
        )

    async def asked(
        self,
        path: str,
        body: object = None,
        *,
        method: str | None = None,
        token: str = "",
        **headers: str,
    ) -> Answer:
        """Ask for a path from inside a loop."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = b"" if body is None else data
        named = [(b"host", b"here"), (b"content-type", b"application/json")]
        named += [
            (k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()
        ]
        if token:
            named.append((b"authorization", f"Bearer {token}".encode()))
        bare, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method or ("GET" if body is None else "POST"),
            "scheme": "http",
            "path": bare,
            "raw_path": bare.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": named,
            "server": ("here", 80),
            "client": ("127.0.0.1", 1),
        }
        found: dict[str, Any] = {"status": 0, "headers": [], "body": b""}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(part: Any) -> None:  # noqa: ANN401 - an ASGI message
            found["status"] = part.get("status", found["status"])
            found["headers"] = part.get("headers", found["headers"])
            found["body"] += part.get("body", b"")

        await self.app(scope, receive, send)
        told = {k.decode(): v.decode() for k, v in found["headers"]}
        return Answer(found["status"], told, found["body"])


class Within:
    """Makes views in this process, and has a reader wait for the newest."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)

    def submit(self, what: Callable[..., Any], *given: object) -> "Future[Any]":
        """Have something done."""
        return self._pool.submit(what, *given)

    def close(self) -> None:
        """Finish what is being done."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def inside(folder: Path, *, read_only: bool = False) -> Iterator[Inside]:
    """Open the service on a mission, in this process, until the block ends."""
    made = desk(folder, read_only=read_only, makers=Within())
    with made as at, taking(at, 3600.0) as intake:
        at.views.patience_s = 300.0
        yield Inside(application(at, intake, frozenset()), at, intake)


def token_of(
    folder: Path, name: str, *roles: str, sources: tuple[str, ...] = ()
) -> str:
    """Enrol somebody from the folder and return the token."""
    return str(enrol(folder, name, list(roles), None, list(sources))["token"])
