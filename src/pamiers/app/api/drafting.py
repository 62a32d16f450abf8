"""Try a draft over the record, over HTTP. Nothing of it is recorded or kept."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from pamiers.app.api.beside import OverspentError
from pamiers.app.api.desk import Asked, Question
from pamiers.app.api.drafts import ALLOWED
from pamiers.app.api.enrolment import Strict
from pamiers.app.api.guard import may
from pamiers.app.draft_tried import Draft, figures_in
from pamiers.compliance.ledgers.visible import hidden
from pamiers.mission.access.permissions import READ
from pamiers.mission.versions import agreement_files

ROUTES: Final = APIRouter(tags=["agreement"], prefix="/draft")
_MOST: Final = 4_000_000
#: as a folder of an agreement has them
Name = Literal["agreement.yaml", "zones.geojson", "places.csv", "source.md"]
Text = Annotated[str, Field(max_length=_MOST)]
Path = Annotated[str, Field(max_length=400)]
_MAY: Final = [Depends(may(READ, "work"))]


class Trial(Strict):
    """A draft: texts of one's own, or none for those in force; and other figures."""

    files: Annotated[dict[Name, Text], Field(max_length=4, default_factory=dict)]
    changes: Annotated[dict[Path, float], Field(max_length=200, default_factory=dict)]
    language: Literal["en", "uk", "fr", "lv"] = "en"


@ROUTES.get("", dependencies=_MAY)
def figures(question: Question) -> dict[str, Any]:
    """List the times and thresholds of the agreement that can be tried at others.

    `state` is `withheld` where a clause is closed to who asks: counts would tell of it.
    """
    if _closed(question):
        return {"state": "withheld", "figures": []}
    held = agreement_files(question.desk.mission)
    return {"state": "ready", "figures": figures_in(held)}


@ROUTES.post("/replay", dependencies=_MAY)
def replay(question: Question, said: Trial, answer: Response) -> dict[str, Any]:
    """Say what a draft would have found and begun on what is on record.

    202 and the state `working` while it is being worked out: ask again. The state
    `too_long`, and after how many `seconds`, where it took more than a trial may.
    """
    if _closed(question):
        return {"state": "withheld", "figures": []}
    mission = question.desk.mission
    draft = Draft(
        head=mission.record.head().hex,
        reader=question.bound,
        held=tuple(sorted(agreement_files(mission).items())),
        files=tuple(sorted(said.files.items())),
        changes=tuple(sorted(said.changes.items())),
        language=said.language,
    )
    try:
        found = question.desk.drafts.of(draft)
    except OverspentError:
        return {"state": "too_long", "seconds": ALLOWED.seconds, "figures": []}
    if found is None:
        answer.status_code = 202
        return {"state": "working"}
    return {"state": "ready", **found}


def _closed(question: Asked) -> bool:
    return bool(hidden(question.view.agreement, question.edition))
