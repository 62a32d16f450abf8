"""Server-sent events: a line whenever the record says something new.

An event says that there is news and what it rests on, never what the news is: whoever
hears of it asks again, in his own edition.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from pamiers.app.api.desk import At, Desk
from pamiers.app.api.guard import may
from pamiers.app.api.listeners import Listeners
from pamiers.app.api.view import View
from pamiers.core.errors import StoreError
from pamiers.mission.access.permissions import READ

ROUTES: Final = APIRouter(dependencies=[Depends(may(READ, "record"))], tags=["events"])
#: how often the record is looked at for news that others wrote [s]
BEAT_S: Final = 1.0
#: how long nothing is sent before a comment keeps the line open [s]
QUIET_S: Final = 15.0
#: how many may listen at once
MOST_LISTENERS: Final = 512


@ROUTES.get("/events")
async def events(request: Request, desk: At) -> StreamingResponse:
    """Tell of news on record for as long as the reader listens (text/event-stream)."""
    listeners = desk.listeners
    full = len(listeners.waiting) >= MOST_LISTENERS
    lines = _full() if full else _lines(request, desk, listeners)
    return StreamingResponse(
        lines,
        status_code=503 if full else 200,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


async def _full() -> AsyncIterator[bytes]:
    yield b"retry: 60000\n\n"


async def _lines(
    request: Request, desk: Desk, listeners: Listeners
) -> AsyncIterator[bytes]:
    woken = asyncio.Event()
    listeners.waiting.add(woken)
    told, quiet = request.headers.get("last-event-id", ""), 0.0
    try:
        yield b"retry: 3000\n\n"
        while not listeners.closing:
            view = await asyncio.to_thread(_shown, desk)
            mark = "" if view is None else f"{view.mark}-{desk.working.look()}"
            if view is not None and mark != told:
                told, quiet = mark, 0.0
                yield _event(view, mark)
            elif quiet >= QUIET_S:
                quiet = 0.0
                yield b": still here\n\n"
            quiet += await _rest(woken)
    finally:
        listeners.waiting.discard(woken)


def _shown(desk: Desk) -> View | None:
    try:
        return desk.views.current()
    except StoreError:
        return None  # the first one is being made


async def _rest(woken: asyncio.Event) -> float:
    try:
        await asyncio.wait_for(woken.wait(), BEAT_S)
    except TimeoutError:
        return BEAT_S
    woken.clear()
    return 0.0


def _event(view: View, mark: str) -> bytes:
    told = orjson.dumps({"entries": view.head.size, "head": view.head.hex})
    return b"id: %s\nevent: record\ndata: %s\n\n" % (mark.encode(), told)
