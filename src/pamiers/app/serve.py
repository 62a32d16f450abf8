"""Serve a folder of reports to this machine alone, read-only.

Only files below the folder are answered, each with a policy that forbids scripts
and any other host. Nothing is logged but errors.
"""

import http.server
import io
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

HOST: Final = "127.0.0.1"
_NAMES: Final = frozenset({HOST, "localhost"})
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class _Reports(http.server.SimpleHTTPRequestHandler):
    """Files of one folder, with the headers above and without a log of readers."""

    server_version = "pamiers"
    sys_version = ""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer a file; refuse other hosts' names and paths that are no path.

        A page elsewhere could have its own name resolve to this machine and read
        the reports through the reader's browser.
        """
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host not in _NAMES:
            self.send_error(http.HTTPStatus.MISDIRECTED_REQUEST)
            return None
        if "\0" in urllib.parse.unquote(self.path):
            self.send_error(http.HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        """Add the policy to every answer."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: object) -> None:
        """Answer nothing for a folder without an index."""
        del path
        self.send_error(http.HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the one it replaces
        """Keep no log of who read what."""


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder on localhost until the block ends.

    Args:
        folder: What to serve.
        port: Where; 0 for any free port.

    Yields:
        The address of the folder's index.
    """
    handler = partial(_Reports, directory=str(folder))
    with http.server.ThreadingHTTPServer((HOST, port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
