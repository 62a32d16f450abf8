"""The quarantine over HTTP: rows that were not understood, set aside with a reason."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from pamiers.app.api.cases import By, shown_to
from pamiers.app.api.desk import Question
from pamiers.app.api.guard import may
from pamiers.app.pages.received import received
from pamiers.app.wiring import turn
from pamiers.mission.access.permissions import READ, WAIVE
from pamiers.mission.quarantine import waive as set_aside

ROUTES: Final = APIRouter(tags=["work"])
Row = Annotated[str, Path(pattern=r"^\d{1,12}\.\d{1,9}$")]


class Reason(BaseModel):
    """Why a row is set aside."""

    model_config = ConfigDict(extra="forbid")
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


@ROUTES.get("/quarantine", dependencies=[Depends(may(READ, "quarantine"))])
def quarantine(question: Question) -> Response:
    """List files as they were read, and rows that were not understood."""
    mark = question.desk.mission.record.head().hex
    return question.answer(received(shown_to(question)), mark=mark)


@ROUTES.post(
    "/quarantine/{row}/waive", dependencies=[Depends(may(WAIVE, "quarantine"))]
)
def waive(by: By, row: Row, said: Reason) -> dict[str, Any]:
    """Set a row aside, on record, with who did it and why.

    Raises:
        HTTPException: 405 where nothing is taken in.
    """
    desk = by.desk
    if desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
    with turn(desk.folder):
        head = set_aside(
            desk.mission, row, by=by.who.name, reason=said.reason, now=desk.clock()
        )
    desk.listeners.wake()
    return {"waived": row, "entries": head.size, "head": head.hex}
