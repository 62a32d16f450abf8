"""The page that Prometheus reads."""

from typing import Final

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse

from pamiers.app.api.desk import At
from pamiers.app.api.guard import may
from pamiers.mission.access.permissions import READ

ROUTES: Final = APIRouter(dependencies=[Depends(may(READ, "metrics"))], tags=["health"])
_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


@ROUTES.get("/metrics", response_class=PlainTextResponse)
def metrics(desk: At) -> PlainTextResponse:
    """Return figures of the service; they name no reader and no source."""
    head = desk.mission.record.head()
    size = [
        "# TYPE pamiers_record_entries gauge",
        f"pamiers_record_entries {head.size}",
    ]
    text = "\n".join([*desk.figures.lines(), *size]) + "\n"
    return PlainTextResponse(text, media_type=_TYPE)
