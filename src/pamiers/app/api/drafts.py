"""Drafts tried over the record in a process beside the service; the latest are kept."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pamiers.app.api.beside import Allowed, Beside
from pamiers.app.api.views import Makers
from pamiers.app.draft_tried import Draft, tried
from pamiers.core.errors import StoreError

if TYPE_CHECKING:
    from concurrent.futures import Future

#: how long who asks waits before he is told to ask again [s]
PATIENCE_S: Final = 2.0
#: what a trial may take: a draft comes from whoever may read the agreement
ALLOWED: Final = Allowed(seconds=60.0, memory_bytes=2 * 1024**3)
_KEPT: Final = 8
#: how many may wait: a slider that is moved asks again and again
_MOST_WAITING: Final = 4


@dataclass(slots=True, kw_only=True)
class Drafts:
    """Tries drafts over one mission."""

    folder: Path
    makers: Makers = field(default_factory=lambda: Beside(allowed=ALLOWED))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _made: "dict[Draft, Future[dict[str, Any]]]" = field(default_factory=dict)

    def of(self, draft: Draft) -> Mapping[str, Any] | None:
        """Return what a draft would have found and begun.

        Args:
            draft: What is tried.

        Returns:
            As `tried`; None while it is being worked out, or too many wait: ask again.

        Raises:
            UsageError: A figure that the draft does not have, or that cannot be so.
            OverspentError: The trial took more than is allowed; it is not begun anew.
            StoreError: The process died; the trial is begun anew when asked again.
        """
        made = self._begun(draft)
        if made is None:
            return None
        try:
            return made.result(PATIENCE_S)
        except TimeoutError:
            return None
        except StoreError:
            with self._lock:
                self._made.pop(draft, None)
            raise

    def _begun(self, draft: Draft) -> "Future[dict[str, Any]] | None":
        with self._lock:
            made = self._made.get(draft)
            if made is not None:
                return made
            waiting = sum(not each.done() for each in self._made.values())
            if waiting >= _MOST_WAITING:
                return None
            while len(self._made) >= _KEPT:
                done = next(key for key, each in self._made.items() if each.done())
                self._made.pop(done)
            made = self._made[draft] = self.makers.submit(tried, draft, self.folder)
            return made

    def close(self) -> None:
        """Try nothing more."""
        self.makers.close()
