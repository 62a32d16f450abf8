"""Signatures of devices, checked beside the service where many come at once.

A check takes as long as all the rest that the service does for a message, and the
library holds the interpreter's lock meanwhile. So what waits in one turn of the loop
goes to another process together; a few are checked at once, which is sooner.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pamiers.app.api.beside import Beside
from pamiers.core.errors import PamiersError
from pamiers.mission.access.devices import Signed
from pamiers.mission.access.keys import verified

if TYPE_CHECKING:
    from concurrent.futures import Future

#: so few are checked here: to send them over would take longer
FEW: Final = 4
Waiting = tuple[Signed, "asyncio.Future[bool]"]


def all_verified(signed: Sequence[Signed]) -> list[bool]:
    """Tell of each signature whether it is its key's; runs in the other process."""
    return [verified(*each) for each in signed]


@dataclass(slots=True)
class Checks:
    """Checks signatures; all of it but the checking is in one event loop."""

    beside: Beside = field(default_factory=lambda: Beside(gives_way=False))
    _waiting: list[Waiting] = field(default_factory=list)
    _flying: bool = False
    _warm: "Future[list[bool]] | None" = None

    def begin(self) -> None:
        """Begin the other process; until it is there all is checked here."""
        self._warm = self.beside.submit(all_verified, [])

    async def verified(self, signed: Signed) -> bool:
        """Tell whether a signature is its key's over some bytes."""
        loop = asyncio.get_running_loop()
        told: asyncio.Future[bool] = loop.create_future()
        self._waiting.append((signed, told))
        if not self._flying:
            self._flying = True
            loop.call_soon(self._fly, loop)
        return await told

    def _fly(self, loop: asyncio.AbstractEventLoop) -> None:
        """Check what waits: here, or beside."""
        some, self._waiting = self._waiting, []
        if len(some) <= FEW or self._warm is None or not self._warm.done():
            self._land(some, [verified(*signed) for signed, _ in some])
            return

        def landed(done: "Future[list[bool]]") -> None:
            loop.call_soon_threadsafe(self._landed, some, done)

        asked = [signed for signed, _ in some]
        self.beside.submit(all_verified, asked).add_done_callback(landed)

    def _landed(self, some: list[Waiting], done: "Future[list[bool]]") -> None:
        try:
            found = done.result()
        except PamiersError:  # that process ended: nobody is told no for it
            found = [verified(*signed) for signed, _ in some]
        self._land(some, found)

    def _land(self, some: list[Waiting], found: list[bool]) -> None:
        for (_, told), well in zip(some, found, strict=True):
            if not told.done():
                told.set_result(well)
        self._flying = bool(self._waiting)
        if self._flying:
            loop = asyncio.get_running_loop()
            loop.call_soon(self._fly, loop)

    def close(self) -> None:
        """End the other process."""
        self.beside.close()
