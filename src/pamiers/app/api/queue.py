"""The queue over HTTP: what waits for a person, claimed and released by name."""

from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException, Response
from pydantic import BaseModel, ConfigDict, Field

from pamiers.app.api.cases import shown_to
from pamiers.app.api.desk import At, Desk, Question, refused
from pamiers.app.api.enrolment import Who
from pamiers.app.api.guard import may
from pamiers.app.pages.queue import queue as page
from pamiers.app.pages.readers import reader_of as page_reader
from pamiers.mission.access.permissions import CLAIM, READ
from pamiers.mission.claims import CLAIM as KIND
from pamiers.mission.claims import claim as take_on
from pamiers.mission.claims import release as let_go

ROUTES: Final = APIRouter(tags=["work"])
_ITEM: Final = "^(quarantine|finding|case):"
_LONGEST: Final = 320


class Item(BaseModel):
    """Something that waits."""

    model_config = ConfigDict(extra="forbid")
    item: Annotated[str, Field(pattern=_ITEM, max_length=_LONGEST)]


@ROUTES.get("/queue", dependencies=[Depends(may(READ, "work"))])
def queue(question: Question) -> Response:
    """List what waits for a person, the most pressing first."""
    desk = question.desk
    reader = shown_to(question)
    mark = f"{desk.clock():%Y%m%d%H%M}{desk.mission.record.head().hex}"
    return question.answer(page(reader, desk.clock()), mark=mark)


@ROUTES.post("/queue/claim", dependencies=[Depends(may(CLAIM, "work"))])
def claim(desk: At, who: Who, said: Item) -> dict[str, Any]:
    """Take something on; 409 where another has it in hand.

    Raises:
        HTTPException: 404 where no such thing waits, 405 where nothing is taken in.
    """
    _writable(desk)
    reader = page_reader(desk.shown, who.edition, live=desk.mission, folder=desk.folder)
    waiting = page(reader, desk.clock())["items"]
    if said.item not in {each["key"] for each in waiting}:
        raise refused(404, "the id of something that waits", said.item)
    held = take_on(desk.mission, said.item, who.name, partial(desk.append, KIND))
    desk.listeners.wake()
    return {"item": said.item, **held.to_dict()}


@ROUTES.post("/queue/release", dependencies=[Depends(may(CLAIM, "work"))])
def release(desk: At, who: Who, said: Item) -> dict[str, Any]:
    """Let go of something; of another's too, since people go off duty.

    Raises:
        HTTPException: 404 where nobody has it, 405 where nothing is taken in.
    """
    _writable(desk)
    if not let_go(desk.mission, said.item, who.name, partial(desk.append, KIND)):
        raise refused(404, "something that is claimed", said.item)
    desk.listeners.wake()
    return {"item": said.item, "released": True}


def _writable(desk: Desk) -> None:
    if desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
