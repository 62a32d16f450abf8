"""What every answer is made with: the mission, its newest view, who asks, the clock."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
from fastapi import Depends, HTTPException, Request, Response

from pamiers.app.api.counting import Figures
from pamiers.app.api.listeners import Listeners
from pamiers.app.api.view import View, Views
from pamiers.core.sharing import Sharing
from pamiers.ledger.keys import SignerKey
from pamiers.mission.mission import Mission

#: editions that can be read, and the class of sharing each reaches to
EDITIONS: Final = ("public", "parties", "commission")
_CACHE: Final = "private, no-cache"
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who asks: a name, the roles held, and how far the clearance reaches."""

    name: str = "anonymous"
    roles: tuple[str, ...] = ()
    clearance: Sharing = Sharing.PUBLIC

    @property
    def edition(self) -> str:
        """Return the fullest edition that the reader may have."""
        return EDITIONS[min(list(Sharing).index(self.clearance), len(EDITIONS) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the service answers from."""

    folder: Path
    mission: Mission
    key: SignerKey
    views: Views
    clock: Callable[[], datetime]
    read_only: bool
    who: Callable[[Request], Reader]
    version: str
    figures: Figures = field(default_factory=Figures)
    listeners: Listeners = field(default_factory=Listeners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: by whom, in which edition, on which view."""

    desk: Desk
    request: Request
    reader: Reader
    edition: str
    view: View

    def answer(
        self, value: object, media: str = _JSON, *, mark: str | None = None
    ) -> Response:
        """Return a value as JSON, or 304 where the asker has it already.

        Args:
            value: Plain values.
            media: Media type.
            mark: What the value rests on; None: on what is said of the world.

        Returns:
            The answer, with an ETag.
        """
        tag = self._tag(mark or self.view.mark)
        headers = {
            "ETag": tag,
            "Cache-Control": _CACHE,
            "Vary": "Authorization, Cookie",
            "X-Pamiers-Entries": str(self.view.head.size),
        }
        if tag in self.request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(orjson.dumps(value), media_type=media, headers=headers)

    def _tag(self, mark: str) -> str:
        query = f"{self.request.url.path}?{self.request.url.query}"
        asked = hashlib.sha256(f"{query} {self.desk.version}".encode()).hexdigest()
        return f'W/"{mark[:32]}-{self.edition}-{asked[:8]}"'

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

    @property
    def about(self) -> dict[str, object]:
        """Return which edition of which record an answer is of."""
        head = self.view.head
        return {"edition": self.edition, "entries": head.size, "head": head.hex}


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that answers a request."""
    desk: Desk = request.app.state.desk
    return desk


def reader_of(request: Request) -> Reader:
    """Return who asks; the public where nothing says who."""
    return desk_of(request).who(request)


def asked(request: Request, edition: str | None = None) -> Asked:
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
    view = desk.views.current()
    return Asked(desk=desk, request=request, reader=reader, edition=wanted, view=view)


Question = Annotated[Asked, Depends(asked)]
At = Annotated[Desk, Depends(desk_of)]


def refused(status: int, expected: str, got: str) -> HTTPException:
    """Return a refusal that says what was expected and what came."""
    return HTTPException(status, f"expected {expected}, got {got!r}")
