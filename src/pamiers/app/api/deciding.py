"""What people decide of incidents and reports, over HTTP; and who sees an incident.

A decision is put on record with who and why and binds every later fusion. It is undone
by a further one: nothing disappears.
"""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, HTTPException, Path
from pydantic import BaseModel, ConfigDict, Field

from pamiers.app.api.desk import At, Desk, Question, refused
from pamiers.app.api.enrolment import Who
from pamiers.app.api.guard import may
from pamiers.app.api.view import few_withheld
from pamiers.app.wiring import turn
from pamiers.core.errors import UsageError
from pamiers.core.sharing import Sharing
from pamiers.ledger.tree import Head
from pamiers.mission.access.permissions import DECIDE, READ
from pamiers.mission.access.permissions import decide as permitted
from pamiers.mission.decided import undo
from pamiers.mission.incidents import correct, duplicate, merge, split, withdraw
from pamiers.mission.messages.closed import all_open
from pamiers.report.redaction import EDITIONS

ROUTES: Final = APIRouter(tags=["decisions"])
_MOST: Final = 100
Id = Annotated[str, Field(min_length=1, max_length=400)]
Ids = Annotated[list[Id], Field(max_length=_MOST)]
Act = Literal["merge", "split", "duplicate", "withdraw", "correct", "undo"]
#: columns that a correction over HTTP may set, and the longest value
_COLUMNS: Final = 20


class Said(BaseModel):
    """A decision: what about, and why."""

    model_config = ConfigDict(extra="forbid")
    act: Act
    incidents: Ids = []
    reports: Ids = []
    of: Id | None = None  #: the report that is repeated
    entry: Annotated[int, Field(ge=0)] | None = None  #: of the decision to undo
    fields: Annotated[dict[Id, Id | None], Field(max_length=_COLUMNS)] = {}
    reason: Annotated[str, Field(max_length=2_000)]


@ROUTES.post(
    "/decisions", status_code=201, dependencies=[Depends(may(DECIDE, "incident"))]
)
def decide(desk: At, who: Who, said: Said) -> dict[str, int]:
    """Decide about incidents or reports; 400 where it does not go with what stands.

    Raises:
        HTTPException: 404 for what the asker may not see, 405 where it is read-only.
    """
    if desk.read_only:
        raise HTTPException(405, "expected nothing: this service is read-only")
    view = desk.views.current()
    named = [*said.reports, *([said.of] if said.of else [])]
    if any(view.closed_in(each, who.clearance) for each in said.incidents):
        raise refused(404, "the id of an incident", ", ".join(said.incidents))
    if not all_open(view.closed, named, who.clearance):
        raise refused(404, "a report that stands", ", ".join(named))
    with turn(desk.folder):
        entry, head = _recorded(desk, said, (who.name, said.reason))
    desk.listeners.wake()
    return {"entry": entry, "entries": head.size}


def _recorded(desk: Desk, said: Said, who: tuple[str, str]) -> tuple[int, Head]:
    mission, now = desk.mission, desk.clock()
    if said.act == "merge":
        return merge(mission, said.incidents, who, now)
    if said.act == "split":
        return split(mission, _one(said.incidents), said.reports, who, now)
    if said.act == "undo":
        return undo(mission, -1 if said.entry is None else said.entry, who, now)
    return _of_report(desk, said, who)


def _of_report(desk: Desk, said: Said, who: tuple[str, str]) -> tuple[int, Head]:
    mission, now, report = desk.mission, desk.clock(), _one(said.reports)
    if said.act == "duplicate":
        return duplicate(mission, report, said.of or report, who, now)
    if said.act == "withdraw":
        return withdraw(mission, report, who, now)
    return correct(mission, report, said.fields, who, now)


def _one(named: list[str]) -> str:
    if len(named) != 1:
        raise UsageError(
            "decision",
            expected="exactly one",
            got=", ".join(named) or "none",
            remedy="Name the one that it is about.",
        )
    return named[0]


@ROUTES.get("/incidents/{key}/seen", dependencies=[Depends(may(READ, "incident"))])
def seen(
    question: Question, key: Annotated[str, Path(max_length=200)]
) -> dict[str, Any]:
    """Show an incident as each circle reads it, and who of those enrolled does.

    Nothing is shown of circles that reach further than the asker's own, and names to
    those who serve the commission alone.

    Raises:
        HTTPException: 404 where the asker sees no such incident that stands.
    """
    own = EDITIONS[question.edition]
    question.view  # noqa: B018 - taken, so that the whole answer is of one
    circles = {}
    for edition in EDITIONS.values():
        if Sharing(edition.id) <= Sharing(own.id):
            told = question.seen[0].rows("incident", edition.id, Sharing(edition.id))
            at = [row for row in told if row["key"] == key]
            confidential = edition.confidential
            circles[edition.id] = [
                r if confidential else few_withheld(r, edition.id) for r in at
            ]
    if not circles[own.id]:
        raise refused(404, "the id of an incident that stands", key)
    label = next(name for name, told in circles.items() if told)
    return {
        "circles": {name: next(iter(told), None) for name, told in circles.items()},
        # Who is enrolled is told to those who serve the commission alone.
        "readers": _readers(question.desk, Sharing(label)) if own.confidential else [],
        "everybody": permitted((), READ, "incident", Sharing(label)).allowed,
    }


def _readers(desk: Desk, label: Sharing) -> list[str]:
    """Return who of those enrolled reads what bears a label, by name."""
    held = desk.door.access().principals.values()
    return sorted(
        each.name
        for each in held
        if permitted(each.roles, READ, "incident", label).allowed
    )
