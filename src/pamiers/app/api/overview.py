"""The first page of the API: what the mission is, and where to go on."""

from dataclasses import asdict
from typing import Any, Final

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse

from pamiers.app.api.desk import At, Question
from pamiers.app.api.findings import values as findings
from pamiers.app.api.guard import may
from pamiers.core.instant import format_instant, parse_instant, reporting_date, zone
from pamiers.mission.access.permissions import ACTIONS, CLASSES, READ, decide
from pamiers.mission.status import status_of

ROUTES: Final = APIRouter(
    dependencies=[Depends(may(READ, "overview"))], tags=["overview"]
)
HEALTH: Final = APIRouter(tags=["health"])
_FRESH: Final = "{entries}-{judged}-{newer}-{making}"
_PLACES: Final = (
    *("status", "days", "findings", "incidents", "coverage", "rows/{what}"),
    *("agreement", "zones", "calendar", "ledgers/{kind}", "record", "me", "events"),
    *("freshness", "cases", "queue", "quarantine", "calendar.ics", "hotline"),
    *("deterrence", "deployment"),
)


@ROUTES.get("")
def overview(question: Question) -> Response:
    """Say which mission this is, who asks, and what can be asked for."""
    view, reader = question.view, question.reader
    told = {
        "mission": question.desk.mission.name,
        "agreement": view.agreement.id,
        "title": view.agreement.title,
        "reader": {"name": reader.name, "roles": reader.roles},
        "read_only": question.desk.read_only,
        "version": question.desk.version,
        "links": {name: f"/api/{name}" for name in _PLACES},
        "features": "/ogc",
        "openapi": "/api/openapi.json",
        **question.about,
    }
    return question.answer(told)


@ROUTES.get("/status")
def status(question: Question) -> Response:
    """Count what is on record, and what stands of it."""
    told = status_of(question.view.mission)
    return question.answer({**told, **question.about})


@ROUTES.get("/freshness")
def freshness(question: Question) -> Response:
    """Say how far what is shown is behind the record; with `wait`, when it is not."""
    found = asdict(question.freshness)
    return question.answer(found, mark=_FRESH.format(**found))


@ROUTES.get("/days")
def days(question: Question) -> Response:
    """List the reporting days with findings, and how many of each verdict."""
    agreement = question.view.agreement
    tz, cut_off = zone(agreement.time_zone), agreement.cut_off
    found: dict[str, dict[str, int]] = {}
    for row in findings(question):
        start = parse_instant(row["start"])
        day = reporting_date(start, cut_off, tz).isoformat()
        counts = found.setdefault(day, {})
        counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
    items = [{"day": day, "findings": counts} for day, counts in sorted(found.items())]
    return question.answer({"items": items, **question.about})


@HEALTH.get("/api/me", tags=["overview"])
def me(question: Question) -> dict[str, Any]:
    """Say who asks, by which roles, how much that lets them read, how to sign in."""
    reader = question.reader
    return {
        "name": reader.name,
        "roles": list(reader.roles),
        "clearance": reader.clearance.value,
        "edition": reader.edition,
        "office": reader.office,
        "may": {
            action: [w for w in CLASSES if decide(reader.roles, action, w).allowed]
            for action in ACTIONS
        },
        "provider": question.desk.provider is not None,
    }


@HEALTH.get("/healthz")
def healthy() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@HEALTH.get("/readyz")
def ready(desk: At) -> JSONResponse:
    """Say whether the record can be read, and how large it is."""
    head = desk.mission.record.head()
    told = {
        "status": "ok",
        "entries": head.size,
        "head": head.hex,
        "now": format_instant(desk.clock()),
    }
    return JSONResponse(told)
