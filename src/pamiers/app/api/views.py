"""The newest whole view of a mission, given at once; a newer one is made beside.

Nobody who asks waits for fusion and judgement: he is given what stood at an entry, and
told how many entries are newer. One view is made at a time; whatever is recorded while
one is made is in the next one, however much it is.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from pamiers.app.api.beside import Beside
from pamiers.app.api.envelope import log
from pamiers.app.api.remaking import last_made, remade, why
from pamiers.app.api.view import UNSAID, Parcel, View, unpacked
from pamiers.app.wiring import projections_in_memory, seconds
from pamiers.core.errors import PamiersError, StoreError
from pamiers.mission.as_it_stood import as_it_stood
from pamiers.mission.mission import Mission

#: how long a reader waits where there is no view at all yet [s]
FIRST_S: Final = 10.0
#: after how long a view that could not be made is tried again [s]
AGAIN_S: Final = 5.0
#: how long a reader waits for an explanation [s]
WHY_S: Final = 2.0
_MOST_ASKED: Final = 64
_LOOK_S: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How far what is shown is behind the record."""

    entries: int  #: on record
    judged: int  #: of these, in the view that is shown; 0 where there is none yet
    newer: int  #: entries that say something and are not in it
    making: bool  #: whether a newer one is being made

    @property
    def fresh(self) -> bool:
        """Tell whether everything that says something is in the view."""
        return self.judged > 0 and self.newer == 0


class Makers(Protocol):
    """What makes views: one task at a time, in order."""

    def submit(self, what: Callable[..., Any], *given: object) -> "Future[Any]":
        """Have something done."""

    def close(self) -> None:
        """End, whatever is being done."""


class Views:
    """Keeps the newest view; one process at a time makes a newer one."""

    def __init__(
        self, mission: Mission, folder: Path, makers: Makers | None = None
    ) -> None:
        """Begin with no view made.

        Args:
            mission: The mission.
            folder: Its folder.
            makers: What makes views; None: a process beside this one.
        """
        self.patience_s = 0.0  #: how long a reader waits for news nevertheless
        self._mission, self._folder = mission, folder
        self._makers = makers or Beside()
        self._lock = threading.RLock()
        self._making: Future[Parcel | None] | None = None
        self._last: View | None = None
        self._looked, self._said = 0, 0
        self._failed: tuple[float, PamiersError] | None = None
        self._asked: dict[tuple[object, ...], Future[dict[str, Any] | None]] = {}
        self._began = self._wanted = self._closed = False

    def current(self) -> View:
        """Return the newest whole view, at once; begin a newer one where there is news.

        Raises:
            StoreError: There is none yet.
            PamiersError: None could be made, for that reason.
        """
        until = seconds() + max(self.patience_s, 0.0 if self._last else FIRST_S)
        while True:
            with self._lock:
                fresh, last, making = self.freshness().fresh, self._last, self._making
            left = until - seconds()
            if last is not None and (fresh or left <= 0):
                return last
            if making is None or left <= 0:
                raise self._failed[1] if self._failed else _none_yet()
            _settled(making, left)

    def freshness(self) -> Freshness:
        """Return how far the view is behind, and begin a newer one if it is."""
        with self._lock:
            entries = self._look()
            last = self._last
            newer = 0 if last is None else self._said - last.said
            if (last is None or newer) and not self._begin():
                self._wanted = True
            return Freshness(
                entries=entries,
                judged=0 if last is None else last.head.size,
                newer=newer,
                making=self._making is not None,
            )

    async def reached(self, wait_s: float) -> Freshness:
        """Wait until all that is on record now is in the view, or some time is over."""
        found = await asyncio.to_thread(self.freshness)
        wanted, until = found.entries, seconds() + wait_s
        while not found.fresh and found.judged < wanted and seconds() < until:
            await asyncio.sleep(_LOOK_S)
            found = await asyncio.to_thread(self.freshness)
        return found

    def why(self, view: View, key: str) -> tuple[dict[str, Any] | None, bool]:
        """Return an incident of a view taken apart, and whether that is still to come.

        Args:
            view: The view.
            key: Id of the incident.

        Returns:
            The explanation, None where there is none or it is not there yet.
        """
        named = (view.head.size, key, view.gate)
        with self._lock:
            asked = self._asked.get(named)
            if asked is None:
                while len(self._asked) >= _MOST_ASKED:
                    self._asked.pop(next(iter(self._asked)))
                asked = self._makers.submit(why, self._folder, *named)
                self._asked[named] = asked
        try:
            return asked.result(max(WHY_S, self.patience_s)), False
        except TimeoutError:
            return None, True
        except PamiersError:
            self._asked.pop(named, None)
            return None, True

    def _look(self) -> int:
        """Return the size of the record, having counted what it says since."""
        size = self._mission.record.head().size
        if self._last is not None and size > self._looked:
            for entry in self._mission.record.entries(start=self._looked):
                if entry.kind not in UNSAID:
                    self._said += 1
                self._looked = entry.index + 1
        return size

    def _begin(self) -> bool:
        """Begin to make a view unless one is being made; tell whether it was begun."""
        tried = self._failed is not None and seconds() - self._failed[0] < AGAIN_S
        if self._making is not None or self._closed or tried:
            return False
        first, self._began, self._wanted = not self._began, True, False
        made = self._makers.submit(last_made if first else remade, self._folder)
        self._making = made
        made.add_done_callback(self._made)
        return True

    def _made(self, made: "Future[Parcel | None]") -> None:
        """Take in what was made; called from the pool's thread."""
        view: View | None = None
        try:
            parcel = None if made.cancelled() else made.result()
            view = None if parcel is None else self._opened(parcel)
        except PamiersError as error:
            self._refused(error)
        with self._lock:
            self._making = None
            if view is not None:
                self._failed, self._last = None, view
                self._looked, self._said = view.head.size, view.said
            if made.cancelled() or not (view is None or self._wanted):
                return
        self.freshness()  # what was asked for meanwhile is begun now

    def _opened(self, parcel: Parcel) -> View:
        kept = projections_in_memory(parcel.kept)
        return unpacked(parcel, as_it_stood(self._mission, parcel.head, kept))

    def _refused(self, error: PamiersError) -> None:
        if not self._closed:
            log("view-failed", kind=type(error).__name__)
        self._failed = (seconds(), error)

    def close(self) -> None:
        """Make nothing more."""
        self._closed = True
        self._makers.close()


def _settled(making: "Future[Parcel | None]", seconds_left: float) -> None:
    """Wait until something was made, well or not, or time is over."""
    try:
        making.exception(seconds_left)
    except (TimeoutError, CancelledError):
        return


def _none_yet() -> StoreError:
    return StoreError(
        "view",
        expected="a view of the mission",
        got="none yet: the first one is being made",
        remedy="Ask again in some seconds.",
    )
