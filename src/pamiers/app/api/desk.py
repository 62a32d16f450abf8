"""What every answer is made with: the mission, its newest view, who asks, the clock."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
from fastapi import Depends, HTTPException, Query, Request, Response

from pamiers.app.accounts import Accounts
from pamiers.app.api.counting import Figures
from pamiers.app.api.decisions import Decisions
from pamiers.app.api.door import Door
from pamiers.app.api.drafts import Drafts
from pamiers.app.api.listeners import Listeners
from pamiers.app.api.parts import Parts
from pamiers.app.api.reader import EDITIONS, Reader
from pamiers.app.api.tiled import Tiled
from pamiers.app.api.view import View
from pamiers.app.api.views import Freshness, Views
from pamiers.app.api.weighings import Weighings
from pamiers.app.api.working import Working
from pamiers.app.log_key import LogKeys
from pamiers.app.provider import Provider
from pamiers.app.recorded import append
from pamiers.app.weighed import Weigh
from pamiers.core.sharing import Sharing
from pamiers.ledger.keys import SignerKey
from pamiers.mission.access.permissions import reach
from pamiers.mission.mission import Mission

_CACHE: Final = "private, no-cache"
_JSON: Final = "application/json"
#: how long a question may wait for a newer view, at most [s]
MOST_WAIT_S: Final = 120.0
_WAIT: Final = "Seconds to wait, at most, until all that is on record is judged."


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the service answers from."""

    folder: Path
    mission: Mission
    keys: LogKeys
    views: Views
    clock: Callable[[], datetime]
    read_only: bool
    accounts: Accounts
    door: Door
    parts: Parts
    working: Working
    tiled: Tiled
    weighings: Weighings
    drafts: Drafts
    version: str
    provider: Provider | None = None  #: by which people sign in elsewhere
    decisions: Decisions = field(default_factory=Decisions)
    figures: Figures = field(default_factory=Figures)
    listeners: Listeners = field(default_factory=Listeners)

    @property
    def key(self) -> SignerKey:
        """Return the key of the record that is in force."""
        return self.keys.now()

    @property
    def who(self) -> Callable[[Request], Reader]:
        """Return what tells who asks."""
        return self.door

    @property
    def weigh(self) -> Weigh:
        """Return what works out the stress test and the plan, beside the service."""
        return self.weighings.of

    @property
    def shown(self) -> Mission:
        """Return the mission as the newest whole view has it."""
        return self.views.current().mission

    def append(self, kind: str, body: Mapping[str, object]) -> int:
        """Put one entry on record, and return its index."""
        entry = append(self.mission, self.folder, kind, body)
        self.door.stale = True
        return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: by whom, in which edition, on which view."""

    desk: Desk
    request: Request
    reader: Reader
    edition: str
    seen: list[View] = field(default_factory=list)

    @property
    def view(self) -> View:
        """Return the view that the whole answer is of; it is taken when first used."""
        if not self.seen:
            self.seen.append(self.desk.views.current())
        return self.seen[0].to(self.bound)

    def answer(
        self, value: object, media: str = _JSON, *, mark: str | None = None
    ) -> Response:
        """Return a value, or 304 where the asker has it already.

        Args:
            value: Plain values, told as JSON; bytes are given as they are.
            media: Media type.
            mark: What the value rests on; None: on the view.

        Returns:
            The answer, with an ETag; where it is of a view, with how far that reaches
            and how many entries are newer.
        """
        tag = self._tag(mark or self.view.mark)
        headers = {
            "ETag": tag,
            "Cache-Control": _CACHE,
            "Vary": "Authorization, Cookie",
        }
        if self.seen:
            headers |= as_of(self.view, self.freshness)
        if tag in self.request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        data = value if isinstance(value, bytes) else orjson.dumps(value)
        return Response(data, media_type=media, headers=headers)

    def _tag(self, mark: str) -> str:
        query = f"{self.request.url.path}?{self.request.url.query}"
        asked = hashlib.sha256(f"{query} {self.desk.version}".encode()).hexdigest()
        return f'W/"{mark[:32]}-{self.edition}-{self.bound.value}-{asked[:8]}"'

    def page(self, rows: list[dict[str, Any]], *, limit: int, offset: int) -> Response:
        """Return some of the rows that matched, and how many did."""
        some = rows[offset : offset + limit]
        return self.answer(
            {
                "items": some,
                "matched": len(rows),
                "returned": len(some),
                "offset": offset,
                **self.about,
            }
        )

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """Return the rows of a kind that the asker may read, in order."""
        found = reach(self.reader.roles, kind)
        if found is None:
            return []
        self.view  # noqa: B018 - taken, so that the whole answer is of one
        return self.seen[0].rows(kind, self.edition, min(found, self.bound))

    @property
    def bound(self) -> Sharing:
        """Return how far the edition that is asked for reaches, at most."""
        if self.edition == self.reader.edition:
            return self.reader.clearance
        return Sharing(self.edition)

    @property
    def about(self) -> dict[str, object]:
        """Return which edition of which record an answer is of.

        Of a view: `entries` is the last that was judged, and how many are newer.
        """
        head = self.view.head
        return {
            "edition": self.edition,
            "entries": head.size,
            "head": head.hex,
            "not_yet_judged": self.freshness.newer,
        }

    @property
    def freshness(self) -> Freshness:
        """Return how far the view is behind the record."""
        return self.desk.views.freshness()

    @property
    def on_record(self) -> dict[str, object]:
        """Return of which record an answer is that needs no view."""
        head = self.desk.mission.record.head()
        return {"edition": self.edition, "entries": head.size, "head": head.hex}


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that answers a request."""
    desk: Desk = request.app.state.desk
    return desk


def reader_of(request: Request) -> Reader:
    """Return who asks; the public where nothing says who."""
    return desk_of(request).door(request)


async def waited(
    request: Request,
    wait: Annotated[float, Query(ge=0, le=MOST_WAIT_S, description=_WAIT)] = 0.0,
) -> None:
    """Let a question wait until what is on record now is judged, or some seconds."""
    if wait:
        await desk_of(request).views.reached(wait)


def asked(
    request: Request,
    _waited: Annotated[None, Depends(waited)],
    edition: str | None = None,
) -> Asked:
    """Return a question, ready to be answered.

    Raises:
        HTTPException: 403 for an edition past the reader's clearance, 404 for none.
    """
    desk, reader = desk_of(request), reader_of(request)
    wanted = edition or reader.edition
    if wanted not in EDITIONS:
        raise refused(404, f"one of the editions {', '.join(EDITIONS)}", wanted)
    if EDITIONS.index(wanted) > EDITIONS.index(reader.edition):
        raise refused(403, f"the {reader.edition} edition at most", wanted)
    return Asked(desk=desk, request=request, reader=reader, edition=wanted)


def as_of(view: View, found: Freshness) -> dict[str, str]:
    """Return headers that say how far an answer reaches, and what is newer."""
    return {
        "X-Pamiers-Entries": str(view.head.size),
        "X-Pamiers-Not-Yet-Judged": str(found.newer),
    }


Question = Annotated[Asked, Depends(asked)]
At = Annotated[Desk, Depends(desk_of)]


def refused(status: int, expected: str, got: str) -> HTTPException:
    """Return a refusal that says what was expected and what came."""
    return HTTPException(status, f"expected {expected}, got {got!r}")
