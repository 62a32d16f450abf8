"""A bad link: bytes pass slowly, late, and some of them only at a second attempt.

It stands before a service as a router would. Each piece of a packet's size waits for
its turn at the link's rate and for half a round trip. Of those that are lost the sender
finds out a round trip later: until then nothing behind them passes, as in TCP.
"""

import contextlib
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_PACKET = 1_400  #: bytes of one piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link is like."""

    bytes_s: float = 1e9
    round_trip_s: float = 0.0
    lost: float = 0.0  #: share of packets


GOOD = Link()
#: 64 kbit/s, two seconds there and back, every fifth packet lost
BAD = Link(bytes_s=8_000, round_trip_s=2.0, lost=0.2)


@dataclass(slots=True)
class Router:
    """Passes bytes between browsers and a service; how, may be changed at any time."""

    to: int  #: port of the service
    port: int
    link: Link = GOOD
    passed: int = 0  #: bytes to browsers
    chance: random.Random = field(default_factory=lambda: random.Random(64))  # noqa: S311 - a seed

    @property
    def address(self) -> str:
        """Return where browsers find it."""
        return f"http://127.0.0.1:{self.port}/"

    def serve(self, door: socket.socket) -> None:
        """Take connections until the door is closed."""
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:  # the service is down: so is the line to it
                near.close()
                continue
            for ends in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, down: bool) -> None:  # noqa: FBT001 - a direction
        free = time.monotonic()
        with contextlib.suppress(OSError):
            while piece := source.recv(_PACKET):
                link = self.link
                free = max(free, time.monotonic()) + len(piece) / link.bytes_s
                while self.chance.random() < link.lost:
                    free += link.round_trip_s
                time.sleep(max(0, free + link.round_trip_s / 2 - time.monotonic()))
                sink.sendall(piece)
                self.passed += len(piece) if down else 0
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextmanager
def routed(to: int) -> Iterator[Router]:
    """Stand before a port of this machine until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        router = Router(to=to, port=int(door.getsockname()[1]))
        threading.Thread(target=router.serve, args=(door,), daemon=True).start()
        yield router
        door.shutdown(socket.SHUT_RDWR)
