"""Would it hold, and where to watch, over HTTP: as the pages show it."""

from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel

from pamiers.app.api.cases import shown_to
from pamiers.app.api.desk import Question
from pamiers.app.api.guard import may
from pamiers.app.pages.readers import Reader
from pamiers.app.pages.would_hold import deployment as deployment_page
from pamiers.app.pages.would_hold import deterrence as deterrence_page
from pamiers.mission.access.permissions import READ

ROUTES: Final = APIRouter(tags=["deterrence"])
Spoken = Annotated[
    Literal["en", "uk", "fr", "lv"], Query(description="Language of the sentences.")
]


class Answered(BaseModel):
    """What both answers begin with."""

    state: Literal["ready", "missing", "faulty", "withheld"]
    missing: list[str]  #: files that are not beside the agreement
    complaints: list[dict[str, Any]]  #: what is wrong, for the commission
    refused: str  #: why no plan could be drawn up, for the commission
    edition: str
    entries: int
    head: str
    not_yet_judged: int


class Deterrence(Answered):
    """The report of the stress test; `page` is null unless the state is `ready`."""

    page: dict[str, Any] | None


class Deployment(Answered):
    """The plan of posts; `protected` is null but for those who place posts."""

    limits: list[str] = []
    plan: dict[str, Any] | None = None
    says: list[str] = []
    pledges: list[str] = []
    hours: list[str] = []
    least: list[dict[str, Any]] = []
    ground: dict[str, Any] | None = None
    names: dict[str, dict[str, str]] = {}
    protected: dict[str, Any] | None


@ROUTES.get(
    "/deterrence",
    dependencies=[Depends(may(READ, "deterrence"))],
    responses={200: {"model": Deterrence}},
)
def deterrence(question: Question, language: Spoken = "en") -> Response:
    """Show the agreement's stress test: margins, thresholds, levers, and its limits.

    503 while it is being worked out.
    """
    told = deterrence_page(_reader(question), language)
    return question.answer({**told, **question.about})


@ROUTES.get(
    "/deployment",
    dependencies=[Depends(may(READ, "deployment"))],
    responses={200: {"model": Deployment}},
)
def deployment(question: Question, language: Spoken = "en") -> Response:
    """Show the plan of posts: its certificate, what it notices, pledged and needed.

    503 while it is being worked out.
    """
    reader = _reader(question)
    mark = f"{question.view.mark[:31]}{int(reader.placing)}"
    told = deployment_page(reader, language)
    return question.answer({**told, **question.about}, mark=mark)


def _reader(question: Question) -> Reader:
    return replace(
        shown_to(question),
        weigh=question.desk.weigh,
        placing=question.reader.placing,
    )
