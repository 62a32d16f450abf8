"""Answer logs that ask a witness to cosign, by HTTP.

`POST /add-checkpoint` is as C2SP tlog-witness has it; `POST /add-succession` takes a
note by which a log changes its key. Nothing is logged of who asks: there is no secret
in a request and none in an answer.
"""

import http.server
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from pamiers.app.wiring import now
from pamiers.app.witness_folder import WitnessFolder
from pamiers.core.errors import StoreError
from pamiers.ledger.witness import Answer

#: longest request that is read [bytes]
MOST_BYTES: Final = 1_100_000
ADD: Final = "/add-checkpoint"
FOLLOW: Final = "/add-succession"
_PATIENCE_S: Final = 10.0

#: what makes an answer of an address and a request, after keeping what it binds to
Answering = Callable[[str, bytes], Answer]


class _Witness(http.server.BaseHTTPRequestHandler):
    """The one address of a witness."""

    server_version = "pamiers"
    sys_version = ""
    timeout = _PATIENCE_S
    answering: Answering

    def do_POST(self) -> None:
        """Answer a request to cosign."""
        if self.path not in {ADD, FOLLOW}:
            self._send(Answer(status=HTTPStatus.NOT_FOUND, body="no such address\n"))
            return
        size = self.headers.get("Content-Length", "")
        if not size.isascii() or not size.isdigit() or int(size) > MOST_BYTES:
            said = f"a length of at most {MOST_BYTES} bytes is needed\n"
            self.close_connection = True
            self._send(Answer(status=HTTPStatus.BAD_REQUEST, body=said))
            return
        raw = self.rfile.read(int(size))
        try:
            found = self.answering(self.path, raw)
        except StoreError:
            found = Answer(status=HTTPStatus.SERVICE_UNAVAILABLE, body="not kept\n")
        self._send(found)

    def _send(self, found: Answer) -> None:
        body = found.body.encode()
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Keep no log of who asked what."""


def witness_server(
    answering: Answering, host: str, port: int
) -> http.server.ThreadingHTTPServer:
    """Return a server that answers as a witness, bound and not yet running.

    Args:
        answering: What makes an answer of a request; called from several threads.
        host: Address to listen on.
        port: Port; 0 for any that is free.

    Returns:
        The server; `serve_forever` runs it.
    """
    handler = type("_Bound", (_Witness,), {"answering": staticmethod(answering)})
    return http.server.ThreadingHTTPServer((host, port), handler)


def answering(held: WitnessFolder) -> Answering:
    """Return what answers requests at the present instant."""

    def answered(path: str, raw: bytes) -> Answer:
        return held.followed(raw) if path == FOLLOW else held.asked(raw, now())

    return answered
