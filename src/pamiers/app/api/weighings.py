"""What an agreement is put to, worked out in a process beside the service, and kept."""

import threading
from typing import TYPE_CHECKING, Final

from pamiers.app.api.beside import Beside
from pamiers.app.api.views import Makers
from pamiers.app.weigh import weigh
from pamiers.app.weighed import Texts, Weighed, nothing_to_weigh
from pamiers.core.errors import PamiersError, StoreError

if TYPE_CHECKING:
    from concurrent.futures import Future

#: how long who asks waits before he is told to ask again [s]
PATIENCE_S: Final = 0.2
#: versions of the agreement whose results are kept
_KEPT: Final = 4
_Key = frozenset[tuple[str, str]]


class Weighings:
    """Keeps stress tests and plans by the texts that they rest on."""

    def __init__(self, makers: Makers | None = None) -> None:
        """Begin with none.

        Args:
            makers: What works them out; None: a process beside this one.
        """
        self._own = makers is None
        self._makers = makers or Beside()
        self._lock = threading.Lock()
        self._made: dict[_Key, Future[Weighed]] = {}

    def of(self, texts: Texts) -> Weighed:
        """Return what comes of an agreement's texts.

        Raises:
            StoreError: It is being worked out; or it could not be, and is begun anew.
        """
        if (none := nothing_to_weigh(texts)) is not None:
            return none
        key = frozenset(texts.items())
        made = self._begun(key, texts)
        try:
            return made.result(PATIENCE_S)
        except TimeoutError:
            raise _not_yet() from None
        except PamiersError:
            with self._lock:
                self._made.pop(key, None)
            raise

    def _begun(self, key: _Key, texts: Texts) -> "Future[Weighed]":
        with self._lock:
            made = self._made.get(key)
            if made is None:
                while len(self._made) >= _KEPT:
                    self._made.pop(next(iter(self._made)))
                made = self._made[key] = self._makers.submit(weigh, dict(texts))
            return made

    def close(self) -> None:
        """Work out nothing more."""
        if self._own:
            self._makers.close()


def _not_yet() -> StoreError:
    return StoreError(
        "stress test",
        expected="the stress test and the plan of the agreement",
        got="none yet: they are being worked out",
        remedy="Ask again in some seconds.",
    )
