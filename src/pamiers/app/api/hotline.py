"""The hotline over HTTP: calls logged by those who make them, seen by who took part."""

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from pamiers.app.api.cases import By, Id, Text, When, may_act
from pamiers.app.api.desk import At
from pamiers.app.api.enrolment import Who
from pamiers.app.api.guard import may
from pamiers.app.wiring import turn
from pamiers.core.instant import parse_instant
from pamiers.core.sharing import Sharing
from pamiers.mission.access.permissions import READ, SEND
from pamiers.mission.hotline import Activity, Answer, Call, calls, log_answer, log_call

ROUTES: Final = APIRouter(tags=["hotline"])
_CALL: Final = "call"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Announced(_Strict):
    """What is announced so that nobody takes it for something else."""

    what: Text
    place: Id
    start: When
    end: When


class Called(_Strict):
    """A call: who called whom, and what was said."""

    by: Id
    to: Annotated[list[Id], Field(min_length=1, max_length=20)]
    text: Text
    outcome: Annotated[str, Field(max_length=20_000)] = ""
    case: Id = ""
    at: When | None = None
    activity: Announced | None = None


class Answered(_Strict):
    """An answer to a call, or what came of it."""

    by: Id
    text: Annotated[str, Field(max_length=20_000)] = ""
    outcome: Annotated[str, Field(max_length=20_000)] = ""
    at: When | None = None


@ROUTES.get("/hotline", dependencies=[Depends(may(READ, _CALL))])
def hotline(desk: At, who: Who) -> dict[str, Any]:
    """List the log of calls; a party is given those that it made or was called in."""
    found = calls(desk.mission)
    if who.clearance < Sharing.COMMISSION:
        found = [e for e in found if who.office in {e["by"], *e["to"]}]
    return {"calls": found}


@ROUTES.post("/hotline", status_code=201)
def called(by: By, said: Called) -> dict[str, int]:
    """Log a call of one's own office."""
    may_act(by, _CALL, said.by, _CALL, SEND)
    told = said.activity
    call = Call(
        by=said.by,
        to=tuple(said.to),
        said=said.text,
        outcome=said.outcome,
        at=_at(said.at),
        case=said.case,
        activity=None
        if told is None
        else Activity(
            what=told.what,
            place=told.place,
            start=parse_instant(told.start),
            end=parse_instant(told.end),
        ),
        person=by.who.name,
    )
    with turn(by.desk.folder):
        return {"entry": log_call(by.desk.mission, call, by.desk.clock())}


@ROUTES.post("/hotline/{entry}/answer", status_code=201)
def answered(by: By, entry: int, said: Answered) -> dict[str, int]:
    """Log the answer of one's own office to a call, or what came of it."""
    may_act(by, _CALL, said.by, _CALL, SEND)
    answer = Answer(
        call=entry,
        by=said.by,
        said=said.text,
        outcome=said.outcome,
        at=_at(said.at),
        person=by.who.name,
    )
    with turn(by.desk.folder):
        return {"entry": log_answer(by.desk.mission, answer, by.desk.clock())}


def _at(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
