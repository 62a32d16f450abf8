"""Run the service until it is told to stop, then let it finish what it began."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

import uvicorn

from pamiers.app.api.application import application
from pamiers.app.api.desk import Desk, Reader
from pamiers.app.api.envelope import App
from pamiers.app.api.view import Views
from pamiers.app.log_key import log_key
from pamiers.app.wiring import now, opened
from pamiers.core.errors import UsageError
from pamiers.mission.witnessed import origin_of

HOST: Final = "127.0.0.1"
#: how long answers that were begun may take once it is told to stop [s]
GRACE_S: Final = 10
_ENDING: Final = (signal.SIGINT, signal.SIGTERM)
#: names by which this machine alone is asked
_OWN: Final = frozenset({HOST, "localhost", "[::1]"})


def serve(
    folder: Path,
    port: int,
    *,
    read_only: bool = False,
    pages: Callable[[Desk], App] | None = None,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a mission on this machine until a signal ends it.

    Args:
        folder: Mission folder.
        port: Port; 0 for any that is free.
        read_only: Take nothing in.
        pages: What makes the pages outside the API; None for none.
        ready: Told the address once it is open.

    Raises:
        UsageError: There is no mission in the folder, or the port is taken.
        StoreError: The record cannot be opened.
    """
    with desk(folder, read_only=read_only) as at, _bound(port) as listening:
        app = application(at, _OWN, None if pages is None else pages(at))
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
            lifespan="on",
        )
        address = f"http://{HOST}:{listening.getsockname()[1]}/"
        ready(address)
        _Stoppable(config, at).run(sockets=[listening])


class _Stoppable(uvicorn.Server):
    """A server that sends its listeners away before it waits for answers to end."""

    def __init__(self, config: uvicorn.Config, at: Desk) -> None:
        """Take a configuration, and who listens."""
        super().__init__(config)
        self._at = at

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal, and leave as one who did what he was asked."""
        before = {each: signal.signal(each, self.handle_exit) for each in _ENDING}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: no new connection, listeners sent away, answers finished."""
        self._at.listeners.close()
        await super().shutdown(sockets)


@contextmanager
def desk(folder: Path, *, read_only: bool) -> Iterator[Desk]:
    """Open a mission to answer from, and let go of it at the end."""
    with opened(folder) as mission:
        views = Views(mission)
        try:
            yield Desk(
                folder=folder,
                mission=mission,
                key=log_key(folder, origin_of(mission)),
                views=views,
                clock=now,
                read_only=read_only,
                who=lambda _: Reader(),
                version=version("pamiers"),
            )
        finally:
            views.close()


@contextmanager
def _bound(port: int) -> Iterator[socket.socket]:
    """Open the port before anything is said of it; connections wait until served."""
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen(2048)
        yield listening
    except OSError as error:
        raise UsageError(
            "--port",
            expected="a port that is free",
            got=f"{port} ({error.strerror})",
            remedy="Name another, or 0 for any.",
        ) from error
    finally:
        listening.close()
