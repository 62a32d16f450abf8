"""Incidents, coverage and the other rows on record, as each edition may have them."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Path, Response

from pamiers.app.api.desk import Asked, Question, refused
from pamiers.app.api.findings import values as finding_values
from pamiers.app.api.guard import allowed, may
from pamiers.app.api.selection import Wanted
from pamiers.app.api.view import few_withheld
from pamiers.app.incident_values import history
from pamiers.mission.access.permissions import READ
from pamiers.report.redaction import EDITIONS

ROUTES: Final = APIRouter(tags=["rows"])
Kind = Literal["observation", "total", "coverage", "statement", "tally"]


@ROUTES.get("/incidents", dependencies=[Depends(may(READ, "incident"))])
def incidents(question: Question, wanted: Wanted) -> Response:
    """List the incidents that stand, by start, then id."""
    return wanted.paged(question, values(question))


def _incidents(question: Asked) -> list[dict[str, Any]]:
    rows = question.rows("incident")
    if EDITIONS[question.edition].confidential:
        return rows
    return [few_withheld(row, question.edition) for row in rows]


def values(question: Asked) -> list[dict[str, Any]]:
    """Return the incidents that stand, each with its status on record."""
    name = ("incident-status", f"{question.edition} {question.bound.value}")
    kept = question.view.kept
    if name not in kept:
        held = question.view.held
        kept[name] = [
            {
                **row,
                "status": held[row["key"]].last.status
                if row["key"] in held
                else "not yet on record",
            }
            for row in _incidents(question)
        ]
    return kept[name]


@ROUTES.get("/incidents/{key}", dependencies=[Depends(may(READ, "incident"))])
def incident(question: Question, key: Annotated[str, Path(max_length=200)]) -> Response:
    """Show an incident: what it is, what rests on it, and why it is believed.

    Raises:
        HTTPException: 404 where there is none.
    """
    held = question.view.held.get(key)
    seen: set[str] = set()
    while held is not None and held.last.alias_of and held.key not in seen:
        seen.add(held.key)
        held = question.view.held.get(held.last.alias_of)
    named = held.key if held else key
    found = next((row for row in values(question) if row["key"] == named), None)
    if found is None and held is None:
        raise refused(404, "the id of an incident", key)
    confidential = EDITIONS[question.edition].confidential
    reasons, to_come = None, False
    if confidential:
        reasons, to_come = question.desk.views.why(question.view, named)
    resting = [f for f in finding_values(question) if named in f["evidence"]]
    told = {
        "incident": found,
        "status": held.last.status if held else "not yet on record",
        "alias_of": named if named != key else None,
        "findings": resting,
        "history": history(held) if confidential else None,
        "reasons": reasons,
        "reasons_to_come": to_come,
        **question.about,
    }
    # what has yet to come is another answer: a browser asks for it again
    return question.answer(told, mark=f"{int(to_come)}{question.view.mark}")


@ROUTES.get("/coverage", dependencies=[Depends(may(READ, "coverage"))])
def coverage(question: Question, wanted: Wanted) -> Response:
    """List where and when observation was possible, or was denied."""
    rows = question.rows("coverage")
    return wanted.paged(question, rows)


@ROUTES.get("/rows/{what}")
def rows(question: Question, wanted: Wanted, what: Kind) -> Response:
    """List the rows of a kind that stand, by source and key."""
    allowed(question.desk, question.reader, READ, what)
    found = question.rows(what)
    return wanted.paged(question, found)
