"""Run the service until it is told to stop, then let it finish what it began."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

import uvicorn

from pamiers.app.accounts import Accounts
from pamiers.app.api.application import application
from pamiers.app.api.beat import BEAT_S, Beat
from pamiers.app.api.bridge import Bridge
from pamiers.app.api.checking import Checks
from pamiers.app.api.desk import Desk
from pamiers.app.api.door import Door
from pamiers.app.api.drafts import Drafts
from pamiers.app.api.envelope import App
from pamiers.app.api.intake import Intake
from pamiers.app.api.parts import Parts
from pamiers.app.api.tiled import Tiled
from pamiers.app.api.views import Makers, Views
from pamiers.app.api.weighings import Weighings
from pamiers.app.api.working import Working
from pamiers.app.api.writer import Writer
from pamiers.app.log_key import LogKeys
from pamiers.app.provider import Provider
from pamiers.app.wiring import now, opened, seen_index, turn
from pamiers.core.errors import UsageError

HOST: Final = "127.0.0.1"
#: how long answers that were begun may take once it is told to stop [s]
GRACE_S: Final = 10
_ENDING: Final = (signal.SIGINT, signal.SIGTERM)
#: names by which this machine alone is asked
_OWN: Final = frozenset({HOST, "localhost", "[::1]"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to serve."""

    port: int = 0  #: 0 for any that is free
    read_only: bool = False  #: take nothing in
    broker: tuple[str, int] | None = None  #: host and port of a broker of MQTT
    beat_s: float = BEAT_S
    pages: Callable[[Desk], App] | None = None  #: makes the pages outside the API
    provider: Provider | None = None  #: by which people sign in elsewhere


def serve(
    folder: Path, settings: Settings, ready: Callable[[str], None] = lambda _: None
) -> None:
    """Serve a mission on this machine until a signal ends it.

    Args:
        folder: Mission folder.
        settings: How.
        ready: Told the address once it is open.

    Raises:
        UsageError: There is no mission in the folder, or the port is taken.
        StoreError: The record cannot be opened.
    """
    read_only = settings.read_only
    with (
        desk(folder, read_only=read_only, provider=settings.provider) as at,
        _bound(settings.port) as listening,
        taking(at, settings.beat_s) as intake,
    ):
        pages = None if settings.pages is None else settings.pages(at)
        app = application(at, intake, _OWN, pages)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
            lifespan="off",
        )
        bridge = None
        if settings.broker is not None:
            bridge = Bridge(intake, *settings.broker)
        at.views.freshness()  # begin the first view before anybody asks
        ready(f"http://{HOST}:{listening.getsockname()[1]}/")
        _Stoppable(config, at, bridge).run(sockets=[listening])


@contextmanager
def taking(at: Desk, beat_s: float = BEAT_S) -> Iterator[Intake]:
    """Open what takes messages in; at the end, let it write what waits."""
    writer = Writer(
        mission=at.mission,
        seen=seen_index(at.folder, at.mission),
        keys=at.keys,
        clock=at.clock,
        turn=partial(turn, at.folder),
        figures=at.figures,
    )
    beat, checks = Beat(at, writer, beat_s), Checks()
    try:
        if not at.read_only:
            writer.start()
            beat.start()
            checks.begin()
        yield Intake(at, at.door, writer, checks)
    finally:
        checks.close()
        if not at.read_only:
            beat.stop()
            writer.stop()
        writer.seen.close()


class _Stoppable(uvicorn.Server):
    """A server that sends its listeners away before it waits for answers to end."""

    def __init__(self, config: uvicorn.Config, at: Desk, bridge: Bridge | None) -> None:
        """Take a configuration, who listens, and the bridge to a broker."""
        super().__init__(config)
        self._at = at
        self._bridge = bridge
        self._crossing: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and cross the bridge if there is one."""
        await super().startup(sockets)
        if self._bridge is not None:
            self._crossing = asyncio.create_task(self._bridge.run())

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
        if self._crossing is not None:
            self._crossing.cancel()
        await super().shutdown(sockets)


@contextmanager
def desk(
    folder: Path,
    *,
    read_only: bool,
    makers: Makers | None = None,
    provider: Provider | None = None,
) -> Iterator[Desk]:
    """Open a mission to answer from, and let go of it at the end.

    Args:
        folder: Mission folder.
        read_only: Take nothing in.
        makers: Make views beside the service; None for processes.
        provider: By which people sign in elsewhere; None for none.

    Yields:
        The desk.
    """
    with opened(folder) as mission:
        views = Views(mission, folder, makers)
        accounts, weighings = Accounts(folder), Weighings(makers)
        drafts = Drafts(folder=folder)
        try:
            yield Desk(
                folder=folder,
                mission=mission,
                keys=LogKeys(folder, mission),
                views=views,
                clock=now,
                read_only=read_only,
                accounts=accounts,
                door=Door(mission, accounts, now),
                parts=Parts(folder / "attachments"),
                working=Working(mission),
                tiled=Tiled(mission),
                weighings=weighings,
                drafts=drafts,
                version=version("pamiers"),
                provider=provider,
            )
        finally:
            drafts.close()
            weighings.close()
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
