"""Who waits for news of the record, and how they are woken and sent away."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import Event


class Listeners:
    """Who waits for news."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.waiting: set[Event] = set()
        self.closing = False

    def wake(self) -> None:
        """Wake everybody."""
        for each in self.waiting:
            each.set()

    def close(self) -> None:
        """Send everybody away."""
        self.closing = True
        self.wake()
