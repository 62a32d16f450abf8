"""The page that Prometheus reads."""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from pamiers.app.api.desk import At

ROUTES: Final = APIRouter(tags=["health"])
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
