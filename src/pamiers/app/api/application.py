"""The service as one application: routes, refusals, and what goes round answers."""

from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from pamiers.app.api import (
    agreement,
    calendar,
    cases,
    deciding,
    deterrence,
    drafting,
    elsewhere,
    enrolment,
    events,
    features,
    findings,
    hotline,
    incidents,
    keys,
    metrics,
    overview,
    preview,
    quarantine,
    queue,
    record,
    sending,
    tiles,
    versions,
)
from pamiers.app.api.desk import Desk
from pamiers.app.api.envelope import App, Envelope, log
from pamiers.app.api.intake import PATHS
from pamiers.core.errors import (
    MalformedSourceError,
    OutOfOrderError,
    PamiersError,
    StoreError,
    UnknownTermError,
    UsageError,
)

_LATER: Final = 503
_STATUS: Final[dict[type[PamiersError], int]] = {
    MalformedSourceError: 400,
    UsageError: 400,
    UnknownTermError: 404,
    OutOfOrderError: 409,
    StoreError: _LATER,
}
_PARTS: Final = (
    *(overview, findings, incidents, agreement, record, events),
    *(sending, enrolment, keys, preview, cases, queue, quarantine),
    *(calendar, hotline, deterrence, deciding, elsewhere, versions),
    drafting,
)


def application(
    desk: Desk, intake: App, hosts: frozenset[str], pages: App | None = None
) -> App:
    """Return the service, ready to be run.

    Args:
        desk: What it answers from.
        intake: What takes messages in.
        hosts: Names by which it may be asked; none: any.
        pages: What answers every path outside `/api` and `/ogc`; None for nothing.

    Returns:
        An ASGI application.
    """
    app = FastAPI(
        title="pamiers",
        version=desk.version,
        description="What a mission says, and what it takes in.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk
    app.state.intake = intake
    for part in _PARTS:
        app.include_router(part.ROUTES, prefix="/api")
    app.include_router(features.ROUTES, prefix="/ogc")
    app.include_router(overview.HEALTH)
    app.include_router(metrics.ROUTES)
    app.include_router(tiles.ROUTES)
    app.add_exception_handler(PamiersError, _told)
    app.add_exception_handler(Exception, _unforeseen)
    if pages is not None:
        app.mount("/", pages)
    first = dict.fromkeys(PATHS, intake)
    return Envelope(app, first, hosts, desk.figures.answered)


async def _told(request: Request, error: Exception) -> JSONResponse:
    """Answer a deliberate error as it is."""
    del request
    assert isinstance(error, PamiersError)  # noqa: S101 - registered for these
    status = next((n for kind, n in _STATUS.items() if isinstance(error, kind)), 500)
    headers = {"Retry-After": "2"} if status == _LATER else None
    return JSONResponse({"detail": str(error), **error.to_dict()}, status, headers)


async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    """Answer a fault of the program without telling what it held."""
    del request
    log("fault", kind=type(error).__name__)
    return JSONResponse({"detail": "the service failed; the record is as it was"}, 500)
