"""An address that takes posts, and a mail server: both on this machine, in a thread."""

import email
import email.policy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from socketserver import StreamRequestHandler, TCPServer, ThreadingTCPServer
from threading import Thread
from typing import Any


@dataclass(slots=True)
class Taken:
    """What came in; `refuses` names paths, or addresses, that nothing is taken for."""

    port: int = 0
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)


@contextmanager
def posts() -> Iterator[Taken]:
    """Take what is posted, until the end."""
    taken = Taken()

    class Post(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            refused = self.path in taken.refuses
            if not refused:
                taken.posts.append((self.path, dict(self.headers), body))
            self.send_response(503 if refused else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...  # noqa: ANN401 - as inherited

    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), Post), taken):
        yield taken


@contextmanager
def mailbox() -> Iterator[Taken]:
    """Take mail by SMTP, until the end."""
    taken = Taken()

    class Mail(StreamRequestHandler):
        def handle(self) -> None:
            to: list[str] = []
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                verb = line[:4].upper()
                answer = b"221 bye" if verb == b"QUIT" else b"250 ok"
                if verb == b"RCPT":
                    address = line.decode().partition("<")[2].partition(">")[0]
                    to.append(address)
                    answer = b"550 no" if address in taken.refuses else answer
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    taken.mails.append((list(to), _message(self.rfile)))
                self.wfile.write(answer + b"\r\n")
                if verb == b"QUIT":
                    return

    with _serving(ThreadingTCPServer(("127.0.0.1", 0), Mail), taken):
        yield taken


def _message(lines: Iterable[bytes]) -> EmailMessage:
    """Return a message as it was sent, up to the line that ends it."""
    held = takewhile(lambda each: each != b".\r\n", lines)
    whole = b"".join(each.removeprefix(b".") for each in held)
    return email.message_from_bytes(whole, policy=email.policy.default)


@contextmanager
def _serving(server: TCPServer, taken: Taken) -> Iterator[None]:
    taken.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
