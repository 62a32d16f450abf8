"""At the door: who is it that asks?"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from fastapi import HTTPException, Request

from pamiers.app.accounts import COOKIE, Accounts
from pamiers.app.api.reader import Reader
from pamiers.app.wiring import seconds
from pamiers.mission.access.grants import Access, access
from pamiers.mission.access.permissions import clearance
from pamiers.mission.mission import Mission

#: how often grants of other processes are looked for [s]
_LOOK_S: Final = 0.5
_BEARER: Final = "Bearer "
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(slots=True)
class Door:
    """Knows who is enrolled, and says who asks."""

    mission: Mission
    accounts: Accounts
    clock: Callable[[], datetime]
    stale: bool = True  #: this process granted something
    _looked_s: float = -1.0
    _held: Access = field(default_factory=Access)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def access(self, *, anew: bool = False) -> Access:
        """Return what grants on record say.

        Args:
            anew: Look at the record at once. What this process grants holds at once;
                what another does, within half a second.

        Returns:
            The register, as it stands.
        """
        if anew or self.stale or seconds() - self._looked_s > _LOOK_S:
            with self._lock:
                self.stale = False
                self._looked_s = seconds()
                size = self.mission.record.head().size
                if self._held.size < size:
                    access(self.mission, self._held)
                    self._held.size = size
        return self._held

    def __call__(self, request: Request) -> Reader:
        """Return who asks.

        Raises:
            HTTPException: 401 for a token or session that is nobody's, 403 for a
                change asked for by a page elsewhere.
        """
        given = request.headers.get("authorization", "")
        session = request.cookies.get(COOKIE, "")
        if given:
            return self.bearer(given)
        if not session:
            return Reader()
        if request.method not in _SAFE and not _own(request):
            raise HTTPException(403, "expected a page of this service to ask")
        name = self.accounts.by_session(session, self.clock())
        return self.named(name)

    def bearer(self, given: str) -> Reader:
        """Return whose token an `Authorization` header holds.

        Raises:
            HTTPException: 401 where it is nobody's.
        """
        if not given.startswith(_BEARER):
            return self.named(None)
        return self.named(self.accounts.by_token(given.removeprefix(_BEARER).strip()))

    def named(self, name: str | None) -> Reader:
        """Return somebody with the roles that he holds now.

        Raises:
            HTTPException: 401 where nobody has that name.
        """
        held = None if name is None else self.access().principals.get(name)
        if name is not None and held is None:
            held = self.access(anew=True).principals.get(name)
        if held is None:
            raise HTTPException(
                401, "expected a token in force", {"WWW-Authenticate": "Bearer"}
            )
        return Reader(
            name=held.name,
            roles=held.roles,
            clearance=clearance(held.roles),
            office=held.office,
            sources=held.sources,
        )


def _own(request: Request) -> bool:
    """Tell whether a page of this very service asks."""
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    return origin is not None and origin.partition("://")[2] == host
