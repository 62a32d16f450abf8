"""Incidents where they are many: tiles of a map, and stretches of the list beside it.

Both are of the edition of who asks and of one head of the record; both are asked the
same question, so that what is drawn and what is listed are the same incidents.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pamiers.app.pages.happened import NOW
from pamiers.app.pages.marks import FINEST, Marks, Wanted
from pamiers.app.web.answers import PRIVATE, told
from pamiers.core.errors import StoreError, UnknownTermError, UsageError
from pamiers.render.vector_tile import MEDIA_TYPE

MOST_LISTED: Final = 500
_JSON: Final = "application/json"
_FAST: Final = 1  #: the level of compression that costs a map no time
_SMALL: Final = 500  #: bytes that are not worth compressing
#: what is asked of incidents -> its name in an address
_NAMES: Final = {
    "since": "from",
    "until": "to",
    "kind": "kind",
    "standing": "standing",
    "text": "q",
    "key": "key",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Marks that somebody may see."""

    marks: Marks
    of: str  #: names the head and the edition that they are of


#: tells what who asks may see, as it was known at `now` or at some place in time
Seen = Callable[[Request, str], Marked]


def tile_routes(seen: Seen) -> list[Route]:
    """Return what answers tiles and lists of incidents.

    Args:
        seen: Tells what who asks may see; raises what the pages raise.

    Returns:
        Routes `/tiles/{z}/{x}/{y}.mvt` and `/tiles/listed.json`. Both are asked by
        `known`, `from`, `to`, `kind`, `standing`, `q` and `key`; the list by `offset`
        and `limit`, too.
    """
    desk = _Tiles(seen)
    return [
        Route("/tiles/listed.json", desk.listed),
        Route("/tiles/{z:int}/{x:int}/{y:int}.mvt", desk.tile),
    ]


@dataclass(frozen=True, slots=True)
class _Tiles:
    """Answers tiles and lists."""

    seen: Seen

    async def tile(self, request: Request) -> Response:
        """Answer a tile; 404 for one that there is not."""
        return await run_in_threadpool(self._answered, request, _tile, MEDIA_TYPE)

    async def listed(self, request: Request) -> Response:
        """Answer some incidents, how many are asked for, and of which kinds."""
        return await run_in_threadpool(self._answered, request, _listed, _JSON)

    def _answered(
        self, request: Request, made: Callable[[Marks, Request], bytes], media: str
    ) -> Response:
        try:
            found = self.seen(request, request.query_params.get("known") or NOW)
            tag = _tag(found, request)
            headers = {**PRIVATE, "ETag": tag}
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            data = made(found.marks, request)
        except UnknownTermError as error:
            return told(error, 404)
        except UsageError as error:
            return told(error, 400)
        except StoreError as error:
            return told(error, 503)
        if len(data) > _SMALL and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            headers["Vary"] += ", Accept-Encoding"
            data = gzip.compress(data, _FAST, mtime=0)
        return Response(data, media_type=media, headers=headers)


def _tag(found: Marked, request: Request) -> str:
    asked = f"{found.of} {request.url.path}?{request.url.query}"
    return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'


def _tile(marks: Marks, request: Request) -> bytes:
    z, x, y = (request.path_params[name] for name in ("z", "x", "y"))
    if z > FINEST or x >= 1 << z or y >= 1 << z:
        raise UnknownTermError(
            "tile",
            expected=f"a zoom of 0 to {FINEST}, and a column and row that it has",
            got=f"{z}/{x}/{y}",
            remedy="Ask for one of those, and draw it larger.",
        )
    return marks.tile(wanted_of(request), z, x, y)


def _listed(marks: Marks, request: Request) -> bytes:
    offset, limit = (_count(request, name) for name in ("offset", "limit"))
    few = min(limit, MOST_LISTED) if limit else MOST_LISTED
    return orjson.dumps(marks.listed(wanted_of(request), offset, few))


def wanted_of(request: Request) -> Wanted:
    """Return which incidents an address asks for.

    Raises:
        UsageError: A day that is none.
    """
    given = {each: request.query_params.get(name, "") for each, name in _NAMES.items()}
    for each in ("since", "until"):
        try:
            date.fromisoformat(given[each] or "1970-01-01")
        except ValueError as error:
            raise UsageError(
                _NAMES[each],
                expected="a day such as 2020-07-27",
                got=repr(given[each]),
                remedy="Write year, month and day.",
            ) from error
    return Wanted(**given)


def _count(request: Request, name: str) -> int:
    text = request.query_params.get(name, "0")
    if not text.isdecimal():
        raise UsageError(
            name,
            expected="a number of at least 0",
            got=repr(text),
            remedy="Leave it out, or write a number.",
        )
    return int(text)
