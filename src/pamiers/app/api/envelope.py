"""What goes round every answer: a strict policy, a count, one line of log.

Neither log nor count holds a query, a body, a token or an address: a path is told by
the route it matched, a reader by the name under which he was enrolled.
"""

import json
import sys
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
    "blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(self), camera=(self), microphone=()"),
)
_MISDIRECTED: Final = 421
_BUSY: Final = frozenset({"/api/messages", "/api/messages/batch"})


class Envelope:
    """Wraps an application: headers on every answer, names of hosts checked."""

    def __init__(
        self,
        app: App,
        first: Mapping[str, App],
        hosts: frozenset[str],
        count: Callable[[str, str, int], None],
    ) -> None:
        """Wrap an application.

        Args:
            app: The application.
            first: What answers some paths before any routing.
            hosts: Names by which this service may be asked; none: any.
            count: Told (method, route, status) of each answer.
        """
        self._app = app
        self._first = first
        self._hosts = hosts
        self._count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                added = [pair for pair in HEADERS if pair[0] not in given]
                message["headers"] = [*message["headers"], *added]
                self._count(scope["method"], _route(scope), message["status"])
            await send(message)

        if self._hosts and _host(scope) not in self._hosts:
            await _refuse(sealed)
            return
        await self._first.get(scope["path"], self._app)(scope, receive, sealed)


def _host(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"host":
            host = value.decode("latin-1").lower()
            return str(host.rpartition(":")[0] if _has_port(host) else host)
    return ""


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdigit() and not host.endswith("]")


def _route(scope: Scope) -> str:
    """Return the pattern of the path that was asked for, never the path itself."""
    route = scope.get("route")
    if route is None and scope["path"] in _BUSY:
        return str(scope["path"])
    return str(getattr(route, "path", "")) or "other"


async def _refuse(send: Send) -> None:
    """Refuse a name that is not ours: a page elsewhere may have it lead here."""
    body = b'{"detail":"this service does not go by that name"}'
    head = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(body)),
    ]
    start = {"type": "http.response.start", "status": _MISDIRECTED, "headers": head}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def log(event: str, **facts: object) -> None:
    """Write one line of JSON on stderr; callers give no secret and no position."""
    line = json.dumps({"event": event, **facts}, ensure_ascii=True, default=str)
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is the log
